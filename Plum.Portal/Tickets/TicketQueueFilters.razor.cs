using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Orders;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The filters as chips. Each writes the address, and the page reads it.</summary>
public partial class TicketQueueFilters(TicketQueueService tickets, CurrentActor actor, NavigationManager navigation)
{
    private const string From = "from";
    private const string To = "to";

    private static readonly string[] Usual = ["client", "programme", "disposition", "sla", "owner", "age", "severity"];

    private TicketChoices _choices = new([], [], [], [], [], [], []);
    private bool _more;

    [Parameter, EditorRequired]
    public TicketQueueView Queue { get; set; } = null!;

    [Parameter, EditorRequired]
    public TicketQueueAddress Address { get; set; } = null!;

    private IReadOnlyList<Facet> Facets { get; set; } = [];

    /// <summary>Filters that no chip offers: they come by a link, and can be taken away.</summary>
    private IEnumerable<(string Key, string Label)> Fixed
    {
        get
        {
            if (Queue.Filter.Recipients.Count > 0)
            {
                yield return ("recipient", "One recipient");
            }

            if (Queue.Filter.Orders.Count > 0)
            {
                yield return ("order", string.Join(", ", Queue.Filter.Orders.Select(OrderReference.Of)));
            }

            if (Queue.Filter.Imports.Count > 0)
            {
                yield return ("import", "One import");
            }
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Offer(); // what is in code can be offered before the database has answered
        await LoadAsync(_choicesRead, async ct => await tickets.ChoicesAsync(await actor.GetAsync(), ct)); // not kept: 38 KB in each page
        _choices = _choicesRead.Value ?? _choices;
        Offer();
    }

    private readonly Loadable<TicketChoices> _choicesRead = new();

    private void Offer() =>
        Facets = [
            new("client", "Client", _choices.Clients),
            new("programme", "Programme", _choices.Programmes),
            new("disposition", "Disposition", _choices.Dispositions),
            new("sla", "SLA", Words<SlaState>("sla", TicketQueueWords.Of)),
            new("owner", "Owner", [new("me", "Me"), new("nobody", "Nobody"), .. _choices.Owners]),
            new("age", "Age", Words<AgeBucket>("age", TicketQueueWords.Of)),
            new("severity", "Severity", Words<Severity>("severity", s => s.ToString())),
            new("category", "Category", _choices.Categories),
            new("channel", "Channel", Words<IntakeChannel>("channel", TicketQueueWords.Of)),
            new("waiting", "Waiting on", Words<WaitingOn>("waiting", w => w.ToString())),
            new("level", "Level", Words<SupportLevel>("level", l => l.ToString())),
            new("brand", "Brand", _choices.Brands),
            new("supplier", "Supplier", _choices.Suppliers),
            new("open", "Open", [new("yes", "Open"), new("no", "Final")], IsSingle: true),
        ];

    private bool IsShown(Facet facet) => _more || Usual.Contains(facet.Key) || Values(facet.Key).Count > 0;

    private IReadOnlyList<string> Values(string key) =>
        TicketFilterText.Write(Queue.Filter).TryGetValue(key, out var text) ? text.Split(',') : [];

    private void Set(string key, string value) => navigation.NavigateTo(Address.With(Queue.View, key, value).Href);

    private static List<TicketChoice> Words<T>(string key, Func<T, string> label)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new TicketChoice(Key(key, v), label(v)))];

    /// <summary>The value as the address writes it.</summary>
    private static string Key<T>(string key, T value)
        where T : struct, Enum =>
        TicketFilterText.Write(
            key switch
            {
                "sla" => new TicketFilter { Sla = [(SlaState)(object)value] },
                "age" => new TicketFilter { Ages = [(AgeBucket)(object)value] },
                "severity" => new TicketFilter { Severities = [(Severity)(object)value] },
                "channel" => new TicketFilter { Channels = [(IntakeChannel)(object)value] },
                "waiting" => new TicketFilter { WaitingOn = [(WaitingOn)(object)value] },
                _ => new TicketFilter { Levels = [(SupportLevel)(object)value] },
            }
        )[key];

    private sealed record Facet(string Key, string Label, IReadOnlyList<TicketChoice> Options, bool IsSingle = false);
}
