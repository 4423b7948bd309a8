using Microsoft.EntityFrameworkCore;
using Plum.Data.Catalogue;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Catalogue;

/// <summary>Brands and suppliers: alike but for a supplier's code.</summary>
public class CatalogueServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_brand_is_listed_renamed_and_switched_off_each_with_its_audit_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var brands = plum.Get<BrandService>();

        var id = Guid.Parse(Assert.IsType<Outcome.Done>(await brands.ListBrandAsync(new(" Amazing "), PlumDatabase.Lead, default)).Key!);
        Assert.IsType<Outcome.Done>(await brands.ChangeAsync(new(id, 0, "Amazing!", true), PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Done>(await brands.ChangeAsync(new(id, 1, "Amazing!", false), PlumDatabase.Lead, default));

        Assert.Equal([new BrandRow(id, "Amazing!", 0, false, 2)], (await brands.ListAsync(new(), PlumDatabase.Agent, default)).Rows);
        Assert.Empty(await brands.FindAsync("ama", 10, PlumDatabase.Agent, default)); // not offered any more
        await using var db = plum.Peek();
        Assert.Equal(
            [
                """Amazing Brand listed  {"name":"Amazing","isActive":true}""",
                """Amazing Brand changed {"name":"Amazing"} {"name":"Amazing!"}""",
                """Amazing! Brand switched off {"isActive":true} {"isActive":false}""",
            ],
            (await db.AuditEntries.OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Subject} {a.What} {a.Before} {a.After}")
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_supplier_is_engaged_and_renamed_and_keeps_its_code(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var suppliers = plum.Get<SupplierService>();

        Assert.Equal(new Outcome.Done("GIFT-CO"), await suppliers.EngageAsync(new(" GIFT-CO ", "Gift Co"), PlumDatabase.Lead, default));
        var row = (await suppliers.ListAsync(new(), PlumDatabase.Agent, default)).Rows.Single();
        Assert.Equal(
            new Outcome.Done("GIFT-CO"),
            await suppliers.ChangeAsync(new(row.Id, 0, "Gift Company", true), PlumDatabase.Lead, default)
        );

        Assert.Equal(
            [new SupplierRow(row.Id, "GIFT-CO", "Gift Company", 0, true, 1)],
            (await suppliers.ListAsync(new(Search: "gift-c"), PlumDatabase.Agent, default)).Rows
        );
        await using var db = plum.Peek();
        Assert.Equal(
            [
                """GIFT-CO Supplier engaged  {"name":"Gift Co","isActive":true}""",
                """GIFT-CO Supplier changed {"name":"Gift Co"} {"name":"Gift Company"}""",
            ],
            (await db.AuditEntries.OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Subject} {a.What} {a.Before} {a.After}")
        );
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_taken_is_refused_in_any_case_and_in_a_race(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasBrandAsync("Amazing");
        var other = await plum.HasBrandAsync("Other");
        await plum.HasSupplierAsync("GIFTCO");
        var (brands, suppliers) = (plum.Get<BrandService>(), plum.Get<SupplierService>());

        Assert.Equal(
            new Outcome.Refused(BrandRefusals.Taken("AMAZING")),
            await brands.ListBrandAsync(new("AMAZING"), PlumDatabase.Lead, default)
        );
        Assert.Equal(
            new Outcome.Refused(BrandRefusals.Taken("amazing")),
            await brands.ChangeAsync(new(other.Id, 0, "amazing", true), PlumDatabase.Lead, default)
        );
        Assert.Equal(
            new Outcome.Refused(SupplierRefusals.Taken("giftco")),
            await suppliers.EngageAsync(new("giftco", "X"), PlumDatabase.Lead, default)
        );
        var brandRace = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => brands.ListBrandAsync(new("New"), PlumDatabase.Lead, default)))
        );
        var supplierRace = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => suppliers.EngageAsync(new("NEW", "New"), PlumDatabase.Lead, default)))
        );
        Assert.Equal((1, 5), (brandRace.OfType<Outcome.Done>().Count(), brandRace.Count(o => o.Equals(Taken(BrandRefusals.Taken("New"))))));
        Assert.Equal(
            (1, 5),
            (supplierRace.OfType<Outcome.Done>().Count(), supplierRace.Count(o => o.Equals(Taken(SupplierRefusals.Taken("NEW")))))
        );

        static Outcome Taken(Refusal why) => new Outcome.Refused(why);
    }

    [Theory]
    [EachDatabase]
    public async Task Wrong_input_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (brand, supplier) = (await plum.HasBrandAsync(), await plum.HasSupplierAsync());
        var (brands, suppliers) = (plum.Get<BrandService>(), plum.Get<SupplierService>());
        var longName = new string('x', 201);

        foreach (
            var (outcome, code, field) in new (Outcome, string, string)[]
            {
                (await brands.ListBrandAsync(new(""), PlumDatabase.Lead, default), "shared.missing", "Name"),
                (await brands.ListBrandAsync(new(longName), PlumDatabase.Lead, default), "shared.too-long", "Name"),
                (await brands.ChangeAsync(new(brand.Id, 0, " ", true), PlumDatabase.Lead, default), "shared.missing", "Name"),
                (await suppliers.EngageAsync(new("", "X"), PlumDatabase.Lead, default), "shared.missing", "Code"),
                (await suppliers.EngageAsync(new("a b", "X"), PlumDatabase.Lead, default), "supplier.code-form", "Code"),
                (await suppliers.EngageAsync(new(longName, "X"), PlumDatabase.Lead, default), "shared.too-long", "Code"),
                (await suppliers.EngageAsync(new("A", ""), PlumDatabase.Lead, default), "shared.missing", "Name"),
                (await suppliers.ChangeAsync(new(supplier.Id, 0, longName, true), PlumDatabase.Lead, default), "shared.too-long", "Name"),
            }
        )
        {
            var why = Assert.IsType<Outcome.Refused>(outcome).Why;
            Assert.Equal((code, field), (why.Code, why.Field));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_people_is_stale_and_what_does_not_exist_is_not_found(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (brand, supplier) = (await plum.HasBrandAsync(), await plum.HasSupplierAsync());
        var (brands, suppliers) = (plum.Get<BrandService>(), plum.Get<SupplierService>());
        await brands.ChangeAsync(new(brand.Id, 0, "Theirs", true), PlumDatabase.Lead, default);
        await suppliers.ChangeAsync(new(supplier.Id, 0, "Theirs", true), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Stale>(await brands.ChangeAsync(new(brand.Id, 0, "Mine", true), PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Stale>(await suppliers.ChangeAsync(new(supplier.Id, 0, "Mine", true), PlumDatabase.Lead, default));
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await brands.ChangeAsync(new(Guid.NewGuid(), 0, "X", true), PlumDatabase.Lead, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await suppliers.ChangeAsync(new(Guid.NewGuid(), 0, "X", true), PlumDatabase.Lead, default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_change_the_catalogue_is_refused_and_a_clients_own_lead_too(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (brand, supplier) = (await plum.HasBrandAsync(), await plum.HasSupplierAsync());
        var (brands, suppliers) = (plum.Get<BrandService>(), plum.Get<SupplierService>());
        var bound = PlumDatabase.Bound(await plum.HasClientAsync(), Role.OpsLead);

        foreach (var (by, why) in new[] { (PlumDatabase.Agent, Refusals.NotAllowed(Act.EditCatalogue)), (bound, Refusals.SharedByAll) })
        {
            var refused = new Outcome.Refused(why);
            Assert.Equal(refused, await brands.ListBrandAsync(new("X"), by, default));
            Assert.Equal(refused, await brands.ChangeAsync(new(brand.Id, 0, "X", true), by, default));
            Assert.Equal(refused, await suppliers.EngageAsync(new("X", "X"), by, default));
            Assert.Equal(refused, await suppliers.ChangeAsync(new(supplier.Id, 0, "X", true), by, default));
        }

        var partner = PlumDatabase.Person("Pat", Role.Partner);
        Assert.Equal(0, (await brands.ListAsync(new(), partner, default)).Total);
        Assert.Empty(await brands.FindAsync(null, 10, partner, default));
        Assert.Equal(0, (await suppliers.ListAsync(new(), partner, default)).Total);
        Assert.Empty(await suppliers.FindAsync(null, 10, partner, default));
    }

    [Theory]
    [EachDatabase]
    public async Task The_lists_are_sorted_searched_and_paged_and_count_rewards_in_use(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasRewardAsync("Card", "beta", "B-SUP");
        await plum.HasRewardAsync("Card 2", "beta", "B-SUP");
        await plum.HasRewardAsync("Card", "Alpha", "A-SUP");
        var (brands, suppliers) = (plum.Get<BrandService>(), plum.Get<SupplierService>());

        async Task<string> BrandsAsync(BrandListQuery query)
        {
            var page = await brands.ListAsync(query, PlumDatabase.Lead, default);
            return $"{page.Total}: {string.Join(", ", page.Rows.Select(r => $"{r.Name} {r.Rewards}"))}";
        }

        async Task<string> SuppliersAsync(SupplierListQuery query)
        {
            var page = await suppliers.ListAsync(query, PlumDatabase.Lead, default);
            return $"{page.Total}: {string.Join(", ", page.Rows.Select(r => $"{r.Code} {r.Rewards}"))}";
        }

        Assert.Equal("2: Alpha 1, beta 2", await BrandsAsync(new()));
        Assert.Equal("2: beta 2", await BrandsAsync(new(Take: 1, Descending: true)));
        Assert.Equal("1: beta 2", await BrandsAsync(new(Search: "BET")));
        Assert.Equal("0: ", await BrandsAsync(new(Active: false)));
        Assert.Equal("2: A-SUP 1, B-SUP 2", await SuppliersAsync(new()));
        Assert.Equal("2: B-SUP 2, A-SUP 1", await SuppliersAsync(new(Sort: SupplierSort.Code, Descending: true)));
        Assert.Equal("2: B-SUP 2", await SuppliersAsync(new(Skip: 1)));
        Assert.Equal("1: B-SUP 2", await SuppliersAsync(new(Search: "b-sup")));
        Assert.Equal(["Alpha"], (await brands.FindAsync("alp", 10, PlumDatabase.Lead, default)).Select(b => b.Name));
        Assert.Equal(["A-SUP"], (await suppliers.FindAsync("a-", 10, PlumDatabase.Lead, default)).Select(s => s.Code));
    }
}
