using Plum.Domain.Shared;

namespace Plum.Domain.Imports;

/// <summary>One file of ticket history on its way in: uploaded, mapped, checked, imported, and undone when it was wrong.</summary>
/// <remarks>How far it has come is written by the work itself, past the version: what a person sees and decides does not go stale by it.</remarks>
public sealed class TicketImport : IVersioned
{
    public const int FileNameMaxLength = 200;
    public const int ErrorMaxLength = 500;

    private TicketImport() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>People see it as <see cref="ImportReference"/>.</summary>
    public long Number { get; private init; }
    public Guid ClientId { get; private init; }
    public string FileName { get; private init; } = "";
    public long Bytes { get; private init; }

    /// <summary>Of the bytes, in lower-case hex: the same file is noticed before it is imported a second time.</summary>
    public string Sha256 { get; private init; } = "";
    public DateTime UploadedAtUtc { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";
    public FileForm Form { get; private set; } = FileForm.Unknown;
    public ImportMapping Mapping { get; private set; } = ImportMapping.Nothing;

    /// <summary>What the last check found; null when the form or the mapping changed since.</summary>
    public ImportCheck? Check { get; private set; }
    public ImportState State { get; private set; }

    /// <summary>Rows that are through, rejected ones among them: where the work goes on after an interruption.</summary>
    public long RowsDone { get; private set; }
    public long RowsRejected { get; private set; }
    public long TicketsMade { get; private set; }

    /// <summary>Length of the file of rejected rows that belongs to <see cref="RowsDone"/>.</summary>
    public long RejectedBytes { get; private set; }

    /// <summary>Somebody works on it until then, unless they say so again.</summary>
    public DateTime? LeaseUntilUtc { get; private set; }
    public DateTime? StartedAtUtc { get; private set; }
    public DateTime? FinishedAtUtc { get; private set; }
    public string? Error { get; private set; }
    public DateTime? UndoneAtUtc { get; private set; }

    /// <summary>Tickets that the undoing left, because somebody had worked on them.</summary>
    public long TicketsKept { get; private set; }
    public int Version { get; private set; }

    public static TicketImport Upload(
        Guid id,
        long number,
        Guid clientId,
        string fileName,
        long bytes,
        string sha256,
        FileForm form,
        ImportMapping proposed,
        Actor by,
        DateTime nowUtc
    )
    {
        RefusedException.ThrowIf(Refusals.ForText("File name", fileName, FileNameMaxLength));

        return new TicketImport
        {
            Id = id,
            Number = number,
            ClientId = clientId,
            FileName = fileName.Trim(),
            Bytes = bytes,
            Sha256 = sha256,
            Form = form,
            Mapping = proposed,
            UserId = by.UserId,
            Who = by.Name,
            UploadedAtUtc = nowUtc,
            State = ImportState.Uploaded,
        };
    }

    /// <summary>Why the file may not be read or mapped otherwise any more; null while it may.</summary>
    public Refusal? CannotPrepare() =>
        State == ImportState.Uploaded
            ? null
            : new Refusal(
                "import.begun",
                $"{ImportReference.Of(Number)} is {ImportWords.Of(State)}. Upload the file again to map it anew."
            );

    public void ReadAs(FileForm form, ImportMapping proposed)
    {
        RefusedException.ThrowIf(CannotPrepare());

        (Form, Mapping, Check) = (form, proposed, null);
    }

    public void Map(ImportMapping mapping)
    {
        RefusedException.ThrowIf(CannotPrepare());

        (Mapping, Check) = (mapping, null);
    }

    public void Checked(ImportCheck check)
    {
        RefusedException.ThrowIf(CannotPrepare());

        Check = check;
    }

    /// <param name="fingerprint">Of the lists as they are now.</param>
    public Refusal? CannotCommit(string fingerprint) =>
        CannotPrepare()
        ?? (
            Check is null ? new Refusal("import.unchecked", "Check the rows first: what was checked is what is imported.")
            : Check.Fingerprint != fingerprint
                ? new Refusal("import.world-changed", "Categories, dispositions or programmes changed since the check. Check again.")
            : Check.Good == 0 ? new Refusal("import.nothing-good", "No row is good. Mend the file or the mapping.")
            : null
        );

    public void Commit(string fingerprint)
    {
        RefusedException.ThrowIf(CannotCommit(fingerprint));

        State = ImportState.Queued;
    }

    public Refusal? CannotGoOn() =>
        State == ImportState.Failed ? null : new Refusal("import.not-failed", $"{ImportReference.Of(Number)} is {ImportWords.Of(State)}.");

    /// <summary>After a failure, from where it stopped.</summary>
    public void GoOn()
    {
        RefusedException.ThrowIf(CannotGoOn());

        (State, Error, LeaseUntilUtc) = (ImportState.Queued, null, null);
    }

    public Refusal? CannotUndo() =>
        State is ImportState.Done or ImportState.Failed
            ? null
            : new Refusal("import.not-done", $"{ImportReference.Of(Number)} is {ImportWords.Of(State)}: there is nothing to undo.");

    public void Undo()
    {
        RefusedException.ThrowIf(CannotUndo());

        (State, LeaseUntilUtc) = (ImportState.Undoing, null);
    }

    public void Discard()
    {
        RefusedException.ThrowIf(CannotPrepare());

        State = ImportState.Discarded;
    }
}

public enum ImportState
{
    Uploaded = 1,
    Queued = 2,
    Running = 3,
    Done = 4,
    Failed = 5,
    Undoing = 6,
    Undone = 7,
    Discarded = 8,
}

public static class ImportWords
{
    /// <summary>As it completes "IMP-3 is ...".</summary>
    public static string Of(ImportState state) =>
        state switch
        {
            ImportState.Uploaded => "being prepared",
            ImportState.Queued => "waiting for its turn",
            ImportState.Running => "being imported",
            ImportState.Done => "imported",
            ImportState.Failed => "stopped by a failure",
            ImportState.Undoing => "being undone",
            ImportState.Undone => "undone",
            ImportState.Discarded => "discarded",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
}

/// <summary>How people name an import: <c>IMP-12</c>.</summary>
public static class ImportReference
{
    public const string Prefix = "IMP-";

    public static string Of(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{number}");

    public static long? Parse(string? text) => Reference.Parse(Prefix, text);
}

/// <summary>What reading the whole file by the mapping gave.</summary>
/// <param name="Faults">The first of them; <paramref name="Rejected"/> counts all rows that have any.</param>
/// <param name="FaultCounts">How many rows have each kind of fault.</param>
/// <param name="Unmapped">By field, the file's values that are none of ours, with how many rows have them.</param>
public sealed record ImportCheck(
    string Fingerprint,
    long Rows,
    long Good,
    long Rejected,
    IReadOnlyList<ImportFault> Faults,
    IReadOnlyDictionary<string, long> FaultCounts,
    IReadOnlyList<UnmappedValue> Unmapped,
    DateTime? EarliestUtc,
    DateTime? LatestUtc,
    DateTime AtUtc
);

public sealed record UnmappedValue(ImportField Field, string Value, long Rows);
