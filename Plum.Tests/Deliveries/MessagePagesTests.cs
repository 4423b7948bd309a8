using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;
using Plum.Portal.Deliveries;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

public class MessagePagesTests
{
    [Fact]
    public async Task A_placeholder_that_is_none_is_named_when_the_template_is_saved_and_what_was_written_stays()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var order = await plum.HasOrderAsync();
        await using var screen = Screen(plum, Role.OpsLead);
        var page = await TemplateAsync(screen, order.ProgrammeId);

        await page.Find("#field-Body").InputAsync("Hallo {{nmae}}: {{link}}");
        await page.Find("dialog form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("{{nmae}}", page.Find("#Body-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("Hallo {{nmae}}: {{link}}", page.Find("#field-Body").GetAttribute("value"));
        await page.Find("#field-Language").InputAsync("de");
        await page.Find("#field-Subject").InputAsync("Für {{name}}");
        await page.Find("#field-Body").InputAsync("Hallo {{name}}: {{link}}");
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["The template is saved."], screen.Said));
        await page.WaitForAssertionAsync(() =>
            Assert.Equal(
                ["E-mail", "de", "Für {{name}}"],
                page.FindAll("[aria-label=Templates] tbody td").Select(c => c.TextContent.Trim())
            )
        );
    }

    [Fact]
    public async Task It_is_previewed_with_a_real_row_and_a_test_of_it_is_sent_whose_link_opens_nothing()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var order = await plum.HasOrderAsync(await plum.HasRecipientAsync(name: "Zoe <b>Moe</b>"));
        await using var screen = Screen(plum, Role.OpsLead);
        var page = await TemplateAsync(screen, order.ProgrammeId);

        await Button(page, "Preview").ClickAsync();
        var frame = await page.WaitForElementAsync("iframe.message-frame");
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Contains("Zoe &lt;b&gt;Moe&lt;/b&gt;", frame.GetAttribute("srcdoc"), StringComparison.Ordinal);

        await page.Find("[aria-label='Send a test to']").InputAsync("nobody");
        await Button(page, "Send a test").ClickAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("is not an e-mail address", page.Find("#To-error").TextContent, StringComparison.Ordinal)
        );
        await page.Find("[aria-label='Send a test to']").InputAsync("me@plum.example");
        await Button(page, "Send a test").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["The test is sent to me@plum.example. Its link opens nothing."], screen.Said));
        await using var db = plum.Peek();
        Assert.Equal(["me@plum.example"], await db.SandboxMessages.Select(m => m.To).ToListAsync());
        Assert.Empty(await db.Deliveries.ToListAsync());
    }

    [Fact]
    public async Task How_a_programmes_deliveries_behave_is_set_and_shown()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var order = await plum.HasOrderAsync();
        await using var screen = Screen(plum, Role.OpsLead);
        var page = Messages(screen, order.ProgrammeId);
        await page.WaitForElementAsync("dl.facts");
        Assert.Contains("None is tried by itself", page.Find("dl.facts").TextContent, StringComparison.Ordinal);

        await page.FindAll("button").Single(b => b.TextContent.Trim() == "Settings").ClickAsync();
        await page.Find("#field-Fallback").ChangeAsync(nameof(DeliveryChannel.Sms));
        await page.Find("#field-LinkDays").InputAsync("0");
        await page.Find("#field-OpensTickets").ChangeAsync(true);
        await page.Find("dialog form").SubmitAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("1 to 730 days", page.Find("#LinkDays-error").TextContent, StringComparison.Ordinal)
        );
        await page.Find("#field-LinkDays").InputAsync("30");
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["The settings are saved."], screen.Said));
        await using var db = plum.Peek();
        var settings = await db.ProgrammeDeliveries.SingleAsync();
        Assert.Equal((DeliveryChannel.Sms, 30, true), (settings.Fallback, settings.LinkDays, settings.OpensTickets));
    }

    [Fact]
    public async Task The_sandbox_shows_each_message_as_its_recipient_would_see_it()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasDeliveryAsync();
        await plum.HasDeliveryAsync(await plum.HasOrderAsync(), DeliveryChannel.Sms, language: "ar");
        await plum.DispatchAsync();
        await using var screen = Screen(plum, Role.OpsLead);
        screen.Get<NavigationManager>().NavigateTo("/sandbox/messages");
        var page = screen.Render<SandboxMessagesPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll("[aria-label='Messages of the sandbox'] tbody tr").Count));

        screen
            .Get<NavigationManager>()
            .NavigateTo(page.Find("[aria-label='Messages of the sandbox'] tbody tr:last-child a").GetAttribute("href")!);
        var mail = await page.WaitForElementAsync("dialog iframe.message-frame");
        Assert.Equal("", mail.GetAttribute("sandbox"));
        Assert.Contains("/r/", mail.GetAttribute("srcdoc"), StringComparison.Ordinal);
        screen
            .Get<NavigationManager>()
            .NavigateTo(page.Find("[aria-label='Messages of the sandbox'] tbody tr:first-child a").GetAttribute("href")!);

        await page.WaitForAssertionAsync(() => Assert.Equal("rtl", page.Find("dialog .message-bubble").GetAttribute("dir")));
        Assert.Contains("UCS-2", page.Find("dialog").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_sandbox_does_is_switched_and_felt_by_the_next_message()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var delivery = await plum.HasDeliveryAsync();
        await using var screen = Screen(plum, Role.OpsLead);
        screen.Get<NavigationManager>().NavigateTo("/sandbox/messages");
        var page = screen.Render<SandboxMessagesPage>();
        await page.WaitForElementAsync("[aria-label='How it behaves'] button");

        await page.Find("[aria-label='How it behaves'] button").ClickAsync();
        await page.Find("#field-Manner").ChangeAsync(nameof(SandboxManner.RefuseAll));
        await page.Find("dialog form").SubmitAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("such as 5.1.1", page.Find("#Code-error").TextContent, StringComparison.Ordinal)
        );
        await page.Find("#field-Code").InputAsync("5.1.1");
        await page.Find("dialog form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal(["The sandbox now does so with E-mail."], screen.Said));
        await plum.DispatchAsync();

        Assert.Equal(DeliveryState.Failed, (await plum.ReloadAsync(delivery)).State);
    }

    [Fact]
    public async Task Messages_hold_links_so_who_may_not_write_them_is_shown_none_and_no_clients_are_shown_anothers()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasDeliveryAsync();
        await plum.DispatchAsync();
        var outbox = plum.Get<Plum.Data.Deliveries.SandboxOutbox>();
        var other = await plum.HasClientAsync("OTHER");

        Assert.Single((await outbox.ListAsync(new(), PlumDatabase.Lead, default)).Rows);
        foreach (var by in new[] { PlumDatabase.Agent, PlumDatabase.Auditor, PlumDatabase.Bound(other, Role.ProgrammeAdmin) })
        {
            Assert.Empty((await outbox.ListAsync(new(), by, default)).Rows);
            Assert.Null(await outbox.ViewAsync(1, by, default));
        }

        var refused = await outbox.SetAsync(
            new(DeliveryChannel.Email, 0, SandboxManner.Deliver, null, 0),
            PlumDatabase.Bound(other, Role.ProgrammeAdmin),
            default
        );
        Assert.IsType<Outcome.Refused>(refused);
    }

    private static PlumScreen Screen(PlumDatabase plum, Role role) => PlumScreen.Of(plum, PlumDatabase.Person("Lou Lead", role), role);

    private static IRenderedComponent<ProgrammeMessagesPage> Messages(PlumScreen screen, Guid programme)
    {
        screen.Get<NavigationManager>().NavigateTo(DeliveryPageWords.Messages(programme));
        return screen.Render<ProgrammeMessagesPage>(p => p.Add(c => c.Id, programme));
    }

    private static async Task<IRenderedComponent<ProgrammeMessagesPage>> TemplateAsync(PlumScreen screen, Guid programme)
    {
        var page = Messages(screen, programme);
        await page.WaitForElementAsync("dl.facts");
        await page.FindAll("button").First(b => b.TextContent.Trim() == "Write a template").ClickAsync();
        await page.WaitForElementAsync("#field-Body");
        return page;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ProgrammeMessagesPage> page, string text) =>
        page.FindAll("dialog button").Single(b => b.TextContent.Trim() == text);
}
