using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plum.Tests.Shared;

/// <summary>A small mail server on a real port (RFC 5321: EHLO, AUTH, MAIL, RCPT, DATA, RSET, NOOP, QUIT) with its own books, that refuses when told to.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SmtpDelivery> _taken = new();
    private readonly Task _running;
    private int _messages;

    public SmtpServer()
    {
        _listener.Start();
        _running = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What was taken, in order: each one was answered 250 or the connection was cut right after.</summary>
    public IReadOnlyList<SmtpDelivery> Taken => [.. _taken];

    /// <summary>The answer to the n-th message's RCPT, counted from 1; null takes it.</summary>
    public Func<int, string?> OnRecipient { get; set; } = _ => null;

    /// <summary>The answer to the n-th message's text; null takes it.</summary>
    public Func<int, string?> OnText { get; set; } = _ => null;

    /// <summary>Whether to hang up on the n-th message, and when.</summary>
    public Func<int, Hangup> OnMessage { get; set; } = _ => Hangup.Never;

    private async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception fault) when (_stop.IsCancellationRequested && fault is OperationCanceledException or SocketException)
        {
            // Stopped.
        }

        await Task.WhenAll(sessions);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var open = client;
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, new ASCIIEncoding()) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test ready");
            var (from, to, number) = ("", "", 0);
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(' ', 2)[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await writer.WriteLineAsync("250-test\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES");
                        break;
                    case "MAIL":
                        (from, number) = (line, Interlocked.Increment(ref _messages));
                        if (OnMessage(number) == Hangup.BeforeText)
                        {
                            return;
                        }

                        await writer.WriteLineAsync("250 2.1.0 ok");
                        break;
                    case "RCPT":
                        to = line;
                        await writer.WriteLineAsync(OnRecipient(number) ?? "250 2.1.5 ok");
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        var text = await ReadTextAsync(reader);
                        var answer = OnText(number);
                        if (answer is null)
                        {
                            _taken.Enqueue(new SmtpDelivery(from, to, text));
                        }

                        if (OnMessage(number) == Hangup.AfterText)
                        {
                            return; // taken, and the answer is lost
                        }

                        await writer.WriteLineAsync(answer ?? $"250 2.0.0 queued as {number}");
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 2.0.0 bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 2.0.0 ok");
                        break;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The other side hung up, or the test is over.
        }
    }

    private async Task<string> ReadTextAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.AppendLine(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line);
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _listener.Dispose();
        _stop.Dispose();
    }
}

/// <param name="From">The MAIL line as it came.</param>
/// <param name="To">The RCPT line as it came.</param>
/// <param name="Text">Headers and body, dots unstuffed.</param>
public sealed record SmtpDelivery(string From, string To, string Text)
{
    /// <summary>The header's values, unfolded; empty when it is not there.</summary>
    public IReadOnlyList<string> Header(string name)
    {
        var head = Text.Split("\r\n\r\n")[0]
            .Split("\n\n")[0]
            .ReplaceLineEndings("\n")
            .Replace("\n ", " ", StringComparison.Ordinal)
            .Replace("\n\t", " ", StringComparison.Ordinal);
        return
        [
            .. head.Split('\n')
                .Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
                .Select(l => l[(name.Length + 1)..].Trim()),
        ];
    }
}

public enum Hangup
{
    Never,
    BeforeText,
    AfterText,
}
