using Plum.Domain.Tickets;

namespace Plum.Domain.Home;

/// <summary>A number on Home, defined by the filter that opens the tickets behind it.</summary>
/// <param name="Alarm">What more than none of it means.</param>
public sealed record HomeFigure(string Name, TicketFilter Filter, HomeAlarm Alarm = HomeAlarm.None);

public enum HomeAlarm
{
    None = 0,
    Warn = 1,
    Bad = 2,
}

public static class HomeFigures
{
    private static readonly TicketFilter _mine = new() { Open = true, Owners = [OwnerChoice.Me] };
    private static readonly TicketFilter _open = new() { Open = true };

    /// <summary>What the list under the figures shows: all that one owns, the clock that is due first first.</summary>
    public static TicketFilter MyQueue => _mine;

    public static TicketFilter Late { get; } = new() { Sla = [SlaState.Breached] };

    public static IReadOnlyList<HomeFigure> Desk { get; } =
    [
        new("Breached, mine", _mine with { Sla = [SlaState.Breached] }, HomeAlarm.Bad),
        new("At risk, mine", _mine with { Sla = [SlaState.AtRisk] }, HomeAlarm.Warn),
        new("Mine to move", _mine with { WaitingOn = [WaitingOn.Nobody] }),
        new("Waiting on others", _mine with { WaitingOn = [WaitingOn.Recipient, WaitingOn.Supplier, WaitingOn.Checker] }),
        new("Nobody's yet", _open with { Owners = [OwnerChoice.Nobody] }),
    ];

    public static IReadOnlyList<HomeFigure> Backlog { get; } =
    [
        new("Open", _open),
        new("Breached", Late, HomeAlarm.Bad),
        new("At risk", new() { Sla = [SlaState.AtRisk] }, HomeAlarm.Warn),
        new("Nobody's yet", _open with { Owners = [OwnerChoice.Nobody] }, HomeAlarm.Warn),
        new("Waiting on supplier", _open with { WaitingOn = [WaitingOn.Supplier] }),
    ];

    public static IReadOnlyList<HomeFigure> Complaints { get; } =
    [
        new("Open", _open),
        new("Breached", Late, HomeAlarm.Bad),
        new("Waiting on recipient", _open with { WaitingOn = [WaitingOn.Recipient] }),
    ];

    public static IReadOnlyList<(AgeBucket Age, TicketFilter Filter)> Ages { get; } =
    [.. AgeBuckets.All.Select(age => (age, _open with { Ages = [age] }))];
}
