using System.Globalization;
using Plum.Data.Clients;
using Plum.Data.Orders;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Drafts;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Opens a ticket by hand. What is typed is kept on the server, apart for each place that one comes from.</summary>
public partial class NewTicketPage
{
    private static readonly IReadOnlyList<(string Value, string Text)> _severities =
    [
        .. Enum.GetValues<Severity>().Select(s => (s.ToString(), s.ToString())),
    ];

    private static readonly IReadOnlyList<(string Value, string Text)> _channels =
    [
        .. Enum.GetValues<IntakeChannel>().Where(c => TicketRefusals.ForSource(c) is null).Select(c => (c.ToString(), TicketWords.Of(c))),
    ];

    private readonly TicketService _tickets;
    private readonly NewTicketDesk _desk;
    private readonly AttachmentService _attachments;
    private readonly DraftKeeper _keeper;
    private readonly Toasts _toasts;
    private readonly Loadable<NewTicketStart> _start = new();
    private readonly FormDraft _draft = new(
        new("Order", "Order"),
        new("Client", "Client"),
        new("Recipient", "Recipient"),
        new("Programme", "Programme"),
        new("Category", "Category"),
        new("Severity", "Severity"),
        new("Channel", "Came in by"),
        new("Reference", "Their reference"),
        new("Subject", "Subject"),
        new("Message", "What they said"),
        new("Files", "Files")
    );
    private IReadOnlyList<CategoryChoice> _categories = [];
    private IReadOnlyList<ProgrammeOption> _programmes = [];
    private IReadOnlyList<AttachmentRow> _files = [];
    private OrderChoice? _order;
    private ClientChoice? _client;
    private RecipientChoice? _recipient;
    private ProgrammeChoice? _programme;
    private SimilarQuery? _query;
    private DraftArea? _area;
    private string _message = "";
    private string _shownFor = "";

    public NewTicketPage(TicketService tickets, NewTicketDesk desk, AttachmentService attachments, DraftKeeper keeper, Toasts toasts)
    {
        (_tickets, _desk, _attachments, _keeper, _toasts) = (tickets, desk, attachments, keeper, toasts);
        _draft.Changed = () =>
        {
            _keeper.Typed();
            StateHasChanged();
        };
    }

    private string DraftKey => $"ticket:new:{_start.Value?.Place}";

    private string _messageKey => $"{DraftKey}:message";

    private string? About =>
        _start.Value?.FollowsId is { } before ? $"It goes on from {TicketReference.Of(before)}, and is linked to it." : null;

    private string AsTheCategory => Category is { } category ? $"As the category says: {category.DefaultSeverity}" : "As the category says";

    private CategoryChoice? Category => _categories.FirstOrDefault(c => c.Id.ToString() == _draft["Category"]);

    /// <summary>Those in use, and the order's own even if it is not.</summary>
    private IEnumerable<(string Value, string Text)> Programmes =>
        _order is not null
            ? _programme is { } its
                ? [(its.Id.ToString(), its.Name)]
                : []
            : _programme is { } chosen && _programmes.All(p => p.Id != chosen.Id)
                ? _programmes.Select(p => (p.Id.ToString(), p.Name)).Append((chosen.Id.ToString(), chosen.Name))
                : _programmes.Select(p => (p.Id.ToString(), p.Name));

    protected override async Task OnAddressAsync()
    {
        var address = ListAddress.Read(Navigation.Uri);
        if (_shownFor == address.Href)
        {
            return;
        }

        _shownFor = address.Href;
        _categories = await _desk.CategoriesAsync(By, Leaving);
        await LoadAsync(_start, ct => _desk.StartAsync(address, By, ct));
        if (_start.Value is { } start)
        {
            _draft.Fill(start.Values);
            await _keeper.WatchAsync(DraftKey, _draft, () => InvokeAsync(RestedAsync), Leaving);
            await ShowChosenAsync();
        }
    }

    /// <summary>The choices behind the keys in the draft; what is no longer there, or not theirs to see, falls out.</summary>
    private async Task ShowChosenAsync()
    {
        _order = await _desk.OrderAsync(_draft["Order"], By, Leaving);
        _client = await _desk.ClientAsync(_draft["Client"], By, Leaving);
        _recipient = await _desk.RecipientAsync(_order?.RecipientId ?? Number("Recipient"), By, Leaving);
        _programmes = await _desk.ProgrammesAsync(_client, By, Leaving);
        _programme = await _desk.ProgrammeAsync(_order?.ProgrammeId ?? Key("Programme"), By, Leaving);
        _draft["Programme"] = _programme?.Id.ToString() ?? "";
        Guid[] files = [.. _draft["Files"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FormWords.Key)];
        _files = await _attachments.ListPendingAsync(files, By, Leaving);
        Ask();
    }

