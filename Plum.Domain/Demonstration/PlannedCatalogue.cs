using Plum.Domain.Catalogue;
using static Plum.Domain.Catalogue.RewardKind;

namespace Plum.Domain.Demonstration;

public sealed record PlannedSupplier(Guid Id, string Code, string Name);

public sealed record PlannedBrand(Guid Id, string Name, RewardKind Kind);

/// <param name="Denominations">In minor units; empty when the value is open between the two.</param>
public sealed record PlannedReward(
    Guid Id,
    PlannedBrand Brand,
    PlannedSupplier Supplier,
    string Code,
    string Name,
    string Country,
    string Currency,
    IReadOnlyList<long> Denominations,
    long MinValue,
    long MaxValue
);

public sealed record PlannedCatalogue(
    IReadOnlyList<PlannedSupplier> Suppliers,
    IReadOnlyList<PlannedBrand> Brands,
    IReadOnlyList<PlannedReward> Rewards
);

/// <summary>Seven suppliers, sixty brands (none of them real) and two thousand rewards.</summary>
internal static class CatalogueOf
{
    /// <summary>The one whose systems have gone wrong in the last two months.</summary>
    public const string TroubledSupplier = "CARDSTREAM";

    private const int Rewards = 2000;

    private static readonly (string Code, string Name)[] Suppliers =
    [
        ("GIFTWELL", "Giftwell Network Ltd"),
        (TroubledSupplier, "Cardstream Issuing GmbH"),
        ("VOUCHERHUB", "VoucherHub Asia Pte Ltd"),
        ("OMNIREGALO", "Omniregalo LATAM S.A."),
        ("DESERTROSE", "Desert Rose Rewards FZ-LLC"),
        ("BRIGHTPATH", "Brightpath Experiences"),
        ("PARCELWISE", "Parcelwise Fulfilment"),
    ];

    private static readonly (RewardKind Kind, string Names)[] Brands =
    [
        (
            GiftCard,
            "Bramble & Rye|Northlight Outdoor|Fenwick Lane|Halden Home|Juniper Row|Kestrel Sports|Lumière Beauté|Maison Corvin|Oakhaven|"
                + "Paper Lantern Books|Quayside Grocers|Redwing Shoes & Co|Saltmarsh Kitchen|Tindal's|Umber & Ash|Verdant Market|Willow & Finch|"
                + "Azure Electronics|Bazaar Nine|Chakra Jewels|Diya Fashions|Mehfil Sweets|Gulf Pearl|Souk Central|Hanami Depāto|Kumo Electronics|"
                + "Casa Jacarandá|Mercado Sol|Outback Trader|Banksia Garden Centre|Rhein & Söhne|Alpenhof Sport|Kaufhaus Lindner|Prairie Goods|"
                + "Hudson Supply|Magnolia Pantry"
        ),
        (PrepaidWallet, "Plum Prepaid|Vela Wallet|Orbit Pay Card|Tawfeer Card|Sakura Prepaid|Rupaya Wallet"),
        (Subscription, "Streamline TV|Tempo Music|Inkwell News|Mindful Minutes|Chef's Table Club|Playfield Games"),
        (Experience, "Skyward Balloons|Stillwater Spa|Tandem Dives|Grape & Grain Tours|Lakeside Escapes|Pit Lane Days"),
        (Merchandise, "Harbour Watches|Cobalt Audio|Fernhill Cycles|Stoneware Studio|Nomad Luggage|Little Acorn Toys"),
    ];

    private static readonly string[] Forms = ["gift card", "eGift card", "eVoucher", "store credit"];
    private static readonly string[] Plans = ["1 month", "3 months", "6 months", "12 months"];
    private static readonly string[] Outings = ["for one", "for two", "family day", "weekend"];
    private static readonly string[] Wallets = ["top-up", "virtual card", "travel card", "plastic card"];
    private static readonly string[] Goods = ["Classic", "Travel", "Limited edition", "Starter set"];

    public static PlannedCatalogue Make(ulong seed, DateTime startUtc)
    {
        var dice = Dice.For(seed, Streams.Catalogue, 1);
        var suppliers = Suppliers.Select(s => new PlannedSupplier(dice.Key(startUtc), s.Code, s.Name)).ToList();
        var brands = Brands
            .SelectMany(group => group.Names.Split('|').Select(name => new PlannedBrand(dice.Key(startUtc), name, group.Kind)))
            .ToList();

        var rewards = new List<PlannedReward>(Rewards);
        for (var variant = 0; rewards.Count < Rewards; variant++)
        {
            for (var b = 0; b < brands.Count && rewards.Count < Rewards; b++)
            {
                // Each round gives a brand its next country; when it has had them all, its next form in the first one again.
                var country = Countries.All[(b + variant) % Countries.All.Count];
                var form = variant / Countries.All.Count;
                rewards.Add(Reward(brands[b], Supplier(brands[b], b, country), country, form, dice, startUtc, suppliers));
            }
        }

        return new PlannedCatalogue(suppliers, brands, rewards);
    }

    private static int Supplier(PlannedBrand brand, int index, Country country) =>
        brand.Kind switch
        {
            Experience => 5,
            Merchandise => 6,
            _ when country.Code is "IN" or "JP" or "SG" or "AU" => index % 4 == 0 ? 0 : 2,
            _ when country.Code is "BR" or "MX" => 3,
            _ when country.Code is "AE" or "KW" => 4,
            _ => index % 3 == 0 ? 1 : 0, // a third of Europe's and America's brands come through Cardstream
        };

    /// <summary>As a file names it: <c>BRAMBLE-RYE-GB</c>, and of the brand's second form there <c>BRAMBLE-RYE-GB-2</c>.</summary>
    private static string Code(PlannedBrand brand, Country country, int form)
    {
        var words = string.Concat(
            brand
                .Name.Normalize(System.Text.NormalizationForm.FormD)
                .Where(c => c is ' ' || char.IsAsciiLetterOrDigit(c))
                .Select(char.ToUpperInvariant)
        );
        var code = $"{string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries))}-{country.Code}";
        return form == 0 ? code : $"{code}-{form + 1}";
    }

    private static PlannedReward Reward(
        PlannedBrand brand,
        int supplier,
        Country country,
        int form,
        Dice dice,
        DateTime startUtc,
        List<PlannedSupplier> suppliers
    )
    {
        var name = brand.Kind switch
        {
            Subscription => $"{brand.Name} {Plans[form % Plans.Length]} ({country.Code})",
            Experience => $"{brand.Name} {Outings[form % Outings.Length]} ({country.Code})",
            Merchandise => $"{brand.Name} {Goods[form % Goods.Length]} ({country.Code})",
            PrepaidWallet => $"{brand.Name} {country.Currency} {Wallets[form % Wallets.Length]} ({country.Code})",
            _ => $"{brand.Name} {Forms[form % Forms.Length]} ({country.Code})",
        };
        var step = country.Step;
        IReadOnlyList<long> denominations = brand.Kind switch
        {
            PrepaidWallet => [],
            Subscription or Experience or Merchandise => [step * dice.Between(2, 40)],
            _ when dice.Chance(250) => [],
            _ => [step * 2, step * 5, step * 10, step * 20],
        };
        var (min, max) = denominations.Count > 0 ? (denominations[0], denominations[^1]) : (step, step * 50);
        return new PlannedReward(
            dice.Key(startUtc),
            brand,
            suppliers[supplier],
            Code(brand, country, form),
            name,
            country.Code,
            country.Currency,
            denominations,
            min,
            max
        );
    }
}
