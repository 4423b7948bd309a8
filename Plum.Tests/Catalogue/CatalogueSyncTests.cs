using Microsoft.EntityFrameworkCore;
using Plum.Data.Catalogue;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Catalogue;

public class CatalogueSyncTests
{
    private static readonly SupplierProduct Product = new("1", "Card 1", "Amazing", "DE", "EUR", [1000, 2500], 0, 0, false, false, null);

    [Theory]
    [EachDatabase]
    public async Task A_list_is_read_page_by_page_and_again_only_what_changed_is_changed(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await SellsAsync(
            plum,
            [
                [Of(1), Of(2) with { Kind = RewardKind.Experience, DeliveryMinutes = 1440 }],
                [Of(3)],
            ]
        );

        await RunAsync(plum);
        var first = await LatestAsync(plum);
        Assert.Equal((CatalogueSyncState.Done, 3, 3, 0, 0, 0), Counts(first));
        Assert.Equal(
            ["GIFTCO-1 Card 1 at once", "GIFTCO-2 Card 2 1440", "GIFTCO-3 Card 3 at once"],
            (await RewardsAsync(plum)).Select(r => $"{r.Code} {r.Name} {(r.DeliveryMinutes == 0 ? "at once" : $"{r.DeliveryMinutes}")}")
        );

        await RunAsync(plum); // not yet due
        Assert.Equal(first, await LatestAsync(plum));

        await SellsAsync(
            plum,
            [
                [Of(1), Of(2) with { Name = "Dinner", Denominations = [5000], DeliveryMinutes = 1440 }],
                [Of(3), Of(4)],
            ]
        );
        plum.Clock.Advance(CatalogueSync.Every + TimeSpan.FromMinutes(1));
        await RunAsync(plum);

        Assert.Equal((CatalogueSyncState.Done, 4, 1, 1, 0, 0), Counts(await LatestAsync(plum)));
        var rewards = await RewardsAsync(plum);
        Assert.Equal(["Card 1", "Dinner", "Card 3", "Card 4"], rewards.Select(r => r.Name));
        Assert.Equal([0, 1, 0, 0], rewards.Select(r => r.Version));
        Assert.Equal([5000L], rewards[1].Denominations);
        await using var db = plum.Peek();
        Assert.Equal(
            """Amazing/Dinner Reward changed by its supplier Catalogue sync {"name":"Card 2","denominations":[1000,2500]} {"name":"Dinner","denominations":[5000]}""",
            await db
                .AuditEntries.Where(a => a.What == "Reward changed by its supplier")
                .Select(a => $"{a.Subject} {a.What} {a.Who} {a.Before} {a.After}")
                .SingleAsync()
        );
        Assert.Equal("1: Card 4", await FoundAsync(plum, "card 4"));
    }

