using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>One line of an allocation file: one reward for one recipient.</summary>
/// <remarks>
/// A good row has its fields and no cells: the file itself keeps those. A bad row has its cells, as text in the order of the file's headers, and
/// what is wrong with them; its fields are empty.
/// </remarks>
public sealed class AllocationRow : IVersioned
{
    public const int ReferenceMaxLength = 100;
    public const int LanguageMaxLength = 20;
    public const int MessageMaxLength = 500;
    public const int KeyMaxLength = 110;

    private const int LineBits = 28;

    private AllocationRow() { } // EF Core

    /// <summary>Number of the file and line in it, in one: rows of a file stand together and in its order. See <see cref="IdOf"/>.</summary>
    public long Id { get; private init; }
    public Guid FileId { get; private init; }
    public Guid ProgrammeId { get; private init; }
    public AllocationRowState State { get; private set; }

    /// <summary>
    /// What makes it this row and no other: the programme's own reference, else recipient, reward, value and period. Held by one row of a programme
    /// at a time, and by none that is bad or left out.
    /// </summary>
    public string? Key { get; private set; }
    public string? Reference { get; private set; }
    public string? Name { get; private set; }
    public string? Email { get; private set; }

    /// <summary>E.164.</summary>
    public string? Phone { get; private set; }
    public string? EmployeeNumber { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; private set; }

    /// <summary>BCP 47, such as <c>de</c> or <c>pt-BR</c>; null is the programme's.</summary>
    public string? Language { get; private set; }
    public DeliveryChannel? Channel { get; private set; }
    public Guid? RewardId { get; private set; }

    /// <summary>Minor units.</summary>
    public long Value { get; private set; }
    public string? Currency { get; private set; }
    public string? Message { get; private set; }

    /// <summary>As they stand now, of a row that is bad or left out; JSON, an array of strings.</summary>
    public IReadOnlyList<string>? Cells { get; private set; }

    /// <summary>As they stood in the file, once a cell was changed.</summary>
    public IReadOnlyList<string>? Original { get; private set; }
    public IReadOnlyList<AllocationFault>? Faults { get; private set; }
    public long? OrderId { get; private set; }
    public int Version { get; private set; }

    public void Order(long orderId) => (State, OrderId) = (AllocationRowState.Ordered, orderId);

    public static AllocationRow Stage(
        long fileNumber,
        Guid fileId,
        Guid programmeId,
        long line,
        IReadOnlyList<string> cells,
        AllocationDraft draft
    )
    {
        var row = new AllocationRow
        {
            Id = IdOf(fileNumber, line),
            FileId = fileId,
            ProgrammeId = programmeId,
        };
        row.Judge(cells, draft);
        return row;
    }

    public Refusal? CannotMend() =>
        State is AllocationRowState.Bad or AllocationRowState.Excluded
            ? null
            : new Refusal("allocation.row-good", "This row is good by now. Look at it again.");

    /// <summary>Other cells, and what they come to.</summary>
    public void Mend(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        RefusedException.ThrowIf(CannotMend());

        var original = Original ?? Cells;
        Judge(cells, draft);
        Original = draft.IsGood ? null : original;
    }

    public void Exclude()
    {
        RefusedException.ThrowIf(CannotMend());

        State = AllocationRowState.Excluded;
    }

    /// <summary>Back among the bad ones, to be mended.</summary>
    public void Include()
    {
        RefusedException.ThrowIf(CannotMend());

        State = AllocationRowState.Bad;
    }

    private void Judge(IReadOnlyList<string> cells, AllocationDraft draft)
    {
        var isGood = draft.IsGood;
        (State, Cells, Faults) = isGood ? (AllocationRowState.Good, null, null) : (AllocationRowState.Bad, cells, draft.Faults);
        Key = isGood ? draft.Key : null;
        (Reference, Name, Email, Phone) = isGood ? (draft.Reference, draft.Name, draft.Email, draft.Phone) : default;
        (EmployeeNumber, Country, Language, Channel) = isGood
            ? (draft.EmployeeNumber, draft.Country, draft.Language, draft.Channel)
            : default;
        (RewardId, Value, Currency, Message) = isGood ? (draft.RewardId, draft.Value, draft.Currency, draft.Message) : default;
    }

    /// <summary>Of the file, from 1: where the row begins.</summary>
    public long Line => LineOf(Id);

    /// <summary>A file has at most 2^28 lines, so that 2^35 files have room.</summary>
    public static long IdOf(long fileNumber, long line) =>
        line is > 0 and < (1L << LineBits)
            ? (fileNumber << LineBits) | line
            : throw new ArgumentOutOfRangeException(nameof(line), line, "Beyond what a file may have.");

    public static long FileOf(long id) => id >> LineBits;

    public static long LineOf(long id) => id & ((1L << LineBits) - 1);

    /// <summary>The lines that a file may have.</summary>
    public const long MaxLine = (1L << LineBits) - 1;
}

public enum AllocationRowState
{
    Bad = 1,
    Good = 2,

    /// <summary>Left out by hand.</summary>
    Excluded = 3,
    Ordered = 4,
}

/// <summary>What the good rows of a file come to in one currency. Kept by the transactions that change rows.</summary>
public sealed class AllocationTotal
{
    private AllocationTotal() { } // EF Core

    public Guid FileId { get; private init; }
    public string Currency { get; private init; } = "";
    public long Rows { get; private init; }
    public long MinorUnits { get; private init; }

    public Money Money => new(MinorUnits, Currency);

    public static AllocationTotal Of(Guid fileId, string currency, long rows, long minorUnits) =>
        new()
        {
            FileId = fileId,
            Currency = currency,
            Rows = rows,
            MinorUnits = minorUnits,
        };
}

/// <summary>How many rows of a file have one kind of fault.</summary>
public sealed class AllocationFaultCount
{
    public const int CodeMaxLength = 60;

    private AllocationFaultCount() { } // EF Core

    public Guid FileId { get; private init; }
    public string Code { get; private init; } = "";
    public long Rows { get; private init; }

    public static AllocationFaultCount Of(Guid fileId, string code, long rows) =>
        new()
        {
            FileId = fileId,
            Code = code,
            Rows = rows,
        };
}
