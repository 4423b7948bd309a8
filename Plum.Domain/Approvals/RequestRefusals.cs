using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

public static class RequestRefusals
{
    public static readonly Refusal Questioned = new(
        "request.questioned",
        "This request was sent back to its maker with a question. It can be decided once that is answered."
    );

    public static readonly Refusal NotQuestioned = new("request.not-questioned", "Nobody asked a question about this request.");

    public static readonly Refusal HasExpired = new(
        "request.expired",
        "This request has expired: nobody decided it in time. Its maker can make it again."
    );

    public static readonly Refusal NotYetExpired = new("request.not-yet-expired", "This request has not expired yet.");

    public static readonly Refusal Tampered = new(
        "request.tampered",
        "This request is no longer what its maker asked for: its fingerprint differs. Nothing is done with it; tell an administrator."
    );

    public static readonly Refusal Own = new("request.own", "You had a hand in this request, so another person decides it.");

    public static readonly Refusal Beneficiary = new("request.beneficiary", "This request benefits you, so another person decides it.");

    public static readonly Refusal MakersDelegate = new(
        "request.makers-delegate",
        "You stand in for somebody who had a hand in this request, so another person decides it."
    );

    public static readonly Refusal OneLevel = new("request.one-level", "One person decides one level. Somebody else decides the next.");

    public static readonly Refusal NoDelegation = new(
        "request.no-delegation",
        "That person has not made you their delegate for today. Decide for yourself, or ask them.",
        "OnBehalfOf"
    );

    public static readonly Refusal NotDue = new("request.not-due", "This request is not to be executed now.");

    public static readonly Refusal ClaimLost = new("request.claim-lost", "Another executor has taken this request over.");

    public static readonly Refusal NotFailed = new(
        "request.not-failed",
        "Only a request that could not be executed is tried again or given up."
    );

    public static readonly Refusal NotYours = new("request.not-yours", "Only its maker answers or withdraws a request.");

    public static readonly Refusal SecondFactor = new(
        "request.second-factor",
        "An amount of this size asks for the code of your authenticator app once more.",
        "Code"
    );

    public static readonly Refusal WrongCode = new(
        "request.wrong-code",
        "That code is not right, or was used already. Enter the one that your authenticator app shows now.",
        "Code"
    );

    public static readonly Refusal NoAuthenticator = new(
        "request.no-authenticator",
        "An amount of this size needs an authenticator app. Set one up in your profile, then decide.",
        "Code"
    );

    public static Refusal NotPending(RequestState state) =>
        new("request.not-pending", $"This request is {RequestWords.Of(state).ToLowerInvariant()} already.");

    public static Refusal Decided(string state, string who) => new("request.decided", $"{who} was first: this request is {state} already.");

    public static Refusal OpenAlready(string reference) =>
        new("request.open-already", $"{reference} asks for the same and is not finished. Wait for it, or withdraw it.");

    public static Refusal? ForReason(string? reason) => Refusals.ForText("Reason", reason, ApprovalRequest.ReasonMaxLength);
}

public static class RequestWords
{
    public static string Of(RequestState state) =>
        state switch
        {
            RequestState.Pending => "Pending",
            RequestState.Questioned => "Sent back",
            RequestState.Approved => "Approved",
            RequestState.Executing => "In execution",
            RequestState.Unknown => "Outcome unknown",
            RequestState.Failed => "Failed",
            RequestState.Executed => "Executed",
            RequestState.Rejected => "Rejected",
            RequestState.Withdrawn => "Withdrawn",
            RequestState.Expired => "Expired",
            RequestState.Abandoned => "Given up",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
}