    [Theory]
    [EachDatabase]
    public async Task What_vanishes_is_switched_off_and_comes_back_but_what_a_person_wrote_or_switched_off_stays(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await SellsAsync(
            plum,
            [
                [Of(1), Of(2), Of(3)],
            ]
        );
        await RunAsync(plum);
        var rewards = await RewardsAsync(plum);
        var service = plum.Get<RewardService>();
        await service.ChangeAsync(
            new(rewards[0].Id, 0, rewards[0].SupplierId, "Our name", [1000, 2500], 0, 0, true),
            PlumDatabase.Lead,
            default
        );
        await service.ChangeAsync(
            new(rewards[1].Id, 0, rewards[1].SupplierId, "Card 2", [1000, 2500], 0, 0, false),
            PlumDatabase.Lead,
            default
        );

        await AgainAsync(
            plum,
            [
                [Of(1) with { Name = "Their new name" }],
            ]
        );
        Assert.Equal((CatalogueSyncState.Done, 1, 0, 0, 2, 0), Counts(await LatestAsync(plum)));
        Assert.Equal(1, (await LatestAsync(plum)).Kept);
        Assert.Equal(["Our name True", "Card 2 False", "Card 3 False"], (await RewardsAsync(plum)).Select(r => $"{r.Name} {r.IsActive}"));

        await AgainAsync(
            plum,
            [
                [Of(1) with { Name = "Their new name" }, Of(2), Of(3)],
            ]
        );
        Assert.Equal(["Our name True", "Card 2 False", "Card 3 True"], (await RewardsAsync(plum)).Select(r => $"{r.Name} {r.IsActive}"));
        await using var db = plum.Peek();
        Assert.Contains(
            "The supplier now calls it Their new name; the name that a person wrote stays.",
            await db.AuditEntries.Select(a => a.Why).ToListAsync()
        );
        Assert.Contains("""{"codes":["GIFTCO-3"]}""", await db.AuditEntries.Select(a => a.After).ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task When_too_many_are_gone_at_once_nothing_is_switched_off_until_a_person_says_so(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await SellsAsync(
            plum,
            [
                [.. Enumerable.Range(1, 20).Select(Of)],
            ]
        );
        await RunAsync(plum);
        await AgainAsync(
            plum,
            [
                [.. Enumerable.Range(1, 15).Select(Of)],
            ]
        );

        var stopped = await LatestAsync(plum);
        Assert.Equal(CatalogueSyncState.Stopped, stopped.State);
        Assert.Equal(
            "The supplier no longer lists 5 of 20 products. More than 20% at once is not believed: none was switched off.",
            stopped.Words
        );
        Assert.All(await RewardsAsync(plum), r => Assert.True(r.IsActive));

        var service = plum.Get<CatalogueSyncService>();
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.EditCatalogue)),
            await service.AcceptAsync(new(stopped.Id), PlumDatabase.Agent, default)
        );
        Assert.IsType<Outcome.Done>(await service.AcceptAsync(new(stopped.Id), PlumDatabase.Lead, default));
        await RunAsync(plum);

        Assert.Equal((CatalogueSyncState.Done, 15, 0, 0, 5, 0), Counts(await LatestAsync(plum)));
        Assert.Equal(15, (await RewardsAsync(plum)).Count(r => r.IsActive));
        Assert.Equal(
            "catalogue-sync.not-stopped",
            Assert.IsType<Outcome.Refused>(await service.AcceptAsync(new(stopped.Id), PlumDatabase.Lead, default)).Why.Code
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Killed_between_two_pages_it_goes_on_from_the_second_and_a_supplier_that_fails_is_asked_again(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await SellsAsync(
            plum,
            [
                [Of(1)],
                [Of(2)],
                [Of(3)],
            ]
        );
        var (lists, asked) = (plum.FakeSupplier.Catalogue, new List<string?>());
        plum.FakeSupplier.Catalogue = cursor =>
        {
            asked.Add(cursor);
            return asked.Count switch
            {
                2 => throw new OperationCanceledException("Killed."),
                4 => new CatalogueOutcome.Refused(
                    new SupplierFault("busy", SupplierFaultClass.RateLimited, "Slow down", TimeSpan.FromSeconds(60))
                ),
                _ => lists(cursor),
            };
        };

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(plum));
        await RunAsync(plum); // the second page, and then it is too much
        var waiting = await LatestAsync(plum);
        Assert.Equal((CatalogueSyncState.Running, 2, "busy: Slow down"), (waiting.State, waiting.Added, waiting.Words));
        await RunAsync(plum); // not before it may
        plum.Clock.Advance(TimeSpan.FromSeconds(61));
        await RunAsync(plum);

        Assert.Equal([null, "1", "1", "2", "2"], asked);
        Assert.Equal((CatalogueSyncState.Done, 3, 3, 0, 0, 0), Counts(await LatestAsync(plum)));
    }

