using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Drafts;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Drafts;
using Plum.Portal.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class NewTicketPageTests
{
    private static Task<Actor> AgentAsync(PlumDatabase plum) => plum.HasUserAsync("Ada Agent");

    private static PlumScreen Screen(PlumDatabase plum, Actor agent) =>
        PlumScreen.Of(plum, agent, Role.Agent, services => services.AddScoped<NewTicketDesk>());

    private static async Task<IRenderedComponent<NewTicketPage>> OpenAsync(PlumScreen screen, string query = "")
    {
        screen.Get<NavigationManager>().NavigateTo($"/tickets/new{query}");
        var page = screen.Render<NewTicketPage>();
        await page.WaitForElementAsync("form");
        return page;
    }

    private static Task SaveAsync(IRenderedComponent<NewTicketPage> page) => page.Find("form").SubmitAsync();

    /// <summary>Stops typing for long enough to be heard.</summary>
    private static void Rest(PlumDatabase plum) => plum.Clock.Advance(DraftKeeper.Rest);

    private static string Box(IRenderedComponent<NewTicketPage> page, string label)
    {
        var id = page.FindAll("label").First(l => l.TextContent.StartsWith(label, StringComparison.Ordinal)).GetAttribute("for");
        return page.Find($"#{id}").GetAttribute("value") ?? "";
    }

    [Fact]
    public async Task From_an_order_client_recipient_and_programme_are_filled_in_and_the_ticket_is_opened()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var (order, category) = (await plum.HasOrderAsync(), await plum.HasCategoryAsync());
        await using var screen = Screen(plum, await AgentAsync(plum));
        var page = await OpenAsync(screen, "?order=GFT-10001");

        Assert.Equal(("ACME Corporation", "Jane Okafor"), (Box(page, "Client"), Box(page, "Recipient")));
        Rest(plum);
        await using (var nothingTyped = plum.Peek())
        {
            Assert.Empty(await nothingTyped.Drafts.ToListAsync());
        }

        await page.Find("#field-Subject").InputAsync("My voucher never came");
        await page.Find("#field-Category").ChangeAsync(category.Id.ToString());
        await page.Find("textarea").ChangeAsync("It was promised for Monday.");
        await SaveAsync(page);

        await page.WaitForAssertionAsync(() =>
            Assert.EndsWith("/tickets/PLM-1001", screen.Get<NavigationManager>().Uri, StringComparison.Ordinal)
        );
        Assert.Equal(["PLM-1001 is open."], screen.Said);
        await using var db = plum.Peek();
        var ticket = await db.Tickets.SingleAsync();
        Assert.Equal(
            (order.Id, order.RecipientId, order.ProgrammeId, IntakeChannel.Phone, Severity.P3),
            (ticket.OrderId!.Value, ticket.RecipientId!.Value, ticket.ProgrammeId!.Value, ticket.Channel, ticket.Severity)
        );
        Assert.Equal("It was promised for Monday.", (await db.TicketMessages.SingleAsync()).Body);
        Assert.Empty(await db.Drafts.ToListAsync());
    }

    [Fact]
    public async Task What_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasClientAsync();
        await using var screen = Screen(plum, await AgentAsync(plum));
        var page = await OpenAsync(screen);

        await page.Find("#field-Reference").InputAsync(new string('9', 101));
        await SaveAsync(page);

        Assert.Equal(
            [
                TicketRefusals.NoClient.Message,
                TicketRefusals.NoCategory.Message,
                "Their reference has 101 characters. Keep it to 100.",
                "Subject is missing. Fill it in.",
            ],
            page.FindAll(".field-error").Select(e => e.TextContent)
        );
        Assert.Equal(new string('9', 101), page.Find("#field-Reference").GetAttribute("value"));
    }

    [Fact]
    public async Task What_was_typed_is_there_again_after_the_page_was_left()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasOrderAsync();
        var agent = await AgentAsync(plum);
        await using (var screen = Screen(plum, agent))
        {
            var left = await OpenAsync(screen, "?order=GFT-10001");
            await left.Find("#field-Subject").InputAsync("Half a sen");
            await left.Find("textarea").ChangeAsync("It was prom");
            Rest(plum);
            await left.WaitForAssertionAsync(() => Assert.Equal("Draft saved", left.Find("form > .row .draft-state").TextContent));
        }

        await using var later = Screen(plum, agent);
        var elsewhere = await OpenAsync(later);
        Assert.Equal("", elsewhere.Find("#field-Subject").GetAttribute("value") ?? ""); // begun from another place
        var page = await OpenAsync(later, "?order=GFT-10001");

        Assert.Equal("Half a sen", page.Find("#field-Subject").GetAttribute("value"));
        Assert.Contains("is back", page.Find(".notice").TextContent, StringComparison.Ordinal);
        await page.Find(".notice button").ClickAsync();
        Assert.Equal("", page.Find("#field-Subject").GetAttribute("value") ?? "");
        Assert.Equal("Jane Okafor", Box(page, "Recipient"));
        await using var db = plum.Peek();
        Assert.Empty(await db.Drafts.ToListAsync());
    }

    [Fact]
    public async Task A_ticket_of_the_same_order_is_shown_and_one_goes_on_in_it_with_what_is_typed()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var order = await plum.HasOrderAsync();
        await using (var db = plum.Peek())
        {
            await plum.HasTicketOfRecipientAsync(await db.Recipients.SingleAsync(), "Where is it?", order);
        }

        var agent = await AgentAsync(plum);
        await using var screen = Screen(plum, agent);
        var page = await OpenAsync(screen, "?order=GFT-10001");

        await page.WaitForAssertionAsync(() =>
            Assert.Contains("Same order", page.Find(".ticket-list").TextContent, StringComparison.Ordinal)
        );
        await page.Find("textarea").ChangeAsync("They called again.");
        await page.Find("button[aria-label='Go on there instead: PLM-1001']").ClickAsync();

        Assert.EndsWith("/tickets/PLM-1001", screen.Get<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("They called again.", (await plum.Get<DraftService>().ReadAsync("ticket:PLM-1001:heard", agent, default))!.Text);
        await using var look = plum.Peek();
        Assert.Equal(["ticket:PLM-1001:heard"], await look.Drafts.Select(d => d.Key).ToListAsync());
    }

    [Fact]
    public async Task An_alike_subject_is_found_while_it_is_typed()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var recipient = await plum.HasRecipientAsync();
        await plum.HasTicketAsync(subject: "Gift card voucher was never delivered");
        await using var screen = Screen(plum, await AgentAsync(plum));
        var page = await OpenAsync(screen, $"?recipient={recipient.Id}");
        Assert.Empty(page.FindAll(".ticket-list"));

        await page.Find("#field-Subject").InputAsync("gift card vouchers never deliverd");
        Rest(plum);

        await page.WaitForAssertionAsync(() =>
            Assert.Contains("PLM-1001", page.Find(".ticket-list").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_order_that_is_not_there_is_said_and_the_form_is_empty()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = Screen(plum, await AgentAsync(plum));

        var page = await OpenAsync(screen, "?order=GFT-99999");

        Assert.Contains("There is no order GFT-99999", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("", Box(page, "Client"));
    }
}
