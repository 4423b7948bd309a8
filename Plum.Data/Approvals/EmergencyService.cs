using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>The glass that one may break: above one's limit for an hour, with a reason, reviewed by another.</summary>
public sealed class EmergencyService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<IReadOnlyList<EmergencyRow>> ListAsync(Actor by, CancellationToken ct)
    {
        if (by.IsBound || (!by.May(Act.DecideRequests) && !by.May(Act.EditLimits) && !by.May(Act.ReadAudit)))
        {
            return [];
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var all = by.May(Act.EditLimits) || by.May(Act.ReadAudit);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .EmergencyAccesses.AsNoTracking()
            .Where(e => all || e.UserId == by.UserId)
            .OrderByDescending(e => e.FromUtc)
            .ThenBy(e => e.Id)
            .Take(200)
            .Select(e => new EmergencyRow(
                e.Id,
                e.Who,
                e.Reason,
                e.FromUtc,
                e.UntilUtc,
                e.Reviewer,
                e.ReviewedAtUtc,
                e.Review,
                db.RequestEvents.Count(d => d.EmergencyId == e.Id),
                e.ReviewedAtUtc == null && e.UntilUtc <= now && e.UserId != by.UserId && by.May(Act.EditLimits),
                e.Version
            ))
            .ToListAsync(ct);
    }

    /// <summary>What was decided under it, oldest first.</summary>
    public async Task<IReadOnlyList<EmergencyDecision>> DecisionsAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (by.IsBound || (!by.May(Act.DecideRequests) && !by.May(Act.EditLimits) && !by.May(Act.ReadAudit)))
        {
            return [];
        }

        var (all, user) = (by.May(Act.EditLimits) || by.May(Act.ReadAudit), by.UserId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await (
            from line in db.RequestEvents
            join request in db.ApprovalRequests on line.RequestId equals request.Id
            where line.EmergencyId == id && (all || line.UserId == user)
            orderby line.Id
            select new EmergencyDecision(request.Id, request.Kind, request.Title, request.Amount, line.Kind, line.AtUtc)
        ).ToListAsync(ct);
    }

    public async Task<Outcome> TakeAsync(TakeEmergencyAccess command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var actor = await db.ActorNowAsync(by, ct);
        if (
            (actor.LacksForAll(Act.DecideRequests) ?? Refusals.ForText("Reason", command.Reason, EmergencyAccess.ReasonMaxLength)) is
            { } refused
        )
        {
            return refused;
        }

        if (await db.EmergencyAccesses.AnyAsync(e => e.UserId == by.UserId && (e.UntilUtc > now || e.ReviewedAtUtc == null), ct))
        {
            return new Refusal(
                "emergency.unreviewed",
                "Your last emergency access is not over, or not reviewed yet. Somebody else decides this one."
            );
        }

        var access = EmergencyAccess.Take(by.UserId!.Value, actor.Name, command.Reason, now);
        db.Add(access);
        db.Add(
            AuditEntry.For(
                RequestStep.Room,
                AuditSubject.Of("emergency", actor.Name),
                "Took emergency access",
                actor,
                now,
                why: command.Reason.Trim()
            )
        );
        var outcome = await db.SaveAsync(new Outcome.Done(access.Id.ToString()), ct);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return outcome;
    }

    public async Task<Outcome> ReviewAsync(ReviewEmergencyAccess command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var actor = await db.ActorNowAsync(by, ct);
        if (actor.LacksForAll(Act.EditLimits) is { } refused)
        {
            return refused;
        }

        var access = await db.EmergencyAccesses.SingleOrDefaultAsync(e => e.Id == command.Id, ct);
        if (access is null)
        {
            return Refusals.NotFound;
        }

        if (access.CannotBeReviewed(by.UserId!.Value, command.Review, now) is { } cannot)
        {
            return cannot;
        }

        db.Expect(access, command.SeenVersion);
        access.Close(by.UserId!.Value, actor.Name, command.Review, now);
        db.Add(
            AuditEntry.For(
                RequestStep.Room,
                AuditSubject.Of("emergency", access.Who),
                "Reviewed emergency access",
                actor,
                now,
                why: command.Review.Trim()
            )
        );
        return await db.SaveAsync(new Outcome.Done(), ct);
    }
}

public sealed record TakeEmergencyAccess(string Reason);

public sealed record ReviewEmergencyAccess(Guid Id, string Review, int SeenVersion);
