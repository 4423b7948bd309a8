namespace Plum.Domain.Tickets;

/// <summary>Whether a new complaint was made before: decided in facts that a report can defend, not by likeness of words.</summary>
public static class Recurrence
{
    /// <summary>
    /// Same order, or same recipient and category. While an earlier one is open the new one is its duplicate (of the oldest such); within
    /// <paramref name="windowDays"/> of an earlier one's last resolution it is its repeat (of the one resolved last).
    /// </summary>
    public static (long? DuplicateOfId, long? RepeatOfId) Judge(Complaint complaint, IEnumerable<EarlierTicket> earlier, int windowDays)
    {
        var same = earlier.Where(e => e.CreatedAtUtc <= complaint.CreatedAtUtc && Same(complaint, e)).ToList();
        var open = same.Where(e => e.ResolvedAtUtc is not { } end || end > complaint.CreatedAtUtc)
            .OrderBy(e => e.CreatedAtUtc)
            .ThenBy(e => e.Id);
        var ended = same.Where(e =>
                e.ResolvedAtUtc is { } end && end <= complaint.CreatedAtUtc && complaint.CreatedAtUtc <= end.AddDays(windowDays)
            )
            .OrderByDescending(e => e.ResolvedAtUtc)
            .ThenByDescending(e => e.Id);

        return open.FirstOrDefault() is { } duplicate ? (duplicate.Id, null) : (null, ended.FirstOrDefault()?.Id);
    }

    private static bool Same(Complaint complaint, EarlierTicket other) =>
        (complaint.OrderId is { } order && other.OrderId == order)
        || (complaint.RecipientId is { } recipient && other.RecipientId == recipient && other.CategoryId == complaint.CategoryId);
}

/// <summary>What is new.</summary>
public sealed record Complaint(long? RecipientId, long? OrderId, Guid CategoryId, DateTime CreatedAtUtc);

/// <summary>What was there: a ticket of the same client that was not merged away.</summary>
public sealed record EarlierTicket(
    long Id,
    long? RecipientId,
    long? OrderId,
    Guid CategoryId,
    DateTime CreatedAtUtc,
    DateTime? ResolvedAtUtc
);
