namespace Plum.Domain.Demonstration;

/// <param name="Step">A round amount of its currency, in minor units, worth some five pounds: values are multiples of it.</param>
/// <param name="PhonePrefix">Country and a mobile range; the rest is made up.</param>
internal sealed record Country(string Code, string Name, string Currency, long Step, string PhonePrefix, int PhoneDigits);

internal static class Countries
{
    public static IReadOnlyList<Country> All { get; } =
    [
        new("GB", "United Kingdom", "GBP", 500, "+447700", 6),
        new("DE", "Germany", "EUR", 500, "+49151", 8),
        new("IN", "India", "INR", 50_000, "+9198", 8),
        new("US", "United States", "USD", 500, "+1555", 7),
        new("AE", "United Arab Emirates", "AED", 2_500, "+97150", 7),
        new("JP", "Japan", "JPY", 1_000, "+8190", 8),
        new("BR", "Brazil", "BRL", 2_500, "+55119", 8),
        new("AU", "Australia", "AUD", 1_000, "+614", 8),
        new("FR", "France", "EUR", 500, "+336", 8),
        new("ES", "Spain", "EUR", 500, "+346", 8),
        new("IT", "Italy", "EUR", 500, "+393", 9),
        new("NL", "Netherlands", "EUR", 500, "+316", 8),
        new("PL", "Poland", "PLN", 2_500, "+4850", 7),
        new("SE", "Sweden", "SEK", 5_000, "+4670", 7),
        new("SG", "Singapore", "SGD", 1_000, "+659", 7),
        new("ZA", "South Africa", "ZAR", 10_000, "+2782", 7),
        new("MX", "Mexico", "MXN", 10_000, "+5255", 8),
        new("KW", "Kuwait", "KWD", 2_000, "+9655", 7),
    ];

    public static Country Of(string code) => All.First(c => c.Code == code);
}
