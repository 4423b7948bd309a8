using Plum.Domain.Imports;
using Plum.Domain.Shared;

namespace Plum.Data.Imports;

public sealed record UploadImport(Guid ClientId, string FileName);

public sealed record ReadImportAs(long Number, int SeenVersion, string Encoding, char Delimiter);

public sealed record MapImport(long Number, int SeenVersion, ImportMapping Mapping);

public sealed record CommitImport(long Number, int SeenVersion);

public sealed record GoOnWithImport(long Number, int SeenVersion);

public sealed record UndoImport(long Number, int SeenVersion);

public sealed record DiscardImport(long Number, int SeenVersion);

public sealed record ImportListRow(
    long Number,
    string ClientCode,
    string ClientName,
    string FileName,
    DateTime UploadedAtUtc,
    string Who,
    ImportState State,
    long? Rows,
    long RowsDone,
    long RowsRejected,
    long TicketsMade
);

/// <param name="Columns">Of the file, in its order.</param>
/// <param name="World">What values can be mapped to.</param>
public sealed record ImportView(
    Guid Id,
    long Number,
    Guid ClientId,
    string ClientCode,
    string ClientName,
    string ClientTimeZoneId,
    string FileName,
    long Bytes,
    DateTime UploadedAtUtc,
    string Who,
    FileForm Form,
    ImportMapping Mapping,
    ImportCheck? Check,
    ImportState State,
    long RowsDone,
    long RowsRejected,
    long TicketsMade,
    DateTime? StartedAtUtc,
    DateTime? FinishedAtUtc,
    DateTime? UndoneAtUtc,
    long TicketsKept,
    string? Error,
    int Version,
    ImportWorld World
);

/// <param name="Filled">How many of the sampled rows have something in it.</param>
public sealed record ImportColumn(string Name, int Filled, int Sampled, IReadOnlyList<string> Samples);

/// <param name="Row">Null when the row would be rejected.</param>
public sealed record ImportPreviewRow(long Line, ImportRow? Row, IReadOnlyList<ImportFault> Faults);

/// <param name="Ours">What it is mapped to as things stand; null when it is to nothing.</param>
/// <param name="Proposed">What people often mean by it; null when nothing comes to mind.</param>
public sealed record ImportValue(string Value, long Rows, string? Ours, string? Proposed);

/// <param name="Rows">Rows read so far.</param>
/// <param name="Bytes">Of the file, about.</param>
public sealed record ImportProgress(long Rows, long Rejected, long Total);

public sealed record KeptTicket(long Id, string Subject, string Why);
