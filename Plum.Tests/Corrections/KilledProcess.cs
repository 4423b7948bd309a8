using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Plum.Domain.Approvals;

namespace Plum.Tests.Corrections;

/// <summary>The lives of <see cref="KilledLives"/>, seen from outside.</summary>
internal sealed class KilledProcess : IAsyncDisposable
{
    private const string Killed = "dead 9";

    /// <summary>Whoever says nothing for so long is killed for that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Process _process;
    private readonly Task _reading;
    private readonly Task<string> _complaints;

    public KilledProcess(params string[] args)
    {
        var program = Environment.ProcessPath!;
        args = [KilledLives.Mode, .. args];
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, isHost ? [typeof(KilledProcess).Assembly.Location, .. args] : args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in KilledLives.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _reading = ReadAsync();
        _complaints = _process.StandardError.ReadToEndAsync();
    }

    public async Task ReadyAsync()
    {
        while (await LineAsync() != "ready") { } // before that it says what it warms up with
    }

    /// <summary>
    /// One life: it begins, and is killed as the kernel does it: no handler runs, nothing is flushed. That is a while after it began, after it has
    /// said so many lines, or after <paramref name="sign"/>: so the kills spread over the work however slow the machine is.
    /// </summary>
    public async Task<Life> LiveAsync(int seed, TimeSpan after, int lines, Task sign, TimeSpan longer)
    {
        await TellAsync(string.Create(CultureInfo.InvariantCulture, $"{seed} {(int)after.TotalMinutes}"));
        var said = new List<string>();
        var patience = Task.Delay(Patience);
        while (said.Count < lines && await Task.WhenAny(_lines.Reader.WaitToReadAsync().AsTask(), patience) != patience)
        {
            said.Add(await LineAsync());
        }

        await Task.WhenAny(sign, patience);
        await Task.Delay(longer); // the moment of the kill is what is tested
        await TellAsync("kill");
        string line;
        while (!(line = await LineAsync()).StartsWith("dead ", StringComparison.Ordinal))
        {
            said.Add(line);
        }

        if (line != Killed)
        {
            Assert.Fail($"It ended by itself ({line}): {await ComplaintsAsync()}");
        }

        return new Life(said);
    }

    /// <summary>Waits for what it is to do, and fails if it ends before that.</summary>
    public async Task ComesToAsync(Task sign)
    {
        if (await Task.WhenAny(sign, _process.WaitForExitAsync()) != sign)
        {
            Assert.Fail($"It ended by itself: {await _complaints}");
        }
    }

    /// <summary>To its own end.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 0, await _complaints);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _reading;
        _process.Dispose();
    }

    private async Task TellAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            Assert.Fail($"It is gone: {await _complaints}");
        }
    }

    private async Task<string> ComplaintsAsync()
    {
        _process.Kill(entireProcessTree: true);
        return await _complaints;
    }

    private async Task<string> LineAsync()
    {
        try
        {
            return await _lines.Reader.ReadAsync();
        }
        catch (ChannelClosedException e)
        {
            throw new InvalidOperationException(await _complaints, e);
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }
}

/// <param name="said">Line by line, until it was killed.</param>
internal sealed class Life(IReadOnlyList<string> said)
{
    /// <summary>What it was told is done, and told us.</summary>
    public IEnumerable<(RequestEventKind Kind, long Id)> Promised =>
        said.Select(line => line.Split(' '))
            .Where(words => words is ["done", _, _])
            .Select(words => (Enum.Parse<RequestEventKind>(words[1]), RequestReference.Parse(words[2])!.Value));

    /// <summary>What it was doing when it died; null when it was between two things.</summary>
    public string? Begun => said is [.., var last] && last.StartsWith("begin ", StringComparison.Ordinal) ? last["begin ".Length..] : null;
}
