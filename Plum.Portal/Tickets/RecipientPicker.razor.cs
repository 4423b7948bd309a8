using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Finds one recipient of a client by the beginning of what one knows of them.</summary>
public partial class RecipientPicker(TicketForms forms, CurrentActor actor)
{
    private IReadOnlyList<RecipientOption> _found = [];
    private string? _text;
    private bool _none;

    [Parameter, EditorRequired]
    public Guid ClientId { get; set; }

    [Parameter]
    public RecipientOption? Value { get; set; }

    [Parameter]
    public EventCallback<RecipientOption?> ValueChanged { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public string Id { get; set; } = "recipient";

    private async Task FindAsync()
    {
        _found = await forms.RecipientsAsync(ClientId, _text, await actor.GetAsync(), CancellationToken.None);
        _none = _found.Count == 0 && !string.IsNullOrWhiteSpace(_text);
    }

    private Task PickAsync(RecipientOption? option)
    {
        (_found, _text, _none) = ([], null, false);
        return ValueChanged.InvokeAsync(option);
    }
}
