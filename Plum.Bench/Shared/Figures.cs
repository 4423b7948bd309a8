using System.Diagnostics;
using System.Globalization;

namespace Plum.Bench.Shared;

/// <summary>How long the runs of one scenario took, and what they took up.</summary>
/// <param name="Allocated">Bytes a run, in this process.</param>
internal sealed record Runs(double MedianMs, double P95Ms, double Allocated)
{
    public static async Task<Runs> OfAsync(int runs, Func<int, Task> run, int warmUps = 2)
    {
        for (var i = 0; i < warmUps; i++)
        {
            await run(i);
        }

        var times = new List<double>(runs);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < runs; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await run(i);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Of(times, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)runs);
    }

    public static Runs Of(IEnumerable<double> milliseconds, double allocated = 0)
    {
        var sorted = milliseconds.Order().ToArray();
        return new Runs(sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * 0.95))], allocated);
    }
}

/// <summary>Prints the table as it is measured.</summary>
internal static class Figures
{
    public static void Head() =>
        Console.WriteLine(
            $"{"scenario", -38}{"scale", 11}{"median ms", 12}{"p95 ms", 11}{"alloc KB", 11}{"set MB", 8}{"growth", 8}{"x floor", 9}  goal"
        );

    /// <param name="growth">Of the median against the small scale.</param>
    /// <param name="floor">Of the same work by hand, measured in the same run.</param>
    public static void Print(string scenario, long scale, Runs runs, string goal, double? growth = null, Runs? floor = null)
    {
        var c = CultureInfo.InvariantCulture;
        Console.WriteLine(
            string.Create(
                c,
                $"{scenario, -38}{scale, 11:N0}{runs.MedianMs, 12:N2}{runs.P95Ms, 11:N2}{runs.Allocated / 1024, 11:N0}{Environment.WorkingSet >> 20, 8:N0}{Ratio(growth), 8}{Ratio(runs.MedianMs / floor?.MedianMs), 9}  {goal}"
            )
        );
    }

    private static string Ratio(double? ratio) => ratio is { } r ? r.ToString("0.00", CultureInfo.InvariantCulture) : "";
}
