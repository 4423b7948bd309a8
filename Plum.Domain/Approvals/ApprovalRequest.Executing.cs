using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

public sealed partial class ApprovalRequest
{
    /// <summary>How long an executor may hold a request. Longer than the slowest supplier call, so that a claim that ran out is one whose holder died.</summary>
    public static readonly TimeSpan ClaimLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Claims so far: the number is the claim's own, and whoever lost it can no longer record anything.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is to be executed, looked up, or taken from an executor that died; null when there is nothing to do.</summary>
    public DateTime? NextAttemptAtUtc { get; private set; }
    public string? SupplierReference { get; private set; }

    /// <summary>What became of it, in the supplier's words or ours; null while all is well.</summary>
    public string? Outcome { get; private set; }

    /// <summary>Why it cannot be claimed now; null when it can. An executor that died loses its claim when that runs out.</summary>
    public Refusal? CannotClaim(DateTime nowUtc) =>
        State is RequestState.Approved or RequestState.Executing or RequestState.Unknown && NextAttemptAtUtc <= nowUtc
            ? null
            : RequestRefusals.NotDue;

    public void Claim(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotClaim(nowUtc));
        (State, Attempts, NextAttemptAtUtc) = (RequestState.Executing, Attempts + 1, nowUtc + ClaimLifetime);
    }

    /// <summary>Whether the claim is still the caller's own.</summary>
    public Refusal? CannotRecord(int attempt) => State == RequestState.Executing && Attempts == attempt ? null : RequestRefusals.ClaimLost;

    public void Execute(int attempt, string? supplierReference, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotRecord(attempt));
        (SupplierReference, Outcome) = (Cut(supplierReference, SupplierReferenceMaxLength), null);
        End(RequestState.Executed, nowUtc);
    }

    public void Fail(int attempt, string words)
    {
        RefusedException.ThrowIf(CannotRecord(attempt));
        (State, Outcome, NextAttemptAtUtc) = (RequestState.Failed, Cut(words, OutcomeMaxLength), null);
    }

    /// <summary>The answer was lost: looked up after a while.</summary>
    public void LoseAnswer(int attempt, string words, DateTime lookUpAtUtc)
    {
        RefusedException.ThrowIf(CannotRecord(attempt));
        (State, Outcome, NextAttemptAtUtc) = (RequestState.Unknown, Cut(words, OutcomeMaxLength), lookUpAtUtc);
    }

    public Refusal? CannotLookUp() => State == RequestState.Unknown ? null : RequestRefusals.NotDue;

    /// <summary>There may be an answer now: not waited for any longer.</summary>
    public void LookUpNow(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotLookUp());
        NextAttemptAtUtc = NextAttemptAtUtc < nowUtc ? NextAttemptAtUtc : nowUtc;
    }

    /// <summary>Certainly nothing has happened: tried again by itself.</summary>
    public void Postpone(int attempt, string words, DateTime againAtUtc)
    {
        RefusedException.ThrowIf(CannotRecord(attempt));
        (State, Outcome, NextAttemptAtUtc) = (RequestState.Approved, Cut(words, OutcomeMaxLength), againAtUtc);
    }

    public Refusal? CannotRetry() => State == RequestState.Failed ? null : RequestRefusals.NotFailed;

    public void Retry(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotRetry());
        (State, NextAttemptAtUtc) = (RequestState.Approved, nowUtc);
    }

    public void Abandon(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotRetry());
        End(RequestState.Abandoned, nowUtc);
    }

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
