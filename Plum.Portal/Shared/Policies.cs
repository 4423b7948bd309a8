using Plum.Domain.Access;

namespace Plum.Portal.Shared;

/// <summary>The pages that either of several acts opens. A policy of one act is named like the act.</summary>
public static class Policies
{
    /// <summary>Whoever asks, decides or looks.</summary>
    public const string Requests = $"{nameof(Act.ReadRequests)}|{nameof(Act.MakeCorrections)}|{nameof(Act.EditLimits)}";

    public const string Limits = $"{nameof(Act.ReadRequests)}|{nameof(Act.EditLimits)}";

    /// <summary>Whoever decides, and whoever looks after those who do.</summary>
    public const string Deciding = $"{nameof(Act.DecideRequests)}|{nameof(Act.EditLimits)}|{nameof(Act.ReadAudit)}";

    public static IReadOnlyList<string> OfSeveralActs { get; } = [Requests, Limits, Deciding];

    public static bool Allows(string policy, IReadOnlySet<Act> acts) =>
        policy.Split('|').Any(name => Enum.TryParse<Act>(name, out var act) && acts.Contains(act));
}
