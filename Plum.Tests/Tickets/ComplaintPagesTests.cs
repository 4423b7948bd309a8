using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Access;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Drafts;
using Plum.Portal.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class ComplaintPagesTests
{
    private static PlumScreen Screen(PlumDatabase plum, PlumUser user, Role role = Role.Partner) =>
        PlumScreen.Of(plum, PlumDatabase.As(user, role), role, services => services.AddScoped<ComplaintDesk>().AddSingleton<TicketFeed>());

    private static Task<PlumUser> ContactAsync(PlumDatabase plum, Client client) =>
        plum.HasAccountAsync($"Cleo {client.Code}", Role.Partner, client);

    private static async Task<string> HandOverAsync(PlumDatabase plum, PlumUser user, string subject, params IReadOnlyList<Guid> files) =>
        Assert
            .IsType<Outcome.Done>(
                await plum.Get<ComplaintService>()
                    .HandOverAsync(
                        new HandOverComplaint((await plum.HasCategoryAsync()).Id, subject, "Promised for Monday.", Files: files),
                        PlumDatabase.As(user, Role.Partner),
                        default
                    )
            )
            .Key!;

    private static async Task<IRenderedComponent<ComplaintPage>> OpenAsync(PlumScreen screen, string reference)
    {
        screen.Get<NavigationManager>().NavigateTo($"/complaints/{reference}");
        var page = screen.Render<ComplaintPage>(p => p.Add(c => c.Reference, reference));
        await page.WaitForElementAsync("h1");
        return page;
    }

    [Fact]
    public async Task A_client_hands_a_complaint_over_and_is_led_to_it()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var (category, programme) = (await plum.HasCategoryAsync(), await plum.HasProgrammeAsync(client));
        await plum.HasProgrammeAsync(await plum.HasClientAsync("NORD"), "WINTER");
        await using var screen = Screen(plum, await ContactAsync(plum, client));
        var page = screen.Render<NewComplaintPage>();
        await page.WaitForElementAsync("form");

        Assert.Equal(["None, or not known", "SUMMER of ACME"], page.FindAll("#field-Programme option").Select(o => o.TextContent));
        await page.Find("#field-Category").ChangeAsync(category.Id.ToString());
        await page.Find("#field-Programme").ChangeAsync(programme.Id.ToString());
        await page.Find("#field-Subject").InputAsync("Never came");
        await page.Find("textarea").ChangeAsync("Promised for Monday.");
        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.EndsWith("/complaints/PLM-1001", screen.Get<NavigationManager>().Uri, StringComparison.Ordinal)
        );
        Assert.Equal(["PLM-1001 is handed over. Plum takes care of it from here."], screen.Said);
        await using var db = plum.Peek();
        Assert.Equal(programme.Id, (await db.Tickets.SingleAsync()).ProgrammeId);
        Assert.Empty(await db.Drafts.ToListAsync());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_each_beside_its_field()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var screen = Screen(plum, await ContactAsync(plum, await plum.HasClientAsync()));
        var page = screen.Render<NewComplaintPage>();
        await page.WaitForElementAsync("form");

        await page.Find("#field-Order").InputAsync("the blue one");
        await page.Find("#field-Recipient").InputAsync("jane");
        await page.Find("form").SubmitAsync();

        Assert.Equal(
            ["Category-error", "Order-error", "Recipient-error", "Subject-error", "Message-error"],
            page.FindAll(".field-error").Select(e => e.Id)
        );
        Assert.Equal("the blue one", page.Find("#field-Order").GetAttribute("value"));
    }

    [Fact]
    public async Task What_was_typed_of_a_complaint_is_there_again_and_can_be_thrown_away()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var contact = await ContactAsync(plum, await plum.HasClientAsync());
        await using (var screen = Screen(plum, contact))
        {
            var left = screen.Render<NewComplaintPage>();
            await left.WaitForElementAsync("form");
            await left.Find("#field-Subject").InputAsync("Half a sen");
            plum.Clock.Advance(DraftKeeper.Rest);
            await left.WaitForAssertionAsync(() => Assert.Equal("Draft saved", left.Find("form > .row .draft-state").TextContent));
        }

        await using var later = Screen(plum, contact);
        var page = later.Render<NewComplaintPage>();
        await page.WaitForElementAsync("form");

        Assert.Equal("Half a sen", page.Find("#field-Subject").GetAttribute("value"));
        await page.Find(".notice button").ClickAsync();
        Assert.Equal("", page.Find("#field-Subject").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Each_of_two_clients_sees_its_own_list_and_anothers_complaint_is_not_there_by_its_address()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var acme = await ContactAsync(plum, await plum.HasClientAsync("ACME"));
        var nord = await ContactAsync(plum, await plum.HasClientAsync("NORD"));
        var ours = await HandOverAsync(plum, acme, "Ours");
        var theirs = await HandOverAsync(plum, nord, "Theirs");
        await using var screen = Screen(plum, acme);

        screen.Get<NavigationManager>().NavigateTo("/complaints");
        var list = screen.Render<ComplaintsPage>();
        await list.WaitForElementAsync("tbody tr");
        Assert.Equal([ours], list.FindAll("tbody a").Select(a => a.TextContent));
        var searched = $"/complaints?q={theirs}";
        screen.Get<NavigationManager>().NavigateTo(searched);
        var none = screen.Render<ComplaintsPage>();
        await none.WaitForAssertionAsync(() =>
            Assert.Contains("No complaint matches these filters", none.Markup, StringComparison.Ordinal)
        );

        Assert.Contains("There is no such complaint", (await OpenAsync(screen, theirs)).Markup, StringComparison.Ordinal);
        Assert.Contains("Promised for Monday.", (await OpenAsync(screen, ours)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_complaint_is_handed_out_to_its_client_and_to_no_other()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var acme = await ContactAsync(plum, await plum.HasClientAsync("ACME"));
        var nord = await ContactAsync(plum, await plum.HasClientAsync("NORD"));
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("proof"));
        var uploaded = await plum.Get<AttachmentService>()
            .UploadAsync(null, "proof.txt", content, PlumDatabase.As(acme, Role.Partner), default);
        var file = Guid.Parse(Assert.IsType<Outcome.Done>(uploaded).Key!);
        await HandOverAsync(plum, acme, "Ours", file);
        await using var portal = new PlumPortal(plum);

        var theirs = await (await portal.VisitAsync(nord)).OpenAsync(TicketFiles.Href(file));
        var ours = await (await portal.VisitAsync(acme)).OpenAsync(TicketFiles.Href(file));

        Assert.Equal(("404", "200"), (theirs.Status, ours.Status));
        Assert.Equal("proof", await ours.Answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task One_says_more_and_sees_what_plum_answered_but_no_note()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var contact = await ContactAsync(plum, client);
        var reference = await HandOverAsync(plum, contact, "Never came");
        var id = TicketReference.Parse(reference)!.Value;
        await plum.Get<TicketConversation>().NoteAsync(new NoteOnTicket(id, "A difficult one."), PlumDatabase.Agent, default);
        await using var screen = Screen(plum, contact);
        var page = await OpenAsync(screen, reference);

        await page.Find("form textarea").ChangeAsync("Any news?");
        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Equal(["Promised for Monday.", "Any news?"], page.FindAll(".said .typed").Select(t => t.TextContent))
        );
        Assert.Equal(["Sent. Plum reads it, and answers here."], screen.Said);
        Assert.DoesNotContain("difficult", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Handed over", page.Find(".page-header .pill").TextContent.Trim());
    }

    [Fact]
    public async Task A_message_without_words_is_refused_beside_the_field()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var contact = await ContactAsync(plum, await plum.HasClientAsync());
        await using var screen = Screen(plum, contact);
        var page = await OpenAsync(screen, await HandOverAsync(plum, contact, "Never came"));

        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Equal("Your message is missing. Fill it in.", page.Find("#Message-error").TextContent)
        );
    }

    [Fact]
    public async Task A_closed_complaint_asks_for_a_rating_and_takes_it()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var contact = await ContactAsync(plum, await plum.HasClientAsync());
        var reference = await HandOverAsync(plum, contact, "Never came");
        await using var db = plum.Peek();
        var ticket = await db.Tickets.AsNoTracking().SingleAsync();
        await plum.Get<TicketService>()
            .MoveAsync(new MoveTicket(ticket.Id, ticket.Version, Dispositions.Resolved), PlumDatabase.Agent, default);
        await using var screen = Screen(plum, contact);
        var page = await OpenAsync(screen, reference);

        await page.Find("form[aria-label='Rate the complaint']").SubmitAsync();
        await page.WaitForAssertionAsync(() =>
            Assert.Contains("from 1 to 5", page.Find("#Score-error").TextContent, StringComparison.Ordinal)
        );
        await page.FindAll("input[type=radio]")[4].ChangeAsync("on");
        await page.Find("form[aria-label='Rate the complaint']").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("5 of 5", page.Find(".facts").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form[aria-label='Rate the complaint']"));
    }
}
