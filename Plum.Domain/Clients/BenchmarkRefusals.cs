using Plum.Domain.Reports;
using Plum.Domain.Shared;

namespace Plum.Domain.Clients;

public static class BenchmarkRefusals
{
    public const decimal Highest = 1_000_000m;

    private static readonly HashSet<string> Known = [.. Kpis.WithBenchmark.Select(k => k.Code)];

    /// <summary>All that is wrong; each stands beside the KPI that it is about.</summary>
    public static IEnumerable<Refusal> Each(IReadOnlyDictionary<string, decimal> benchmarks) =>
        benchmarks
            .Select(b =>
                !Known.Contains(b.Key) ? new Refusal("benchmark.kpi", "A benchmark is agreed for a figure of the report.", b.Key)
                : b.Value is < 0 or > Highest ? new Refusal("benchmark.value", "A benchmark is a number from 0 to 1,000,000.", b.Key)
                : null
            )
            .OfType<Refusal>();

    public static Refusal NoNumber(string kpi) => new("benchmark.number", "Write a number, or leave it empty.", kpi);
}
