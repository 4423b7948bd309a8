using Plum.Domain.Tickets;

namespace Plum.Domain.Imports;

/// <summary>A row as the ticket that it will be.</summary>
public sealed record ImportRow(
    long Line,
    string? SourceReference,
    DateTime CreatedAtUtc,
    ImportCategory Category,
    string Subject,
    string? Message,
    IntakeChannel Channel,
    Severity Severity,
    string Disposition,
    Stage Stage,
    DateTime? FirstResponseAtUtc,
    DateTime? ResolvedAtUtc,
    bool? IsTimely,
    bool? IsDisputed,
    int? Csat,
    string? RecipientName,
    string? RecipientEmail,
    string? RecipientPhone,
    Guid? ProgrammeId,
    long? OrderId
);
