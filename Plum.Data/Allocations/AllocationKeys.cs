using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Allocations;

namespace Plum.Data.Allocations;

/// <summary>Which row holds a key of a programme: one at a time.</summary>
internal static class AllocationKeys
{
    /// <summary>Of rows already staged, in any file of the programme.</summary>
    public static async Task<Dictionary<string, long>> HoldersAsync(
        PlumDbContext db,
        Guid programmeId,
        IEnumerable<string> keys,
        CancellationToken ct
    )
    {
        var asked = keys.ToArray();
        return asked.Length == 0
            ? []
            : await db
                .AllocationRows.AsNoTracking()
                .Where(r => r.ProgrammeId == programmeId && r.Key != null && EF.Parameter(asked).Contains(r.Key))
                .Select(r => new { r.Key, r.Id })
                .ToDictionaryAsync(r => r.Key!, r => r.Id, StringComparer.OrdinalIgnoreCase, ct);
    }

    /// <summary>Blames the drafts whose key another row holds, one of the same batch or an earlier one.</summary>
    public static async Task BlameTwiceAsync(
        PlumDbContext db,
        AllocationFile file,
        IReadOnlyList<(long Id, AllocationDraft Draft)> rows,
        CancellationToken ct
    )
    {
        var holders = await HoldersAsync(db, file.ProgrammeId, rows.Where(r => r.Draft.IsGood).Select(r => r.Draft.Key!), ct);
        foreach (var (id, draft) in rows)
        {
            if (draft.IsGood && !holders.TryAdd(draft.Key!, id) && holders[draft.Key!] is var holder && holder != id)
            {
                draft.Blame(Twice(file, draft, holder));
            }
        }
    }

    private static AllocationFault Twice(AllocationFile file, AllocationDraft draft, long holder)
    {
        var (number, line) = (AllocationRow.FileOf(holder), AllocationRow.LineOf(holder));
        var where = number == file.Number ? $"line {line} of this file" : $"line {line} of {AllocationReference.Of(number)}";
        var column = file.Mapping[AllocationField.Reference]?.Columns is [var reference, ..] ? reference : null;
        return draft.Reference is not null
            ? AllocationFault.Of(
                "allocation.twice",
                column,
                draft.Reference,
                $"A reference that no other row of the programme has: {where} has it.",
                "Leave the row out if it is the same reward; give it its own reference if it is another."
            )
            : AllocationFault.Of(
                "allocation.twice",
                null,
                null,
                $"The same person, reward and value once a month: {where} says the same.",
                "Leave the row out; if it is meant, give both rows a reference."
            );
    }
}
