using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>The bad rows, a page at a time: as they are, what is wrong beside each cell, and mended where they stand.</summary>
public sealed partial class MendGrid(MendService mend, AllocationOptions options, Viewer viewer, Toasts toasts)
{
    private const int Size = 25;

    private readonly Loadable<BadRowPage> _page = new();

    /// <summary>Rows of the page that were changed since it was read; null is one that is good by now. They keep their place until the next page.</summary>
    private readonly Dictionary<long, BadRow?> _now = [];

    /// <summary>What was put into cells of this page: a row that became good is still shown as it was mended.</summary>
    private readonly Dictionary<(long Line, string Header), string> _told = [];
    private ListAddress _address = ListAddress.Read(AllocationLinks.All);
    private List<int> _columns = [];
    private string? _fault;
    private bool _excluded;
    private bool _isMany;
    private bool _busy;
    private long? _open;
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public AllocationView File { get; set; } = null!;

    /// <summary>Who looks at the page that this is a part of.</summary>
    [Parameter]
    public new Actor? By { get; set; }

    [Parameter]
    public bool CanMend { get; set; }

    /// <summary>Asks for the file as it is now.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    private Actor Who => By ?? base.By;

    private string? _shownAddress;

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "fault", "show", "after", "before");
        if (_address.Href == _shownAddress)
        {
            return; // the file was looked at again: the rows keep their places
        }

        _shownAddress = _address.Href;
        (_fault, _excluded) = (_address.Text("fault"), _address.Text("show") == "left-out");
        var mapped = File.Mapping.Sources.SelectMany(s => s.Columns).ToHashSet(StringComparer.Ordinal);
        _columns = [.. Enumerable.Range(0, File.Form.Headers.Count).Where(c => mapped.Contains(File.Form.Headers[c]))];
        await ReadAsync();
    }

    private Task ReadAsync()
    {
        _now.Clear();
        _told.Clear();
        _open = null;
        var query = new BadRowQuery(File.Number, _address.Number("after") ?? 0, _address.Number("before"), Size, _fault, _excluded);
        return LoadAsync(_page, ct => mend.PageAsync(query, Who, ct));
    }

    private async Task CorrectAsync(BadRow row, string header, string? text)
    {
        _told[(row.Line, header)] = text ?? "";
        var command = new CorrectAllocationRow(
            File.Number,
            row.Line,
            row.Version,
            new Dictionary<string, string> { [header] = text ?? "" }
        );
        await SettleAsync(row, await mend.CorrectAsync(command, Who, CancellationToken.None));
    }

    private async Task ExcludeAsync(BadRow row)
    {
        _busy = true;
        var outcome = await mend.ExcludeAsync(new(File.Number, row.Line, row.Version, !_excluded), Who, CancellationToken.None);
        _busy = false;
        if (toasts.Show(outcome, _excluded ? $"Line {row.Line} is back among the bad rows." : $"Line {row.Line} is left out."))
        {
            await ReadAsync();
        }

        await Look.InvokeAsync();
    }

    /// <summary>The row as it is now, in its place.</summary>
    private async Task SettleAsync(BadRow row, Outcome outcome)
    {
        if (outcome is not Outcome.Done)
        {
            toasts.Show(outcome, "");
        }

        var query = new BadRowQuery(File.Number, row.Line - 1, Take: 1);
        var there = (await mend.PageAsync(query, Who, CancellationToken.None)).Rows;
        _now[row.Line] = there is [var first] && first.Line == row.Line ? first : null;
        await Look.InvokeAsync();
    }

    private async Task CheckAgainAsync()
    {
        _busy = true;
        var outcome = await mend.ChangeAsync(new(File.Number, File.Version, AllocationChangeKind.CheckAgain), Who, CancellationToken.None);
        _busy = false;
        toasts.Show(outcome, "The bad rows are checked again.");
        await Look.InvokeAsync();
    }

    private async Task TakeBackAsync(InputFileChangeEventArgs e)
    {
        _refusal = options.CannotTake(e.FileCount, e.FileCount == 1 ? e.File.Size : 0);
        if (_refusal is not null)
        {
            return;
        }

        _busy = true;
        try
        {
            await using var content = e.File.OpenReadStream(options.MaxBytes + 1, Leaving);
            var outcome = await mend.TakeBackAsync(new(File.Number, File.Version, e.File.Name), content, Who, Leaving);
            _refusal = outcome is Outcome.Refused(var why) ? why with { Field = "File" } : null;
            if (outcome is Outcome.Stale)
            {
                toasts.Show(outcome, "");
            }
        }
        catch (Exception fault) when (fault is JSException or IOException) // the browser's doing
        {
            _refusal = AllocationOptions.Unread;
        }
        finally
        {
            _busy = false;
        }

        await Look.InvokeAsync();
    }

    private bool IsShown(string header) => _columns.Exists(c => File.Form.Headers[c] == header);

    private string Range(BadRowPage page) => $"lines {viewer.Number(page.Rows[0].Line)} to {viewer.Number(page.Rows[^1].Line)}";

    private string Later(BadRowPage page) => At("after", page.Rows[^1].Line, "before");

    private string Earlier(BadRowPage page) => At("before", page.Rows[0].Line, "after");

    private string At(string key, long line, string other) =>
        ListAddress.Read(_address.With(other, null)).With(key, line.ToString(CultureInfo.InvariantCulture));
}
