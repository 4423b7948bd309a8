using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

public class EmergencyPageTests
{
    private static PlumScreen Screen(CorrectionWorld world, Actor person, Role role) =>
        PlumScreen.Of(world.Plum, person, role, services => services.AddScoped<DecidingDesk>());

    [Fact]
    public async Task It_is_taken_with_a_reason_and_stands_there_open_for_all_who_decide()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await using var screen = Screen(world, world.Checker, Role.Checker);
        var page = screen.Render<EmergencyPage>();
        await page.WaitForElementAsync(".empty");

        await page.Find(".actions button").ClickAsync();
        await page.Find("dialog form").SubmitAsync();
        Assert.NotEmpty(page.Find("#Reason-error").TextContent);
        Assert.Empty(await world.Plum.Get<EmergencyService>().ListAsync(world.Lead, default));
        await page.Find("#field-Reason").InputAsync("All leads are on a plane");
        await page.Find("dialog form").SubmitAsync();

        var row = await page.WaitForElementAsync("tbody tr");
        Assert.Contains("Chao Checker", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Open now", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("Show", row.QuerySelector("button")!.TextContent); // one's own is reviewed by another
    }

    [Fact]
    public async Task Whoever_reviews_it_sees_what_was_decided_and_closes_it_with_words()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        var request = await world.AskAsync(world.Goodwill(15_000));
        var taken = new TakeEmergencyAccess("All leads are on a plane");
        Assert.IsType<Outcome.Done>(await world.Plum.Get<EmergencyService>().TakeAsync(taken, world.Checker, default));
        var above = await world.AskAsync(
            new Data.Corrections.AskCorrection.Goodwill(
                (await world.Plum.HasTicketOfRecipientAsync(world.Recipient)).Id,
                world.Recipient.Id,
                world.Fund,
                new Money(30_000, "GBP"),
                Domain.Corrections.ReasonCode.ServiceFailure,
                "Late"
            ),
            await world.Plum.HasUserAsync("Mo Maker")
        );
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request)); // within the limit: not by it
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(above));
        world.Plum.Clock.Advance(EmergencyAccess.Longest);
        await using var screen = Screen(world, world.Lead, Role.OpsLead);
        var page = screen.Render<EmergencyPage>();
        var row = await page.WaitForElementAsync("tbody tr");
        Assert.Contains("To be reviewed", row.TextContent, StringComparison.Ordinal);

        await page.Find("tbody .row-link").ClickAsync();
        Assert.Equal([RequestReference.Of(above.Id)], page.FindAll("dialog li a").Select(a => a.TextContent));
        await page.Find("#field-Review").InputAsync("Right: the recipient was at the counter");
        await page.Find("dialog form").SubmitAsync();

        await page.WaitForAssertionAsync(() =>
            Assert.Contains("Reviewed by Lou Lead", page.Find("tbody tr").TextContent, StringComparison.Ordinal)
        );
    }
}
