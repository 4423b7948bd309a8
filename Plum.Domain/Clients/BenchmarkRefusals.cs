using Plum.Domain.Shared;

namespace Plum.Domain.Clients;

public static class BenchmarkRefusals
{
    public const int KpiMaxLength = 60;
    public const decimal Highest = 1_000_000m;

    /// <summary>All that is wrong; each stands beside the KPI that it is about.</summary>
    public static IEnumerable<Refusal> Each(IReadOnlyDictionary<string, decimal> benchmarks) =>
        benchmarks
            .Select(b =>
                string.IsNullOrWhiteSpace(b.Key) || b.Key.Length > KpiMaxLength
                    ? new Refusal("benchmark.kpi", "A benchmark is agreed for a KPI of the report.", b.Key)
                : b.Value is < 0 or > Highest ? new Refusal("benchmark.value", "A benchmark is a number from 0 to 1,000,000.", b.Key)
                : null
            )
            .OfType<Refusal>();
}
