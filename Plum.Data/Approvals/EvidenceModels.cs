using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>All that is on record of one request, from what was asked to what was posted: for whoever has to prove it.</summary>
/// <param name="IsIntact">Whether the fingerprint, reckoned anew, is the one that it was made with.</param>
/// <param name="Institution">On whose behalf it was asked and decided: a partner institution, or Plum.</param>
/// <param name="Audit">The audit's own lines about it; empty for whoever may not read the audit.</param>
public sealed record RequestEvidence(
    long Id,
    RequestKind Kind,
    string Title,
    Money Amount,
    long JudgedMinorUnits,
    RequestState State,
    string Reason,
    string? ReasonCode,
    string? ClientName,
    string Institution,
    string BeneficiaryName,
    string MakerName,
    string MakerRoles,
    long? TicketId,
    long? OrderId,
    long? ReplacesId,
    long? ReplacedById,
    string Fingerprint,
    bool IsIntact,
    string Payload,
    PolicySnapshot Policy,
    int StepsNeeded,
    int StepsDone,
    string? SupplierReference,
    string? Outcome,
    DateTime MadeAtUtc,
    DateTime ExpiresAtUtc,
    DateTime? EndedAtUtc,
    IReadOnlyList<EvidenceLine> Lines,
    IReadOnlyList<EvidenceCall> Calls,
    IReadOnlyList<EvidencePosting> Postings,
    IReadOnlyList<EvidenceAudit> Audit,
    DateTime ReadAtUtc,
    string ReadBy
);

/// <param name="Roles">As held at that moment; null of a job.</param>
/// <param name="RequestVersion">Of a decision: which version of the request was decided on.</param>
public sealed record EvidenceLine(
    long RequestId,
    RequestEventKind Kind,
    DateTime AtUtc,
    string Who,
    string? Roles,
    string? OnBehalfOf,
    int? Step,
    string? Note,
    LimitSnapshot? Limit,
    bool ByEmergency,
    string? Fingerprint,
    int? RequestVersion
);

/// <param name="Key">The idempotency key that was sent.</param>
/// <param name="Words">The supplier's own, for what became of it.</param>
public sealed record EvidenceCall(
    long RequestId,
    string Key,
    SupplierCallKind Kind,
    SupplierCallState State,
    string? SupplierReference,
    string? Words,
    int Tries,
    DateTime PreparedAtUtc,
    DateTime? AnsweredAtUtc
);

/// <param name="Account">Null, as the amount, of an entry that moves nothing: one that frees what was reserved.</param>
public sealed record EvidencePosting(
    long? RequestId,
    long EntryId,
    string Key,
    DateTime AtUtc,
    EntryPhase Phase,
    string What,
    string Who,
    string? Account,
    Money? Amount,
    long? TicketId,
    long? OrderId
);

/// <param name="Seal">The hash in the audit's chain that covers this line, in hex; null until it is sealed.</param>
public sealed record EvidenceAudit(long Id, DateTime AtUtc, string Who, string What, string? Seal);

/// <summary>Which requests the auditors' workbook holds: those with anything made, decided or done in the period, and all that became of them.</summary>
public sealed record EvidencePeriod(
    DateTime FromUtc,
    DateTime UntilUtc,
    RequestKind? Kind = null,
    RequestState? State = null,
    Guid? ClientId = null,
    Guid? PartnerId = null
);

/// <summary>What an auditor may narrow the period by.</summary>
public sealed record EvidenceChoices(IReadOnlyList<Person> Clients, IReadOnlyList<Person> Institutions);

public sealed record EvidenceBook(
    EvidencePeriod Period,
    IReadOnlyList<EvidenceRequest> Requests,
    IReadOnlyList<EvidenceLine> Lines,
    IReadOnlyList<EvidencePosting> Postings,
    IReadOnlyList<EvidenceCall> Calls,
    DateTime MadeAtUtc,
    string MadeBy
);

public sealed record EvidenceRequest(
    long Id,
    RequestKind Kind,
    string Title,
    Money Amount,
    long JudgedMinorUnits,
    RequestState State,
    string Institution,
    string? ClientName,
    string BeneficiaryName,
    string MakerName,
    string MakerRoles,
    DateTime MadeAtUtc,
    DateTime? EndedAtUtc,
    PolicySnapshot Policy,
    string? ReasonCode,
    string Reason,
    long? TicketId,
    long? OrderId,
    long? ReplacesId,
    string? SupplierReference,
    string? Outcome,
    string Fingerprint,
    bool IsIntact
);
