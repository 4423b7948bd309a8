using Microsoft.EntityFrameworkCore;
using Plum.Data.Catalogue;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Catalogue;

public class RewardSearchTests
{
    [Theory]
    [EachDatabase]
    public async Task The_list_is_filtered_sorted_and_paged_and_each_facet_counts_what_it_would_leave(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasRewardAsync("Spa day", "Calm", "SPA", RewardKind.Experience, "DE", "EUR");
        await plum.HasRewardAsync("Gift card", "Amazing", country: "DE", currency: "EUR");
        await plum.HasRewardAsync("Gift card", "Amazing", country: "GB");

        Task<string> ListAsync(RewardListQuery query) => SaidAsync(plum, query);

        Assert.Equal("2: Amazing Gift card DE, Calm Spa day DE", await ListAsync(new(new(Country: "DE"))));
        Assert.Equal("1: Calm Spa day DE", await ListAsync(new(new("CALM"))));
        Assert.Equal("1: Calm Spa day DE", await ListAsync(new(new(Kind: RewardKind.Experience))));
        Assert.Equal("1: Amazing Gift card GB", await ListAsync(new(new(Currency: "GBP"))));
        Assert.Equal("3: Calm Spa day DE", await ListAsync(new(new(), Take: 1, Sort: RewardSort.Name, Descending: true)));
        Assert.Equal(
            "2: Amazing Gift card DE, Amazing Gift card GB",
            await ListAsync(new(new(BrandId: (await plum.HasBrandAsync()).Id), Sort: RewardSort.Country))
        );
        Assert.Equal("1: Calm Spa day DE", await ListAsync(new(new(SupplierId: (await plum.HasSupplierAsync("SPA")).Id))));
        Assert.Equal("0: ", await ListAsync(new(new(Active: false))));
        Assert.Equal(
            "3: Amazing Gift card DE, Amazing Gift card GB, Calm Spa day DE",
            await ListAsync(new(new(Speed: DeliverySpeed.AtOnce)))
        );
        Assert.Equal("0: ", await ListAsync(new(new(Speed: DeliverySpeed.WithinDay))));
        Assert.Equal("3: Amazing Gift card DE, Amazing Gift card GB, Calm Spa day DE", await ListAsync(new(new(Band: 2)))); // 25 to 50
        Assert.Equal("0: ", await ListAsync(new(new(Band: 0))));

        var facets = (await plum.Get<RewardService>().ListAsync(new(new(Country: "DE")), PlumDatabase.Lead, default)).Facets;
        Assert.Equal([(RewardKind.GiftCard, 1L), (RewardKind.Experience, 1L)], facets.Kinds.Select(f => (f.Value, f.Count.Count)));
        Assert.Equal([("DE", 2L), ("GB", 1L)], facets.Countries.Select(f => (f.Value, f.Count.Count))); // what another choice would leave
        Assert.Equal([("EUR", 2L)], facets.Currencies.Select(f => (f.Value, f.Count.Count)));
        Assert.Equal([("GIFTCO Limited", 1L), ("SPA Limited", 1L)], facets.Suppliers.Select(f => (f.Name, f.Count.Count)).Order());
        Assert.Equal([("Amazing", 1L), ("Calm", 1L)], facets.Brands.Select(f => (f.Name, f.Count.Count)).Order());
        Assert.Equal([(1, 2L), (2, 2L), (3, 2L)], facets.Bands.Select(f => (f.Value, f.Count.Count)));
    }

    [Theory]
    [EachDatabase]
    public async Task Words_are_found_in_names_brands_and_codes_as_one_types_them(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasRewardAsync("Café dinner", "Ünal", code: "DIN-7-X");
        await plum.HasRewardAsync("Gift card", "Amazing", code: "AMA-GB");
        await plum.HasRewardAsync("Giftbox", "Amazing", code: "AMA-BOX");

        async Task<string> FoundAsync(string text) =>
            string.Join(
                ", ",
                (await plum.Get<RewardService>().ListAsync(new(new(text)), PlumDatabase.Lead, default)).Rows.Select(r => r.Code).Order()
            );

        Assert.Equal("AMA-BOX, AMA-GB", await FoundAsync("gift"));
        Assert.Equal("AMA-BOX, AMA-GB", await FoundAsync("gi"));
        Assert.Equal("AMA-BOX", await FoundAsync("amazing giftb"));
        Assert.Equal("AMA-GB", await FoundAsync("card amazing"));
        Assert.Equal("DIN-7-X", await FoundAsync("din-7-x"));
        Assert.Equal("DIN-7-X", await FoundAsync("dinn"));
        Assert.Equal("", await FoundAsync("nothing of the kind"));
        Assert.Equal("", await FoundAsync("!!! ~kGiftCard \"*\" ~"));
        Assert.Equal("", await FoundAsync("\ud83d\ude00 \ud83d"));
        if (provider == "Sqlite") // SQL Server's accents are its catalogue's and its collation's own
        {
            Assert.Equal("DIN-7-X", await FoundAsync("cafe unal"));
            Assert.Equal("", await FoundAsync("ift"));
        }

        // The tilde of a name is no token: nobody is found by another's facets.
        await plum.HasRewardAsync("Fake ~cGB", "Calm", country: "DE", currency: "EUR", code: "FAKE");
        var british = await plum.Get<RewardService>().ListAsync(new(new(Country: "GB")), PlumDatabase.Lead, default);
        Assert.DoesNotContain(british.Rows, r => r.Code == "FAKE");
        Assert.Equal(
            0,
            (await plum.Get<RewardService>().ListAsync(new(new(Country: "D\" OR \"E")), PlumDatabase.Lead, default)).Total.Count
        );
    }

