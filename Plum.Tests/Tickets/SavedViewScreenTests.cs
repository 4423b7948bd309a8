using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public sealed class SavedViewScreenTests : IAsyncLifetime
{
    private PlumDatabase _plum = null!;
    private PlumScreen _screen = null!;
    private Actor _lea = null!;

    private BunitNavigationManager Navigation => _screen.Get<BunitNavigationManager>();

    public async ValueTask InitializeAsync()
    {
        _plum = await PlumDatabase.CreateAsync();
        _lea = await _plum.HasUserAsync("Lea Lead", Role.OpsLead);
        await _plum.HasTicketAsync(severity: Severity.P1);
        await _plum.HasTicketAsync(severity: Severity.P2);
        _screen = PlumScreen.Of(_plum, _lea, Role.OpsLead, services => services.AddTicketDesk());
    }

    public async ValueTask DisposeAsync()
    {
        await _screen.DisposeAsync();
        await _plum.DisposeAsync();
    }

    [Fact]
    public async Task What_is_on_the_screen_is_saved_under_a_name_and_is_a_tab_from_then_on()
    {
        var page = Open("/tickets?view=open&severity=p1");
        Assert.Equal("All open, changed", page.Find(".view-bar span").TextContent.Trim());

        await Button(page, "Save view").ClickAsync();
        await page.Find("form.form-frame").SubmitAsync();
        Assert.Contains("Name is missing", page.Find(".field-error").TextContent, StringComparison.Ordinal);
        await page.Find("#field-Name").InputAsync("Urgent");
        await page.Find("#field-IsShared").ChangeAsync(true);
        await page.Find("form.form-frame").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Shared Urgent 1", Words(page.Find(".queue-tabs [aria-current]"))));
        Assert.Empty(page.FindAll(".view-bar"));
        Assert.Equal(["PLM-1001"], page.FindAll(".row-link").Select(a => a.TextContent));
        Assert.Contains("Urgent is saved.", _screen.Said);
    }

    [Fact]
    public async Task A_view_that_one_has_changed_is_saved_or_reset()
    {
        var key = await HasAsync("Urgent");
        var page = Open($"/tickets?view={key}");
        Assert.Empty(page.FindAll(".view-bar"));

        Navigation.NavigateTo($"/tickets?view={key}&severity=p2&sort=-created");
        page.WaitForElement(".view-bar");
        Assert.Equal(["Save", "Save view", "Reset"], page.FindAll(".view-bar .btn").Select(b => b.TextContent.Trim()));
        Assert.EndsWith($"/tickets?view={key}", page.Find(".view-bar a").GetAttribute("href"), StringComparison.Ordinal);
        await Button(page, "Save").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".view-bar")));
        Assert.EndsWith($"/tickets?view={key}", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["PLM-1002"], page.FindAll(".row-link").Select(a => a.TextContent)));
        var view = (await _plum.Get<TicketQueueService>().PageAsync(new TicketQueueQuery(key), _lea, default))!.View;
        Assert.Equal((TicketOrder.Newest, "severity=p2"), (view.Order, TicketFilterText.Line(view.Filter)));
    }

    [Fact]
    public async Task A_change_that_somebody_else_made_first_is_not_overwritten()
    {
        var key = await HasAsync("Team", shared: true);
        var page = Open($"/tickets?view={key}&severity=p2");
        page.WaitForElement(".view-bar");
        var terms = new SavedViewTerms("Team", new TicketFilter { Open = false }, TicketOrder.BySla, TicketColumns.Usual, IsShared: true);
        await _plum.Get<SavedViewService>().ChangeAsync(new ChangeView(Guid.ParseExact(key, "n"), 0, terms), _lea, default);

        await Button(page, "Save for everybody").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains(_screen.Said, s => s.StartsWith("Somebody changed this", StringComparison.Ordinal)));
        Assert.EndsWith("severity=p2", Navigation.Uri, StringComparison.Ordinal); // what one had chosen stays
        var view = (await _plum.Get<TicketQueueService>().PageAsync(new TicketQueueQuery(key), _lea, default))!.View;
        Assert.Equal("open=no", TicketFilterText.Line(view.Filter));
    }

    [Fact]
    public async Task Views_are_moved_renamed_and_deleted_and_deleting_is_taken_back()
    {
        var key = await HasAsync("Urgent");
        var page = Open($"/tickets?view={key}");
        await Button(page, "Views").ClickAsync();
        await page.Find("[aria-label='Move Urgent up']").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(["Urgent", "All"], TabNames(page).TakeLast(2)));
        await page.Find("[aria-label='Urgent opens first']").ChangeAsync(true);
        Assert.Equal(key, (await _plum.Get<TicketQueueService>().PageAsync(new TicketQueueQuery(), _lea, default))!.First);

        await page.Find("[aria-label='Rename Urgent']").ClickAsync();
        await page.Find("#field-Name").InputAsync("At risk");
        await page.Find("form.form-frame").SubmitAsync();
        Assert.Contains("standard view", page.Find(".field-error").TextContent, StringComparison.Ordinal);
        await page.Find("#field-Name").InputAsync("Very urgent");
        await page.Find("form.form-frame").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(["Very urgent", "All"], TabNames(page).TakeLast(2)));

        await Button(page, "Views").ClickAsync();
        await page.Find("[aria-label='Delete Very urgent']").ClickAsync();
        page.WaitForAssertion(() => Assert.DoesNotContain("Very urgent", TabNames(page)));
        Assert.Contains("Very urgent is deleted.", _screen.Said);
        await _screen.UndoAsync();
        page.WaitForAssertion(() => Assert.Contains("Very urgent", TabNames(page)));
    }

    [Fact]
    public async Task Whoever_may_not_share_is_offered_neither_sharing_nor_the_change_of_what_is_shared()
    {
        var key = await HasAsync("Team", shared: true);
        var ana = await _plum.HasUserAsync("Ana Agent");
        await using var screen = PlumScreen.Of(_plum, ana, Role.Agent, services => services.AddTicketDesk());
        screen.Get<BunitNavigationManager>().NavigateTo($"/tickets?view={key}&severity=p2");
        var page = screen.Render<TicketsPage>();
        page.WaitForElement(".view-bar");

        Assert.Equal(["Save view", "Reset"], page.FindAll(".view-bar .btn").Select(b => b.TextContent.Trim()));
        await Button(page, "Save view").ClickAsync();
        Assert.Empty(page.FindAll("#field-IsShared"));
        await Button(page, "Views").ClickAsync();
        Assert.Empty(page.FindAll("[aria-label^=Rename], [aria-label^=Delete]"));
    }

    private IRenderedComponent<TicketsPage> Open(string path)
    {
        Navigation.NavigateTo(path);
        var page = _screen.Render<TicketsPage>();
        page.WaitForElement(".queue-tabs a");
        return page;
    }

    private async Task<string> HasAsync(string name, bool shared = false)
    {
        var terms = new SavedViewTerms(
            name,
            new TicketFilter { Severities = [Severity.P1] },
            TicketOrder.BySla,
            TicketColumns.Usual,
            shared
        );
        return Assert.IsType<Outcome.Done>(await _plum.Get<SavedViewService>().SaveAsync(new SaveView(terms), _lea, default)).Key!;
    }

    private static IElement Button(IRenderedComponent<TicketsPage> page, string text) =>
        page.FindAll("button").First(b => b.TextContent.Trim() == text);

    private static IEnumerable<string> TabNames(IRenderedComponent<TicketsPage> page) =>
        page.FindAll(".queue-tabs a")
            .Select(a => a.TextContent.Trim().Split('\n')[0].Trim())
            .Select(t => t.TrimEnd("0123456789 ".ToCharArray()));

    private static string Words(IElement element) =>
        string.Join(
            ' ',
            [
                .. element.QuerySelectorAll("svg[aria-label]").Select(s => s.GetAttribute("aria-label")!),
                .. element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
            ]
        );
}
