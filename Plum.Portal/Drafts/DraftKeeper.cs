using Plum.Portal.Shared;

namespace Plum.Portal.Drafts;

/// <summary>
/// Keeps a <see cref="FormDraft"/> on the server whenever its typing rests, so that leaving the page, a lost connection or a restart loses none
/// of it. One for each component, which disposes of it; used on the renderer's own context alone.
/// </summary>
public sealed class DraftKeeper(KeptForms forms, TimeProvider clock) : IDisposable
{
    /// <summary>So long nothing was typed.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    private string _key = "";
    private FormDraft? _draft;
    private ITimer? _timer;
    private Task _keeping = Task.CompletedTask;
    private bool _waits;

    /// <summary>When what was found again had been typed; null when nothing was.</summary>
    public DateTime? FoundUtc { get; private set; }

    /// <summary>Whether everything typed is on the server.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Puts back into <paramref name="draft"/> what was kept under <paramref name="key"/>, and keeps it from here on.</summary>
    /// <param name="rested">Called when the typing rests; not on the renderer's context. It should call <see cref="KeepAsync"/> there.</param>
    public async Task WatchAsync(string key, FormDraft draft, Func<Task> rested, CancellationToken ct)
    {
        (_key, _draft, FoundUtc, IsKept) = (key, draft, null, false);
        _timer ??= clock.CreateTimer(_ => _ = rested(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (await forms.ReadAsync<Dictionary<string, string>>(key, ct) is not { } there || _key != key)
        {
            return;
        }

        draft.Restore(there.Form, there.SeenVersion);
        (FoundUtc, IsKept, _waits) = (there.AtUtc, true, false);
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan); // restoring is no typing
    }

    /// <summary>Something was typed: keeps it when the typing rests.</summary>
    public void Typed()
    {
        if (_draft is not null)
        {
            (_waits, IsKept) = (true, false);
            _timer?.Change(Rest, Timeout.InfiniteTimeSpan);
        }
    }

    public async Task KeepAsync()
    {
        if (_waits && _draft is { } draft)
        {
            _waits = false;
            _keeping = draft.IsDirty ? forms.KeepAsync(_key, draft.Edits, draft.Version) : forms.ForgetAsync(_key);
            await _keeping;
            IsKept = !_waits;
        }
    }

    /// <summary>It is saved, or not wanted.</summary>
    public async Task ForgetAsync()
    {
        (_waits, FoundUtc, IsKept) = (false, null, false);
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await _keeping; // or what is under way would bring it back
        await forms.ForgetAsync(_key);
    }

    /// <summary>What was typed in the last moment before leaving is kept too.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        _ = KeepAsync();
    }
}
