using Microsoft.AspNetCore.Components;
using Plum.Data.Allocations;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>A file from its submission on: the funnel, moving while it runs, and what a person can do meanwhile.</summary>
public sealed partial class AllocationSending(AllocationProgress progress, AllocationDesk desk, Viewer viewer, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Loadable<AllocationProgressView> _progress = new();
    private AllocationState? _told;
    private ITimer? _timer;
    private bool _looking;
    private bool _busy;

    private Viewer Viewer => viewer;

    [Parameter, EditorRequired]
    public long Number { get; set; }

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Asks for the file as it is now: it came into another state.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    private bool May => By.May(Act.MakeAllocations);

    private string Reference => AllocationReference.Of(Number);

    private bool IsMoving =>
        _progress.Value is { } view
        && (
            view.State is AllocationState.Submitted or AllocationState.Approved or AllocationState.Running
            || view.Issued + view.RefusedOrders < view.Ordered
            || view.Underway > 0
        );

    protected override Task OnInitializedAsync() => LoadAsync(_progress, ReadAsync, keep: null);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = clock.CreateTimer(_ => _ = InvokeAsync(WatchAsync), state: null, Every, Every);
        }
    }

    private async Task<AllocationProgressView> ReadAsync(CancellationToken ct) => (await progress.OfAsync(Number, By, ct))!;

    /// <summary>One look at a time: a slow one is not overtaken by the next.</summary>
    private async Task WatchAsync()
    {
        if (_looking || !IsMoving || Leaving.IsCancellationRequested)
        {
            return;
        }

        _looking = true;
        try
        {
            await FollowAsync();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // Left meanwhile.
        }
        finally
        {
            _looking = false;
        }
    }

    private async Task FollowAsync()
    {
        _told ??= _progress.Value?.State;
        if (await progress.OfAsync(Number, By, Leaving) is not { } now)
        {
            return;
        }

        _progress.Fill(now);
        StateHasChanged();
        if (_told != now.State)
        {
            _told = now.State;
            await Look.InvokeAsync();
        }
    }

    private Task PauseAsync() =>
        DoAsync(c => desk.Run.PauseAsync(c, By, CancellationToken.None), $"{Reference} is paused. What suppliers have goes on.");

    private Task ResumeAsync() => DoAsync(c => desk.Run.ResumeAsync(c, By, CancellationToken.None), $"{Reference} goes on.");

    private Task RetryAsync() => DoAsync(c => desk.Run.RetryAsync(c, By, CancellationToken.None), "Their suppliers are asked again.");

    private Task TakeBackAsync() =>
        DoAsync(
            c => desk.Submission.TakeBackAsync(c.Number, c.SeenVersion, By, CancellationToken.None),
            $"{Reference} can be mended and submitted again."
        );

    private Task LetGoOnAsync(SupplierPaceRow pace) =>
        DoAsync(_ => desk.Run.LetSupplierGoOnAsync(pace.SupplierId, By, CancellationToken.None), $"{pace.Supplier} is asked again.");

    private async Task CancelAsync()
    {
        var left = _progress.Value!.Good - _progress.Value.Ordered;
        if (
            await desk.Confirmations.AskAsync(
                $"Cancel the rest of {Reference}?",
                $"{viewer.Number(left)} rewards are not ordered any more, and their money goes back to the budget. What suppliers have stays.",
                $"Cancel {viewer.Number(left)} rewards",
                danger: true
            )
        )
        {
            await DoAsync(c => desk.Run.CancelAsync(c, By, CancellationToken.None), $"{Reference} is cancelled.");
        }
    }

    private async Task GiveUpAsync()
    {
        var refused = _progress.Value!.RefusedOrders;
        if (
            await desk.Confirmations.AskAsync(
                $"Give up what was refused of {Reference}?",
                $"{viewer.Number(refused)} orders end as rejected, and their money goes back to the budget.",
                $"Give up {viewer.Number(refused)} orders",
                danger: true
            )
        )
        {
            await DoAsync(c => desk.Run.GiveUpAsync(c, By, CancellationToken.None), "Their money is back in the budget.");
        }
    }

    private async Task DoAsync(Func<ChangeAllocation, Task<Outcome>> command, string done)
    {
        _busy = true;
        desk.Toasts.Show(await command(new ChangeAllocation(Number, _progress.Value!.Version)), done);
        _busy = false;
        await FollowAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What a page about a file on its way needs to act. Scoped; components only.</summary>
public sealed class AllocationDesk(AllocationRun run, AllocationSubmission submission, Toasts toasts, Confirmations confirmations)
{
    public AllocationRun Run => run;

    public AllocationSubmission Submission => submission;

    public Toasts Toasts => toasts;

    public Confirmations Confirmations => confirmations;
}
