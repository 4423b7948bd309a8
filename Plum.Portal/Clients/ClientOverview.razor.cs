using Microsoft.AspNetCore.Components;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;
using Plum.Portal.Tickets;

namespace Plum.Portal.Clients;

/// <summary>How a client stands now: each figure opens what it counts.</summary>
public partial class ClientOverview(ClientService clients, ContactService contacts, Viewer viewer, TimeProvider clock)
{
    private readonly Loadable<ClientFigures?> _figures = new();
    private IReadOnlyList<ContactRow> _contacts = [];

    [Parameter, EditorRequired]
    public ClientView Client { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    private DateOnly MonthAgo => viewer.DayOf(clock.GetUtcNow().UtcDateTime.AddDays(-30));

    protected override async Task OnInitializedAsync()
    {
        _contacts = await contacts.ListAsync(Client.Id, By, Leaving);
        var since = viewer.ToUtc(MonthAgo.ToDateTime(TimeOnly.MinValue));
        await LoadAsync(_figures, ct => clients.FiguresAsync(Client.Id, since, By, ct), $"figures {Client.Code}");
    }

    private string Oldest(ClientFigures figures) =>
        figures.OldestOpenUtc is { } oldest ? $"the oldest since {viewer.Day(oldest)}" : "nothing waits";

    private string? Tickets(TicketFilter filter) =>
        By.May(Act.ReadTickets)
            ? $"{TicketQueueAddress.Path}?view={StandardViews.All}&{TicketFilterText.Line(filter with { Clients = [Client.Id] })}"
            : null;

    private string? Orders(string more) => By.May(Act.ReadOrders) ? $"/orders?client={Uri.EscapeDataString(Client.Code)}{more}" : null;
}
