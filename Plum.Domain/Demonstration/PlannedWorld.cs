using Plum.Domain.Sla;

namespace Plum.Domain.Demonstration;

/// <summary>Everything that stands before the first order: clients, catalogue, hours, categories and people.</summary>
public sealed record PlannedWorld(
    IReadOnlyList<PlannedClient> Clients,
    PlannedCatalogue Catalogue,
    IReadOnlyList<PlannedCalendar> Calendars,
    IReadOnlyList<PlannedPolicy> Policies,
    IReadOnlyList<PlannedCategory> Categories,
    IReadOnlyList<PlannedPerson> People
)
{
    /// <param name="known">Keys of people who are there already, by e-mail address.</param>
    public static PlannedWorld Make(ulong seed, DateTime startUtc, DateTime nowUtc, IReadOnlyDictionary<string, Guid> known)
    {
        var dice = Dice.For(seed, Streams.Keys, 5);
        return new PlannedWorld(
            ClientsOf.Make(seed, startUtc),
            CatalogueOf.Make(seed, startUtc),
            HoursOf.Calendars(seed, startUtc, nowUtc),
            HoursOf.Policies(seed, startUtc),
            CategoriesOf.Make(seed, startUtc),
            [.. Floor.All.Select(p => Person(dice.Key(startUtc), p))]
        );

        PlannedPerson Person(Guid id, FloorPerson p) =>
            new(known.TryGetValue(p.Email, out var there) ? there : id, p.Email, p.Name, p.Role, p.TimeZoneId);
    }

    /// <summary>Hikari and Saraswati are served round the clock.</summary>
    public PlannedCalendar CalendarOf(PlannedClient client) =>
        Calendars.First(c => c.Code == (client.Code is "HIKARI" or "SARASWATI" ? HoursOf.Always : $"{client.Country}-OFFICE"));

    public PlannedPolicy PolicyOf(PlannedClient client) => Policies.First(p => p.Code == client.PolicyCode);
}
