using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <param name="SeenVersion">Of the request as it was shown.</param>
/// <param name="SeenFingerprint">Likewise: what one decides on is what one saw.</param>
/// <param name="OnBehalfOf">The delegator; null for oneself.</param>
/// <param name="Code">Of the authenticator app, where the amount asks for it.</param>
public sealed record ApproveRequest(
    long Id,
    int SeenVersion,
    string SeenFingerprint,
    string? Note = null,
    Guid? OnBehalfOf = null,
    string? Code = null
);

public sealed record RejectRequest(long Id, int SeenVersion, string SeenFingerprint, string Reason, Guid? OnBehalfOf = null);

public sealed record SendBackRequest(long Id, int SeenVersion, string SeenFingerprint, string Question, Guid? OnBehalfOf = null);

public sealed record AnswerRequest(long Id, int SeenVersion, string Answer);

public sealed record WithdrawRequest(long Id, int SeenVersion, string? Reason = null);

public sealed record RetryRequest(long Id, int SeenVersion, string Reason);

public sealed record AbandonRequest(long Id, int SeenVersion, string Reason);

/// <summary>One of many that are decided at once; see <see cref="ApprovalService.ApproveManyAsync"/>.</summary>
public sealed record DecidedItem(long Id, Outcome Outcome);
