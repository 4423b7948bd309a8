using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

/// <summary>What the policy says of one request: done now, by a chain of checkers, or not at all. Pure: everything it looks at is given to it.</summary>
public static class ApprovalPolicy
{
    /// <param name="mine">The limits of the maker's roles, of this kind and currency.</param>
    /// <param name="all">The limits of every role that binds the same people.</param>
    /// <param name="bands">Of this kind and currency.</param>
    /// <param name="used">What this maker asked for or did before.</param>
    /// <param name="neverAlone">A person decides, also within the maker's own limit: it was no person who asked.</param>
    public static PolicyAnswer Judge(
        RequestKind kind,
        Money amount,
        IReadOnlyCollection<ApprovalLimit> mine,
        IReadOnlyCollection<ApprovalLimit> all,
        IReadOnlyCollection<ApprovalBand> bands,
        Used used,
        bool neverAlone = false
    )
    {
        if (!RequestKinds.IsBoundByLimits(kind))
        {
            return new PolicyAnswer.Chain(new PolicySnapshot(null, 1, null, AsksSecondFactor: false), amount.MinorUnits);
        }

        if (amount.MinorUnits <= 0)
        {
            return new PolicyAnswer.Refused(PolicyRefusals.NotPositive);
        }

        // Of several roles the one that lets the person ask for most in a day: one role's limit allows, never a mixture of two.
        var limit = mine.OrderByDescending(l => l.PerDay).ThenByDescending(l => l.MakeAlone).ThenBy(l => l.Role).FirstOrDefault();
        if (limit is null || limit.PerDay == 0)
        {
            return new PolicyAnswer.Refused(PolicyRefusals.NoLimit(kind, amount.Currency));
        }

        if (Exceeds(used.Today, amount.MinorUnits, limit.PerDay))
        {
            return new PolicyAnswer.Refused(PolicyRefusals.PerDay(limit.PerDay, used.Today, amount));
        }

        if (Exceeds(used.ForBeneficiary, amount.MinorUnits, limit.PerBeneficiary))
        {
            return new PolicyAnswer.Refused(PolicyRefusals.PerBeneficiary(limit.PerBeneficiary, used.ForBeneficiary, amount));
        }

        // One amount split into several for the same beneficiary counts as one.
        var judged = used.ForBeneficiary + amount.MinorUnits;
        if (judged <= limit.MakeAlone && !neverAlone && !RequestKinds.AlwaysNeedsChecker(kind))
        {
            return new PolicyAnswer.Alone(new PolicySnapshot(limit.Snapshot(), 0, null, AsksSecondFactor: false), judged);
        }

        var most = all.Select(l => l.Approve).DefaultIfEmpty(0).Max();
        if (judged > most)
        {
            return new PolicyAnswer.Refused(PolicyRefusals.AboveEverybody(most, judged, amount.Currency));
        }

        var above = bands.Where(b => b.Above < judged).ToList();
        var band = above.MaxBy(b => b.Above);
        return new PolicyAnswer.Chain(
            new PolicySnapshot(limit.Snapshot(), band?.Checkers ?? 1, band?.Above, above.Exists(b => b.AsksSecondFactor)),
            judged
        );
    }

    private static bool Exceeds(long used, long amount, long limit) => used > limit - amount; // no sum that could overflow
}

/// <param name="Today">Minor units, of this kind and currency, since midnight UTC; what came to nothing left out.</param>
/// <param name="ForBeneficiary">The same for this beneficiary, in the 24 hours before.</param>
public sealed record Used(long Today, long ForBeneficiary);

public abstract record PolicyAnswer
{
    private PolicyAnswer() { }

    /// <param name="Judged">Minor units; see <see cref="ApprovalRequest.JudgedMinorUnits"/>.</param>
    public sealed record Alone(PolicySnapshot Policy, long Judged) : PolicyAnswer;

    public sealed record Chain(PolicySnapshot Policy, long Judged) : PolicyAnswer;

    public sealed record Refused(Refusal Why) : PolicyAnswer;
}

/// <summary>What answered for a request, as it was then. Authority is looked at again when deciding and when executing; this is not.</summary>
/// <param name="Limit">Of the maker; null where no limit binds the kind.</param>
/// <param name="Checkers">How many decide, one after the other; 0 when it is within the maker's own limit.</param>
/// <param name="Above">The band's threshold in minor units; null without a band.</param>
public sealed record PolicySnapshot(LimitSnapshot? Limit, int Checkers, long? Above, bool AsksSecondFactor);

public static class PolicyRefusals
{
    public static readonly Refusal NotPositive = new("policy.not-positive", "The amount is above zero.", "Amount");

    public static Refusal NoLimit(RequestKind kind, string currency) =>
        new(
            "policy.no-limit",
            $"Your role has no limit for this ({RequestKinds.Words(kind)}) in {currency}. Ask an operations lead.",
            "Amount"
        );

    public static Refusal PerDay(long limit, long used, Money amount) =>
        new(
            "policy.per-day",
            $"{amount} would pass your {new Money(limit, amount.Currency)} a day: you have asked for {new Money(used, amount.Currency)} today. Ask somebody with a higher limit.",
            "Amount"
        );

    public static Refusal PerBeneficiary(long limit, long used, Money amount) =>
        new(
            "policy.per-beneficiary",
            $"{amount} would pass the {new Money(limit, amount.Currency)} that you may give one person in 24 hours: you have asked for {new Money(used, amount.Currency)} already.",
            "Amount"
        );

    public static Refusal AboveEverybody(long most, long judged, string currency) =>
        new(
            "policy.above-everybody",
            $"{new Money(judged, currency)} is more than anybody may approve, which is {new Money(most, currency)}. Ask an operations lead.",
            "Amount"
        );
}
