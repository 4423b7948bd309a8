using Plum.Data.Tickets;
using Plum.Domain.Home;
using Plum.Domain.Tickets;

namespace Plum.Data.Home;

public sealed record CountedFigure(HomeFigure Figure, int Count);

/// <param name="Next">Of <paramref name="Of"/>, at most <see cref="HomeService.MostRows"/>, the clock that is due first first.</param>
public sealed record HomeTickets(IReadOnlyList<CountedFigure> Figures, TicketFilter Of, IReadOnlyList<TicketRow> Next, DateTime AtUtc);

public sealed record AgedBacklog(AgeBucket Age, TicketFilter Filter, int Count);

/// <param name="Filter">Opens the tickets of this week that it counts.</param>
public sealed record SpikeRow(string Category, string? Supplier, TicketFilter Filter, int ThisWeek, decimal Usual);
