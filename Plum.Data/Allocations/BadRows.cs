using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Allocations;

namespace Plum.Data.Allocations;

/// <summary>Which rows of a file a grid, a change or an export means.</summary>
internal static class BadRows
{
    /// <summary>In the order of the file, by its index of bad rows alone.</summary>
    public static IQueryable<AllocationRow> Of(PlumDbContext db, Guid fileId, AllocationRowState state, string? faultCode)
    {
        var rows =
            state == AllocationRowState.Excluded
                ? db.AllocationRows.Where(r => r.FileId == fileId && r.State == AllocationRowState.Excluded)
                : db.AllocationRows.Where(r => r.FileId == fileId && r.State == AllocationRowState.Bad);
        if (faultCode is null)
        {
            return rows;
        }

        var pattern = Like.Containing($"\"code\":\"{faultCode}\"");
        return rows.Where(r => EF.Functions.Like((string)(object)r.Faults!, pattern, Like.Escape));
    }

    /// <summary>What a change makes of a cell; null when it leaves it.</summary>
    public static string? Changed(this AllocationChange change, string cell)
    {
        switch (change.Kind)
        {
            case AllocationChangeKind.Fill:
                return string.Equals(cell, change.Value, StringComparison.Ordinal) ? null : change.Value ?? "";
            case AllocationChangeKind.Replace:
                var (find, value) = (change.Find ?? "", change.Value ?? "");
                if (change.IsWholeCell || find.Length == 0)
                {
                    return string.Equals(cell.Trim(), find.Trim(), StringComparison.OrdinalIgnoreCase) ? value : null;
                }

                return cell.Contains(find, StringComparison.OrdinalIgnoreCase)
                    ? cell.Replace(find, value, StringComparison.OrdinalIgnoreCase)
                    : null;
            default:
                return null;
        }
    }
}
