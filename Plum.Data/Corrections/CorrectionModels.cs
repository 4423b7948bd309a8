using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Shared;

namespace Plum.Data.Corrections;

/// <summary>What is asked for on a ticket. Amounts in minor units of the currency named.</summary>
/// <param name="ReplacesId">The request that came to nothing and that this one takes the place of.</param>
public abstract record AskCorrection(long TicketId, ReasonCode ReasonCode, string Reason, long? ReplacesId)
{
    /// <param name="RewardId">Null for the same reward.</param>
    public sealed record Reissue(long TicketId, long OrderId, Guid? RewardId, ReasonCode ReasonCode, string Reason, long? ReplacesId = null)
        : AskCorrection(TicketId, ReasonCode, Reason, ReplacesId);

    public sealed record Cancellation(long TicketId, long OrderId, ReasonCode ReasonCode, string Reason, long? ReplacesId = null)
        : AskCorrection(TicketId, ReasonCode, Reason, ReplacesId);

    public sealed record Refund(long TicketId, long OrderId, Money Amount, ReasonCode ReasonCode, string Reason, long? ReplacesId = null)
        : AskCorrection(TicketId, ReasonCode, Reason, ReplacesId);

    /// <param name="FundId">An account of the ledger, of a kind that gives goodwill.</param>
    public sealed record Goodwill(
        long TicketId,
        long RecipientId,
        Guid FundId,
        Money Amount,
        ReasonCode ReasonCode,
        string Reason,
        long? ReplacesId = null
    ) : AskCorrection(TicketId, ReasonCode, Reason, ReplacesId);
}

/// <summary>What would come of it, told before it is asked for.</summary>
/// <param name="Checkers">How many decide; 0 when it is done at once.</param>
/// <param name="Moves">From which account to which, and how much.</param>
public sealed record CorrectionPreview(
    Refusal? CannotBe,
    string Title,
    Money Amount,
    int Checkers,
    bool AsksSecondFactor,
    IReadOnlyList<MoneyMove> Moves,
    Money? Fee
);

public sealed record MoneyMove(string Account, Money Amount, Money AvailableAfter);

/// <summary>What a ticket can ask for, each with why not.</summary>
/// <param name="Country">Of the order's reward, and of any that may come in its place.</param>
public sealed record CorrectionOffers(
    long? OrderId,
    long? RecipientId,
    Refusal? CannotReissue,
    Refusal? CannotCancel,
    Refusal? CannotRefund,
    Refusal? CannotCredit,
    Money? Value,
    Money? LeftToRefund,
    IReadOnlyList<TenderLine> Tenders,
    IReadOnlyList<FundChoice> Funds,
    string? Country,
    Guid? ProgrammeId,
    IReadOnlyDictionary<RequestKind, LimitValues> Limits
);

public sealed record TenderLine(int Line, string Tender, Money Captured, Money Refunded);

public sealed record FundChoice(Guid Id, string Name, Money Available);
