using Plum.Domain.Shared;

namespace Plum.Domain.Catalogue;

/// <summary>A catalogue entry of a brand, fulfilled by one supplier, in one currency.</summary>
public sealed class Reward : IVersioned
{
    public const int CodeMaxLength = 64;
    public const int NameMaxLength = 200;
    public const int SupplierProductMaxLength = 100;

    /// <summary>A year. What takes longer is no reward.</summary>
    public const int MostDeliveryMinutes = 366 * 24 * 60;

    private Reward() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>
    /// Where the search's indexes have it: drawn at random below <see cref="NumberLimit"/>, so that the first rewards that match, in this order,
    /// are a fair sample of all that do. People never see it.
    /// </summary>
    public long Number { get; private init; }
    public Guid BrandId { get; private init; }
    public Guid SupplierId { get; private set; }

    /// <summary>What files and API calls name it by, in any case; unique, and never changed.</summary>
    public string Code { get; private init; } = "";
    public string Name { get; private set; } = "";
    public RewardKind Kind { get; private init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; private init; } = "";
    public string Currency { get; private init; } = "";

    /// <summary>Fixed denominations in minor units, ascending; empty when the value is open between <see cref="MinValue"/> and <see cref="MaxValue"/>.</summary>
    public IReadOnlyList<long> Denominations { get; private set; } = [];
    public long MinValue { get; private set; }
    public long MaxValue { get; private set; }

    /// <summary>Which <see cref="Catalogue.ValueBands"/> it has a value in.</summary>
    public int ValueBands { get; private set; }

    /// <summary>How long the supplier takes to deliver; 0 at once.</summary>
    public int DeliveryMinutes { get; private set; }

    /// <summary>What the supplier calls it, where its catalogue brought it; null for what was offered by hand.</summary>
    public string? SupplierProductId { get; private init; }
    public bool IsActive { get; private set; } = true;
    public int Version { get; private set; }

    public const long NumberLimit = 1L << 36;

    public static Reward Offer(
        Guid brandId,
        Guid supplierId,
        string code,
        string name,
        RewardKind kind,
        string country,
        string currency,
        IReadOnlyList<long> denominations,
        long minValue,
        long maxValue,
        int deliveryMinutes = 0,
        string? supplierProductId = null
    )
    {
        RefusedException.ThrowIf(
            RewardRefusals.ForCode(code)
                ?? RewardRefusals.ForOrigin(kind, country, currency)
                ?? RewardRefusals.ForTerms(name, denominations, minValue, maxValue)
                ?? RewardRefusals.ForDelivery(deliveryMinutes)
        );

        return new Reward
        {
            BrandId = brandId,
            SupplierId = supplierId,
            Code = code.Trim(),
            Name = name.Trim(),
            Kind = kind,
            Country = country,
            Currency = currency,
            Denominations = [.. denominations.Order()],
            MinValue = minValue,
            MaxValue = maxValue,
            ValueBands = Catalogue.ValueBands.Of(denominations, minValue, maxValue, currency),
            DeliveryMinutes = deliveryMinutes,
            SupplierProductId = supplierProductId,
        };
    }

    /// <param name="deliveryMinutes">Null leaves it.</param>
    public void Change(
        string name,
        Guid supplierId,
        IReadOnlyList<long> denominations,
        long minValue,
        long maxValue,
        bool isActive,
        int? deliveryMinutes = null
    )
    {
        RefusedException.ThrowIf(
            RewardRefusals.ForTerms(name, denominations, minValue, maxValue)
                ?? RewardRefusals.ForDelivery(deliveryMinutes ?? DeliveryMinutes)
        );

        (Name, SupplierId, Denominations, MinValue, MaxValue, IsActive) = (
            name.Trim(),
            supplierId,
            [.. denominations.Order()],
            minValue,
            maxValue,
            isActive
        );
        (ValueBands, DeliveryMinutes) = (
            Catalogue.ValueBands.Of(denominations, minValue, maxValue, Currency),
            deliveryMinutes ?? DeliveryMinutes
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
    public const int MaxDenominations = 50;

    public static Refusal? ForTerms(string? name, IReadOnlyList<long> denominations, long minValue, long maxValue) =>
        Refusals.ForText("Name", name, Reward.NameMaxLength) ?? ForValues(denominations, minValue, maxValue);

    public static Refusal? ForCode(string? code) =>
        Refusals.ForText("Code", code, Reward.CodeMaxLength)
        ?? (
            code!.Trim().All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                ? null
                : new Refusal("reward.code-form", "Use letters, digits, hyphens, underscores and full stops only.", "Code")
        );

    public static Refusal Taken(string code) =>
        new("reward.taken", $"There is a reward with the code {code.Trim()} already. Choose another code.", "Code");

    /// <summary>What a reward keeps for good: another country or currency is another reward.</summary>
    public static Refusal? ForOrigin(RewardKind kind, string? country, string? currency) =>
        (Enum.IsDefined(kind) ? null : new Refusal("reward.kind", "Choose what kind of reward it is.", "Kind"))
        ?? (
            country?.Length == 2 && country.All(char.IsAsciiLetterUpper)
                ? null
                : new Refusal("reward.country", "Give the country as two letters, such as DE.", "Country")
        )
        ?? (
            Currencies.Exists(currency) ? null
            : string.IsNullOrWhiteSpace(currency) ? new Refusal("reward.no-currency", "Choose a currency.", "Currency")
            : new Refusal("reward.currency", $"'{currency}' is not a currency that Plum knows.", "Currency")
        );

    public static Refusal? ForValues(IReadOnlyList<long> denominations, long minValue, long maxValue) =>
        denominations.Any(d => d <= 0) ? new Refusal("reward.denominations", "Every denomination is above zero.", "Denominations")
        : denominations.Count > MaxDenominations
            ? new Refusal("reward.too-many", $"A reward has at most {MaxDenominations} denominations.", "Denominations")
        : denominations.Distinct().Count() < denominations.Count
            ? new Refusal("reward.twice", "One denomination is there twice. Take it out once.", "Denominations")
        : denominations.Count > 0 ? null
        : minValue <= 0 ? new Refusal("reward.min-value", "The lowest value is above zero.", "MinValue")
        : maxValue < minValue ? new Refusal("reward.max-value", "The highest value is not below the lowest.", "MaxValue")
        : null;

    public static Refusal? ForDelivery(int minutes) =>
        minutes is >= 0 and <= Reward.MostDeliveryMinutes
            ? null
            : new Refusal("reward.delivery", "Give the time of delivery in minutes, of at most a year.", "Delivery");

    public static Refusal NoAmount(string field, string currency) =>
        new("reward.amount", $"Write amounts in {currency}, without marks between thousands.", field);

    public static readonly Refusal NoBrand = new("reward.brand", "Choose a brand that is in use.", "BrandId");

    public static readonly Refusal NoSupplier = new("reward.supplier", "Choose a supplier that is in use.", "SupplierId");
}
