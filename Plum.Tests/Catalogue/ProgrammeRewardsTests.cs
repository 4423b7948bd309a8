using Microsoft.EntityFrameworkCore;
using Plum.Data.Catalogue;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Catalogue;

public class ProgrammeRewardsTests
{
    private static readonly Guid Reward = Guid.NewGuid();
    private static readonly Guid Brand = Guid.NewGuid();
    private static readonly Guid Supplier = Guid.NewGuid();
    private static readonly RewardFacts Facts = new(Reward, Brand, RewardKind.GiftCard, Supplier, "DE");

    [Fact]
    public void An_empty_allow_list_allows_all_and_a_denial_wins_over_any_allowance()
    {
        RewardLine[] lines =
        [
            RewardLine.Reward(Reward),
            RewardLine.Brand(Brand),
            RewardLine.Of(RewardKind.GiftCard),
            RewardLine.Supplier(Supplier),
            RewardLine.Country("DE"),
        ];
        RewardLine[] others =
        [
            RewardLine.Reward(Brand),
            RewardLine.Brand(Reward),
            RewardLine.Of(RewardKind.Experience),
            RewardLine.Supplier(Brand),
            RewardLine.Country("FR"),
        ];

        Assert.Null(RewardRules.All.CannotGive(Facts));
        Assert.Null(new RewardRules([], others).CannotGive(Facts));
        Assert.Equal(ProgrammeRewardRefusals.NotAllowed, new RewardRules(others, []).CannotGive(Facts));
        foreach (var line in lines)
        {
            Assert.Null(new RewardRules([line], []).CannotGive(Facts));
            Assert.Null(new RewardRules([.. others, line], others).CannotGive(Facts));
            Assert.Equal(ProgrammeRewardRefusals.Denied, new RewardRules([], [line]).CannotGive(Facts));
            Assert.Equal(ProgrammeRewardRefusals.Denied, new RewardRules(lines, [line]).CannotGive(Facts));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Lists_are_chosen_by_the_programmes_people_with_version_and_audit_and_narrow_what_is_found(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (lists, rewards) = (plum.Get<ProgrammeRewardsService>(), plum.Get<RewardService>());
        var card = await plum.HasRewardAsync("Gift card", "Amazing");
        var spa = await plum.HasRewardAsync("Spa day", "Calm", "SPA", RewardKind.Experience);
        var client = await plum.HasClientAsync();
        var programme = await plum.HasProgrammeAsync(client);
        var admin = PlumDatabase.Bound(client, Role.ProgrammeAdmin);
        var command = new ChooseRewards(programme.Id, 0, [RewardLine.Brand(spa.BrandId)], [RewardLine.Reward(card.Id)], "Wellness only");

        Assert.IsType<Outcome.Done>(await lists.ChooseAsync(command, admin, default));
        Assert.IsType<Outcome.Stale>(await lists.ChooseAsync(command with { Allowed = [] }, PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Done>(await lists.FavourAsync(new(programme.Id, spa.Id, true), admin, default));

        var narrowed = await rewards.ListAsync(new(new(ProgrammeId: programme.Id)), admin, default);
        var all = await rewards.ListAsync(new(new(ProgrammeId: programme.Id, Unallowed: true)), admin, default);
        Assert.Equal(["Spa day"], narrowed.Rows.Select(r => r.Name));
        Assert.Equal(
            [("Spa day", true, null), ("Gift card", false, "programme-rewards.denied")],
            all.Rows.Select(r => (r.Name, r.IsFavourite, r.Unallowed?.Code))
        );
        Assert.Equal(["Spa day"], (await rewards.FindAsync(new(null, ProgrammeId: programme.Id), 10, admin, default)).Select(r => r.Name));
        var view = (await lists.ViewAsync(programme.Id, admin, default))!;
        Assert.Equal((2, "Calm", "Gift card", 1), (view.Version, view.Allowed.Single().Name, view.Denied.Single().Name, view.Favourites));
        await using var db = plum.Peek();
        var audits = await db.AuditEntries.Where(a => a.Room == "Catalogue").OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(
            [
                """Allowed rewards changed Wellness only {"allowed":[],"denied":[]} {"allowed":["Brand Calm"],"denied":["Reward Gift card"]}""",
                $$"""Favourite added  {"favourite":null} {"favourite":"{{spa.Code}}"}""",
            ],
            audits.Where(a => a.ClientId == client.Id).Select(a => $"{a.What} {a.Why} {a.Before} {a.After}")
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Nobody_chooses_without_the_right_or_for_another_clients_programme(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var lists = plum.Get<ProgrammeRewardsService>();
        var reward = await plum.HasRewardAsync();
        var programme = await plum.HasProgrammeAsync(await plum.HasClientAsync());
        var stranger = PlumDatabase.Bound(await plum.HasClientAsync("OTHER"), Role.ProgrammeAdmin);
        var command = new ChooseRewards(programme.Id, 0, [], [RewardLine.Country("DE")]);

        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.ChooseRewards)),
            await lists.ChooseAsync(command, PlumDatabase.Agent, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.ChooseRewards)),
            await lists.FavourAsync(new(programme.Id, reward.Id, true), PlumDatabase.Agent, default)
        );
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await lists.ChooseAsync(command, stranger, default));
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await lists.FavourAsync(new(programme.Id, reward.Id, true), stranger, default)
        );
        Assert.Null(await lists.ViewAsync(programme.Id, stranger, default));
        Assert.Equal(0, (await plum.Get<RewardService>().ListAsync(new(new(ProgrammeId: programme.Id)), stranger, default)).Total.Count);
        foreach (
            var wrong in (RewardLine[])
                [
                    new(RewardLineKind.Country, "Germany"),
                    new(RewardLineKind.Brand, "Amazing"),
                    new(RewardLineKind.Kind, "9"),
                    new((RewardLineKind)9, "DE"),
                ]
        )
        {
            Assert.Equal(
                "programme-rewards.line",
                Assert
                    .IsType<Outcome.Refused>(await lists.ChooseAsync(command with { Denied = [wrong] }, PlumDatabase.Lead, default))
                    .Why.Code
            );
        }
    }

    [Fact]
    public async Task Only_so_many_are_favourites()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var programme = await plum.HasProgrammeAsync(await plum.HasClientAsync());
        var lists = plum.Get<ProgrammeRewardsService>();
        for (var n = 0; n < ProgrammeRewards.MaxFavourites; n++)
        {
            Assert.IsType<Outcome.Done>(
                await lists.FavourAsync(new(programme.Id, (await plum.HasRewardAsync($"Card {n}")).Id, true), PlumDatabase.Lead, default)
            );
        }

        var more = (await plum.HasRewardAsync("One more")).Id;
        Assert.Equal(
            new Outcome.Refused(ProgrammeRewardRefusals.TooManyFavourites),
            await lists.FavourAsync(new(programme.Id, more, true), PlumDatabase.Lead, default)
        );
        Assert.IsType<Outcome.Done>(
            await lists.FavourAsync(new(programme.Id, (await plum.HasRewardAsync("Card 3")).Id, false), PlumDatabase.Lead, default)
        );
        Assert.IsType<Outcome.Done>(await lists.FavourAsync(new(programme.Id, more, true), PlumDatabase.Lead, default));
    }
}
