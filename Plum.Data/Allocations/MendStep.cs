using Plum.Data.Shared;
using Plum.Domain.Allocations;

namespace Plum.Data.Allocations;

/// <summary>Puts other cells into bad rows and judges them anew, in the caller's transaction.</summary>
internal sealed class MendStep(AllocationFile file, AllocationWorld world)
{
    private readonly AllocationChecker _checker = new(file.Mapping, file.Form, world);

    /// <param name="rows">Tracked; each once, with the cells that it is to have.</param>
    /// <returns>By how much the counts change; to be saved once the rows are.</returns>
    public async Task<AllocationCounts> ApplyAsync(
        PlumDbContext db,
        IReadOnlyList<(AllocationRow Row, IReadOnlyList<string> Cells)> rows,
        CancellationToken ct
    )
    {
        await world.KnowAsync(db, rows.Select(r => _checker.RewardCode(r.Cells)), ct);
        var drafts = rows.Select(r => (r.Row.Id, Draft: _checker.Check(r.Cells))).ToList();
        await AllocationKeys.BlameTwiceAsync(db, file, drafts, ct);
        var counts = new AllocationCounts();
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, cells) = rows[i];
            counts.Add(row, by: -1);
            row.Mend(StagedRow.Kept(cells, file.Form.Headers.Count), drafts[i].Draft);
            counts.Add(row, by: 1);
        }

        return counts;
    }

    /// <summary>The row's cells, one to each header, with some of them replaced.</summary>
    public static IReadOnlyList<string> With(IReadOnlyList<string>? cells, int headers, IEnumerable<(int Column, string Text)> changed)
    {
        var made = new string[headers];
        for (var i = 0; i < headers; i++)
        {
            made[i] = i < cells?.Count ? cells[i] : "";
        }

        foreach (var (column, text) in changed)
        {
            made[column] = text;
        }

        return made;
    }
}
