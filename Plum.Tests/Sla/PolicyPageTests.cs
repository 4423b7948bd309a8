using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;
using Plum.Portal.Sla;
using Plum.Tests.Shared;

namespace Plum.Tests.Sla;

public class PolicyPageTests
{
    private static async Task<PlumScreen> ScreenAsync(PlumDatabase plum) =>
        PlumScreen.Of(plum, await plum.HasUserAsync("Lea Lead", Role.OpsLead), Role.OpsLead, services => services.AddScoped<PolicyDesk>());

    private static async Task<IRenderedComponent<PolicyPage>> OpenAsync(PlumScreen screen, string code)
    {
        var page = screen.Render<PolicyPage>(p => p.Add(c => c.Code, code));
        await page.WaitForElementAsync("h1");
        return page;
    }

    private static Task SaveAsync(IRenderedComponent<PolicyPage> page) =>
        page.FindAll("button").Single(b => b.TextContent.Contains("Save", StringComparison.Ordinal)).ClickAsync();

    [Theory]
    [InlineData("45 m", 45)]
    [InlineData("45min", 45)]
    [InlineData("4h", 240)]
    [InlineData("1 h 30 m", 90)]
    [InlineData("1:30", 90)]
    [InlineData("2 hours 5 minutes", 125)]
    [InlineData("", null)]
    public void Promises_are_read_as_people_write_them(string text, int? minutes)
    {
        Assert.True(SlaWords.TryRead(text, out var read));
        Assert.Equal(minutes, read);
    }

    [Theory]
    [InlineData("90")] // of what?
    [InlineData("h")]
    [InlineData("1:75")]
    [InlineData("-1 h")]
    [InlineData("soon")]
    public void What_is_no_promise_is_not_read(string text) => Assert.False(SlaWords.TryRead(text, out _));

    [Theory]
    [InlineData(0, "0 m")]
    [InlineData(45, "45 m")]
    [InlineData(90, "1 h 30 m")]
    [InlineData(72_000, "1,200 h")]
    public void Working_time_is_written_in_hours_however_long(int minutes, string text) => Assert.Equal(text, SlaWords.Time(minutes));

    [Fact]
    public async Task A_new_policy_is_drawn_from_the_matrix()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "new");

        await page.Find("#Name").InputAsync("Gold");
        await page.Find("#Code").InputAsync("GOLD");
        await page.Find("[aria-label='P1 first response']").ChangeAsync("15m");
        await page.Find("[aria-label='P1 resolution']").ChangeAsync("4h");
        await page.Find("#WarnPercent").ChangeAsync("80");
        await SaveAsync(page);

        await page.WaitForAssertionAsync(() =>
            Assert.EndsWith("/settings/policies/GOLD", screen.Get<NavigationManager>().Uri, StringComparison.Ordinal)
        );
        var terms = (await plum.Get<SlaPolicyService>().FindAsync("GOLD", PlumDatabase.Lead, default))!.Terms;
        Assert.Equal((new SeverityTargets(15, null, 240), 80), (terms.For(Severity.P1), terms.WarnPercent));
    }

    [Fact]
    public async Task Before_it_is_saved_it_says_what_it_would_change_and_saves_as_the_next_version()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromHours(1));
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "STANDARD");

        await page.Find("[aria-label='P3 first response']").ChangeAsync("30 m");
        var saving = SaveAsync(page);
        var confirm = screen.Get<Confirmations>();
        await page.WaitForStateAsync(() => confirm.Asked is not null);
        Assert.Equal(
            ("1 open ticket is reckoned again at once: 1 due sooner. 1 target is breached by it at once, for good.", "Save as version 2"),
            (confirm.Asked!.Consequence, confirm.Asked.Verb)
        );
        await page.InvokeAsync(() => confirm.Answer(true));
        await saving;

        await page.WaitForAssertionAsync(() =>
            Assert.Contains("P3 first response: 4 h to 30 m", page.Find(".versions").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(["Saved. Open tickets are reckoned by the new version."], screen.Said);
    }

    [Fact]
    public async Task A_promise_that_cannot_be_read_is_told_beside_its_cell()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasPolicyAsync();
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "STANDARD");

        await page.Find("[aria-label='P2 resolution']").ChangeAsync("90");
        await SaveAsync(page);

        Assert.Equal("Write 45 m, 4 h or 1 h 30 m.", page.Find("[id='P2.Resolution-error']").TextContent);
        Assert.Equal("90", page.Find("[aria-label='P2 resolution']").GetAttribute("value"));
    }

    [Fact]
    public async Task Whoever_saves_second_sees_theirs_beside_mine_and_may_take_theirs()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var policy = await plum.HasPolicyAsync();
        await using var screen = await ScreenAsync(plum);
        var page = await OpenAsync(screen, "STANDARD");
        var terms = (await plum.Get<SlaPolicyService>().FindAsync("STANDARD", PlumDatabase.Lead, default))!.Terms;
        await plum.Get<SlaPolicyService>()
            .ChangeAsync(
                new ChangePolicy(policy.Id, policy.Version, "STANDARD", terms with { WarnPercent = 50 }),
                PlumDatabase.Lead,
                default
            );

        await page.Find("#WarnPercent").ChangeAsync("90");
        await SaveAsync(page);
        await page.WaitForAssertionAsync(() => Assert.Equal(["50%", "90%"], page.FindAll(".stale-table td").Select(td => td.TextContent)));
        await page.FindAll("button").Single(b => b.TextContent == "Take theirs").ClickAsync();

        Assert.Equal("50", page.Find("#WarnPercent").GetAttribute("value"));
    }
}
