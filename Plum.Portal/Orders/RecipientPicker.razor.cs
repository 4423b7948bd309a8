using Microsoft.AspNetCore.Components;
using Plum.Data.Orders;
using Plum.Portal.Shared;

namespace Plum.Portal.Orders;

/// <summary>A recipient, found by name, e-mail, phone or employee number.</summary>
public partial class RecipientPicker(RecipientService service, CurrentActor actor) : PickerOf<RecipientChoice>("Recipient")
{
    /// <summary>Null offers those of every client that the person sees.</summary>
    [Parameter]
    public Guid? ClientId { get; set; }

    private async Task<IReadOnlyList<RecipientChoice>> FindAsync(string text, CancellationToken ct) =>
        await service.FindAsync(text, ClientId, PickerOptions.Most, await actor.GetAsync(), ct);
}
