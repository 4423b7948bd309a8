using Plum.Domain.Tickets;

namespace Plum.Domain.Imports;

/// <summary>The cells of one row, as the file has them, by number of the column.</summary>
public interface IImportCells
{
    /// <summary>Of the file, from 1, where the row begins.</summary>
    long Line { get; }
    int Count { get; }
    ReadOnlySpan<char> this[int column] { get; }
}

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
