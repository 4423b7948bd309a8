using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Plum.Tests.Corrections;

/// <summary>
/// A supplier that lives on when whoever called it is killed: it keeps its own books, honours keys, answers late, loses answers, says no, and writes
/// down whoever breaks the contract. One line asks and one line answers; fields are separated by tabs.
/// </summary>
internal sealed class SupplierBooks : IAsyncDisposable
{
    private const string Refused = "refused";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> _callers = [];
    private readonly Dictionary<string, string> _placed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _cancelled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lastAsked = new(StringComparer.Ordinal);
    private readonly List<string> _wrong = [];
    private TaskCompletionSource? _next;
    private readonly Lock _books = new();
    private readonly Random _random;
    private readonly Task _accepting;

    public SupplierBooks(int seed)
    {
        _random = new Random(seed);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>The voucher's code by our reference.</summary>
    public IReadOnlyDictionary<string, string> Placed
    {
        get
        {
            lock (_books)
            {
                return new Dictionary<string, string>(_placed, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The key of the cancellation by the supplier's reference of the order.</summary>
    public IReadOnlyDictionary<string, string> Cancelled
    {
        get
        {
            lock (_books)
            {
                return new Dictionary<string, string>(_cancelled, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Where the contract was broken.</summary>
    public IReadOnlyList<string> Wrong
    {
        get
        {
            lock (_books)
            {
                return [.. _wrong];
            }
        }
    }

    /// <summary>Ends when somebody asks for something after this.</summary>
    public Task NextCallAsync()
    {
        lock (_books)
        {
            return (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public static string ReferenceOf(string key) => $"S-{key}";

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_callers);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _callers.Add(ServeAsync(await _listener.AcceptTcpClientAsync()));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return; // disposed
            }
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        {
            caller.NoDelay = true;
            await using var stream = caller.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { AutoFlush = true };
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    // Half of the calls are under way for a while, before their effect and after it: many a kill falls into them.
                    var (before, after, fate) = Draw();
                    await Task.Delay(before);
                    var answer = Answer(line.Split('\t'), fate);
                    await Task.Delay(after);
                    await writer.WriteLineAsync(answer);
                }
            }
            catch (IOException)
            {
                // The caller was killed; what it asked for was done.
            }
        }
    }

    private (TimeSpan Before, TimeSpan After, int Fate) Draw()
    {
        lock (_books)
        {
            _next?.TrySetResult();
            _next = null;
            var (before, after) = _random.Next(4) switch
            {
                0 => (_random.Next(25), 0),
                1 => (0, _random.Next(25)),
                _ => (0, 0),
            };
            return (TimeSpan.FromMilliseconds(before), TimeSpan.FromMilliseconds(after), _random.Next(100));
        }
    }

    private string Answer(string[] asked, int fate)
    {
        lock (_books)
        {
            return asked switch
            {
                ["place", var key] => Place(key, fate),
                ["find", var key] => Find(key),
                ["cancel", var reference, var key] => Cancel(reference, key, fate),
                ["get", var reference] => Get(reference),
                _ => throw new InvalidOperationException(string.Join(' ', asked)),
            };
        }
    }

    private string Place(string key, int fate)
    {
        MustHaveLookedUp($"place {key}", "placed");
        if (!_placed.ContainsKey(key))
        {
            switch (fate)
            {
                case < 5:
                    _lastAsked[$"place {key}"] = Refused;
                    return "refused\tSold out";
                case < 10:
                    _lastAsked[$"place {key}"] = Refused;
                    return "later\tToo many calls";
                case < 13:
                    return "unknown\tNothing was done, and nobody was told";
                default:
                    _placed.Add(key, string.Create(CultureInfo.InvariantCulture, $"NEW-{_placed.Count:0000}-{_random.Next(1000, 9999)}"));
                    break;
            }
        }

        return fate < 20 ? "unknown\tNo answer within 120 s" : $"placed\t{_placed[key]}";
    }

    private string Find(string key)
    {
        _lastAsked[$"place {key}"] = "looked up";
        return _placed.TryGetValue(key, out var code) ? $"placed\t{code}" : "none";
    }

    private string Cancel(string reference, string key, int fate)
    {
        MustHaveLookedUp($"cancel {reference}", "cancelled");
        if (_cancelled.TryGetValue(reference, out var before) && before != key)
        {
            _wrong.Add($"{reference} was cancelled as {before} and is asked for again as {key}.");
            return "refused\tCancelled already";
        }

        if (before is null && fate < 10)
        {
            return fate < 5 ? "refused\tIts desk is closed" : "later\tToo many calls";
        }

        _cancelled[reference] = key;
        return fate < 20 ? "unknown\tNo answer within 120 s" : "cancelled";
    }

    private string Get(string reference)
    {
        _lastAsked[$"cancel {reference}"] = "looked up";
        return _cancelled.ContainsKey(reference) ? "cancelled" : "live";
    }

    /// <summary>What was asked for before, and may have been done, is looked up before it is asked for again.</summary>
    private void MustHaveLookedUp(string what, string now)
    {
        if (_lastAsked.TryGetValue(what, out var last) && last is not ("looked up" or Refused))
        {
            _wrong.Add($"{what}: asked for again without a look at what became of it.");
        }

        _lastAsked[what] = now;
    }
}