    private async Task RestedAsync()
    {
        await _keeper.KeepAsync();
        Ask();
        StateHasChanged();
    }

    private void Ask() =>
        _query = _client is null ? null : new SimilarQuery(_client.Id, _draft["Subject"].Trim(), _recipient?.Id, _order?.Id, Category?.Id);

    private async Task PickOrderAsync(OrderChoice? order)
    {
        _order = order;
        _draft["Order"] = order?.Reference ?? "";
        if (order is not null)
        {
            (_draft["Client"], _draft["Recipient"]) = (order.ClientCode, FormWords.Of(order.RecipientId));
            await ShowChosenAsync();
        }

        Ask();
    }

    private async Task PickClientAsync(ClientChoice? client)
    {
        if (client?.Id != _client?.Id)
        {
            (_client, _recipient, _programme) = (client, _recipient?.ClientId == client?.Id ? _recipient : null, null);
            (_draft["Client"], _draft["Programme"]) = (client?.Code ?? "", "");
            _draft["Recipient"] = _recipient is { } kept ? FormWords.Of(kept.Id) : "";
            _programmes = await _desk.ProgrammesAsync(client, By, Leaving);
            Ask();
        }
    }

    private async Task PickRecipientAsync(RecipientChoice? recipient)
    {
        _recipient = recipient;
        _draft["Recipient"] = recipient is null ? "" : FormWords.Of(recipient.Id);
        if (recipient is not null && _client is null)
        {
            await PickClientAsync(await _desk.ClientAsync(recipient.ClientCode, By, Leaving));
        }

        Ask();
    }

    private void TakeFiles(IReadOnlyList<AttachmentRow> files)
    {
        _files = files;
        _draft["Files"] = string.Join(' ', files.Select(f => f.Id));
    }

    private async Task OpenAsync()
    {
        var message = string.IsNullOrWhiteSpace(_message) ? null : _message;
        var command = new OpenTicket(
            _client?.Id ?? Guid.Empty,
            FormWords.Key(_draft["Category"]),
            _draft["Subject"],
            FormWords.Choice<IntakeChannel>(_draft["Channel"]),
            message,
            _draft["Severity"].Length == 0 ? null : FormWords.Choice<Severity>(_draft["Severity"]),
            ProgrammeId: Key("Programme"),
            RecipientId: _recipient?.Id,
            OrderId: _order?.Id,
            Files: [.. _files.Select(f => f.Id)],
            FollowsId: _start.Value?.FollowsId,
            SourceReference: _draft["Reference"]
        );
        var wrong = new[]
        {
            _client is null ? TicketRefusals.NoClient : null,
            command.CategoryId == Guid.Empty ? TicketRefusals.NoCategory : null,
            TicketRefusals.ForSubject(command.Subject),
            TicketRefusals.ForSourceReference(command.SourceReference),
            Refusals.ForText("Message", "What they said", message, TicketMessage.BodyMaxLength, required: _files.Count > 0),
        };
        if (!_draft.Accepts(wrong.OfType<Refusal>()))
        {
            return;
        }

        var outcome = await _tickets.OpenAsync(command, By, CancellationToken.None);
        if (await _draft.SettleAsync(outcome) && outcome is Outcome.Done { Key: { } reference })
        {
            await ForgetAsync();
            _toasts.Done($"{reference} is open.", ("Open another", NewTicketDesk.Path));
            Navigation.NavigateTo($"/tickets/{reference}");
        }
    }

    private async Task DiscardAsync()
    {
        await ForgetAsync();
        _draft.Fill(_start.Value!.Values);
        await ShowChosenAsync();
        await ForgetAsync(); // filling in is no typing
    }

    /// <summary>Nothing of the form is wanted any more.</summary>
    private async Task ForgetAsync()
    {
        await _keeper.ForgetAsync();
        await (_area?.ForgetAsync() ?? Task.CompletedTask);
    }

    private Guid? Key(string field) => Guid.TryParse(_draft[field], out var key) ? key : null;

    private long? Number(string field) =>
        long.TryParse(_draft[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _keeper.Dispose();
        }

        base.Dispose(disposing);
    }
}
