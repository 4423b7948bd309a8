namespace Plum.Portal.Shared;

/// <summary>Shows what <see cref="Confirmations"/> asks. There is one, in the layout.</summary>
public partial class ConfirmDialog : IDisposable
{
    private readonly Confirmations _confirmations;
    private Confirmations.Question? _shown;
    private bool _open;

    public ConfirmDialog(Confirmations confirmations)
    {
        _confirmations = confirmations;
        _confirmations.Changed += Redraw;
    }

    private void Redraw() =>
        _ = InvokeAsync(() =>
        {
            _open = _confirmations.Asked is not null;
            _shown = _confirmations.Asked ?? _shown; // stays readable until the dialog is gone
            StateHasChanged();
        });

    private void Yes() => _confirmations.Answer(true);

    private void No() => _confirmations.Answer(false);

    public void Dispose()
    {
        _confirmations.Changed -= Redraw;
        GC.SuppressFinalize(this);
    }
}
