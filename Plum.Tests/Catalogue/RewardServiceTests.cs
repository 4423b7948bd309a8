using Microsoft.EntityFrameworkCore;
using Plum.Data.Catalogue;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Catalogue;

public class RewardServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_reward_is_offered_changed_and_switched_off_each_with_its_audit_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var offer = await OfferAsync(plum);
        var other = await plum.HasSupplierAsync("OTHER");
        var rewards = plum.Get<RewardService>();

        var id = Guid.Parse(Assert.IsType<Outcome.Done>(await rewards.OfferAsync(offer, PlumDatabase.Lead, default)).Key!);
        Assert.IsType<Outcome.Done>(
            await rewards.ChangeAsync(new(id, 0, other.Id, "Card", [], 500, 10000, true), PlumDatabase.Lead, default)
        );
        Assert.IsType<Outcome.Done>(
            await rewards.ChangeAsync(new(id, 1, other.Id, "Card", [], 500, 10000, false), PlumDatabase.Lead, default)
        );

        var row = (await rewards.ViewAsync(id, PlumDatabase.Agent, default))!;
        Assert.Equal(
            ("Card", "Amazing", "OTHER Limited", RewardKind.GiftCard, "GB", "GBP", 500L, 10000L, false, 2),
            (row.Name, row.Brand, row.Supplier, row.Kind, row.Country, row.Currency, row.MinValue, row.MaxValue, row.IsActive, row.Version)
        );
        Assert.Empty(row.Denominations);
        await using var db = plum.Peek();
        Assert.Equal(
            [
                """Amazing/Card Reward offered  {"code":"CARD-GB","name":"Card","supplier":"GIFTCO","kind":"GiftCard","country":"GB","currency":"GBP","denominations":[1000,2500],"minValue":0,"maxValue":0,"deliveryMinutes":0,"isActive":true}""",
                """Amazing/Card Reward changed {"supplier":"GIFTCO","denominations":[1000,2500],"minValue":0,"maxValue":0} {"supplier":"OTHER","denominations":[],"minValue":500,"maxValue":10000}""",
                """Amazing/Card Reward switched off {"isActive":true} {"isActive":false}""",
            ],
            (await db.AuditEntries.OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Subject} {a.What} {a.Before} {a.After}")
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Wrong_input_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var offer = await OfferAsync(plum);
        var rewards = plum.Get<RewardService>();
        var reward = await plum.HasRewardAsync();
        await plum.Get<BrandService>()
            .ChangeAsync(new((await plum.HasBrandAsync("Gone")).Id, 0, "Gone", false), PlumDatabase.Lead, default);
        var gone = await plum.HasBrandAsync("Gone");
        var off = await plum.HasSupplierAsync("OFF");
        await plum.Get<SupplierService>().ChangeAsync(new(off.Id, 0, "Off", false), PlumDatabase.Lead, default);

        foreach (
            var (wrong, code, field) in new (OfferReward, string, string)[]
            {
                (offer with { Name = "" }, "shared.missing", "Name"),
                (offer with { Name = new string('x', Reward.NameMaxLength + 1) }, "shared.too-long", "Name"),
                (offer with { Kind = (RewardKind)9 }, "reward.kind", "Kind"),
                (offer with { Country = "gb" }, "reward.country", "Country"),
                (offer with { Country = "GBR" }, "reward.country", "Country"),
                (offer with { Currency = "" }, "reward.no-currency", "Currency"),
                (offer with { Currency = "XXX" }, "reward.currency", "Currency"),
                (offer with { Denominations = [1000, 0] }, "reward.denominations", "Denominations"),
                (offer with { Denominations = [1000, 1000] }, "reward.twice", "Denominations"),
                (offer with { Denominations = [.. Enumerable.Range(1, 51).Select(i => (long)i)] }, "reward.too-many", "Denominations"),
                (offer with { Denominations = [], MinValue = 0, MaxValue = 100 }, "reward.min-value", "MinValue"),
                (offer with { Denominations = [], MinValue = 200, MaxValue = 100 }, "reward.max-value", "MaxValue"),
                (offer with { BrandId = Guid.NewGuid() }, "reward.brand", "BrandId"),
                (offer with { BrandId = gone.Id }, "reward.brand", "BrandId"),
                (offer with { SupplierId = Guid.NewGuid() }, "reward.supplier", "SupplierId"),
                (offer with { SupplierId = off.Id }, "reward.supplier", "SupplierId"),
                (offer with { DeliveryMinutes = -1 }, "reward.delivery", "Delivery"),
            }
        )
        {
            var why = Assert.IsType<Outcome.Refused>(await rewards.OfferAsync(wrong, PlumDatabase.Lead, default)).Why;
            Assert.Equal((code, field), (why.Code, why.Field));
        }

        var change = new ChangeReward(reward.Id, 0, reward.SupplierId, "Card", [1000], 0, 0, true);
        foreach (
            var (wrong, code) in new (ChangeReward, string)[]
            {
                (change with { Name = " " }, "shared.missing"),
                (change with { Denominations = [-1] }, "reward.denominations"),
                (change with { SupplierId = off.Id }, "reward.supplier"),
            }
        )
        {
            Assert.Equal(code, Assert.IsType<Outcome.Refused>(await rewards.ChangeAsync(wrong, PlumDatabase.Lead, default)).Why.Code);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_reward_keeps_a_supplier_that_was_switched_off(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var reward = await plum.HasRewardAsync();
        var supplier = await plum.HasSupplierAsync();
        await plum.Get<SupplierService>().ChangeAsync(new(supplier.Id, 0, supplier.Name, false), PlumDatabase.Lead, default);

        var outcome = await plum.Get<RewardService>()
            .ChangeAsync(new(reward.Id, 0, supplier.Id, "Renamed", [1000], 0, 0, true), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Done>(outcome);
    }

    [Theory]
    [EachDatabase]
    public async Task Rights_versions_and_what_does_not_exist(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var offer = await OfferAsync(plum);
        var reward = await plum.HasRewardAsync();
        var rewards = plum.Get<RewardService>();
        var change = new ChangeReward(reward.Id, 0, reward.SupplierId, "Theirs", [1000], 0, 0, true);
        var bound = PlumDatabase.Bound(await plum.HasClientAsync(), Role.OpsLead);

        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.EditCatalogue)),
            await rewards.OfferAsync(offer, PlumDatabase.Agent, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.EditCatalogue)),
            await rewards.ChangeAsync(change, PlumDatabase.Agent, default)
        );
        Assert.Equal(new Outcome.Refused(Refusals.SharedByAll), await rewards.OfferAsync(offer, bound, default));
        Assert.Equal(new Outcome.Refused(Refusals.SharedByAll), await rewards.ChangeAsync(change, bound, default));
        Assert.IsType<Outcome.Done>(await rewards.ChangeAsync(change, PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Stale>(await rewards.ChangeAsync(change with { Name = "Mine" }, PlumDatabase.Lead, default));
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await rewards.ChangeAsync(change with { Id = Guid.NewGuid() }, PlumDatabase.Lead, default)
        );
        var partner = PlumDatabase.Person("Pat", Role.Partner);
        Assert.Equal(0, (await rewards.ListAsync(new(new()), partner, default)).Total.Count);
        Assert.Null(await rewards.ViewAsync(reward.Id, partner, default));
        Assert.Empty((await rewards.ListAsync(new(new()), partner, default)).Facets.Kinds);
        Assert.Empty(await rewards.FindAsync(new(null), 10, partner, default));
    }

    private static async Task<OfferReward> OfferAsync(PlumDatabase plum) =>
        new(
            (await plum.HasBrandAsync()).Id,
            (await plum.HasSupplierAsync()).Id,
            "CARD-GB",
            "Card",
            RewardKind.GiftCard,
            "GB",
            "GBP",
            [2500, 1000],
            0,
            0
        );
}
