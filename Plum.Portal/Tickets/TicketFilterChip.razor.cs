using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>One filter of several values. Its options are made when it is opened: a queue is not to carry sixty brands in each page.</summary>
public partial class TicketFilterChip
{
    /// <summary>From so many options on, there is a box to find one in.</summary>
    private const int Many = 12;

    private bool _open;
    private string _find = "";

    /// <summary>As in the address.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<TicketChoice> Options { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Selected { get; set; } = [];

    /// <summary>The new values, joined by commas.</summary>
    [Parameter]
    public EventCallback<string> Changed { get; set; }

    private string Id => $"filter-{Name}";

    private string Text =>
        Selected.Count switch
        {
            0 => "",
            1 => $": {Options.FirstOrDefault(o => o.Key == Selected[0])?.Label ?? "1"}",
            var several => $": {several}",
        };

    /// <summary>Those in use, and those that are selected though they no longer are.</summary>
    private List<TicketChoice> Offered =>
        [
            .. Options.Where(o =>
                (o.IsActive || Selected.Contains(o.Key)) && o.Label.Contains(_find.Trim(), StringComparison.CurrentCultureIgnoreCase)
            ),
        ];

    private void Open() => (_open, _find) = (true, "");

    private Task TickAsync(string key, bool ticked) =>
        Changed.InvokeAsync(
            string.Join(',', (ticked ? Selected.Append(key) : Selected.Where(k => k != key)).Order(StringComparer.Ordinal))
        );
}
