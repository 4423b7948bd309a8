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
    public static string Values(RewardRow reward, CultureInfo culture)
    {
        string Number(long minorUnits) => new Money(minorUnits, reward.Currency).Format(culture)[(reward.Currency.Length + 1)..];

        if (reward.Denominations.Count == 0)
        {
            return $"{reward.Currency} {Number(reward.MinValue)} to {Number(reward.MaxValue)}";
        }

        var shown = string.Join(", ", reward.Denominations.Take(MostDenominations).Select(Number));
        var left = reward.Denominations.Count - MostDenominations;
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
