using Plum.Domain.Shared;

namespace Plum.Domain.Catalogue;

/// <summary>A catalogue entry of a brand, fulfilled by one supplier, in one currency.</summary>
public sealed class Reward : IVersioned
{
    public const int NameMaxLength = 200;

    private Reward() { } // EF Core

    public Guid Id { get; private init; }
    public Guid BrandId { get; private init; }
    public Guid SupplierId { get; private set; }
    public string Name { get; private set; } = "";
    public RewardKind Kind { get; private init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; private init; } = "";
    public string Currency { get; private init; } = "";

    /// <summary>Fixed denominations in minor units, ascending; empty when the value is open between <see cref="MinValue"/> and <see cref="MaxValue"/>.</summary>
    public IReadOnlyList<long> Denominations { get; private set; } = [];
    public long MinValue { get; private set; }
    public long MaxValue { get; private set; }
    public bool IsActive { get; private set; } = true;
    public int Version { get; private set; }

    public static Reward Offer(
        Guid brandId,
        Guid supplierId,
        string name,
        RewardKind kind,
        string country,
        string currency,
        IReadOnlyList<long> denominations,
        long minValue,
        long maxValue
    )
    {
        RefusedException.ThrowIf(
            RewardRefusals.ForTerms(name, denominations, minValue, maxValue)
                ?? (
                    Currencies.Exists(currency)
                        ? null
                        : new Refusal("reward.currency", $"'{currency}' is not a currency that Plum knows.", "Currency")
                )
                ?? (country.Length == 2 ? null : new Refusal("reward.country", "Give the country as two letters, such as DE.", "Country"))
        );

        return new Reward
        {
            BrandId = brandId,
            SupplierId = supplierId,
            Name = name.Trim(),
            Kind = kind,
            Country = country,
            Currency = currency,
            Denominations = denominations,
            MinValue = minValue,
            MaxValue = maxValue,
        };
    }

    public void Change(string name, Guid supplierId, IReadOnlyList<long> denominations, long minValue, long maxValue, bool isActive)
    {
        RefusedException.ThrowIf(RewardRefusals.ForTerms(name, denominations, minValue, maxValue));

        (Name, SupplierId, Denominations, MinValue, MaxValue, IsActive) = (
            name.Trim(),
            supplierId,
            denominations,
            minValue,
            maxValue,
            isActive
        );
    }

    /// <summary>Why this reward cannot be ordered at <paramref name="minorUnits"/>; null when it can.</summary>
    public Refusal? CannotBeWorth(long minorUnits) =>
        Denominations.Count > 0
            ? Denominations.Contains(minorUnits)
                ? null
                : new Refusal(
                    "reward.denomination",
                    $"{Name} is sold at fixed values only: {string.Join(", ", Denominations.Select(d => new Money(d, Currency)))}."
                )
            : minorUnits >= MinValue && minorUnits <= MaxValue
                ? null
                : new Refusal(
                    "reward.range",
                    $"{Name} is sold between {new Money(MinValue, Currency)} and {new Money(MaxValue, Currency)}."
                );
}

public enum RewardKind
{
    GiftCard = 1,
    Experience = 2,
    Merchandise = 3,
    PrepaidWallet = 4,
    Subscription = 5,
}

public static class RewardRefusals
{
    public static Refusal? ForTerms(string? name, IReadOnlyList<long> denominations, long minValue, long maxValue) =>
        Refusals.ForText("Name", name, Reward.NameMaxLength)
        ?? (
            denominations.Any(d => d <= 0)
                ? new Refusal("reward.denominations", "Every denomination is above zero.", "Denominations")
                : null
        )
        ?? (
            denominations.Count == 0 && (minValue <= 0 || maxValue < minValue)
                ? new Refusal(
                    "reward.values",
                    "Give fixed denominations, or a lowest value above zero and a highest that is not below it.",
                    "MinValue"
                )
                : null
        );
}
