namespace Plum.Portal.Shared;

/// <summary>
/// What a page reads, with the state of the reading: shown by <see cref="StateView{T}"/>. A fault is kept, not thrown, so that the
/// place says so and offers to try again; the view logs it. While it loads again, the former value stays.
/// </summary>
public sealed class Loadable<T>
{
    private CancellationTokenSource? _running;
    private Func<Task>? _again;

    public T? Value { get; private set; }

    /// <summary>Null unless the last load failed.</summary>
    public Exception? Failure { get; private set; }

    public bool IsLoading { get; private set; }

    public bool IsFilled { get; private set; }

    internal Action? Changed { get; set; }

    /// <summary>Returns when this load is done, failed, or replaced by a newer one. Call it from the renderer's own context.</summary>
    public async Task LoadAsync(Func<CancellationToken, Task<T>> load, CancellationToken leaving)
    {
        _again = () => LoadAsync(load, leaving);
        var former = _running;
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        _running = mine;
        if (former is not null)
        {
            await former.CancelAsync();
        }

        IsLoading = true;
        Changed?.Invoke();
        try
        {
            var value = await load(mine.Token);
            if (_running == mine)
            {
                Fill(value);
            }
        }
        catch (Exception) when (mine.IsCancellationRequested)
        {
            // Left, or replaced: nobody waits for it. Drivers tell a cancelled command by exceptions of their own.
        }
        catch (Exception fault)
        {
            Failure = fault;
        }
        finally
        {
            if (_running == mine)
            {
                _running = null;
                IsLoading = false;
                Changed?.Invoke();
            }
        }
    }

    /// <summary>The same load once more.</summary>
    public Task AgainAsync() => _again?.Invoke() ?? Task.CompletedTask;

    /// <summary>Puts in what is known without loading: the answer of a command, or what prerendering read.</summary>
    public void Fill(T value)
    {
        Value = value;
        IsFilled = true;
        Failure = null;
        Changed?.Invoke();
    }
}
