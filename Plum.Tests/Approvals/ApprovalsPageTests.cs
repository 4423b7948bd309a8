using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

public class ApprovalsPageTests
{
    private static PlumScreen Screen(CorrectionWorld world, Actor person, Role role, RequestFeed? feed = null) =>
        PlumScreen.Of(world.Plum, person, role, services => services.AddScoped<DecidingDesk>().AddSingleton(feed ?? Feed(world)));

    private static RequestFeed Feed(CorrectionWorld world) =>
        new(world.Plum.Get<RequestNews>(), world.Plum.Clock, NullLogger<RequestFeed>.Instance);

    private static async Task<IRenderedComponent<ApprovalsPage>> OpenAsync(PlumScreen screen, ApprovalRequest? request = null)
    {
        var reference = request is null ? null : RequestReference.Of(request.Id);
        screen.Get<NavigationManager>().NavigateTo(reference is null ? "/approvals" : $"/approvals/{reference}");
        var page = screen.Render<ApprovalsPage>(p => p.Add(c => c.Reference, reference));
        await page.WaitForElementAsync(request is null ? ".desk-rows, .empty h2" : ".decide");
        return page;
    }

    private static Task PressAsync(IRenderedComponent<ApprovalsPage> page, string text) =>
        page.FindAll(".desk-open button").First(b => b.TextContent.Trim().StartsWith(text, StringComparison.Ordinal)).ClickAsync();

    private static IEnumerable<string> Rows(IRenderedComponent<ApprovalsPage> page) =>
        page.FindAll(".desk-rows .row-link").Select(l => l.QuerySelector(".line.small .nowrap")!.TextContent);

    [Fact]
    public async Task A_checker_is_told_the_consequence_with_amount_and_name_and_the_money_moves_only_then()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var request = await world.AskAsync(world.Goodwill(1_500));
        await using var screen = Screen(world, world.Checker, Role.Checker);
        var page = await OpenAsync(screen, request);

        Assert.Equal(
            ["Into the wallet of", world.Recipient.Name, "Credited", "GBP 15.00"],
            page.FindAll("section[aria-labelledby=request-details] dl > *").Select(e => e.TextContent)
        );
        await PressAsync(page, "Approve");
        Assert.Equal($"GBP 15.00 is credited to {world.Recipient.Name} as goodwill.", page.Find(".decide-form p").TextContent);
        Assert.Equal(RequestState.Pending, (await world.RequestAsync(request.Id)).State);
        Assert.Equal("Approve GBP 15.00", page.Find(".decide-form button[type=submit]").TextContent);
        await page.Find(".decide-form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains($"{RequestReference.Of(request.Id)}: approved.", screen.Said));
        Assert.Equal(
            (RequestState.Approved, 1),
            ((await world.RequestAsync(request.Id)).State, (await world.RequestAsync(request.Id)).StepsDone)
        );
    }

    [Fact]
    public async Task A_refusal_stands_where_the_button_would_be_in_its_own_words()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var request = await world.AskAsync(world.Goodwill(25_000)); // above the checker's 200
        await using var screen = Screen(world, world.Checker, Role.Checker);
        var page = await OpenAsync(screen, request);

