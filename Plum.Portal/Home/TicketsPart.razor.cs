using Microsoft.AspNetCore.Components;
using Plum.Data.Home;
using Plum.Domain.Home;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

/// <summary>Figures of the queue, each a link to the tickets that it counts, and the first tickets of one of them.</summary>
public partial class TicketsPart(HomeService home, CurrentActor actor, Viewer viewer)
{
    private readonly string _id = $"home-{Guid.NewGuid():n}";
    private readonly Loadable<HomeTickets> _tickets = new();

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<HomeFigure> Figures { get; set; } = [];

    /// <summary>Whose first tickets are listed.</summary>
    [Parameter, EditorRequired]
    public TicketFilter List { get; set; } = TicketFilter.Everything;

    [Parameter, EditorRequired]
    public string Nothing { get; set; } = "";

    [Parameter]
    public string? NothingWhy { get; set; }

    /// <summary>Where to go when there is nothing.</summary>
    [Parameter, EditorRequired]
    public TicketFilter NothingFilter { get; set; } = TicketFilter.Everything;

    [Parameter]
    public bool ShowOwner { get; set; }

    /// <summary>Between the figures and the list.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    protected override Task OnInitializedAsync() =>
        LoadAsync(
            _tickets,
            async ct => await home.TicketsAsync(Figures, List, viewer.Zone.Id, await actor.GetAsync(), ct),
            keep: $"home:{Title}"
        );

    internal static string Href(TicketFilter filter) => "/tickets?view=all&sort=sla&" + TicketFilterText.Line(filter);

    private static string? Alarm(HomeFigure figure, int count) =>
        count == 0
            ? null
            : figure.Alarm switch
            {
                HomeAlarm.Bad => "is-bad",
                HomeAlarm.Warn => "is-warn",
                _ => null,
            };
}
