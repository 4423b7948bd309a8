using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Deliveries;
using Plum.Domain.Access;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Deliveries;
using Plum.Portal.Home;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

public class DeliveriesPageTests
{
    [Fact]
    public async Task Nothing_failed_and_nothing_found_are_told_apart()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = Screen(plum);

        var page = Open(screen, "/deliveries");
        await page.WaitForAssertionAsync(() => Assert.Equal("Nothing has failed", page.Find(".empty h2").TextContent));

        screen.Get<NavigationManager>().NavigateTo("/deliveries?file=IPA-9");
        await page.WaitForAssertionAsync(() => Assert.Equal("No delivery matches these filters", page.Find(".empty h2").TextContent));
        Assert.Equal("IPA-9", page.Find("[aria-label^='Of IPA-9 only']").TextContent.Trim());
    }

    [Fact]
    public async Task One_is_corrected_and_sent_again_and_a_wrong_address_is_refused_beside_its_field()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var failed = await FailedAsync(plum, "jane@gmial.com");
        await using var screen = Screen(plum);
        var page = Open(screen, $"/deliveries?id={failed.Id}");
        await page.WaitForElementAsync("#resend-address");
        Assert.Contains("Correct the address", page.Find("dialog .facts").TextContent, StringComparison.Ordinal);

        await page.Find("#resend-address").InputAsync("jane");
        await page.Find("dialog form").SubmitAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.Equal("'jane' is not an e-mail address. Write it like name@company.com.", page.Find("#Address-error").TextContent)
        );
        Assert.Equal(DeliveryState.Failed, (await plum.ReloadAsync(failed)).State);
        await page.Find("#resend-address").InputAsync("jane@gmail.com");
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal([$"{OrderReference.Of(failed.OrderId)} is sent again."], screen.Said));
        await page.WaitForAssertionAsync(() => Assert.Equal("Nothing has failed", page.Find(".empty h2").TextContent));
        var after = await plum.ReloadAsync(failed);
        Assert.Equal((DeliveryState.Queued, "jane@gmail.com"), (after.State, after.Address));
    }

    [Fact]
    public async Task Who_comes_second_is_told_and_keeps_what_was_typed()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var failed = await FailedAsync(plum, "jane@gmial.com");
        await using var screen = Screen(plum);
        var page = Open(screen, $"/deliveries?id={failed.Id}");
        await page.WaitForElementAsync("#resend-address");
        await page.Find("#resend-address").InputAsync("jane@gmail.com");

        await using (var db = plum.Peek())
        {
            await db.Deliveries.ExecuteUpdateAsync(s => s.SetProperty(d => d.Version, d => d.Version + 1));
        }

        await page.Find("dialog form").SubmitAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.StartsWith("Somebody changed this", Assert.Single(screen.Said), StringComparison.Ordinal)
        );
        Assert.Equal("jane@gmail.com", page.Find("#resend-address").GetAttribute("value"));
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(2, screen.Said.Count));
        Assert.Equal("jane@gmail.com", (await plum.ReloadAsync(failed)).Address);
    }

    [Fact]
    public async Task Many_are_mended_at_once_and_what_could_not_be_is_named_with_its_reason()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var typo = await FailedAsync(plum, "typo@gmial.com");
        var right = await FailedAsync(plum, "right@acme.example");
        await using var screen = Screen(plum);
        var page = Open(screen, "/deliveries");
        await page.WaitForElementAsync("tbody tr");

        await Button(page, "Mend many").ClickAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.StartsWith("The 2 that failed and match the filters.", page.Find("dialog p").TextContent, StringComparison.Ordinal)
        );
        await page.Find("#mend-find").InputAsync("@gmial.com");
        await page.Find("#mend-with").InputAsync("@gmail.com");
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Equal("1 are sent again, 1 are not.", page.Find("dialog p[role=status]").TextContent)
        );
        Assert.Contains(OrderReference.Of(right.OrderId), page.Find("dialog .notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("typo@gmail.com", (await plum.ReloadAsync(typo)).Address);
        Assert.Equal([OrderReference.Of(right.OrderId)], Rows(page));
    }

    [Fact]
    public async Task A_mended_csv_is_dropped_back_in_and_one_that_is_none_is_refused_whole()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var failed = await FailedAsync(plum, "jane@gmial.com");
        await using var screen = Screen(plum);
        var page = Open(screen, "/deliveries");
        await page.WaitForElementAsync("tbody tr");
        await Button(page, "Mend many").ClickAsync();
        await page.WaitForElementAsync("#mend-file");

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("a;b\n1;2\n", "wrong.csv"));
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("no columns named delivery and address", page.Find("dialog").TextContent, StringComparison.Ordinal)
        );
        page.FindComponent<InputFile>()
            .UploadFiles(InputFileContent.CreateFromText($"delivery,address\n{failed.Id},jane@gmail.com\n", "right.csv"));

        await page.WaitForAssertionAsync(() =>
            Assert.Equal("1 are sent again, 0 are not.", page.Find("dialog p[role=status]").TextContent)
        );
        Assert.Equal("jane@gmail.com", (await plum.ReloadAsync(failed)).Address);
    }

    [Fact]
    public async Task What_fails_meanwhile_is_offered_and_moves_no_row_by_itself()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var first = await FailedAsync(plum, "first@acme.example");
        await using var screen = Screen(plum);
        var page = Open(screen, "/deliveries");
        await page.WaitForElementAsync("tbody tr");

        var second = await FailedAsync(plum, "second@acme.example");
        plum.Clock.Advance(DeliveryWatch.Every);
        await page.WaitForAssertionAsync(() => Assert.Contains("1 changed, show", page.Markup, StringComparison.Ordinal));
        Assert.Equal([OrderReference.Of(first.OrderId)], Rows(page));
        await Button(page, "1 changed, show").ClickAsync();

        Assert.Equal([OrderReference.Of(second.OrderId), OrderReference.Of(first.OrderId)], Rows(page));
        Assert.DoesNotContain("changed, show", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_delivery_becomes_a_ticket_in_one_click()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasCategoryAsync();
        var failed = await FailedAsync(plum, "jane@acme.example");
        await using var screen = Screen(plum);
        var page = Open(screen, $"/deliveries?id={failed.Id}");
        await page.WaitForElementAsync("#resend-address");

        await Button(page, "Make it a ticket").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal([$"{OrderReference.Of(failed.OrderId)} is a ticket now."], screen.Said));
        var ticket = (await plum.ReloadAsync(failed)).TicketId!.Value;
        Assert.Equal(TicketReference.Of(ticket), page.Find($"dialog a[href='/tickets/{TicketReference.Of(ticket)}']").TextContent);
    }

    [Fact]
    public async Task Who_may_look_and_not_mend_sees_no_way_to()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var failed = await FailedAsync(plum, "jane@acme.example");
        await using var screen = PlumScreen.Of(plum, await plum.HasUserAsync("Aud", Role.Auditor), Role.Auditor);
        var page = Open(screen, $"/deliveries?id={failed.Id}");
        await page.WaitForElementAsync("dialog .facts");

        Assert.Empty(page.FindAll("#resend-address, input[type=checkbox]"));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Contains("Mend", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_paused_provider_is_told_above_all_and_resumed_by_who_may()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasDeliveryAsync(channel: Plum.Domain.Clients.DeliveryChannel.Sms);
        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "20003", channel: Plum.Domain.Clients.DeliveryChannel.Sms);
        await plum.DispatchAsync();
        await using var screen = Screen(plum);
        var page = Open(screen, "/deliveries");
        await page.WaitForElementAsync(".notice.bad");
        Assert.StartsWith("Nothing leaves by sandbox.", page.Find(".notice.bad .says").TextContent, StringComparison.Ordinal);

        await Button(page, "Resume").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Messages leave by sandbox again."], screen.Said));
        Assert.Empty(page.FindAll(".notice.bad"));
    }

    [Fact]
    public async Task Home_counts_what_failed_by_what_is_to_be_done_and_leads_there()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await FailedAsync(plum, "a@acme.example");
        await FailedAsync(plum, "b@acme.example");
        await using var screen = Screen(plum);

        var part = screen.Render<DeliveriesPart>();

        await part.WaitForAssertionAsync(() => Assert.Equal("2", part.Find("a[href='/deliveries?fault=recipient'] .value").TextContent));
    }

    [Fact]
    public async Task An_order_shows_its_deliveries_down_to_the_opening()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var delivery = await plum.HasDeliveryAsync();
        await plum.DispatchAsync();
        await using (var db = plum.Peek())
        {
            await db.Deliveries.ExecuteUpdateAsync(s => s.SetProperty(d => d.OpenedAtUtc, plum.Now));
        }

        await using var screen = Screen(plum);
        var part = screen.Render<OrderDeliveries>(p => p.Add(c => c.OrderId, delivery.OrderId).Add(c => c.By, PlumDatabase.Lead));

        await part.WaitForElementAsync("tbody tr");
        Assert.Equal(["E-mail", "jane@acme.example", "Opened"], part.FindAll("tbody td").Take(3).Select(c => c.TextContent.Trim()));
    }

    private static PlumScreen Screen(PlumDatabase plum) => PlumScreen.Of(plum, PlumDatabase.Person("Lou Lead", Role.OpsLead), Role.OpsLead);

    private static IRenderedComponent<DeliveriesPage> Open(PlumScreen screen, string uri)
    {
        screen.Get<NavigationManager>().NavigateTo(uri);
        return screen.Render<DeliveriesPage>();
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<DeliveriesPage> page, string text) =>
        page.FindAll("button").Single(b => b.TextContent.Trim() == text);

    private static IEnumerable<string> Rows(IRenderedComponent<DeliveriesPage> page) =>
        page.FindAll("[aria-label=Deliveries] .row-link").Select(l => l.TextContent);

    private static async Task<Delivery> FailedAsync(PlumDatabase plum, string address)
    {
        var delivery = await plum.HasDeliveryAsync(await plum.HasOrderAsync(await plum.HasRecipientAsync(email: address)));
        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "5.1.1");
        await plum.DispatchAsync();
        await plum.HasSandboxAsync(SandboxManner.Deliver);
        return await plum.ReloadAsync(delivery);
    }
}
