using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>What this room's services share.</summary>
internal static class AllocationText
{
    public const string Room = "Allocations";

    /// <summary>The ids that the rows of a file may have.</summary>
    public static (long From, long To) RangeOf(long fileNumber) =>
        (AllocationRow.IdOf(fileNumber, 1), AllocationRow.IdOf(fileNumber, AllocationRow.MaxLine));

    /// <summary>What the actor may know of: the first narrowing of every query in this room.</summary>
    public static IQueryable<AllocationFile> VisibleTo(this IQueryable<AllocationFile> files, Actor by) =>
        !by.May(Act.ReadAllocations) || by.PartnerId is not null ? files.Where(_ => false)
        : by.ClientId is { } own ? files.Where(f => f.ClientId == own)
        : files;
}
