using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Who looks at a queue, when, and where their days begin: what a filter's relative words ("me", "at risk", "3 to 7 days") are relative to.</summary>
internal sealed record TicketQueueMoment(Actor By, DateTime NowUtc, TimeZoneInfo Zone)
{
    public static TicketQueueMoment Of(Actor by, DateTime nowUtc, string? zoneId) =>
        new(by, nowUtc, zoneId is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? zone : TimeZoneInfo.Utc);

    /// <summary>The instants between which the filter's days lie: from the first, before the second.</summary>
    public (DateTime? FromUtc, DateTime? BeforeUtc) Created(TicketFilter filter) =>
        (
            filter.CreatedFrom is { } from ? Midnight(from) : null,
            filter.CreatedTo is { } to && to < DateOnly.MaxValue ? Midnight(to.AddDays(1)) : null
        );

    /// <summary>The owners asked for: users, and whether tickets without an owner are wanted too.</summary>
    public (IReadOnlyList<Guid> Users, bool Nobody) Owners(TicketFilter filter) =>
        (
            [
                .. filter
                    .Owners.Where(o => o.IsMe || o.UserId is not null)
                    .Select(o => o.IsMe ? By.UserId ?? Guid.Empty : o.UserId!.Value)
                    .Distinct(),
            ],
            filter.Owners.Contains(OwnerChoice.Nobody)
        );

    /// <summary>A midnight that daylight saving skips is the first instant after the gap.</summary>
    private DateTime Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
    }
}
