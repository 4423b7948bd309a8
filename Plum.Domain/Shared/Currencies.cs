namespace Plum.Domain.Shared;

/// <summary>
/// ISO 4217 codes that Plum issues in, with the exponent of the minor unit (amendment 177 of the standard); points are a currency
/// of their own, <c>PTS</c>, without minor unit.
/// </summary>
public static class Currencies
{
    private static readonly Dictionary<string, int> Exponents = new(StringComparer.Ordinal)
    {
        ["AED"] = 2,
        ["AUD"] = 2,
        ["BDT"] = 2,
        ["BGN"] = 2,
        ["BHD"] = 3,
        ["BRL"] = 2,
        ["CAD"] = 2,
        ["CHF"] = 2,
        ["CLP"] = 0,
        ["CNY"] = 2,
        ["COP"] = 2,
        ["CZK"] = 2,
        ["DKK"] = 2,
        ["EGP"] = 2,
        ["EUR"] = 2,
        ["GBP"] = 2,
        ["HKD"] = 2,
        ["HUF"] = 2,
        ["IDR"] = 2,
        ["ILS"] = 2,
        ["INR"] = 2,
        ["ISK"] = 0,
        ["JOD"] = 3,
        ["JPY"] = 0,
        ["KES"] = 2,
        ["KRW"] = 0,
        ["KWD"] = 3,
        ["LKR"] = 2,
        ["MAD"] = 2,
        ["MXN"] = 2,
        ["MYR"] = 2,
        ["NGN"] = 2,
        ["NOK"] = 2,
        ["NPR"] = 2,
        ["NZD"] = 2,
        ["OMR"] = 3,
        ["PEN"] = 2,
        ["PHP"] = 2,
        ["PKR"] = 2,
        ["PLN"] = 2,
        ["QAR"] = 2,
        ["RON"] = 2,
        ["SAR"] = 2,
        ["SEK"] = 2,
        ["SGD"] = 2,
        ["THB"] = 2,
        ["TND"] = 3,
        ["TRY"] = 2,
        ["TWD"] = 2,
        ["UAH"] = 2,
        ["USD"] = 2,
        ["VND"] = 0,
        ["ZAR"] = 2,
        [Points] = 0,
    };

    /// <summary>Points: a currency of our own.</summary>
    public const string Points = "PTS";

    public static IReadOnlyCollection<string> All => Exponents.Keys;

    public static bool Exists(string? code) => code is not null && Exponents.ContainsKey(code);

    /// <summary>Digits after the decimal point, 0 to 3.</summary>
    /// <exception cref="ArgumentException">The code is not one that Plum issues in.</exception>
    public static int Exponent(string code) =>
        Exponents.TryGetValue(code, out var exponent)
            ? exponent
            : throw new ArgumentException($"'{code}' is not a currency that Plum knows.", nameof(code));

    /// <summary>Minor units in one major unit: 1, 100 or 1000.</summary>
    public static decimal Scale(string code) =>
        Exponent(code) switch
        {
            0 => 1m,
            2 => 100m,
            3 => 1000m,
            var e => (decimal)Math.Pow(10, e),
        };
}
