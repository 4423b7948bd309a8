using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>
/// What people do with a request once it is made. Each decision is one transaction that compares the request's version: of two at the same
/// moment one is done, and the other is told who was first.
/// </summary>
public sealed partial class ApprovalService(
    IDbContextFactory<PlumDbContext> contexts,
    SecondFactor secondFactor,
    IEnumerable<IRequestExecutor> executors,
    TimeProvider clock
)
{
    /// <summary>What is checked together at one click.</summary>
    public const int MostAtOnce = 500;

    /// <summary>How often a write is tried that somebody disturbed without deciding anything: by editing the request's ticket at the same moment.</summary>
    internal const int MostTries = 5;

    public Task<Outcome> ApproveAsync(ApproveRequest command, Actor by, CancellationToken ct) =>
        DecideAsync(
            new Deciding(command.Id, command.SeenVersion, command.SeenFingerprint, command.OnBehalfOf, command.Note, command.Code),
            RequestEventKind.Approved,
            by,
            ct
        );

    public async Task<Outcome> RejectAsync(RejectRequest command, Actor by, CancellationToken ct) =>
        RequestRefusals.ForReason(command.Reason) is { } missing
            ? missing
            : await DecideAsync(
                new Deciding(
                    command.Id,
                    command.SeenVersion,
                    command.SeenFingerprint,
                    command.OnBehalfOf,
                    command.Reason.Trim(),
                    Code: null
                ),
                RequestEventKind.Rejected,
                by,
                ct
            );

    public async Task<Outcome> SendBackAsync(SendBackRequest command, Actor by, CancellationToken ct) =>
        Refusals.ForText("Question", command.Question, ApprovalRequest.ReasonMaxLength) is { } missing
            ? missing
            : await DecideAsync(
                new Deciding(
                    command.Id,
                    command.SeenVersion,
                    command.SeenFingerprint,
                    command.OnBehalfOf,
                    command.Question.Trim(),
                    Code: null
                ),
                RequestEventKind.SentBack,
                by,
                ct
            );

    /// <summary>One after the other, each in its own transaction; the answer tells of each. At most <see cref="MostAtOnce"/>.</summary>
    public async Task<IReadOnlyList<DecidedItem>> ApproveManyAsync(IReadOnlyList<ApproveRequest> commands, Actor by, CancellationToken ct)
    {
        var items = new List<DecidedItem>();
        foreach (var command in commands.DistinctBy(c => c.Id).Take(MostAtOnce))
        {
            items.Add(new DecidedItem(command.Id, await ApproveAsync(command, by, ct)));
        }

        return items;
    }

    public async Task<IReadOnlyList<DecidedItem>> RejectManyAsync(IReadOnlyList<RejectRequest> commands, Actor by, CancellationToken ct)
    {
        var items = new List<DecidedItem>();
        foreach (var command in commands.DistinctBy(c => c.Id).Take(MostAtOnce))
        {
            items.Add(new DecidedItem(command.Id, await RejectAsync(command, by, ct)));
        }

        return items;
    }

    private Task<Outcome> DecideAsync(Deciding what, RequestEventKind kind, Actor by, CancellationToken ct) =>
        contexts.AuditedAsync(
            () => UndisturbedAsync(() => TryToDecideAsync(what, kind, by, ct), what.Id, what.SeenVersion, ct),
            RequestReference.Of(what.Id),
            kind switch
            {
                RequestEventKind.Approved => "approval",
                RequestEventKind.Rejected => "rejection",
                _ => "question",
            },
            by,
            clock,
            ct
        );

    /// <summary>
    /// Looked at before the database is taken for writing: whoever comes second is told so at once, and keeps nobody waiting. The transaction
    /// compares again.
    /// </summary>
    private async Task<Outcome?> OvertakenAsync(Deciding what, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var request = await db.ApprovalRequests.AsNoTracking().DecidedBy(by).SingleOrDefaultAsync(r => r.Id == what.Id, ct);
        return request is null ? Refusals.NotFound
            : request.Version != what.SeenVersion ? await WhoWasFirstAsync(db, request, ct)
            : null;
    }

    private async Task<Outcome> TryToDecideAsync(Deciding what, RequestEventKind kind, Actor by, CancellationToken ct)
    {
        if (await OvertakenAsync(what, by, ct) is { } overtaken)
        {
            return overtaken;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var request = await db.ApprovalRequests.DecidedBy(by).SingleOrDefaultAsync(r => r.Id == what.Id, ct);
        if (request is null)
        {
            return Refusals.NotFound;
        }

        if (request.Version != what.SeenVersion || request.Fingerprint != what.SeenFingerprint)
        {
            return await WhoWasFirstAsync(db, request, ct);
        }

        if (request.CannotDecide(now) is { } cannot)
        {
            return cannot;
        }

        var (refused, decision, actor) = await Checkers.DecideAsync(
            db,
            request,
            by,
            what.OnBehalfOf,
            what.Note,
            kind == RequestEventKind.Approved,
            now,
            ct
        );
        if (refused is not null)
        {
            return refused;
        }

        if (
            kind == RequestEventKind.Approved
            && request.AsksSecondFactor
            && await SpendCodeAsync(db, by.UserId!.Value, what.Code, now, ct) is { } locked
        )
        {
            return locked;
        }

        db.Add(RequestEvent.Decision(request, kind, decision!, now));
        Move(request, kind, now);
        if (RequestMoves.IsFinal(request.State) && await RequestStep.ReleaseAsync(db, request, actor, now, ct) is { } held)
        {
            return held;
        }

        RequestStep.Audit(db, request, What(kind, decision!), actor, now, what.Note);
        await RequestTicket.TellAsync(db, request, kind, actor, now, what.Note, ct);
        var outcome = await db.SaveAsync(new Outcome.Done(RequestReference.Of(request.Id)), ct, RequestRefusals.OneLevel);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
            return outcome;
        }

        await transaction.RollbackAsync(ct);
        return new Outcome.Stale();
    }

    /// <summary>Again, as long as nobody did anything to the request itself; else who was first.</summary>
    private async Task<Outcome> UndisturbedAsync(Func<Task<Outcome>> attempt, long id, int seenVersion, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            var outcome = await attempt();
            if (outcome is not Outcome.Stale)
            {
                return outcome;
            }

            await using var fresh = await contexts.CreateDbContextAsync(ct);
            var became = await fresh.ApprovalRequests.AsNoTracking().SingleAsync(r => r.Id == id, ct);
            if (became.Version != seenVersion || tries == MostTries)
            {
                return await WhoWasFirstAsync(fresh, became, ct);
            }
        }
    }

    private static void Move(ApprovalRequest request, RequestEventKind kind, DateTime now)
    {
        switch (kind)
        {
            case RequestEventKind.Approved:
                request.Approve(now);
                break;
            case RequestEventKind.Rejected:
                request.Reject(now);
                break;
            case RequestEventKind.SentBack:
                request.SendBack(now);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    private static string What(RequestEventKind kind, Decision decision) =>
        string.Concat(
            kind switch
            {
                RequestEventKind.Approved => "Approved",
                RequestEventKind.Rejected => "Rejected",
                _ => "Sent back",
            },
            decision.OnBehalfOf is null ? "" : $" for {decision.OnBehalfOf}",
            decision.EmergencyId is null ? "" : " by emergency access"
        );

    /// <summary>The other one's decision, by name; a plain stale where only words were added.</summary>
    private static async Task<Outcome> WhoWasFirstAsync(PlumDbContext db, ApprovalRequest request, CancellationToken ct)
    {
        var last = await db
            .RequestEvents.AsNoTracking()
            .Where(e => e.RequestId == request.Id && e.Kind != RequestEventKind.Reminded)
            .OrderByDescending(e => e.Id)
            .FirstAsync(ct);
        return request.State == RequestState.Pending
            ? new Outcome.Stale()
            : RequestRefusals.Decided(RequestWords.Of(request.State).ToLowerInvariant(), last.Who);
    }

    private async Task<Refusal?> SpendCodeAsync(PlumDbContext db, Guid userId, string? code, DateTime now, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return RequestRefusals.SecondFactor;
        }

        var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
        if (user.AuthenticatorKey is not { } key)
        {
            return RequestRefusals.NoAuthenticator;
        }

        if (SecondFactor.Match(secondFactor.Unprotect(key), code, now, user.LastCodeStep) is not { } step)
        {
            return RequestRefusals.WrongCode;
        }

        // No code opens a door twice, not even two at the same moment.
        (user.LastCodeStep, user.ConcurrencyStamp) = (step, Guid.NewGuid().ToString());
        return null;
    }

    private sealed record Deciding(long Id, int SeenVersion, string SeenFingerprint, Guid? OnBehalfOf, string? Note, string? Code);
}
