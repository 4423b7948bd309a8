using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plum.Data.Search;
using Plum.Domain.Search;
using Plum.Portal.Shared;

namespace Plum.Portal.Search;

/// <summary>Ctrl+K: anything by what one has in hand. search.js walks the list; this fills it.</summary>
public partial class SearchDialog(SearchService search, CurrentActor actor, Viewer viewer, IJSRuntime js, ILogger<SearchDialog> logger)
{
    private readonly Loadable<IReadOnlyList<SearchGroup>> _found = new();
    private IReadOnlyList<SearchGroup> _groups = [];
    private string _groupsFor = "";
    private string? _note;
    private bool _tell;

    private sealed record Recent(string Href, string Title, string Detail, string Icon);

    private async Task OpenAsync()
    {
        var recent = await js.InvokeAsync<Recent[]>("plum.search.recent") ?? [];
        if (_groupsFor.Length == 0)
        {
            Show(
                "",
                recent.Length == 0
                    ? []
                    : [new SearchGroup("Recent", [.. recent.Select(r => new SearchOption(r.Title, r.Detail, r.Icon, r.Href))])]
            );
            _note = recent.Length == 0 ? "Type a reference, an address, a number or a name." : null;
        }
    }

    private async Task TypedAsync(ChangeEventArgs typed)
    {
        var term = SearchTerm.Parse(typed.Value as string);
        if (term.Text.Length == 0)
        {
            Show("", []);
            await OpenAsync();
            return;
        }

        await _found.LoadAsync(
            async ct =>
            {
                var by = await actor.GetAsync();
                return SearchOptions.Of(term, await search.FindAsync(term, by, ct), by, viewer);
            },
            Leaving
        );
        if (_found.IsLoading)
        {
            return; // a newer one runs, and will show itself
        }

        if (_found.Failure is { } fault)
        {
            var reference = Faults.Reference();
            logger.LogError(fault, "A search failed ({Reference})", reference);
            Show(term.Text, []);
            _note = $"The search failed. Try again; if it fails again, give an administrator the reference {reference}.";
            return;
        }

        Show(term.Text, _found.Value!);
        _note = _groups.All(g => g.Label == "Elsewhere")
            ? "Nothing has this reference, address, number or name. Search the tickets' text instead."
            : null;
    }

    private void Show(string text, IReadOnlyList<SearchGroup> groups)
    {
        (_groupsFor, _groups, _note, _tell) = (text, groups, null, true);
    }

    private async Task Closed()
    {
        Show("", []);
        await js.InvokeVoidAsync("plum.search.clear");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_tell)
        {
            _tell = false;
            await js.InvokeVoidAsync("plum.search.shown");
        }
    }
}
