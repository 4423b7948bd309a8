using Microsoft.AspNetCore.Components;
using Plum.Data.Orders;
using Plum.Data.Tickets;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The details of a ticket as one form. Saved on top of the version that it was filled from: what somebody else saved meanwhile is shown, not overwritten.</summary>
public partial class TicketEditForm(TicketService tickets, TicketForms forms)
{
    private IReadOnlyList<CategoryChoice> _categories = [];
    private IReadOnlyList<ProgrammeOption> _programmes = [];
    private IReadOnlyList<StaleNotice.Change>? _theirs;
    private Draft _draft = new();
    private TicketSheet _from = null!;
    private Refusal? _refusal;
    private bool _saving;

    [Parameter, EditorRequired]
    public TicketSheet Sheet { get; set; } = null!;

    [Parameter]
    public EventCallback OnClose { get; set; }

    [CascadingParameter]
    private TicketDesk Desk { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        TakeTheirs();
        _categories = await forms.CategoriesAsync(Desk.By, CancellationToken.None);
        _programmes = await forms.ProgrammesAsync(Sheet.Place.ClientId, Desk.By, CancellationToken.None);
    }

    private void TakeTheirs() => (_from, _draft, _theirs, _refusal) = (Sheet, Draft.Of(Sheet), null, null);

    private void KeepMine() => (_from, _theirs, _refusal) = (Sheet, null, null);

    private string? Invalid(string field) => _refusal?.Field == field ? "true" : null;

    private async Task SaveAsync()
    {
        if (_saving || _theirs is not null)
        {
            return;
        }

        var order = string.IsNullOrWhiteSpace(_draft.Order) ? null : OrderReference.Parse(_draft.Order);
        if (!string.IsNullOrWhiteSpace(_draft.Order) && order is null)
        {
            _refusal = new Refusal("ticket.order-form", "An order's reference looks like GFT-10293.", "Order");
            return;
        }

        var was = Draft.Of(_from);
        var edit = new EditTicket(_from.Id, _from.Version, Changes(was, order));
        if (edit.Changes.Count == 0)
        {
            await OnClose.InvokeAsync();
            return;
        }

        _saving = true;
        var then = _from;
        _refusal = await Desk.DoAsync(by => tickets.EditAsync(edit, by, CancellationToken.None), "The details are saved.");
        _saving = false;
        if (_refusal is null)
        {
            await OnClose.InvokeAsync();
        }
        else if (_refusal == TicketDesk.StaleRefusal)
        {
            _theirs = Conflicts(then, Desk.Sheet);
        }
    }

    private List<TicketChange> Changes(Draft was, long? order)
    {
        var changes = new List<TicketChange>();
        if (_draft.Subject?.Trim() != was.Subject)
        {
            changes.Add(new TicketChange.Rename(_draft.Subject ?? ""));
        }

        if (_draft.CategoryId != was.CategoryId)
        {
            changes.Add(new TicketChange.Categorise(_draft.CategoryId));
        }

        if (_draft.Channel != was.Channel)
        {
            changes.Add(new TicketChange.Rechannel(_draft.Channel));
        }

        if (order != _from.Order?.Id)
        {
            changes.Add(new TicketChange.ConcernOrder(order));
        }

        if (order is null && _draft.Recipient?.Id != was.Recipient?.Id)
        {
            changes.Add(new TicketChange.ConcernRecipient(_draft.Recipient?.Id));
        }

        if (order is null && _draft.ProgrammeId != was.ProgrammeId)
        {
            changes.Add(new TicketChange.PlaceIn(_draft.ProgrammeId));
        }

        return changes;
    }

    /// <summary>Their values beside mine, for every field in which they differ.</summary>
    private IReadOnlyList<StaleNotice.Change> Conflicts(TicketSheet then, TicketSheet now)
    {
        var theirs = Draft.Of(now);
        StaleNotice.Change[] all =
        [
            new("Subject", theirs.Subject, _draft.Subject),
            new(
                "Category",
                now.Place.CategoryName,
                _categories.FirstOrDefault(c => c.Id == _draft.CategoryId)?.Name ?? then.Place.CategoryName
            ),
            new("Channel", TicketWords.Of(now.Channel), TicketWords.Of(_draft.Channel)),
            new("Programme", now.Place.ProgrammeName, _programmes.FirstOrDefault(p => p.Id == _draft.ProgrammeId)?.Name),
            new("Order", theirs.Order, _draft.Order),
            new("Recipient", now.Recipient?.Name, _draft.Recipient?.Name),
        ];
        return [.. all.Where(c => (c.Theirs ?? "") != (c.Mine ?? ""))];
    }

    private sealed class Draft
    {
        public string? Subject { get; set; }
        public Guid CategoryId { get; set; }
        public IntakeChannel Channel { get; set; }
        public Guid? ProgrammeId { get; set; }
        public string? Order { get; set; }
        public RecipientChoice? Recipient { get; set; }

        public static Draft Of(TicketSheet sheet) =>
            new()
            {
                Subject = sheet.Subject,
                CategoryId = sheet.Place.CategoryId,
                Channel = sheet.Channel,
                ProgrammeId = sheet.Place.ProgrammeId,
                Order = sheet.Order?.Reference,
                Recipient = sheet.Recipient is { } r
                    ? new RecipientChoice(r.Id, sheet.Place.ClientId, sheet.Place.ClientCode, r.Name, r.Email, r.Phone)
                    : null,
            };
    }
}
