using Plum.Domain.Tickets;

namespace Plum.Domain.Reports;

/// <summary>How the value of a facet is written for people. Reports speak standard dispositions, so a renamed label changes no report.</summary>
public static class FacetNames
{
    private static readonly Dictionary<string, string> Labels = Dispositions
        .Standard()
        .ToDictionary(d => d.Code, d => d.Label, StringComparer.Ordinal);

    public static string Of(Facet facet, string value) =>
        facet switch
        {
            Facet.Disposition => Labels.GetValueOrDefault(value, value),
            Facet.Channel => Enum.TryParse<IntakeChannel>(value, out var channel) ? Of(channel) : value,
            Facet.Age => AgeBuckets.All.FirstOrDefault(b => b.Code == value)?.Name ?? value,
            Facet.Waiting => value == CountedTickets.Waiting ? "Waiting on others" : "In hand",
            _ => value,
        };

    public static string Of(IntakeChannel channel) =>
        channel switch
        {
            IntakeChannel.ClientForm => "Client form",
            IntakeChannel.Api => "API",
            _ => channel.ToString(),
        };

    public static string Of(WaitingOn waitingOn) => waitingOn == WaitingOn.Nobody ? "Nobody" : $"{waitingOn}";
}
