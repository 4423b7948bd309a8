using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

/// <summary>Somebody who may check lets another, who may check anyway, decide in their stead for a time. It is not handed on.</summary>
public sealed class Delegation : IVersioned
{
    public const int ReasonMaxLength = 500;
    public static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    private Delegation() { } // EF Core

    public Guid Id { get; private init; }
    public Guid FromUserId { get; private init; }
    public Guid ToUserId { get; private init; }

    /// <summary>Half open: from the first instant, until just before the second.</summary>
    public DateTime FromUtc { get; private init; }
    public DateTime UntilUtc { get; private set; }
    public string Reason { get; private init; } = "";
    public DateTime MadeAtUtc { get; private init; }
    public int Version { get; private set; }

    public static Refusal? CannotGrant(Guid from, Guid to, DateTime fromUtc, DateTime untilUtc, string? reason, DateTime nowUtc) =>
        from == to ? new Refusal("delegation.self", "Choose another person.", "To")
        : untilUtc <= fromUtc || untilUtc <= nowUtc ? new Refusal("delegation.span", "It ends after it begins, and in the future.", "Until")
        : untilUtc - fromUtc > Longest ? new Refusal("delegation.long", $"It lasts {Longest.Days} days at most.", "Until")
        : Refusals.ForText("Reason", reason, ReasonMaxLength);

    public static Delegation Grant(Guid from, Guid to, DateTime fromUtc, DateTime untilUtc, string reason, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotGrant(from, to, fromUtc, untilUtc, reason, nowUtc));

        return new Delegation
        {
            FromUserId = from,
            ToUserId = to,
            FromUtc = fromUtc,
            UntilUtc = untilUtc,
            Reason = reason.Trim(),
            MadeAtUtc = nowUtc,
        };
    }

    public bool IsActive(DateTime nowUtc) => FromUtc <= nowUtc && nowUtc < UntilUtc;

    public Refusal? CannotEnd(DateTime nowUtc) =>
        nowUtc < UntilUtc ? null : new Refusal("delegation.over", "This delegation is over already.");

    public void End(DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotEnd(nowUtc));
        UntilUtc = nowUtc;
    }
}
