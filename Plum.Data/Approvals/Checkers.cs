using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>On whose authority a decision would stand, read from the database inside the caller's transaction.</summary>
internal static class Checkers
{
    /// <param name="needsLimit">An approval does; a rejection or a question does not.</param>
    public static async Task<(Refusal? Why, Decision? Decision, Actor Now)> DecideAsync(
        PlumDbContext db,
        ApprovalRequest request,
        Actor by,
        Guid? onBehalfOf,
        string? note,
        bool needsLimit,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var now = await db.ActorNowAsync(by, ct);
        if (
            by.UserId is not { } userId
            || now.Lacks(Act.DecideRequests) is not null
            || (request.Kind == RequestKind.LimitChange && now.Lacks(Act.EditLimits) is not null)
        )
        {
            return (Refusals.NotAllowed(Act.DecideRequests), null, now);
        }

        if (now.PartnerId != request.PartnerId)
        {
            return (Refusals.NotFound, null, now); // not any more: the page knew them as somebody of that institution
        }

        var standsInFor = await DelegatorsAsync(db, userId, nowUtc, ct);
        var delegator = standsInFor.SingleOrDefault(d => d.UserId == onBehalfOf);
        if (onBehalfOf is not null && delegator is null)
        {
            return (RequestRefusals.NoDelegation, null, now);
        }

        var authority = delegator is null ? now : await db.ActorNowAsync(new Actor(delegator.UserId, "", new HashSet<Act>()), ct);
        if (authority.Lacks(Act.DecideRequests) is not null || authority.PartnerId != request.PartnerId)
        {
            return (delegator is null ? Refusals.NotFound : RequestRefusals.NoDelegation, null, now);
        }

        var facts = await FactsAsync(db, request, ct);
        var who = new Decider(userId, await EmailAsync(db, userId, ct), standsInFor);
        if (
            Deciding.CannotBeChecker(facts, who, delegator is null ? null : new Decider(delegator.UserId, delegator.Email, [])) is
            { } cannot
        )
        {
            return (cannot, null, now);
        }

        var roles = await db.RolesOfAsync(authority.UserId!.Value, ct);
        var limits = (await db.LimitsAsync(request.PartnerId, request.Kind, request.Amount.Currency, ct))
            .Where(l => roles.Contains(l.Role))
            .ToList();
        var emergency = await db
            .EmergencyAccesses.AsNoTracking()
            .Where(e => e.UserId == userId && e.FromUtc <= nowUtc && nowUtc < e.UntilUtc)
            .Select(e => (Guid?)e.Id)
            .FirstOrDefaultAsync(ct);
        var beyond =
            needsLimit && RequestKinds.IsBoundByLimits(request.Kind)
                ? Deciding.CannotApprove(request.JudgedMinorUnits, request.Amount.Currency, limits)
                : null;
        if (beyond is not null && emergency is null)
        {
            return (beyond, null, now);
        }

        return (
            null,
            new Decision(
                userId,
                now.Name,
                PolicyReads.RolesText(await db.RolesOfAsync(userId, ct)),
                note,
                limits.MaxBy(l => l.Approve)?.Snapshot(),
                delegator?.UserId,
                delegator is null ? null : authority.Name,
                beyond is null ? null : emergency
            ),
            now
        );
    }

    /// <summary>Whether whoever asked and whoever approved could still do so: looked at again when the request is executed.</summary>
    public static async Task<Refusal?> NoLongerAsync(PlumDbContext db, ApprovalRequest request, Act makes, CancellationToken ct)
    {
        var maker = await db.ActorNowAsync(new Actor(request.MakerId, request.MakerName, new HashSet<Act>()), ct);
        if (!maker.May(makes) || maker.PartnerId != request.PartnerId || (maker.ClientId is { } bound && bound != request.ClientId))
        {
            return Lost(request.MakerName);
        }

        var approvals = await db.RequestEvents.AsNoTracking().Where(e => e.RequestId == request.Id && e.Step != null).ToListAsync(ct);
        if (approvals.Count < request.StepsNeeded)
        {
            return RequestRefusals.Tampered;
        }

        var limits = await db.LimitsAsync(request.PartnerId, request.Kind, request.Amount.Currency, ct);
        foreach (var approval in approvals)
        {
            var person = approval.OnBehalfOfId ?? approval.UserId!.Value;
            var checker = await db.ActorNowAsync(new Actor(approval.UserId, approval.Who, new HashSet<Act>()), ct);
            var roles = await db.RolesOfAsync(person, ct);
            var reaches =
                approval.EmergencyId is not null
                || !RequestKinds.IsBoundByLimits(request.Kind)
                || Deciding.CannotApprove(request.JudgedMinorUnits, request.Amount.Currency, [.. limits.Where(l => roles.Contains(l.Role))])
                    is null;
            if (!checker.May(Act.DecideRequests) || checker.PartnerId != request.PartnerId || !reaches)
            {
                return Lost(approval.Who);
            }
        }

        return null;

        static Refusal Lost(string who) =>
            new("request.authority-lost", $"{who} no longer has the right that this rests on. Somebody with the right asks for it anew.");
    }

    private static async Task<List<Delegator>> DelegatorsAsync(PlumDbContext db, Guid userId, DateTime nowUtc, CancellationToken ct) =>
        await db
            .Delegations.AsNoTracking()
            .Where(d => d.ToUserId == userId && d.FromUtc <= nowUtc && nowUtc < d.UntilUtc)
            .Select(d => new Delegator(d.FromUserId, db.Users.Where(u => u.Id == d.FromUserId).Select(u => u.Email).FirstOrDefault()))
            .ToListAsync(ct);

    private static async Task<RequestFacts> FactsAsync(PlumDbContext db, ApprovalRequest request, CancellationToken ct)
    {
        var decided = await db
            .RequestEvents.Where(e => e.RequestId == request.Id && e.Step != null)
            .Select(e => new { e.UserId, e.OnBehalfOfId })
            .ToListAsync(ct);
        return new RequestFacts(
            request.Hands,
            await EmailAsync(db, request.MakerId, ct),
            request.BeneficiaryEmail,
            [.. decided.SelectMany(d => new[] { d.UserId, d.OnBehalfOfId }).OfType<Guid>()]
        );
    }

    private static Task<string?> EmailAsync(PlumDbContext db, Guid userId, CancellationToken ct) =>
        db.Users.Where(u => u.Id == userId).Select(u => u.Email).SingleOrDefaultAsync(ct);
}