        Assert.Contains(
            "GBP 250.00 is above the GBP 200.00 that you may approve",
            page.Find(".decide-refusal").TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(page.FindAll(".decide button"), b => b.TextContent.Contains("Approve", StringComparison.Ordinal));
        Assert.Contains(page.FindAll(".decide button"), b => b.TextContent.Contains("Reject", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rejection_without_a_reason_is_refused_beside_the_field_and_keeps_the_form()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var request = await world.AskAsync(world.Goodwill(1_500));
        await using var screen = Screen(world, world.Checker, Role.Checker);
        var page = await OpenAsync(screen, request);

        await PressAsync(page, "Reject");
        await page.Find(".decide-form").SubmitAsync();
        Assert.Equal("Reason is missing. Fill it in.", page.Find("#Reason-error").TextContent);
        await page.Find("#field-Reason").InputAsync("Not their fault");
        await page.Find(".decide-form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains($"{RequestReference.Of(request.Id)}: rejected.", screen.Said));
        Assert.Equal(RequestState.Rejected, (await world.RequestAsync(request.Id)).State);
    }

    [Fact]
    public async Task A_request_decided_elsewhere_leaves_the_list_and_the_open_screen_says_who_and_keeps_what_was_typed()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var request = await world.AskAsync(world.Goodwill(1_500));
        var feed = Feed(world);
        await using var screen = Screen(world, world.Checker, Role.Checker, feed);
        var page = await OpenAsync(screen, request);
        await feed.PollAsync(default); // greets
        Assert.Equal([RequestReference.Of(request.Id)], Rows(page));
        await PressAsync(page, "Reject");
        await page.Find("#field-Reason").InputAsync("Not their");

        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request, world.Second));
        await feed.PollAsync(default);

        await page.WaitForAssertionAsync(() => Assert.Empty(Rows(page)));
        await page.WaitForAssertionAsync(() =>
            Assert.StartsWith(
                "Cheryl Checker approved ",
                page.Find(".request-body .notice .says").TextContent.Trim(),
                StringComparison.Ordinal
            )
        );
        Assert.Equal("Not their", page.Find("#field-Reason").GetAttribute("value"));
        Assert.True(page.Find(".decide-form button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task What_others_ask_for_meanwhile_waits_until_it_is_asked_for_unless_it_comes_last()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var first = await world.AskAsync(world.Goodwill(1_500));
        var feed = Feed(world);
        await using var screen = Screen(world, world.Checker, Role.Checker, feed);
        var page = await OpenAsync(screen);
        await feed.PollAsync(default);

        world.Plum.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = await world.AskAsync(world.Refund(2_000));
        await feed.PollAsync(default);

        await page.WaitForAssertionAsync(() => Assert.Equal([RequestReference.Of(first.Id), RequestReference.Of(later.Id)], Rows(page)));
        Assert.Equal(
            ["Refund 1 GBP 20.00", "Goodwill credit 1 GBP 15.00"],
            page.FindAll(".desk-totals a")
                .Select(a => string.Join(' ', a.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        );
    }

    [Fact]
    public async Task Several_are_decided_at_once_each_with_its_own_answer()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var small = await world.AskAsync(world.Goodwill(1_500));
        world.Plum.Clock.Advance(TimeSpan.FromHours(25)); // so that they do not count as one
        var order = await world.AskAsync(world.Refund(2_000));
        await using var screen = Screen(world, world.Checker, Role.Checker);
        var page = await OpenAsync(screen);
        foreach (var i in new[] { 0, 1 })
        {
            await page.FindAll(".desk-rows input[type=checkbox]")[i].ChangeAsync(true);
        }

        await page.FindAll(".queue-selection button").First(b => b.TextContent.Contains("Approve", StringComparison.Ordinal)).ClickAsync();
        Assert.IsType<Outcome.Done>(await world.RejectAsync(small, world.Second)); // another is faster with one of them
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal("1 done, 1 not.", page.Find("dialog p[role=status]").TextContent));
        Assert.Contains(
            page.FindAll(".desk-results li"),
            l => l.TextContent.Contains("Cheryl Checker was first", StringComparison.Ordinal)
        );
        Assert.Equal(RequestState.Approved, (await world.RequestAsync(order.Id)).State);
    }

    [Fact]
    public async Task A_maker_sees_their_own_alone_answers_a_question_and_cannot_decide()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var mine = await world.AskAsync(world.Goodwill(1_500));
        var asked = await world.Approvals.SendBackAsync(
            new SendBackRequest(mine.Id, mine.Version, mine.Fingerprint, "Which delivery failed?"),
            world.Checker,
            default
        );
        Assert.IsType<Outcome.Done>(asked);
        await using var screen = Screen(world, world.Maker, Role.Agent);
        var page = await OpenAsync(screen, mine);

        Assert.Equal(
            ["Answer r", "Withdraw w"],
            page.FindAll(".decide button")
                .Select(b => string.Join(' ', b.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        );
        await PressAsync(page, "Answer");
        await page.Find("#field-Answer").InputAsync("The first, by SMS.");
        await page.Find(".decide-form").SubmitAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Contains("The first, by SMS.", page.Find(".request .history").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(RequestState.Pending, (await world.RequestAsync(mine.Id)).State);
        Assert.Equal(["Mine", "Stuck", "All"], page.FindAll(".tabs a").Select(a => a.ChildNodes[0].TextContent.Trim()));
    }
}
