using System.Collections;
using Microsoft.AspNetCore.Components;

namespace Plum.Portal.Shared;

/// <summary>The four states of a place on a page: loading (its shape, after 200 ms), failed (with a retry), empty, filled.</summary>
public partial class StateView<T>(ILogger<StateView<T>> logger) : IDisposable
{
    private Exception? _told;
    private string _reference = "";
    private Loadable<T>? _heard;

    [Parameter, EditorRequired]
    public Loadable<T> Of { get; set; } = null!;

    [Parameter, EditorRequired]
    public RenderFragment<T> Filled { get; set; } = null!;

    /// <summary>Shown when <see cref="IsEmpty"/> says so: usually an <see cref="EmptyState"/>.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>An empty collection or page, unless told otherwise.</summary>
    [Parameter]
    public Func<T, bool> IsEmpty { get; set; } = NothingIn;

    /// <summary>The shape of what comes; grey lines unless given.</summary>
    [Parameter]
    public RenderFragment? Shape { get; set; }

    [Parameter]
    public int Lines { get; set; } = 8;

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_heard, Of))
        {
            Forget();
            _heard = Of;
            _heard.Changed += Redraw;
        }

        Tell();
    }

    private void Redraw() =>
        _ = InvokeAsync(() =>
        {
            Tell();
            StateHasChanged();
        });

    private void Tell()
    {
        if (Of.Failure is { } fault && !ReferenceEquals(fault, _told))
        {
            _told = fault;
            _reference = Faults.Reference();
            logger.LogError(fault, "A part of a page could not be read ({Reference})", _reference);
        }
    }

    private static bool NothingIn(T value) =>
        value switch
        {
            ICollection some => some.Count == 0,
            IEnumerable some => !some.Cast<object?>().Any(),
            _ => false,
        };

    private void Forget()
    {
        if (_heard is not null)
        {
            _heard.Changed -= Redraw;
        }
    }

    public void Dispose()
    {
        Forget();
        GC.SuppressFinalize(this);
    }
}