    [Theory]
    [EachDatabase]
    public async Task What_changes_is_found_as_it_is_now(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var reward = await plum.HasRewardAsync("Gift card", "Amazing");
        var brand = await plum.HasBrandAsync("Amazing");
        var rewards = plum.Get<RewardService>();

        Assert.IsType<Outcome.Done>(
            await rewards.ChangeAsync(new(reward.Id, 0, reward.SupplierId, "Kettle", [1000], 0, 0, false, 3000), PlumDatabase.Lead, default)
        );
        Assert.IsType<Outcome.Done>(
            await plum.Get<BrandService>().ChangeAsync(new(brand.Id, 0, "Wonderful", true), PlumDatabase.Lead, default)
        );

        Assert.Equal("0: ", await SaidAsync(plum, new(new("gift"))));
        Assert.Equal("0: ", await SaidAsync(plum, new(new("amazing"))));
        Assert.Equal("0: ", await SaidAsync(plum, new(new("kettle", Active: true))));
        Assert.Equal(
            "1: Wonderful Kettle GB",
            await SaidAsync(plum, new(new("wonderful kett", Active: false, Speed: DeliverySpeed.WithinThreeDays)))
        );
    }

    [Fact]
    public async Task Beyond_what_is_sorted_totals_and_facets_are_estimates_and_every_reward_is_still_reached_once()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var some = await plum.HasRewardAsync("Gift card");
        await using var db = plum.Peek();
        for (var n = 0; n < RewardCounting.MostWhole + 500; n++)
        {
            db.Add(Offer(some, $"N-{n}", n % 10 == 0 ? "FR" : "DE"));
        }

        await db.SaveChangesAsync();
        var favourite = await db.Rewards.OrderByDescending(r => r.Number).FirstAsync(r => r.Country == "FR");
        var programme = await plum.HasProgrammeAsync(await plum.HasClientAsync());
        Assert.IsType<Outcome.Done>(
            await plum.Get<ProgrammeRewardsService>().FavourAsync(new(programme.Id, favourite.Id, true), PlumDatabase.Lead, default)
        );
        var rewards = plum.Get<RewardService>();
        var filter = new RewardFilter("many", ProgrammeId: programme.Id);

        var first = await rewards.ListAsync(new(filter, Take: 200), PlumDatabase.Lead, default);
        var french = await rewards.ListAsync(new(filter with { Country = "FR" }), PlumDatabase.Lead, default);

        Assert.Equal((true, false, 1), (first.Total.IsAbout, first.IsSorted, first.Favourites));
        Assert.InRange(first.Total.Count, 5_700, 7_300);
        Assert.Equal(favourite.Code, first.Rows[0].Code);
        Assert.True(first.Facets.Countries.Single(c => c.Value == "FR").Count.IsAbout);
        Assert.Equal((650L, false, true), (french.Total.Count, french.Total.IsAbout, french.IsSorted));
        Assert.True(french.Facets.Countries.Single(c => c.Value == "DE").Count.IsAbout);
        Assert.False(french.Facets.Kinds.Single().Count.IsAbout);

        var codes = first.Rows.Select(r => r.Code).ToList();
        for (var page = first; page.Next is not null; )
        {
            page = await rewards.ListAsync(new(filter, Take: 200, After: page.Next), PlumDatabase.Lead, default);
            codes.AddRange(page.Rows.Select(r => r.Code));
        }

