using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>Makes and ends requests inside the caller's transaction; the rooms that ask for something call it.</summary>
internal static class RequestStep
{
    public const string Room = "Approvals";

    /// <summary>Under which the money of a request is reserved, and under which it then moves.</summary>
    public static string HoldKey(long requestId) => $"{RequestReference.Of(requestId)}/hold";

    public static string PostKey(long requestId) => $"{RequestReference.Of(requestId)}/post";

    /// <summary>
    /// Judges, freezes and reserves. Right and reason are checked here; what the room alone can know (the order, the balance of a tender) before.
    /// When the answer is a refusal, the caller ends its transaction without committing; a dry run does so in any case.
    /// </summary>
    /// <param name="hold">What to reserve; empty for what moves no money of Plum's.</param>
    public static async Task<(Refusal? Why, ApprovalRequest? Made)> MakeAsync(
        PlumDbContext db,
        Act act,
        Func<Maker, RequestTerms> ask,
        IReadOnlyList<Leg> hold,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        if (await db.MakerAsync(by, ct) is not { } maker)
        {
            return (Refusals.NotAllowed(act), null);
        }

        var terms = ask(maker.Maker);
        if ((maker.Now.Lacks(act) ?? RequestRefusals.ForReason(terms.Reason)) is { } refused)
        {
            return (refused, null);
        }

        if (maker.Now.PartnerId != terms.PartnerId || (maker.Now.ClientId is { } bound && bound != terms.ClientId))
        {
            return (Refusals.NotFound, null); // bound elsewhere since the page was opened
        }

        var (replaced, hands) = await ReplacedAsync(db, terms, ct);
        if (replaced is not null)
        {
            return (replaced, null);
        }

        if (
            terms.OpenKey is { } key
            && await db.ApprovalRequests.Where(r => r.OpenKey == key).Select(r => (long?)r.Id).SingleOrDefaultAsync(ct) is { } open
        )
        {
            return (RequestRefusals.OpenAlready(RequestReference.Of(open)), null);
        }

        var answer = await db.JudgeAsync(terms, maker.Roles, nowUtc, ct);
        if (answer is PolicyAnswer.Refused no)
        {
            return (no.Why, null);
        }

        var (policy, judged) = answer is PolicyAnswer.Alone alone ? (alone.Policy, alone.Judged) : Chained((PolicyAnswer.Chain)answer);
        var request = ApprovalRequest.Make(
            await db.TakeAsync(Numbers.Requests, 1, ct),
            terms,
            policy,
            judged,
            [.. hands, .. terms.Hands ?? []],
            nowUtc
        );
        var entry = new EntryTerms(HoldKey(request.Id), "Reserved", request.Title, hold, request.Id, request.TicketId, request.OrderId);
        if (hold.Count > 0 && await db.ReserveAsync(entry, maker.Now, nowUtc, ct) is { } insufficient)
        {
            return (insufficient, null);
        }

        db.Add(request);
        db.Add(
            RequestEvent.Of(
                request,
                RequestEventKind.Made,
                maker.Now,
                nowUtc,
                request.StepsNeeded == 0 ? "Within the maker's own limit" : null,
                request.MakerRoles
            )
        );
        Audit(db, request, "Asked for", maker.Now, nowUtc, request.Reason, Diff.Of(Facts(request)));
        return (null, request);
    }

    /// <summary>One transaction in which <paramref name="make"/> makes a request: kept whole, or nothing of it.</summary>
    /// <param name="taken">What to answer when another request for the same was made in the same instant.</param>
    /// <param name="overtaken">What to answer when something it rests on was changed in the same instant.</param>
    public static async Task<Outcome> KeepAsync(
        IDbContextFactory<PlumDbContext> contexts,
        Func<PlumDbContext, Task<(Refusal? Why, ApprovalRequest? Made)>> make,
        Refusal taken,
        Refusal? overtaken,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (why, made) = await make(db);
        if (why is not null)
        {
            return why;
        }

        var outcome = await db.SaveAsync(new Outcome.Done(RequestReference.Of(made!.Id)), ct, taken);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return outcome is Outcome.Stale && overtaken is not null ? overtaken : outcome;
    }

    /// <summary>The end of a request that comes to nothing: what it reserved is free again.</summary>
    public static async Task<Refusal?> ReleaseAsync(
        PlumDbContext db,
        ApprovalRequest request,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    ) =>
        await db.ReleaseAsync(
            HoldKey(request.Id),
            request.State == RequestState.Expired ? EntryPhase.Expired : EntryPhase.Voided,
            $"{RequestReference.Of(request.Id)} was {RequestWords.Of(request.State).ToLowerInvariant()}",
            by,
            nowUtc,
            ct
        );

    /// <summary>What the request reserved is moved, once. Nothing when it reserved nothing.</summary>
    public static async Task<Refusal?> SettleAsync(PlumDbContext db, ApprovalRequest request, Actor by, DateTime now, CancellationToken ct)
    {
        var key = HoldKey(request.Id);
        var held = await db.JournalEntries.AsNoTracking().Include(e => e.Postings).SingleOrDefaultAsync(e => e.Key == key, ct);
        if (held is null)
        {
            return null; // it moves no money of Plum's
        }

        var legs = held.Postings.OrderBy(p => p.Line).Select(p => new Leg(p.AccountId, new Money(p.MinorUnits, p.Currency)));
        var terms = new EntryTerms(
            PostKey(request.Id),
            RequestKinds.Words(request.Kind),
            request.Title,
            [.. legs],
            request.Id,
            request.TicketId,
            request.OrderId
        );
        return await db.SettleAsync(key, terms, by, now, ct);
    }

    public static void Audit(
        PlumDbContext db,
        ApprovalRequest request,
        string what,
        Actor by,
        DateTime nowUtc,
        string? why = null,
        string? after = null
    ) =>
        db.Add(
            AuditEntry.For(
                Room,
                RequestReference.Of(request.Id),
                what,
                by,
                nowUtc,
                request.ClientId,
                why,
                before: null,
                after,
                request.PartnerId
            )
        );

    private static (PolicySnapshot, long) Chained(PolicyAnswer.Chain chain) => (chain.Policy, chain.Judged);

    private static async Task<(Refusal? Why, IReadOnlyList<Guid> Hands)> ReplacedAsync(
        PlumDbContext db,
        RequestTerms terms,
        CancellationToken ct
    )
    {
        if (terms.ReplacesId is not { } id)
        {
            return (null, []);
        }

        var former = await db.ApprovalRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        return former is null || former.PartnerId != terms.PartnerId || former.ClientId != terms.ClientId ? (Refusals.NotFound, [])
            : !RequestMoves.CameToNothing(former.State) ? (RequestRefusals.OpenAlready(RequestReference.Of(id)), [])
            : (null, former.Hands);
    }

    private static Dictionary<string, object?> Facts(ApprovalRequest request) =>
        new()
        {
            ["kind"] = request.Kind.ToString(),
            ["amount"] = request.Amount.MinorUnits,
            ["currency"] = request.Amount.Currency,
            ["beneficiary"] = request.Beneficiary,
            ["fingerprint"] = request.Fingerprint,
            ["checkers"] = request.StepsNeeded,
            ["ticket"] = request.TicketId,
            ["order"] = request.OrderId,
        };
}
