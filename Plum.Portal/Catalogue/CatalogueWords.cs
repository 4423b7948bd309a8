using System.Globalization;
using Plum.Data.Catalogue;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>How the catalogue reads on its pages.</summary>
public static class CatalogueWords
{
    public const string Rewards = "/catalogue";
    public const string Brands = "/catalogue/brands";
    public const string Suppliers = "/catalogue/suppliers";

    private const int MostDenominations = 4;

    public static string Of(RewardKind kind) =>
        kind switch
        {
            RewardKind.GiftCard => "Gift card",
            RewardKind.Experience => "Experience",
            RewardKind.Merchandise => "Merchandise",
            RewardKind.PrepaidWallet => "Prepaid wallet",
            RewardKind.Subscription => "Subscription",
            _ => "",
        };

    public static string Of(DeliverySpeed speed) =>
        speed switch
        {
            DeliverySpeed.AtOnce => "At once",
            DeliverySpeed.WithinHour => "Within an hour",
            DeliverySpeed.WithinDay => "Within a day",
            DeliverySpeed.WithinThreeDays => "Within 3 days",
            DeliverySpeed.WithinWeek => "Within a week",
            _ => "Longer than a week",
        };

    public static string Of(RewardLineKind kind) =>
        kind switch
        {
            RewardLineKind.Reward => "Reward",
            RewardLineKind.Brand => "Brand",
            RewardLineKind.Kind => "Kind",
            RewardLineKind.Supplier => "Supplier",
            _ => "Country",
        };

    /// <summary>What a line of an allow or deny list names: <c>Brand Amazing</c>.</summary>
    public static string Of(NamedLine line) =>
        $"{Of(line.Line.Kind)}: {(line.Line.Kind switch
        {
            RewardLineKind.Kind => Of(FormWords.Choice<RewardKind>(line.Line.Value)),
            RewardLineKind.Country => Country(line.Line.Value),
            _ => line.Name ?? "no longer there",
        })}";

    /// <summary>A count, or an estimate marked as one: <c>1,250</c>, <c>≈ 120,000</c>.</summary>
    public static string Of(Tally count, Viewer viewer) => count.IsAbout ? $"≈ {viewer.Number(count.Count)}" : viewer.Number(count.Count);

    /// <summary>How many rewards a brand or supplier has: <c>10,000+</c> beyond what is counted.</summary>
    public static string Counted(int rewards, Viewer viewer) =>
        rewards > BrandRow.MostCounted ? $"{viewer.Number(BrandRow.MostCounted)}+" : viewer.Number(rewards);

    /// <summary>A band of values in whole units: <c>10 to 25</c>.</summary>
    public static string Band(int band, Viewer viewer) =>
        ValueBands.Bounds(band) switch
        {
            (0, { } to) => $"Under {viewer.Number(to)}",
            (var from, { } to) => $"{viewer.Number(from)} to {viewer.Number(to)}",
            var (from, _) => $"{viewer.Number(from)} and more",
        };

    /// <summary>How long delivery takes: <c>At once</c>, <c>40 minutes</c>, <c>6 hours</c>, <c>3 days</c>.</summary>
    public static string Delivery(int minutes, Viewer viewer)
    {
        var (count, unit) = minutes switch
        {
            0 => (0, ""),
            < 120 => (minutes, "minute"),
            < 2 * 24 * 60 => ((minutes + 59) / 60, "hour"),
            _ => ((minutes + (24 * 60) - 1) / (24 * 60), "day"),
        };
        return count == 0 ? "At once" : $"{viewer.Number(count)} {unit}{(count == 1 ? "" : "s")}";
    }

    /// <summary>The name of a country in English, with its code; the code alone where there is no such country.</summary>
    public static string Country(string code)
    {
        try
        {
            return $"{new RegionInfo(code).EnglishName} ({code})";
        }
        catch (ArgumentException)
        {
            return code;
        }
    }

    /// <summary>What a reward may be worth: <c>GBP 10.00, 25.00, 50.00</c> or <c>GBP 5.00 to 100.00</c>.</summary>
    public static string Values(RewardRow reward, CultureInfo culture) => Values(reward, culture, MostDenominations);

    /// <summary>The same with every fixed value.</summary>
    public static string AllValues(RewardRow reward, CultureInfo culture) => Values(reward, culture, int.MaxValue);

    private static string Values(RewardRow reward, CultureInfo culture, int most)
    {
        string Number(long minorUnits) => new Money(minorUnits, reward.Currency).Format(culture)[(reward.Currency.Length + 1)..];

        if (reward.Denominations.Count == 0)
        {
            return $"{reward.Currency} {Number(reward.MinValue)} to {Number(reward.MaxValue)}";
        }

        var shown = string.Join(", ", reward.Denominations.Take(most).Select(Number));
        var left = reward.Denominations.Count - most;
        return left > 0 ? $"{reward.Currency} {shown} and {left} more" : $"{reward.Currency} {shown}";
    }
}

/// <summary>A reward's values as they are typed: in major units, denominations apart by blanks, commas or semicolons.</summary>
public static class RewardValues
{
    public static string Write(IEnumerable<long> denominations, string currency, CultureInfo culture) =>
        string.Join("; ", denominations.Select(d => AmountText.Of(d, currency, culture)));

    /// <returns>Null when one of them is no amount of the currency.</returns>
    public static IReadOnlyList<long>? Read(string text, string currency, CultureInfo culture)
    {
        var parts = text.Split([' ', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.TrimEnd(','))
            .Where(p => p.Length > 0)
            .Select(p => AmountText.Parse(p, currency, culture))
            .ToList();
        return parts.Contains(null) ? null : [.. parts.Select(p => p!.Value)];
    }

    /// <returns>Zero for nothing; null when it is no amount of the currency.</returns>
    public static long? ReadOne(string text, string currency, CultureInfo culture) =>
        string.IsNullOrWhiteSpace(text) ? 0 : AmountText.Parse(text, currency, culture);
}
