using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Shown while messages are chosen in the timeline to become a ticket of their own.</summary>
public sealed partial class SplitBar(TicketLinking linking, TicketForms forms, NavigationManager navigation) : IDisposable
{
    private IReadOnlyList<CategoryChoice> _categories = [];
    private Refusal? _refusal;
    private string? _subject;
    private Guid? _category;
    private bool _splitting;

    [Parameter, EditorRequired]
    public TicketSheet Sheet { get; set; } = null!;

    [CascadingParameter]
    private TicketDesk Desk { get; set; } = null!;

    protected override void OnInitialized() => Desk.SplitChanged += OnSplitChanged;

    private void OnSplitChanged(object? sender, EventArgs e) =>
        _ = InvokeAsync(async () =>
        {
            if (Desk.Split is null)
            {
                (_subject, _category, _refusal) = (null, null, null);
            }
            else if (_categories.Count == 0)
            {
                _categories = await forms.CategoriesAsync(Desk.By, CancellationToken.None);
            }

            StateHasChanged();
        });

    private async Task SplitAsync()
    {
        if (Desk.Split is not { } chosen || _splitting)
        {
            return;
        }

        string? made = null;
        _splitting = true;
        _refusal = await Desk.DoAsync(
            async by =>
            {
                var outcome = await linking.SplitAsync(
                    new SplitTicket(Sheet.Id, Sheet.Version, _subject ?? "", [.. chosen], _category),
                    by,
                    CancellationToken.None
                );
                made = (outcome as Outcome.Done)?.Key;
                return outcome;
            },
            "The messages are split off into a ticket of their own."
        );
        _splitting = false;
        if (_refusal is null)
        {
            Desk.EndSplit();
            navigation.NavigateTo($"/tickets/{made}");
        }
    }

    public void Dispose() => Desk.SplitChanged -= OnSplitChanged;
}
