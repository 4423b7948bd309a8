using Microsoft.AspNetCore.Components;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>A file that is at work: how far it is, and how long it will take.</summary>
public sealed partial class AllocationWorking(Viewer viewer, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private (long Rows, long Bytes, DateTime At)? _first;

    [Parameter, EditorRequired]
    public AllocationView File { get; set; } = null!;

    /// <summary>Asks for the file as it is now.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Since this page looks on: what was before a restart says nothing about now. Null while that says nothing yet.</summary>
    private long? Speed =>
        _first is { } first && File.Rows > first.Rows && (Now - first.At).TotalSeconds is > 0.5 and var seconds
            ? (long)((File.Rows - first.Rows) / seconds)
            : null;

    private string? Left
    {
        get
        {
            if (_first is not { } first || File.BytesRead <= first.Bytes || (Now - first.At).TotalSeconds is not (> 0.5 and var passed))
            {
                return null;
            }

            var seconds = passed / (File.BytesRead - first.Bytes) * (File.Bytes - File.BytesRead);
            return seconds < 90
                ? $"{viewer.Number((long)Math.Ceiling(seconds))} s"
                : $"{viewer.Number((long)Math.Ceiling(seconds / 60))} min";
        }
    }

    protected override void OnParametersSet() => _first ??= File.State == AllocationState.Reading ? (File.Rows, File.BytesRead, Now) : null;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = clock.CreateTimer(_ => _ = InvokeAsync(WatchAsync), state: null, Every, Every);
        }
    }

    private Task WatchAsync() => Leaving.IsCancellationRequested ? Task.CompletedTask : Look.InvokeAsync();

    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }
}
