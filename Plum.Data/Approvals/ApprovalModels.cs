using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

public enum RequestShelf
{
    /// <summary>What waits for a checker and this person may decide, oldest due first.</summary>
    ToDecide = 1,

    /// <summary>One's own that are not finished, newest first.</summary>
    Mine = 2,

    /// <summary>Those that could not be executed.</summary>
    Stuck = 3,

    /// <summary>All, newest first.</summary>
    All = 4,
}

public sealed record RequestQuery(
    RequestShelf Shelf = RequestShelf.ToDecide,
    RequestKind? Kind = null,
    string? Currency = null,
    RequestState? State = null,
    string? Search = null,
    int Skip = 0,
    int Take = 50
);

public sealed record RequestRow(
    long Id,
    RequestKind Kind,
    string Title,
    Money Amount,
    string MakerName,
    string BeneficiaryName,
    RequestState State,
    int StepsDone,
    int StepsNeeded,
    DateTime MadeAtUtc,
    DateTime DueAtUtc,
    DateTime ExpiresAtUtc,
    long? TicketId,
    long? OrderId,
    string? Outcome,
    int Version,
    string Fingerprint,
    bool AsksSecondFactor
);

/// <summary>How many of a kind in a currency wait, and how much they come to.</summary>
public sealed record RequestTotal(RequestKind Kind, string Currency, int Count, long MinorUnits)
{
    public Money Sum => new(MinorUnits, Currency);
}

/// <summary>Everything that one needs to decide.</summary>
public sealed record RequestView(
    RequestRow Row,
    string Reason,
    string? ReasonCode,
    string MakerRoles,
    PolicySnapshot Policy,
    long JudgedMinorUnits,
    string? ClientName,
    string? PartnerName,
    string Payload,
    long? ReplacesId,
    long? ReplacedById,
    string? SupplierReference,
    IReadOnlyList<RequestLine> History,
    RequestTicketFacts? Ticket,
    IReadOnlyList<RequestRow> OnTheSameOrder,
    IReadOnlyList<RequestRow> Similar,
    PastOf Maker,
    PastOf Beneficiary,
    IReadOnlyList<BalanceLine> Balances,
    RequestStanding Standing
);

public sealed record RequestLine(
    RequestEventKind Kind,
    DateTime AtUtc,
    string Who,
    string? Roles,
    string? OnBehalfOf,
    string? Note,
    int? Step,
    LimitSnapshot? Limit,
    bool ByEmergency,
    string? Fingerprint
);

public sealed record RequestTicketFacts(long Id, string Subject, string Disposition, bool IsOpen, string? OwnerName);

/// <summary>What somebody asked for, or was given, in the 90 days before.</summary>
/// <param name="Sums">Of what was executed, one a currency.</param>
public sealed record PastOf(string Name, int Asked, int Executed, int Rejected, IReadOnlyList<Money> Sums);

/// <param name="Before">What the account has available now, the request's own reservation counted back in.</param>
/// <param name="After">What it will have.</param>
public sealed record BalanceLine(Guid AccountId, string Account, Money Before, Money After);

/// <summary>What the viewer may do with it, and why not.</summary>
/// <param name="InSteadOf">Delegators in whose stead the viewer could decide.</param>
public sealed record RequestStanding(
    Refusal? CannotApprove,
    Refusal? CannotReject,
    bool IsMaker,
    bool MayWithdraw,
    bool MayAnswer,
    bool MayRetry,
    bool NeedsCode,
    IReadOnlyList<Person> InSteadOf
);

public sealed record Person(Guid Id, string Name);

public sealed record LimitRow(
    Guid Id,
    Guid? PartnerId,
    string? Partner,
    Role Role,
    RequestKind Kind,
    string Currency,
    LimitValues Values,
    int Version
);

public sealed record BandRow(Guid Id, RequestKind Kind, string Currency, long Above, int Checkers, bool AsksSecondFactor, int Version);

public sealed record DelegationRow(
    Guid Id,
    string From,
    string To,
    DateTime FromUtc,
    DateTime UntilUtc,
    string Reason,
    bool IsMine,
    int Version
);

public sealed record EmergencyDecision(
    long RequestId,
    RequestKind Kind,
    string Title,
    Money Amount,
    RequestEventKind Decision,
    DateTime AtUtc
);

public sealed record EmergencyRow(
    Guid Id,
    string Who,
    string Reason,
    DateTime FromUtc,
    DateTime UntilUtc,
    string? Reviewer,
    DateTime? ReviewedAtUtc,
    string? Review,
    int Decisions,
    bool MayReview,
    int Version
);
