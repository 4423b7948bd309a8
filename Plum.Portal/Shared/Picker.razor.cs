using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Plum.Domain.Shared;

namespace Plum.Portal.Shared;

/// <summary>Picks one of many. What is typed is a search; only choosing from the list sets the value.</summary>
public partial class Picker<T> : IDisposable
    where T : class
{
    private readonly string _key = $"{Guid.NewGuid():n}";
    private readonly CancellationTokenSource _left = new();
    private CancellationTokenSource? _running;
    private ElementReference _input;
    private IReadOnlyList<T> _found = [];
    private string _typed = "";
    private T? _shown;
    private bool _open;
    private bool _searching;
    private int _at;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public T? Value { get; set; }

    [Parameter]
    public EventCallback<T?> ValueChanged { get; set; }

    /// <summary>The first few that the text finds; all text is searched, an empty one too.</summary>
    [Parameter, EditorRequired]
    public Func<string, CancellationToken, Task<IReadOnlyList<T>>> Find { get; set; } = null!;

    /// <summary>What stands in the box for a choice.</summary>
    [Parameter, EditorRequired]
    public Func<T, string> Text { get; set; } = null!;

    /// <summary>What tells it from its like, in the list.</summary>
    [Parameter]
    public Func<T, string?>? Note { get; set; }

    /// <summary>Off in a row of filters, where the label is for screen readers alone.</summary>
    [Parameter]
    public bool ShowLabel { get; set; } = true;

    [Parameter]
    public bool Required { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>As the refusals name it.</summary>
    [Parameter]
    public string? Field { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    [Parameter]
    public string? Class { get; set; }

    private string Id => $"picker-{_key}";
    private string ListId => $"{Id}-list";

    private string Typed
    {
        get => _typed;
        set => _typed = value ?? "";
    }

    protected override void OnParametersSet()
    {
        if (!Equals(_shown, Value))
        {
            _shown = Value;
            _typed = Value is null ? "" : Text(Value);
        }
    }

    public ValueTask FocusAsync() => _input.FocusAsync();

    private async Task SearchAsync()
    {
        if (_running is { } former)
        {
            await former.CancelAsync();
        }

        using var mine = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        (_running, _open, _searching) = (mine, true, true);
        try
        {
            // The name of what is chosen is no search: then all of them are offered.
            var found = await Find(_shown is not null && _typed == Text(_shown) ? "" : _typed, mine.Token);
            if (_running == mine)
            {
                (_found, _at) = (found, 0);
            }
        }
        catch (Exception) when (mine.IsCancellationRequested)
        {
            // Replaced by what was typed since, or left. Drivers tell a cancelled command by exceptions of their own.
        }
        finally
        {
            if (_running == mine)
            {
                (_running, _searching) = (null, false);
            }
        }
    }

    private Task OnKeyAsync(KeyboardEventArgs key) =>
        key.Key switch
        {
            "ArrowDown" => _open ? Go(1) : SearchAsync(),
            "ArrowUp" => _open ? Go(-1) : SearchAsync(),
            "Enter" when _open && !_searching && _found.Count > 0 => ChooseAsync(_found[_at]),
            "Escape" => Escape(),
            _ => Task.CompletedTask,
        };

    private Task Go(int step)
    {
        _at = _found.Count == 0 ? 0 : (_at + step + _found.Count) % _found.Count;
        return Task.CompletedTask;
    }

    private Task Escape()
    {
        Close();
        return Task.CompletedTask;
    }

    private Task ChooseAsync(T option)
    {
        (_shown, _typed, _open) = (option, Text(option), false);
        return ValueChanged.InvokeAsync(option);
    }

    private async Task ClearAsync()
    {
        (_shown, _typed, _open) = (null, "", false);
        await ValueChanged.InvokeAsync(null);
        await _input.FocusAsync();
    }

    /// <summary>Text that was not chosen from is no choice: the box goes back to what is.</summary>
    private void Close()
    {
        _open = false;
        _typed = _shown is null ? "" : Text(_shown);
    }

    private string OptionId(int place) => $"{Id}-{place}";

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }
}
