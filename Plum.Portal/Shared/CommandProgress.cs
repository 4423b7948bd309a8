using System.Globalization;

namespace Plum.Portal.Shared;

/// <summary>How far a long command is: a bar that is drawn over on a terminal, else a plain line now and then.</summary>
internal sealed class CommandProgress(TextWriter output, TimeProvider clock, bool isTerminal)
{
    private const int Width = 30;
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OnPaper = TimeSpan.FromSeconds(5);

    private readonly Lock _one = new();
    private long _startedAt;
    private long _toldAt;
    private string _step = "";
    private int _drawn;

    public static CommandProgress To(TextWriter output, TimeProvider clock) =>
        new(output, clock, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);

    /// <param name="total">0 when nobody knows how much there is.</param>
    public void Report(string step, long done, long total)
    {
        lock (_one)
        {
            var now = clock.GetTimestamp();
            if (step != _step)
            {
                EndLine();
                (_step, _startedAt, _toldAt) = (step, now, 0);
            }

            var isLast = total > 0 && done >= total;
            if (_toldAt != 0 && !isLast && clock.GetElapsedTime(_toldAt, now) < (isTerminal ? OnTerminal : OnPaper))
            {
                return;
            }

            _toldAt = now;
            var line = Line(step, done, total, clock.GetElapsedTime(_startedAt, now));
            Tell(isTerminal && total > 0 ? $"{Bar(done, total)} {line}" : line);
        }
    }

    public void End()
    {
        lock (_one)
        {
            EndLine();
        }
    }

    /// <summary>For example: <c>Tickets  4,500 of 6,000  2,250/s  1 s left</c>.</summary>
    public static string Line(string step, long done, long total, TimeSpan elapsed)
    {
        var c = CultureInfo.InvariantCulture;
        if (total <= 0)
        {
            return done > 0 ? string.Create(c, $"{step}  {done:N0}") : step;
        }

        var rate = elapsed.TotalSeconds < 0.2 ? 0 : done / elapsed.TotalSeconds;
        var speed = rate > 0 && done > 0 ? string.Create(c, $"  {rate:N0}/s") : "";
        var left = rate > 0 && done > 0 && done < total ? $"  {Left((total - done) / rate)} left" : "";
        return string.Create(c, $"{step}  {done:N0} of {total:N0}{speed}{left}");
    }

    private static string Bar(long done, long total)
    {
        var full = (int)(Math.Min(done, total) * Width / total);
        return $"[{new string('#', full)}{new string('.', Width - full)}]";
    }

    private static string Left(double seconds) =>
        seconds < 90
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):N0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds / 60):N0} min");

    private void Tell(string line)
    {
        if (!isTerminal)
        {
            output.WriteLine(line);
            return;
        }

        output.Write('\r' + line.PadRight(Math.Max(_drawn, line.Length)));
        _drawn = line.Length;
    }

    private void EndLine()
    {
        if (_drawn > 0)
        {
            output.WriteLine();
            _drawn = 0;
        }
    }
}
