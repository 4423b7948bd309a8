using Microsoft.EntityFrameworkCore;
using Plum.Data.Connectors;
using Plum.Domain.Access;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

public class SandboxServiceTests
{
    private static readonly SetSandboxRule Delay = new(SandboxRule.Everything, 0, SandboxBehaviour.Delayed, 24, 10);

    [Theory]
    [EachDatabase]
    public async Task A_rule_is_set_changed_and_removed_each_with_its_audit_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var sandbox = plum.Get<SandboxService>();

        Assert.IsType<Outcome.Done>(await sandbox.SetRuleAsync(Delay, PlumDatabase.Lead, default));
        Assert.Equal([new SandboxRuleRow("*", SandboxBehaviour.Delayed, 24, 10, 0)], await sandbox.RulesAsync(PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Done>(await sandbox.SetRuleAsync(Delay with { FeePercent = 5 }, PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Stale>(await sandbox.SetRuleAsync(Delay with { FeePercent = 6 }, PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Stale>(await sandbox.RemoveRuleAsync(new RemoveSandboxRule("*", 0), PlumDatabase.Lead, default));
        Assert.IsType<Outcome.Done>(await sandbox.RemoveRuleAsync(new RemoveSandboxRule("*", 1), PlumDatabase.Lead, default));

        Assert.Equal([new SandboxRuleRow("*", SandboxBehaviour.Fulfil, null, 0, 0)], await sandbox.RulesAsync(PlumDatabase.Lead, default));
        await using var db = plum.Peek();
        Assert.Equal(
            ["Sandbox rule set", "Sandbox rule changed", "Sandbox rule removed"],
            await db.AuditEntries.Where(a => a.Room == "Connectors").OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
    }

    [Fact]
    public async Task What_cannot_be_a_rule_is_refused()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var sandbox = plum.Get<SandboxService>();
        var wrong = new[]
        {
            (Delay with { Reference = "" }, "shared.missing"),
            (Delay with { Reference = "a b" }, "connector.key"),
            (Delay with { Behaviour = (SandboxBehaviour)99 }, "sandbox.behaviour"),
            (Delay with { CancelWithinHours = -1 }, "sandbox.window"),
            (Delay with { FeePercent = 101 }, "sandbox.fee"),
        };

        foreach (var (command, code) in wrong)
        {
            Assert.Equal(code, Assert.IsType<Outcome.Refused>(await sandbox.SetRuleAsync(command, PlumDatabase.Lead, default)).Why.Code);
        }

        await sandbox.SetRuleAsync(Delay, PlumDatabase.Lead, default);
        var twice = await sandbox.SetRuleAsync(Delay with { SeenVersion = null }, PlumDatabase.Lead, default);
        Assert.Equal("sandbox.has-rule", Assert.IsType<Outcome.Refused>(twice).Why.Code);
    }

    [Fact]
    public async Task Whoever_may_not_run_jobs_changes_nothing_and_whoever_belongs_to_a_client_sees_nothing()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var sandbox = plum.Get<SandboxService>();
        var (agent, bound) = (PlumDatabase.Agent, PlumDatabase.Bound(await plum.HasClientAsync(), Role.OpsLead));
        await PlaceAsync(plum);

        foreach (var by in new[] { agent, bound })
        {
            Assert.IsType<Outcome.Refused>(await sandbox.SetRuleAsync(Delay, by, default));
            Assert.IsType<Outcome.Refused>(await sandbox.RemoveRuleAsync(new RemoveSandboxRule("*", 0), by, default));
            Assert.IsType<Outcome.Refused>(await sandbox.ChangeOrderAsync(new ChangeSandboxOrder(1, SandboxDeed.Redeem), by, default));
            Assert.Empty((await sandbox.ListAsync(new SandboxListQuery(), by, default)).Rows);
            Assert.Empty(await sandbox.RulesAsync(by, default));
            Assert.Null(await sandbox.ViewAsync(1, by, default));
        }

        Assert.Equal(
            "Gift card",
            Assert.Single((await sandbox.ListAsync(new SandboxListQuery(), PlumDatabase.Lead, default)).Rows).Product
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_state_that_is_asked_for_lists_what_is_in_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var sandbox = plum.Get<SandboxService>();
        await PlaceAsync(plum, "REQ-FULFILLED");
        await PlaceAsync(plum, "REQ-REDEEMED");
        await PlaceAsync(plum, "REQ-CANCELLED");
        await sandbox.SetRuleAsync(Delay, PlumDatabase.Lead, default);
        await PlaceAsync(plum, "REQ-PROCESSING");
        await sandbox.SetRuleAsync(Delay with { Behaviour = SandboxBehaviour.Partial }, PlumDatabase.Lead, default);
        await PlaceAsync(plum, "REQ-PARTIAL", quantity: 2);
        var all = (await sandbox.ListAsync(new SandboxListQuery(), PlumDatabase.Lead, default)).Rows;
        await sandbox.ChangeOrderAsync(new ChangeSandboxOrder(Id("REQ-REDEEMED"), SandboxDeed.Redeem), PlumDatabase.Lead, default);
        await sandbox.ChangeOrderAsync(new ChangeSandboxOrder(Id("REQ-CANCELLED"), SandboxDeed.Cancel), PlumDatabase.Lead, default);

        foreach (var state in Enum.GetValues<SandboxState>())
        {
            var rows = (await sandbox.ListAsync(new SandboxListQuery(State: state), PlumDatabase.Lead, default)).Rows;
            Assert.Equal([($"REQ-{state.ToString().ToUpperInvariant()}", state)], rows.Select(r => (r.Reference, r.State)));
        }

        Assert.Single((await sandbox.ListAsync(new SandboxListQuery(Search: "req-par"), PlumDatabase.Lead, default)).Rows);
        Assert.Empty((await sandbox.ListAsync(new SandboxListQuery(Search: "%"), PlumDatabase.Lead, default)).Rows);

        long Id(string reference) => all.Single(r => r.Reference == reference).Id;
    }

    [Fact]
    public async Task What_an_order_cannot_do_is_refused()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var sandbox = plum.Get<SandboxService>();
        await PlaceAsync(plum);

        Assert.Equal("sandbox.not-waiting", await WhyAsync(SandboxDeed.Deliver));
        Assert.Null(await WhyAsync(SandboxDeed.Redeem));
        Assert.Equal("sandbox.no-voucher", await WhyAsync(SandboxDeed.Redeem));
        Assert.Equal("sandbox.is-redeemed", await WhyAsync(SandboxDeed.Cancel));
        Assert.Equal("shared.not-found", await WhyAsync((SandboxDeed)9));
        Assert.Equal("shared.not-found", await WhyAsync(SandboxDeed.Redeem, id: 99));

        async Task<string?> WhyAsync(SandboxDeed deed, long id = 1) =>
            (await sandbox.ChangeOrderAsync(new ChangeSandboxOrder(id, deed), PlumDatabase.Lead, default) as Outcome.Refused)?.Why.Code;
    }

    private static async Task PlaceAsync(PlumDatabase plum, string reference = "REQ-1", int quantity = 1)
    {
        var reward = await plum.HasRewardAsync();
        await plum.Get<SandboxGateway>()
            .PlaceAsync(
                new PlaceOrder(
                    reference,
                    "GIFTCO",
                    reward.Id.ToString("n"),
                    new Money(2500, "GBP"),
                    quantity,
                    new(null, "a@b.example", null)
                ),
                default
            );
    }
}