    [Theory]
    [EachDatabase]
    public async Task What_cannot_be_taken_is_counted_and_listed_and_a_refusal_is_told_in_the_suppliers_words(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasSupplierAsync();
        plum.FakeSupplier.Catalogue = _ => new CatalogueOutcome.Listed(
            [Of(1), Of(2) with { Country = "Germany" }, Of(3) with { Denominations = [], MinValue = 0 }, Of(4) with { Supplier = "OTHER" }],
            null,
            1,
            ["Product 9: no currency."]
        );
        await RunAsync(plum);

        var sync = await LatestAsync(plum);
        Assert.Equal((CatalogueSyncState.Done, 4, 1, 0, 0, 3), Counts(sync));
        Assert.Equal(
            [
                (null, "Product 9: no currency."),
                ("2", "Give the country as two letters, such as DE."),
                ("3", "The lowest value is above zero."),
            ],
            (await plum.Get<CatalogueSyncService>().FaultsAsync(sync.Id, PlumDatabase.Lead, default)).Select(f => (f.ProductId, f.Words))
        );

        plum.FakeSupplier.Catalogue = _ => new CatalogueOutcome.Refused(
            new SupplierFault("auth", SupplierFaultClass.StopSender, "The token has expired.")
        );
        Assert.IsType<Outcome.Done>(await plum.Get<CatalogueSyncService>().StartAsync(new(sync.SupplierId), PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Refused>(await plum.Get<CatalogueSyncService>().StartAsync(new(sync.SupplierId), PlumDatabase.Lead, default));
        await RunAsync(plum);
        sync = await LatestAsync(plum);
        Assert.Equal((CatalogueSyncState.Failed, "auth: The token has expired."), (sync.State, sync.Words));

        plum.FakeSupplier.Catalogue = cursor => new CatalogueOutcome.Listed([], "always");
        await plum.Get<CatalogueSyncService>().StartAsync(new(sync.SupplierId), PlumDatabase.Lead, default);
        await RunAsync(plum);
        Assert.Equal("The supplier gives the same page again and again.", (await LatestAsync(plum)).Words);
    }

    private static SupplierProduct Of(int n) => Product with { ProductId = $"{n}", Name = $"Card {n}" };

    private static async Task SellsAsync(PlumDatabase plum, SupplierProduct[][] pages)
    {
        await plum.HasSupplierAsync();
        plum.FakeSupplier.Catalogue = cursor =>
        {
            var page = int.Parse(cursor ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            return new CatalogueOutcome.Listed(pages[page], page + 1 < pages.Length ? $"{page + 1}" : null);
        };
    }

    private static async Task AgainAsync(PlumDatabase plum, SupplierProduct[][] pages)
    {
        await SellsAsync(plum, pages);
        plum.Clock.Advance(CatalogueSync.Every + TimeSpan.FromMinutes(1));
        await RunAsync(plum);
    }

    private static Task<int> RunAsync(PlumDatabase plum) => plum.Get<CatalogueSyncWork>().RunDueAsync(default);

    private static async Task<SyncView> LatestAsync(PlumDatabase plum)
    {
        var id = (await plum.HasSupplierAsync()).Id;
        return (await plum.Get<CatalogueSyncService>().LatestAsync([id], PlumDatabase.Lead, default))[id];
    }

    private static (CatalogueSyncState, int, int, int, int, int) Counts(SyncView sync) =>
        (sync.State, sync.Seen, sync.Added, sync.Changed, sync.Gone, sync.Unreadable);

    private static async Task<List<Reward>> RewardsAsync(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        return await db.Rewards.AsNoTracking().OrderBy(r => r.Code).ToListAsync();
    }

    private static async Task<string> FoundAsync(PlumDatabase plum, string text)
    {
        var found = await plum.Get<RewardService>().ListAsync(new(new(text)), PlumDatabase.Lead, default);
        return $"{found.Total.Count}: {string.Join(", ", found.Rows.Select(r => r.Name))}";
    }
}
