using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>One file of recipients and rewards for a programme (IPA): uploaded, mapped, checked, mended, approved, sent.</summary>
/// <remarks>
/// How far the work has come, and the counts, are written by the work itself, past the version: what a person sees and decides does not go stale
/// by it. The counts change in the transaction that changes the rows.
/// </remarks>
public sealed partial class AllocationFile : IVersioned
{
    public const int FileNameMaxLength = 200;
    public const int ErrorMaxLength = 500;
    public const int GivenKeyMaxLength = 240;

    private AllocationFile() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>People see it as <see cref="AllocationReference"/>.</summary>
    public long Number { get; private init; }
    public Guid ClientId { get; private init; }
    public Guid ProgrammeId { get; private init; }
    public string FileName { get; private init; } = "";
    public long Bytes { get; private init; }

    /// <summary>Of the bytes, in lower-case hex: the same file is noticed before anything is sent a second time.</summary>
    public string Sha256 { get; private init; } = "";
    public DateTime UploadedAtUtc { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";
    public AllocationIntake Intake { get; private init; } = AllocationIntake.Portal;

    /// <summary>Under which it was given by the API, so that the same call made again finds it; null when it came otherwise.</summary>
    public string? GivenKey { get; private init; }
    public FileForm Form { get; private set; } = FileForm.Unknown;
    public AllocationMapping Mapping { get; private set; } = AllocationMapping.Nothing;
    public AllocationState State { get; private set; }

    /// <summary>When it is to run; null is as soon as it is approved.</summary>
    public DateTime? ScheduledAtUtc { get; private set; }

    /// <summary>Rows that are staged, and where an interrupted reading goes on.</summary>
    public long Rows { get; private set; }

    /// <summary>How many of <see cref="Rows"/> are good, bad, and left out one by one; their sum is <see cref="Rows"/>.</summary>
    public long Good { get; private set; }
    public long Bad { get; private set; }
    public long Excluded { get; private set; }

    /// <summary>Whether rows of it hold keys that others may want: until it is cancelled, and the work has freed them.</summary>
    public bool HoldsKeys { get; private set; }

    /// <summary>Bytes of the file that are read, roughly: of all, for the progress.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Somebody chose to send the good rows without the bad ones. To be taken back until it is submitted.</summary>
    public bool LeavesOutBad { get; private set; }

    /// <summary>The change of many rows that is being made; null when there is none.</summary>
    public AllocationChange? Change { get; private set; }

    /// <summary>Somebody works on it until then, unless they say so again.</summary>
    public DateTime? LeaseUntilUtc { get; private set; }
    public DateTime? StartedAtUtc { get; private set; }
    public DateTime? CheckedAtUtc { get; private set; }
    public DateTime? FinishedAtUtc { get; private set; }
    public string? Error { get; private set; }
    public int Version { get; private set; }

    public static AllocationFile Receive(
        Guid id,
        long number,
        Guid clientId,
        Guid programmeId,
        string fileName,
        long bytes,
        string sha256,
        FileForm form,
        AllocationMapping proposed,
        Actor by,
        DateTime nowUtc,
        AllocationIntake intake = AllocationIntake.Portal,
        string? givenKey = null
    )
    {
        RefusedException.ThrowIf(Refusals.ForText("File name", fileName, FileNameMaxLength));

        return new AllocationFile
        {
            Id = id,
            Number = number,
            ClientId = clientId,
            ProgrammeId = programmeId,
            FileName = fileName.Trim(),
            Bytes = bytes,
            Sha256 = sha256,
            Form = form,
            Mapping = proposed,
            UserId = by.UserId,
            Who = by.Name,
            Intake = intake,
            GivenKey = givenKey,
            UploadedAtUtc = nowUtc,
            State = AllocationState.Received,
        };
    }

    public string Reference => AllocationReference.Of(Number);

    /// <summary>Why it cannot come into <paramref name="next"/> from where it stands; null when it can.</summary>
    public Refusal? CannotMove(AllocationState next) =>
        AllocationMoves.May(State, next) ? null : new Refusal("allocation.move", $"{Reference} is {AllocationWords.Of(State)}.");

    /// <summary>Moves that have no rule of their own beyond the table.</summary>
    public void Move(AllocationState next)
    {
        RefusedException.ThrowIf(CannotMove(next));

        State = next;
    }

    public Refusal? CannotPrepare() =>
        State == AllocationState.Received
            ? null
            : new Refusal("allocation.begun", $"{Reference} is {AllocationWords.Of(State)}. Map its columns anew first.");

    public void ReadAs(FileForm form, AllocationMapping proposed)
    {
        RefusedException.ThrowIf(CannotPrepare());

        (Form, Mapping) = (form, proposed);
    }

    public void Map(AllocationMapping mapping)
    {
        RefusedException.ThrowIf(CannotPrepare());

        Mapping = mapping;
    }

    public Refusal? CannotCheck() => CannotPrepare() ?? AllocationMappingRules.CannotCheck(Mapping, Form.Headers);

    /// <summary>From here on the rows are read by themselves.</summary>
    public void Check()
    {
        RefusedException.ThrowIf(CannotCheck());

        (State, StartedAtUtc, LeaseUntilUtc) = (AllocationState.Reading, null, null);
    }

    public Refusal? CannotCancel() => CannotMove(AllocationState.Cancelled);

    public void Cancel(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotCancel());

        (State, FinishedAtUtc, LeaseUntilUtc, Change) = (AllocationState.Cancelled, nowUtc, null, null);
    }
}

/// <summary>How a file came.</summary>
public enum AllocationIntake
{
    Portal = 1,
    Api = 2,

    /// <summary>As rows, of which the file was written: how its columns are meant is certain, and says nothing of the client's own files.</summary>
    ApiRows = 3,
}

/// <summary>How people name a file: <c>IPA-1023</c>.</summary>
public static class AllocationReference
{
    public const string Prefix = "IPA-";

    public static string Of(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{number}");

    public static long? Parse(string? text) => Shared.Reference.Parse(Prefix, text);
}
