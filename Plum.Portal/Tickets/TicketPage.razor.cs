using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>One ticket: everything about it, everything one may do with it, and what others do with it as they do it.</summary>
public partial class TicketPage(TicketSheets sheets, TicketFeed feed, CurrentActor actor, Toasts toasts, NavigationManager navigation)
{
    private readonly Loadable<TicketSheet> _sheet = new();
    private readonly (string, string)[] _crumbs = [("Tickets", "/tickets")];
    private IReadOnlyList<StaleNotice.Change>? _stale;
    private TicketDesk _desk = null!;
    private IDisposable? _listening;
    private long? _id;
    private int _revision;
    private bool _missing;

    [Parameter]
    public string Reference { get; set; } = "";

    /// <summary>Which part of the timeline; see <see cref="TimelineFilter"/>. Null is all of it.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    protected override void OnInitialized() => _desk = new TicketDesk(actor, toasts, ReloadAsync, changes => _stale = changes);

    protected override async Task OnParametersSetAsync()
    {
        var id = TicketReference.Parse(Reference);
        if (id == _id && (_sheet.IsFilled || id is null))
        {
            return;
        }

        _listening?.Dispose();
        (_id, _missing, _stale, _listening) = (id, false, null, null);
        if (id is not { } ticketId)
        {
            return;
        }

        var by = await _desk.WhoAsync();
        if (by.ClientId is not null && !by.May(Act.WorkTickets))
        {
            navigation.NavigateTo($"/complaints/{TicketReference.Of(ticketId)}", replace: true); // the client's own view of it
            return;
        }

        if (RendererInfo.IsInteractive)
        {
            _listening = feed.Listen(ticketId, what => _ = InvokeAsync(() => HeardAsync(what)));
        }

        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (_id is { } id)
        {
            var by = await _desk.WhoAsync();
            await LoadAsync(_sheet, async ct => Found(await sheets.GetAsync(id, by, ct)));
            _revision++;
        }
    }

    private TicketSheet Found(TicketSheet? sheet)
    {
        _missing = sheet is null;
        _desk.Sheet = sheet ?? _desk.Sheet;
        return _desk.Sheet;
    }

    private async Task ReloadAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task HeardAsync(TicketsChanged what)
    {
        if (!Leaving.IsCancellationRequested && what.TicketIds.Count > 0)
        {
            await ReloadAsync();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _listening?.Dispose();
        }

        base.Dispose(disposing);
    }
}
