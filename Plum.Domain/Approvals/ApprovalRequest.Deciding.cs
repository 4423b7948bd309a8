using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

public sealed partial class ApprovalRequest
{
    /// <summary>Why nobody can decide it as it stands; null while it waits for a decision.</summary>
    public Refusal? CannotDecide(DateTime nowUtc) =>
        State == RequestState.Questioned ? RequestRefusals.Questioned
        : State != RequestState.Pending ? RequestRefusals.NotPending(State)
        : nowUtc >= ExpiresAtUtc ? RequestRefusals.HasExpired
        : Fingerprint != FingerprintNow() ? RequestRefusals.Tampered
        : null;

    /// <summary>One checker's yes. After the last that was asked for, the request waits to be executed.</summary>
    public void Approve(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotDecide(nowUtc));

        StepsDone++;
        if (StepsDone >= StepsNeeded)
        {
            State = RequestState.Approved;
            NextAttemptAtUtc = nowUtc;
        }
        else
        {
            DueAtUtc = nowUtc + RequestTimes.Due;
        }
    }

    public void Reject(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotDecide(nowUtc));
        End(RequestState.Rejected, nowUtc);
    }

    public void SendBack(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotDecide(nowUtc));
        State = RequestState.Questioned;
    }

    public Refusal? CannotAnswer(DateTime nowUtc) =>
        State != RequestState.Questioned ? RequestRefusals.NotQuestioned
        : nowUtc >= ExpiresAtUtc ? RequestRefusals.HasExpired
        : null;

    /// <summary>Words alone: what is asked for does not change.</summary>
    public void Answer(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotAnswer(nowUtc));
        State = RequestState.Pending;
        DueAtUtc = nowUtc + RequestTimes.Due;
    }

    public Refusal? CannotWithdraw() => RequestMoves.Allows(State, RequestState.Withdrawn) ? null : RequestRefusals.NotPending(State);

    public void Withdraw(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotWithdraw());
        End(RequestState.Withdrawn, nowUtc);
    }

    public Refusal? CannotExpire(DateTime nowUtc) =>
        !RequestMoves.Allows(State, RequestState.Expired) ? RequestRefusals.NotPending(State)
        : nowUtc < ExpiresAtUtc ? RequestRefusals.NotYetExpired
        : null;

    public void Expire(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotExpire(nowUtc));
        End(RequestState.Expired, nowUtc);
    }

    public bool IsToRemind(DateTime nowUtc) =>
        RequestMoves.IsUndecided(State)
        && nowUtc >= DueAtUtc
        && (RemindedAtUtc is not { } last || nowUtc >= last + RequestTimes.RemindEvery);

    private void End(RequestState state, DateTime nowUtc) => (State, EndedAtUtc, OpenKey, NextAttemptAtUtc) = (state, nowUtc, null, null);
}
