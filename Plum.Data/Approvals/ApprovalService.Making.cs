using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>What its maker does with a request, and what a person does with one that could not be executed.</summary>
public sealed partial class ApprovalService
{
    public Task<Outcome> AnswerAsync(AnswerRequest command, Actor by, CancellationToken ct) =>
        OnRequestAsync(
            command.Id,
            command.SeenVersion,
            by,
            (request, _, now) =>
                Mine(request, by)
                ?? Refusals.ForText("Answer", command.Answer, ApprovalRequest.ReasonMaxLength)
                ?? request.CannotAnswer(now),
            (request, now) => request.Answer(now),
            RequestEventKind.Answered,
            "Answered",
            command.Answer,
            ct
        );

    public Task<Outcome> WithdrawAsync(WithdrawRequest command, Actor by, CancellationToken ct) =>
        OnRequestAsync(
            command.Id,
            command.SeenVersion,
            by,
            (request, _, _) =>
                Mine(request, by)
                ?? Refusals.ForText("Reason", command.Reason, ApprovalRequest.ReasonMaxLength, required: false)
                ?? request.CannotWithdraw(),
            (request, now) => request.Withdraw(now),
            RequestEventKind.Withdrawn,
            "Withdrawn",
            command.Reason,
            ct
        );

    /// <summary>Tries again what failed: the authority and the facts that it rests on are looked at once more then.</summary>
    public Task<Outcome> RetryAsync(RetryRequest command, Actor by, CancellationToken ct) =>
        OnRequestAsync(
            command.Id,
            command.SeenVersion,
            by,
            (request, actor, _) => MakerOrChecker(request, actor) ?? RequestRefusals.ForReason(command.Reason) ?? request.CannotRetry(),
            (request, now) => request.Retry(now),
            RequestEventKind.Retried,
            "Tried again",
            command.Reason,
            ct
        );

    public Task<Outcome> AbandonAsync(AbandonRequest command, Actor by, CancellationToken ct) =>
        OnRequestAsync(
            command.Id,
            command.SeenVersion,
            by,
            (request, actor, _) => MakerOrChecker(request, actor) ?? RequestRefusals.ForReason(command.Reason) ?? request.CannotRetry(),
            (request, now) => request.Abandon(now),
            RequestEventKind.Abandoned,
            "Given up",
            command.Reason,
            ct
        );

    private Task<Outcome> OnRequestAsync(
        long id,
        int seenVersion,
        Actor by,
        Func<ApprovalRequest, Actor, DateTime, Refusal?> cannot,
        Action<ApprovalRequest, DateTime> change,
        RequestEventKind kind,
        string what,
        string? note,
        CancellationToken ct
    ) =>
        contexts.AuditedAsync(
            () => TryOnRequestAsync(id, seenVersion, by, cannot, change, kind, what, note, ct),
            RequestReference.Of(id),
            what.ToLowerInvariant(),
            by,
            clock,
            ct
        );

    private async Task<Outcome> TryOnRequestAsync(
        long id,
        int seenVersion,
        Actor by,
        Func<ApprovalRequest, Actor, DateTime, Refusal?> cannot,
        Action<ApprovalRequest, DateTime> change,
        RequestEventKind kind,
        string what,
        string? note,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var person = await db.MakerAsync(by, ct);
        var actor = person?.Now;
        var request = actor is null ? null : await db.ApprovalRequests.VisibleTo(actor).SingleOrDefaultAsync(r => r.Id == id, ct);
        if (request is null)
        {
            return Refusals.NotFound;
        }

        if (request.Version != seenVersion)
        {
            return await WhoWasFirstAsync(db, request, ct);
        }

        if (cannot(request, actor!, now) is { } refused)
        {
            return refused;
        }

        change(request, now);
        if (request.State == RequestState.Abandoned)
        {
            var (why, remains) = await executors.Single(e => e.Kinds.Contains(request.Kind)).GiveUpAsync(db, request, actor!, now, ct);
            if (why is not null)
            {
                return why;
            }

            note = string.Join(' ', new[] { note, remains }.OfType<string>());
        }

        if (RequestMoves.IsFinal(request.State) && await RequestStep.ReleaseAsync(db, request, actor!, now, ct) is { } held)
        {
            return held;
        }

        db.Add(RequestEvent.Of(request, kind, actor!, now, note?.Trim(), person!.Value.Maker.Roles));
        RequestStep.Audit(db, request, what, actor!, now, note?.Trim());
        await RequestTicket.TellAsync(db, request, kind, actor!, now, note?.Trim(), ct);
        var outcome = await db.SaveAsync(new Outcome.Done(RequestReference.Of(id)), ct);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
            return outcome;
        }

        await transaction.RollbackAsync(ct);
        return new Outcome.Stale();
    }

    private static Refusal? Mine(ApprovalRequest request, Actor by) => request.MakerId == by.UserId ? null : RequestRefusals.NotYours;

    /// <summary>By the database, and within one's own institution: whoever may look at another's decides nothing about it.</summary>
    private static Refusal? MakerOrChecker(ApprovalRequest request, Actor actor) =>
        request.MakerId == actor.UserId || (actor.May(Act.DecideRequests) && actor.PartnerId == request.PartnerId)
            ? null
            : Refusals.NotAllowed(Act.DecideRequests);
}
