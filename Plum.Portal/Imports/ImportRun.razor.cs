using Microsoft.AspNetCore.Components;
using Plum.Data.Imports;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

/// <summary>An import that is committed: how far it is, what came of it, and its undoing.</summary>
public sealed partial class ImportRun(ImportWork work, Viewer viewer, Toasts toasts, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private IReadOnlyList<KeptTicket> _kept = [];
    private ImportState? _told;
    private ITimer? _timer;

    [Parameter, EditorRequired]
    public ImportView Import { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Asks for the import as it is now.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    private bool IsAtWork => Import.State is ImportState.Queued or ImportState.Running or ImportState.Undoing;

    private long Total => Import.Check?.Rows ?? Import.RowsDone;

    /// <summary>By the speed so far; null when that says nothing yet.</summary>
    private string? Left
    {
        get
        {
            if (Import is not { State: ImportState.Running, StartedAtUtc: { } from, RowsDone: > 0 } || Total <= Import.RowsDone)
            {
                return null;
            }

            var seconds = (clock.GetUtcNow().UtcDateTime - from).TotalSeconds / Import.RowsDone * (Total - Import.RowsDone);
            return seconds < 90
                ? $"{viewer.Number((long)Math.Ceiling(seconds))} s"
                : $"{viewer.Number((long)Math.Ceiling(seconds / 60))} min";
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var former = _told;
        _told = Import.State;
        if (former == Import.State)
        {
            return;
        }

        if (Import.State == ImportState.Undone)
        {
            _kept = (await work.KeptAsync(Import.Number, By, Leaving)).First;
        }

        if (former is not null && Import.State is ImportState.Done or ImportState.Undone)
        {
            toasts.Done(
                Import.State == ImportState.Done
                    ? $"{ImportReference.Of(Import.Number)} made {viewer.Number(Import.TicketsMade)} {ImportLinks.Tickets(Import.TicketsMade)}."
                    : $"{ImportReference.Of(Import.Number)} is undone."
            );
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = clock.CreateTimer(_ => _ = InvokeAsync(WatchAsync), state: null, Every, Every);
        }
    }

    private Task WatchAsync() => IsAtWork && !Leaving.IsCancellationRequested ? Look.InvokeAsync() : Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }
}
