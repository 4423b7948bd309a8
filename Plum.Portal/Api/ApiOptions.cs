namespace Plum.Portal.Api;

/// <param name="CallsPerMinute">Of one key, on one node.</param>
/// <param name="FailuresPerMinute">Calls with no key of ours, from one address.</param>
/// <param name="MaxJsonBytes">Of rows sent as JSON, which are read whole; larger ones are sent as a file.</param>
public sealed record ApiOptions(int CallsPerMinute = 120, int FailuresPerMinute = 30, long MaxJsonBytes = 8 << 20)
{
    public static ApiOptions From(IConfiguration configuration) =>
        new(
            Math.Max(1, configuration.GetValue("Api:CallsPerMinute", 120)),
            Math.Max(1, configuration.GetValue("Api:FailuresPerMinute", 30)),
            Math.Max(1, configuration.GetValue("Api:MaxJsonMegabytes", 8L)) << 20
        );
}
