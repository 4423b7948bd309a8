using Microsoft.EntityFrameworkCore;
using Plum.Data.Sla;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Tests.Shared;

namespace Plum.Tests.Sla;

public class SlaPolicyServiceTests
{
    private static readonly SlaTerms Terms = new([new(15, 30, 240), new(60, 60, 480), new(240, 240, 2400), new(480, 480, 4800)]);

    [Theory]
    [EachDatabase]
    public async Task Each_change_of_terms_is_a_numbered_version_and_a_new_name_is_none(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var policies = plum.Get<SlaPolicyService>();
        await policies.DrawAsync(new DrawPolicy("GOLD", "Gold", Terms), PlumDatabase.Lead, default);
        var first = (await policies.FindAsync("GOLD", PlumDatabase.Lead, default))!;
        plum.Clock.Advance(TimeSpan.FromDays(1));

        await policies.ChangeAsync(
            new ChangePolicy(first.Id, first.Version, "Gold", Terms with { WarnPercent = 80 }, "Asked for by Acme"),
            PlumDatabase.Lead,
            default
        );
        var second = (await policies.FindAsync("GOLD", PlumDatabase.Lead, default))!;
        await policies.ChangeAsync(new ChangePolicy(second.Id, second.Version, "Golden", second.Terms), PlumDatabase.Lead, default);

        var third = (await policies.FindAsync("GOLD", PlumDatabase.Lead, default))!;
        Assert.Equal("Golden", third.Name);
        Assert.Equal(
            [(2, 80, "Asked for by Acme", plum.Now), (1, 75, (string?)null, plum.Now.AddDays(-1))],
            third.History.Select(v => (v.Number, v.Terms.WarnPercent, v.Note, v.CreatedAtUtc))
        );
        await using var db = plum.Peek();
        var lines = await db.AuditEntries.Where(a => a.What == "Policy changed").OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(
            [
                ("""{"warnPercent":75}""", """{"warnPercent":80}""", "Asked for by Acme"),
                ("""{"name":"Gold"}""", """{"name":"Golden"}""", null),
            ],
            lines.Select(l => (l.Before!, l.After!, l.Why))
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_who_change_a_policy_is_told_that_their_copy_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var policy = await plum.HasPolicyAsync();
        var policies = plum.Get<SlaPolicyService>();
        await policies.ChangeAsync(new ChangePolicy(policy.Id, policy.Version, "STANDARD", Terms), PlumDatabase.Lead, default);

        var second = await policies.ChangeAsync(
            new ChangePolicy(policy.Id, policy.Version, "STANDARD", Terms with { WarnPercent = 50 }),
            PlumDatabase.Lead,
            default
        );

        Assert.IsType<Outcome.Stale>(second);
        await using var db = plum.Peek();
        Assert.Equal(2, await db.SlaPolicyVersions.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_policy_is_refused_without_right_or_within_no_range(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasPolicyAsync("TAKEN");
        var policies = plum.Get<SlaPolicyService>();
        async Task<(string, string?)> Why(string code, SlaTerms terms, Actor by)
        {
            var why = Assert.IsType<Outcome.Refused>(await policies.DrawAsync(new DrawPolicy(code, "New", terms), by, default)).Why;
            return (why.Code, why.Field);
        }

        Assert.Equal(
            [
                ("shared.not-allowed", null),
                ("sla.code-taken", "Code"),
                ("sla.warn-share", "WarnPercent"),
                ("sla.target-range", "P2.Resolution"),
                ("sla.severities", "Targets"),
            ],
            [
                await Why("NEW", Terms, PlumDatabase.Agent),
                await Why("TAKEN", Terms, PlumDatabase.Lead),
                await Why("NEW", Terms with { WarnPercent = 100 }, PlumDatabase.Lead),
                await Why("NEW", Terms with { Targets = [new(1), new(1, 1, 0), new(1), new(1)] }, PlumDatabase.Lead),
                await Why("NEW", Terms with { Targets = [new(1)] }, PlumDatabase.Lead),
            ]
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Before_it_is_saved_a_change_tells_what_it_would_do_to_the_open_tickets(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromHours(1));
        await plum.HasTicketAsync();
        var policy = (await plum.Get<SlaPolicyService>().FindAsync("STANDARD", PlumDatabase.Lead, default))!;
        var previewing = plum.Get<SlaPreviewing>();
        SlaTerms First(int minutes) =>
            policy.Terms with
            {
                Targets = [.. policy.Terms.Targets.Select(t => t with { FirstResponse = minutes })],
            };

        Assert.Equal(
            new SlaPreview(2, 2, Sooner: 0, Later: 0, OverdueAtOnce: 0),
            await previewing.OfTermsAsync(policy.Id, policy.Terms, PlumDatabase.Lead, default)
        );
        Assert.Equal(
            new SlaPreview(2, 2, Sooner: 2, Later: 0, OverdueAtOnce: 1),
            await previewing.OfTermsAsync(policy.Id, First(45), PlumDatabase.Lead, default)
        );
        Assert.Equal(
            new SlaPreview(2, 2, Sooner: 0, Later: 2, OverdueAtOnce: 0),
            await previewing.OfTermsAsync(policy.Id, First(480), PlumDatabase.Lead, default)
        );
        await using var db = plum.Peek();
        Assert.Equal(0, await db.TicketEvents.CountAsync(e => e.Who == "SLA clocks"));
    }
}
