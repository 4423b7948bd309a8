using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Allocations;

namespace Plum.Data.Allocations;

/// <summary>By how much the counts of a file change, gathered over rows and written with them.</summary>
internal sealed class AllocationCounts
{
    private readonly Dictionary<string, (long Rows, long Minor)> _totals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _faults = new(StringComparer.Ordinal);

    public long Good { get; private set; }
    public long Bad { get; private set; }
    public long Excluded { get; private set; }

    /// <param name="by">One for a row that comes, minus one for a row that goes.</param>
    public void Add(AllocationRowState state, string? currency, long value, IReadOnlyList<AllocationFault>? faults, int by)
    {
        switch (state)
        {
            case AllocationRowState.Good:
                Good += by;
                var (rows, minor) = _totals.GetValueOrDefault(currency!);
                _totals[currency!] = (rows + by, minor + (by * value));
                break;
            case AllocationRowState.Bad:
                Bad += by;
                for (var i = 0; i < faults!.Count; i++)
                {
                    if (IsFirst(faults, i))
                    {
                        _faults[faults[i].Code] = _faults.GetValueOrDefault(faults[i].Code) + by;
                    }
                }

                break;
            case AllocationRowState.Excluded:
                Excluded += by;
                break;
        }
    }

    public void Add(AllocationRow row, int by) => Add(row.State, row.Currency, row.Value, row.Faults, by);

    /// <remarks>ExecuteUpdate: counts, kept past the version. The caller's transaction has written to the file's row before, and so holds it.</remarks>
    public async Task SaveAsync(PlumDbContext db, Guid fileId, CancellationToken ct)
    {
        foreach (var (currency, (rows, minor)) in _totals.Where(t => t.Value != default))
        {
            var changed = await db
                .AllocationTotals.Where(t => t.FileId == fileId && t.Currency == currency)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(t => t.Rows, t => t.Rows + rows).SetProperty(t => t.MinorUnits, t => t.MinorUnits + minor),
                    ct
                );
            if (changed == 0)
            {
                db.Add(AllocationTotal.Of(fileId, currency, rows, minor));
            }
        }

        foreach (var (code, rows) in _faults.Where(f => f.Value != 0))
        {
            var changed = await db
                .AllocationFaultCounts.Where(f => f.FileId == fileId && f.Code == code)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.Rows, f => f.Rows + rows), ct);
            if (changed == 0)
            {
                db.Add(AllocationFaultCount.Of(fileId, code, rows));
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private static bool IsFirst(IReadOnlyList<AllocationFault> faults, int at)
    {
        for (var i = 0; i < at; i++)
        {
            if (faults[i].Code == faults[at].Code)
            {
                return false;
            }
        }

        return true;
    }
}
