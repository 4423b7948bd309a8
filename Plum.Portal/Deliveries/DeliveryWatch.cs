using Microsoft.AspNetCore.Components;

namespace Plum.Portal.Deliveries;

/// <summary>
/// Has an open page look again every few seconds: one look at a time, and the slower the looks, the rarer. Deliveries move by the thousand and past
/// any table of events, so the page compares what it would show. Shows nothing itself.
/// </summary>
public sealed class DeliveryWatch(TimeProvider clock, ILogger<DeliveryWatch> logger) : ComponentBase, IDisposable
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private const int RestsPerLook = 20;

    private ITimer? _timer;
    private bool _isLooking;
    private bool _isGone;

    [Parameter, EditorRequired]
    public Func<Task> Look { get; set; } = null!;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) // never while prerendering
        {
            _timer = clock.CreateTimer(_ => _ = InvokeAsync(LookAsync), state: null, Every, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task LookAsync()
    {
        if (_isLooking || _isGone)
        {
            return;
        }

        _isLooking = true;
        var started = clock.GetTimestamp();
        try
        {
            await Look();
        }
        catch (Exception fault)
        {
            if (!_isGone)
            {
                logger.LogWarning(fault, "An open page could not look again; it tries once more"); // a database that is away comes back
            }
        }
        finally
        {
            _isLooking = false;
            var rest = clock.GetElapsedTime(started) * RestsPerLook;
            if (!_isGone)
            {
                _timer?.Change(rest > Every ? rest : Every, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        _isGone = true;
        _timer?.Dispose();
    }
}
