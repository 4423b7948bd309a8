using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>Who decides in whose stead, and when. One's own authority alone is lent, and not what was lent to oneself.</summary>
public sealed class DelegationService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Those that are not over: one's own and those to oneself; all for whoever edits limits.</summary>
    public async Task<IReadOnlyList<DelegationRow>> ListAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.DecideRequests) && !by.May(Act.EditLimits) && !by.May(Act.ReadAudit))
        {
            return [];
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var all = !by.IsBound && (by.May(Act.EditLimits) || by.May(Act.ReadAudit));
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Delegations.AsNoTracking()
            .Where(d => d.UntilUtc > now && (all || d.FromUserId == by.UserId || d.ToUserId == by.UserId))
            .OrderBy(d => d.FromUtc)
            .ThenBy(d => d.Id)
            .Select(d => new DelegationRow(
                d.Id,
                db.Users.Where(u => u.Id == d.FromUserId).Select(u => u.DisplayName).First(),
                db.Users.Where(u => u.Id == d.ToUserId).Select(u => u.DisplayName).First(),
                d.FromUtc,
                d.UntilUtc,
                d.Reason,
                d.FromUserId == by.UserId,
                d.Version
            ))
            .ToListAsync(ct);
    }

    /// <summary>Whom one could make a delegate: those of the same house who may check anyway.</summary>
    public async Task<IReadOnlyList<Person>> CandidatesAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.DecideRequests))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var people = await db
            .Users.Where(u => u.DisabledAtUtc == null && u.PartnerId == by.PartnerId && u.ClientId == by.ClientId && u.Id != by.UserId)
            .OrderBy(u => u.DisplayName)
            .ThenBy(u => u.Id)
            .Select(u => new Person(u.Id, u.DisplayName))
            .ToListAsync(ct);
        var able = new List<Person>();
        foreach (var person in people)
        {
            if ((await db.ActorNowAsync(new Actor(person.Id, person.Name, new HashSet<Act>()), ct)).May(Act.DecideRequests))
            {
                able.Add(person);
            }
        }

        return able;
    }

    public async Task<Outcome> GrantAsync(GrantDelegation command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var actor = await db.ActorNowAsync(by, ct);
        if (by.UserId is not { } from || actor.Lacks(Act.DecideRequests) is { } refused)
        {
            return Refusals.NotAllowed(Act.DecideRequests);
        }

        if (Delegation.CannotGrant(from, command.To, command.FromUtc, command.UntilUtc, command.Reason, now) is { } cannot)
        {
            return cannot;
        }

        var to = await db.ActorNowAsync(new Actor(command.To, "", new HashSet<Act>()), ct);
        if (to.Lacks(Act.DecideRequests) is not null || to.PartnerId != actor.PartnerId || to.ClientId != actor.ClientId)
        {
            return new Refusal("delegation.unable", "That person may not decide requests. Choose somebody who could check anyway.", "To");
        }

        // Neither handed on nor round in a circle: whoever lends takes none meanwhile, and whoever takes lends none.
        var (start, end) = (command.FromUtc, command.UntilUtc);
        if (
            await db.Delegations.AnyAsync(
                d =>
                    d.FromUtc < end
                    && start < d.UntilUtc
                    && (d.FromUserId == command.To || d.ToUserId == from || (d.FromUserId == from && d.ToUserId == command.To)),
                ct
            )
        )
        {
            return new Refusal(
                "delegation.overlap",
                "A delegation of one of you overlaps with this. End it first, or choose other dates: what was lent is not lent on.",
                "From"
            );
        }

        var delegation = Delegation.Grant(from, command.To, start, end, command.Reason, now);
        db.Add(delegation);
        db.Add(
            AuditEntry.For(
                RequestStep.Room,
                AuditSubject.Of("delegation", actor.Name),
                $"Made {to.Name} a delegate",
                actor,
                now,
                actor.ClientId,
                command.Reason,
                after: Diff.Of(new Dictionary<string, object?> { ["from"] = start, ["until"] = end })
            )
        );
        var outcome = await db.SaveAsync(new Outcome.Done(delegation.Id.ToString()), ct);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return outcome;
    }

    /// <summary>At once. Whoever lent it ends it, or whoever edits limits.</summary>
    public async Task<Outcome> EndAsync(EndDelegation command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var actor = await db.ActorNowAsync(by, ct);
        var delegation = await db.Delegations.SingleOrDefaultAsync(d => d.Id == command.Id, ct);
        if (delegation is null || (delegation.FromUserId != by.UserId && actor.LacksForAll(Act.EditLimits) is not null))
        {
            return Refusals.NotFound;
        }

        if (delegation.CannotEnd(now) is { } cannot)
        {
            return cannot;
        }

        db.Expect(delegation, command.SeenVersion);
        delegation.End(now);
        db.Add(
            AuditEntry.For(RequestStep.Room, AuditSubject.Of("delegation", actor.Name), "Ended a delegation", actor, now, actor.ClientId)
        );
        return await db.SaveAsync(new Outcome.Done(), ct);
    }
}

/// <param name="FromUtc">Half open: <paramref name="UntilUtc"/> itself is outside.</param>
public sealed record GrantDelegation(Guid To, DateTime FromUtc, DateTime UntilUtc, string Reason);

public sealed record EndDelegation(Guid Id, int SeenVersion);
