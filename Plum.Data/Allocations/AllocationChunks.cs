using Plum.Data.Shared;
using Plum.Domain.Allocations;

namespace Plum.Data.Allocations;

/// <summary>A row as it goes into the database.</summary>
/// <param name="Cells">Of a bad row, or one that may become bad: all of its cells.</param>
internal sealed record StagedRow(long Line, IReadOnlyList<string> Cells, AllocationDraft Draft)
{
    public const int MostExtraCells = 20;
    public const int LongestCell = 4_000;

    /// <summary>As they are kept: not without bound, however the row was made.</summary>
    public static IReadOnlyList<string> Kept(IReadOnlyList<string> cells, int headers) =>
        cells.Count <= headers + MostExtraCells && cells.All(c => c.Length <= LongestCell)
            ? cells
            : [.. cells.Take(headers + MostExtraCells).Select(c => c.Length <= LongestCell ? c : c[..LongestCell])];
}

/// <param name="BytesRead">Of the file, after the last row, about.</param>
/// <param name="HasDistinctKeys">Among the rows themselves.</param>
internal sealed record AllocationChunk(IReadOnlyList<StagedRow> Rows, long BytesRead, bool HasDistinctKeys);

/// <summary>Reads rows and judges each by itself: all but whether another row holds its key.</summary>
internal sealed class AllocationChunks(OpenedFile file, AllocationChecker checker, AllocationWorld world)
{
    /// <summary>Rows of one transaction: some forty milliseconds for which no one else can write.</summary>
    public const int Size = 4_000;

    /// <returns>Null at the end of the file.</returns>
    public async Task<AllocationChunk?> NextAsync(PlumDbContext db, CancellationToken ct)
    {
        var read = new List<(long Line, string[] Cells, AllocationFault? Fault)>(Size);
        while (read.Count < Size && file.Rows.Read())
        {
            if (file.Rows.Line > AllocationRow.MaxLine)
            {
                throw new WorkbookException($"The file has more than {AllocationRow.MaxLine:N0} lines. Split it, and give the parts.");
            }

            read.Add((file.Rows.Line, Cells(file.Rows), Malformed(file.Rows.Fault)));
        }

        if (read.Count == 0)
        {
            return null;
        }

        await world.KnowAsync(db, read.Where(r => r.Fault is null).Select(r => checker.RewardCode(r.Cells)), ct);
        var (rows, keys, distinct) = (
            new List<StagedRow>(read.Count),
            new HashSet<string>(read.Count, StringComparer.OrdinalIgnoreCase),
            true
        );
        foreach (var (line, cells, fault) in read)
        {
            AllocationDraft draft;
            if (fault is null)
            {
                draft = checker.Check(cells);
            }
            else
            {
                draft = new AllocationDraft();
                draft.Blame(fault);
            }

            distinct &= draft.Key is not { } key || keys.Add(key);
            rows.Add(new StagedRow(line, cells, draft));
        }

        return new AllocationChunk(rows, file.BytesRead(), distinct);
    }

    public static string[] Cells(IFileRows rows)
    {
        var cells = new string[rows.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = rows[i];
            cells[i] = cell.IsEmpty ? "" : cell.ToString();
        }

        return cells;
    }

    public static AllocationFault? Malformed(CsvFault fault) =>
        fault switch
        {
            CsvFault.None => null,
            CsvFault.QuoteNotClosed => AllocationFault.Of(
                "allocation.quote-open",
                null,
                null,
                "Quotation marks in pairs.",
                "One is opened in this line and never closed: close it, or write two where one is meant."
            ),
            CsvFault.TextAfterQuote => AllocationFault.Of(
                "allocation.quote-text",
                null,
                null,
                "Nothing but a delimiter after a closing quotation mark.",
                "Write two marks where one is meant within the text."
            ),
            _ => AllocationFault.Of(
                "allocation.row-long",
                null,
                null,
                "A row of at most a million characters.",
                "Look for a missing line end."
            ),
        };
}