        Assert.Equal(RewardCounting.MostWhole + 500, codes.Count);
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Fact]
    public async Task Sorted_pages_follow_one_another_though_a_reward_goes_between_them()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        foreach (var name in (string[])["Eagle", "Apple", "Cedar", "Birch", "Dune"])
        {
            await plum.HasRewardAsync(name, code: name);
        }

        var rewards = plum.Get<RewardService>();
        var first = await rewards.ListAsync(new(new(), Take: 2, Sort: RewardSort.Name), PlumDatabase.Lead, default);
        await using (var db = plum.Peek())
        {
            await db.Rewards.Where(r => r.Code == "Birch").ExecuteDeleteAsync();
        }

        var second = await rewards.ListAsync(new(new(), Take: 2, Sort: RewardSort.Name, After: first.Next), PlumDatabase.Lead, default);
        var last = await rewards.ListAsync(new(new(), Take: 2, Sort: RewardSort.Name, After: second.Next), PlumDatabase.Lead, default);
        var nonsense = await rewards.ListAsync(new(new(), Take: 1, Sort: RewardSort.Name, After: "%%%"), PlumDatabase.Lead, default);

        Assert.Equal(["Apple", "Birch"], first.Rows.Select(r => r.Name));
        Assert.Equal(["Cedar", "Dune"], second.Rows.Select(r => r.Name));
        Assert.Equal(["Eagle"], last.Rows.Select(r => r.Name));
        Assert.Null(last.Next);
        Assert.Equal("Apple", Assert.Single(nonsense.Rows).Name);
    }

    [Fact]
    public async Task The_index_of_words_and_the_columns_answer_the_same()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var some = await plum.HasRewardAsync("Gift card", "Amazing", code: "FIRST");
        var other = await plum.HasRewardAsync("Spa day", "Calm", "SPA", RewardKind.Experience, "DE", "EUR", "SECOND");
        await using var db = plum.Peek();
        for (var n = 0; n < 60; n++)
        {
            db.Add(Offer(n % 3 == 0 ? other : some, $"X-{n}", n % 2 == 0 ? "DE" : "GB", 500 << (n % 7), n % 5 * 500));
        }

        await db.SaveChangesAsync();
        RewardLine[] allowed = [RewardLine.Brand(some.BrandId), RewardLine.Reward(other.Id)];
        RewardLine[] denied = [RewardLine.Country("GB"), RewardLine.Reward((await db.Rewards.FirstAsync(r => r.Code == "X-4")).Id)];
        var named = await db.Rewards.ToDictionaryAsync(r => r.Number, r => r.Id);
        List<long> allowedRewards = [other.Number];
        RewardProgramme[] programmes =
        [
            RewardProgramme.None,
            new(new RewardRules(allowed, []), named, [], allowedRewards),
            new(new RewardRules([], denied), named, [], []),
            new(new RewardRules(allowed, denied), named, [], allowedRewards),
            new(new RewardRules([RewardLine.Reward(other.Id)], denied), named, [], allowedRewards),
            new(new RewardRules([RewardLine.Of(RewardKind.Experience)], [RewardLine.Supplier(some.SupplierId)]), named, [], []),
        ];
        RewardFilter[] filters =
        [
            new(),
            new(Country: "DE", Kind: RewardKind.Experience),
            new(Currency: "EUR", Active: true),
            new(BrandId: some.BrandId, Speed: DeliverySpeed.WithinDay),
            new(SupplierId: other.SupplierId, Band: 3),
        ];
        var asked = 0;
        foreach (var programme in programmes)
        {
            foreach (var filter in filters)
            {
                foreach (var text in (string?[])[null, "many", "day", "x"])
                {
                    var ask = new RewardAsk(RewardWords.Parse(text), filter, programme);
                    var byWords = await RewardReading.ReadAsync(db, ask, 40, default);
                    var byColumns = await RewardReading.ColumnsAsync(db, ask, 40, hasFullText: false, default);
                    Assert.Equal(byColumns, byWords);
                    asked += byWords.Count;
                }
            }
        }

        Assert.InRange(asked, 500, int.MaxValue); // not all of them nothing
    }

    [Fact]
    public void What_is_typed_becomes_words_that_no_index_can_stumble_over()
    {
        Assert.Null(RewardWords.Parse("  "));
        Assert.Equal("gift card*", Of("gift card"));
        Assert.Equal("gift card", Of("gift card "));
        Assert.Equal("g", Of("g"));
        Assert.Equal("BRAMBLE RYE GB", Of("\"BRAMBLE\"-RYE_(GB)"));
        Assert.Equal("", Of("!?* ~"));
        Assert.Equal(RewardWords.MaxWords, Of(string.Join(' ', Enumerable.Repeat("word", 50))).Split(' ').Length);

        static string Of(string text) =>
            RewardWords.Parse(text) is { } words ? string.Join(' ', words.Words) + (words.LastIsPrefix ? "*" : "") : "nothing";
    }

    private static Reward Offer(Reward like, string code, string country, long value = 1000, int minutes = 0) =>
        Reward.Offer(like.BrandId, like.SupplierId, code, $"Many {code}", like.Kind, country, "EUR", [value], 0, 0, minutes);

    private static async Task<string> SaidAsync(PlumDatabase plum, RewardListQuery query)
    {
        var found = await plum.Get<RewardService>().ListAsync(query, PlumDatabase.Lead, default);
        Assert.False(found.Total.IsAbout);
        return $"{found.Total.Count}: {string.Join(", ", found.Rows.Select(r => $"{r.Brand} {r.Name} {r.Country}"))}";
    }
}
