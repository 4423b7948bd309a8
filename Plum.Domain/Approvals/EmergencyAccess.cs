using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

/// <summary>
/// For an hour at most, and with a reason, a checker decides above their limit; another person reviews it afterwards. It lifts the limit and
/// nothing else: never one's own request, never a step that one has decided.
/// </summary>
public sealed class EmergencyAccess : IVersioned
{
    public const int ReasonMaxLength = 1000;
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private EmergencyAccess() { } // EF Core

    public Guid Id { get; private init; }
    public Guid UserId { get; private init; }
    public string Who { get; private init; } = "";
    public string Reason { get; private init; } = "";
    public DateTime FromUtc { get; private init; }
    public DateTime UntilUtc { get; private set; }
    public Guid? ReviewerId { get; private set; }
    public string? Reviewer { get; private set; }
    public DateTime? ReviewedAtUtc { get; private set; }
    public string? Review { get; private set; }
    public int Version { get; private set; }

    public static EmergencyAccess Take(Guid userId, string who, string reason, DateTime nowUtc)
    {
        RefusedException.ThrowIf(Refusals.ForText("Reason", reason, ReasonMaxLength));

        return new EmergencyAccess
        {
            UserId = userId,
            Who = who,
            Reason = reason.Trim(),
            FromUtc = nowUtc,
            UntilUtc = nowUtc + Longest,
        };
    }

    public bool IsActive(DateTime nowUtc) => FromUtc <= nowUtc && nowUtc < UntilUtc;

    public void GiveBack(DateTime nowUtc) => UntilUtc = nowUtc < UntilUtc ? nowUtc : UntilUtc;

    public Refusal? CannotBeReviewed(Guid by, string? review, DateTime nowUtc) =>
        by == UserId ? new Refusal("emergency.own", "Another person reviews your emergency access.")
        : IsActive(nowUtc) ? new Refusal("emergency.active", "It is reviewed when it is over.")
        : ReviewedAtUtc is not null ? new Refusal("emergency.reviewed", $"{Reviewer} has reviewed it already.")
        : Refusals.ForText("Review", review, ReasonMaxLength);

    public void Close(Guid by, string who, string review, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotBeReviewed(by, review, nowUtc));
        (ReviewerId, Reviewer, ReviewedAtUtc, Review) = (by, who, nowUtc, review.Trim());
    }
}
