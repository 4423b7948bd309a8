using Plum.Domain.Allocations;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <param name="Given">By a machine, which answers no questions: it is checked at once, or not taken.</param>
public sealed record UploadAllocation(Guid ProgrammeId, string FileName, GivenAllocation? Given = null);

/// <param name="Key">Unique to the call, for a day: made again, it finds the file that it gave. Null when the caller sent none.</param>
/// <param name="IsRows">The file was written of rows, in the template's columns.</param>
public sealed record GivenAllocation(string? Key, bool IsRows)
{
    public static readonly TimeSpan KeyLasts = TimeSpan.FromHours(24);
}

public sealed record ReadAllocationAs(long Number, int SeenVersion, string Encoding, char Delimiter);

public sealed record MapAllocation(long Number, int SeenVersion, AllocationMapping Mapping);

public sealed record CheckAllocation(long Number, int SeenVersion);

public sealed record MapAllocationAnew(long Number, int SeenVersion);

public sealed record GoOnWithAllocation(long Number, int SeenVersion);

/// <param name="IsLeftOut">False takes the choice back.</param>
public sealed record LeaveOutBadRows(long Number, int SeenVersion, bool IsLeftOut);

/// <param name="Cells">The new text of cells, by header.</param>
public sealed record CorrectAllocationRow(long Number, long Line, int SeenVersion, IReadOnlyDictionary<string, string> Cells);

public sealed record ExcludeAllocationRow(long Number, long Line, int SeenVersion, bool IsExcluded);

/// <param name="Find">Cells that contain it; empty finds empty cells.</param>
/// <param name="FaultCode">Only rows with this fault.</param>
public sealed record MendManyRows(
    long Number,
    int SeenVersion,
    AllocationChangeKind Kind,
    string? Column = null,
    string? Find = null,
    string? Value = null,
    bool IsWholeCell = false,
    string? FaultCode = null
);

public sealed record TakeBackRows(long Number, int SeenVersion, string FileName);

public sealed record AllocationListRow(
    long Number,
    string ClientCode,
    string ClientName,
    string ProgrammeName,
    string FileName,
    DateTime UploadedAtUtc,
    string Who,
    AllocationState State,
    long Rows,
    long Bad,
    bool LeavesOutBad
);

/// <param name="Budget">What the programme may still spend in the currency; null when it has no account in it.</param>
public sealed record AllocationTotalRow(string Currency, long Rows, long MinorUnits, long? Budget)
{
    public Money Total => new(MinorUnits, Currency);
    public bool IsShort => MinorUnits > (Budget ?? 0);
}

public sealed record AllocationFaultRow(string Code, long Rows);

public sealed record AllocationView(
    Guid Id,
    long Number,
    Guid ClientId,
    string ClientCode,
    string ClientName,
    Guid ProgrammeId,
    string ProgrammeCode,
    string ProgrammeName,
    string ProgrammeCurrency,
    string FileName,
    long Bytes,
    DateTime UploadedAtUtc,
    string Who,
    AllocationIntake Intake,
    FileForm Form,
    AllocationMapping Mapping,
    AllocationState State,
    long Rows,
    long Good,
    long Bad,
    long Excluded,
    long BytesRead,
    bool LeavesOutBad,
    AllocationChange? Change,
    DateTime? StartedAtUtc,
    DateTime? CheckedAtUtc,
    string? Error,
    int Version,
    Refusal? CannotSubmit,
    bool WasSubmitted,
    IReadOnlyList<AllocationTotalRow> Totals,
    IReadOnlyList<AllocationFaultRow> Faults
);

/// <param name="Filled">How many of the sampled rows have something in it.</param>
public sealed record AllocationColumn(string Name, int Filled, int Sampled, IReadOnlyList<string> Samples);

/// <param name="Original">As the file had it, where it was changed since.</param>
public sealed record BadRow(
    long Line,
    AllocationRowState State,
    IReadOnlyList<string> Cells,
    IReadOnlyList<string>? Original,
    IReadOnlyList<AllocationFault> Faults,
    int Version
);

/// <param name="After">Only rows after this line; <paramref name="Before"/> the last ones before it.</param>
public sealed record BadRowQuery(
    long Number,
    long After = 0,
    long? Before = null,
    int Take = 50,
    string? FaultCode = null,
    bool IsExcluded = false
);

public sealed record BadRowPage(IReadOnlyList<BadRow> Rows, bool HasEarlier, bool HasLater)
{
    public static BadRowPage Nothing { get; } = new([], false, false);
}

/// <summary>What a change of many rows would do.</summary>
/// <param name="Samples">Cells before and after.</param>
public sealed record MendPreview(long Rows, IReadOnlyList<(long Line, string Before, string After)> Samples);

public sealed record AllocationProgramme(
    Guid Id,
    string Code,
    string Name,
    string Currency,
    DeliveryChannel Channel,
    Guid ClientId,
    string ClientCode,
    string ClientName
);
