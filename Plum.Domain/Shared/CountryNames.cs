using System.Collections.Frozen;
using System.Globalization;

namespace Plum.Domain.Shared;

/// <summary>Countries as people write them in files: two letters, three, or a name in English or in a language of the country.</summary>
public static class CountryNames
{
    private static readonly FrozenDictionary<string, string> Codes = Build();

    /// <returns>ISO 3166-1 alpha-2; null when it is no country.</returns>
    public static string? Find(string text)
    {
        if (text.Length == 2)
        {
            var upper = text.ToUpperInvariant();
            return Codes.TryGetValue(upper, out var known) ? known : null;
        }

        return Codes.TryGetValue(text, out var code) || Codes.TryGetValue(HeaderText.Normalise(text), out code) ? code : null;
    }

    private static FrozenDictionary<string, string> Build()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var region = new RegionInfo(culture.Name);
            if (region.TwoLetterISORegionName is not { Length: 2 } code || !code.All(char.IsAsciiLetterUpper) || code == "ZZ")
            {
                continue;
            }

            codes[code] = code;
            codes.TryAdd(HeaderText.Normalise(region.ThreeLetterISORegionName), code);
            codes.TryAdd(region.ThreeLetterISORegionName, code);
            codes.TryAdd(HeaderText.Normalise(region.EnglishName), code);
            codes.TryAdd(HeaderText.Normalise(region.NativeName), code);
        }

        // As people say, and standards do not.
        foreach (
            var (name, code) in new[]
            {
                ("UK", "GB"),
                ("greatbritain", "GB"),
                ("england", "GB"),
                ("usa", "US"),
                ("unitedstatesofamerica", "US"),
                ("america", "US"),
                ("uae", "AE"),
                ("emirates", "AE"),
                ("bharat", "IN"),
                ("holland", "NL"),
                ("allemagne", "DE"),
                ("alemania", "DE"),
                ("inde", "IN"),
                ("indien", "IN"),
                ("royaumeuni", "GB"),
                ("grossbritannien", "GB"),
                ("reinounido", "GB"),
                ("frankreich", "FR"),
                ("francia", "FR"),
                ("spanien", "ES"),
                ("espagne", "ES"),
                ("etatsunis", "US"),
                ("estadosunidos", "US"),
                ("osterreich", "AT"),
                ("schweiz", "CH"),
                ("suisse", "CH"),
                ("korea", "KR"),
                ("southkorea", "KR"),
                ("russia", "RU"),
                ("turkey", "TR"),
                ("vietnam", "VN"),
                ("hongkong", "HK"),
                ("czechrepublic", "CZ"),
            }
        )
        {
            codes[name] = code;
        }

        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
