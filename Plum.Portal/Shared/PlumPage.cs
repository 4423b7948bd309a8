using Microsoft.AspNetCore.Components;

namespace Plum.Portal.Shared;

/// <summary>A component whose reads stop when the person leaves it, and that does not read again what the prerendered page has read.</summary>
public abstract class PlumPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly List<PersistingComponentStateSubscription> _kept = [];

    protected PlumPage() => Leaving = _left.Token; // taken once: a late callback after disposal sees "cancelled", not an ObjectDisposedException

    /// <summary>Cancelled when the component is disposed. Pass it to every read; a write, once asked for, runs to its end.</summary>
    protected CancellationToken Leaving { get; }

    [Inject]
    private PersistentComponentState Prerendered { get; set; } = null!;

    [Inject]
    private PrerenderedValues Values { get; set; } = null!;

    /// <summary>Loads into <paramref name="into"/>; a newer load of the same place replaces an older one that still runs.</summary>
    /// <param name="keep">
    /// A name unique on the page. What was loaded under it while prerendering is handed to the circuit instead of being read twice.
    /// Include in the name whatever the load depends on.
    /// </param>
    protected async Task LoadAsync<T>(Loadable<T> into, Func<CancellationToken, Task<T>> load, string? keep = null)
    {
        if (keep is not null && Prerendered.TryTakeFromJson<Guid>(keep, out var ticket) && Values.Take(ticket) is T there)
        {
            into.Fill(there);
            return;
        }

        await into.LoadAsync(load, Leaving);
        if (keep is not null && into.Value is not null && !RendererInfo.IsInteractive)
        {
            _kept.Add(
                Prerendered.RegisterOnPersisting(() =>
                {
                    Prerendered.PersistAsJson(keep, Values.Put(into.Value));
                    return Task.CompletedTask;
                })
            );
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !Leaving.IsCancellationRequested)
        {
            _kept.ForEach(k => k.Dispose());
            _left.Cancel();
            _left.Dispose();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }
}
