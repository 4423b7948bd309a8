using System.Text;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Access;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

/// <summary>Many tickets changed at once: the work beside the pages, and what the page shows of it.</summary>
public sealed class TicketQueueRunTests : IAsyncLifetime
{
    private PlumDatabase _plum = null!;
    private PlumScreen _screen = null!;
    private PlumUser _lea = null!;

    private Actor Lea => PlumDatabase.As(_lea, Role.OpsLead);

    public async ValueTask InitializeAsync()
    {
        _plum = await PlumDatabase.CreateAsync();
        _lea = await _plum.HasAccountAsync("Lea Lead", Role.OpsLead);
        _screen = PlumScreen.Of(_plum, Lea, Role.OpsLead, services => services.AddTicketDesk());
        await _screen.Get<TicketQueueRuns>().StartAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _screen.Get<TicketQueueRuns>().StopAsync(default);
        await _screen.DisposeAsync();
        await _plum.DisposeAsync();
    }

    [Fact]
    public async Task The_rows_ticked_are_changed_and_what_was_refused_stays_selected_with_its_reason()
    {
        var (open, closed, moved) = (await _plum.HasTicketAsync(), await _plum.HasTicketAsync(), await _plum.HasTicketAsync());
        await _plum.HasTicketAsync(); // not ticked
        await MoveAsync(closed, Dispositions.Resolved);
        var page = Open("/tickets?view=all");
        foreach (var ticket in new[] { open, closed, moved })
        {
            await page.Find($"[aria-label='Select {TicketReference.Of(ticket.Id)}']").ChangeAsync(true);
        }

        await MoveAsync(moved, Dispositions.VendorRejection); // by somebody else, after it was seen
        await Button(page, "Edit").ClickAsync();
        Assert.Equal("Change 3 tickets", page.Find("dialog.edit-many h2").TextContent);
        await page.Find("#many-Severity").ChangeAsync("P1");
        await page.Find("dialog.edit-many form").SubmitAsync();

        page.WaitForAssertion(() =>
            Assert.Equal(
                "1 of 3 tickets changed: severity P1",
                Words(page.Find(".run-bar strong").ParentElement!.FirstElementChild!) + " " + Words(page.Find(".run-bar .muted"))
            )
        );
        Assert.Equal("1 refused, 1 changed meanwhile by somebody else.", Words(page.Find(".run-bar p")));
        page.WaitForAssertion(() =>
            Assert.Equal(["PLM-1003", "PLM-1002"], page.FindAll("tr.selected .row-link").Select(a => a.TextContent))
        );
        await Button(page, "What became of each").ClickAsync();
        Assert.Equal(
            [
                "PLM-1002 refused The ticket is closed. Reopen it first, with a reason.",
                "PLM-1003 changed meanwhile Somebody changed it after you had seen it. Look at it, then change it again.",
                "PLM-1001 changed",
            ],
            page.FindAll("dialog tbody tr").Select(r => string.Join(' ', r.Children.Select(c => c.TextContent.Trim())).Trim())
        );
        await using var db = _plum.Peek();
        Assert.Equal([open.Id], await db.Tickets.Where(t => t.Severity == Severity.P1).Select(t => t.Id).ToListAsync());
    }

    [Fact]
    public async Task All_that_match_over_all_pages_are_changed()
    {
        var world = await TicketQueueWorld.CreateAsync(_plum);
        await world.HaveAsync([.. Enumerable.Range(0, 130).Select(n => new TicketLooks(Severity: n < 120 ? Severity.P3 : Severity.P4))]);
        var page = Open("/tickets?view=open&severity=p3");
        await page.Find("[aria-label='Select the page']").ChangeAsync(true);
        Assert.Equal("50 tickets selected", page.Find(".queue-selection strong").TextContent);
        await Button(page, "Select all 120").ClickAsync();
        await Button(page, "Edit").ClickAsync();
        await page.Find("#many-WaitingOn").ChangeAsync("Supplier");
        await page.Find("#many-note").ChangeAsync("Outage");
        await page.Find("dialog.edit-many form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("120 of 120 tickets changed:", page.Find(".run-bar strong").TextContent));
        Assert.Equal("None was refused.", Words(page.Find(".run-bar p")));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".queue-selection")));
        await using var db = _plum.Peek();
        Assert.Equal(120, await db.Tickets.CountAsync(t => t.WaitingOn == WaitingOn.Supplier && t.Severity == Severity.P3));
        Assert.Equal(120, await db.AuditEntries.CountAsync(a => a.What == "Waiting changed" && a.Why == "Outage"));
        await page.Find("[aria-label='Put away']").ClickAsync();
        Assert.Empty(page.FindAll(".run-bar"));
    }

    [Fact]
    public async Task Nothing_chosen_and_a_reason_too_long_are_told_beside_the_fields_and_what_was_chosen_stays()
    {
        await _plum.HasTicketAsync();
        var page = Open("/tickets?view=all");
        await page.Find("[aria-label='Select PLM-1001']").ChangeAsync(true);
        await Button(page, "Edit").ClickAsync();
        await page.Find("dialog.edit-many form").SubmitAsync();
        Assert.Equal("Choose what is to change.", Words(page.Find(".field-error")));

        await page.Find("#many-Severity").ChangeAsync("P1");
        await page.Find("#many-note").ChangeAsync(new string('x', TicketEvent.NoteMaxLength + 1));
        await page.Find("dialog.edit-many form").SubmitAsync();
        Assert.StartsWith("The reason has 2001 characters.", Words(page.Find("#Note-error")), StringComparison.Ordinal);

        await Button(page, "Cancel").ClickAsync();
        await Button(page, "Edit").ClickAsync();
        Assert.Equal("P1", page.Find("#many-Severity").GetAttribute("value"));
        Assert.Null(_screen.Get<TicketQueueRuns>().Of(_lea.Id));
    }

    [Fact]
    public async Task A_run_that_is_stopped_ends_after_the_ticket_in_hand_and_leaves_the_others_selected()
    {
        var ids = await HaveAsync(40);
        var run = Run(ids, new TicketChange.Grade(Severity.P1));
        run.Changed += (_, _) =>
        {
            if (run.Seen == 10)
            {
                run.Cancel();
            }
        };

        await run.WorkAsync(_screen.Get<TicketQueueEditing>(), (by, _) => Task.FromResult(by), default);

        Assert.Equal((TicketRunState.Cancelled, 10, 10), (run.State, run.Seen, run.Count(TicketRunResult.Changed)));
        Assert.Equal(ids.Skip(10), run.Left);
        var csv = Encoding.UTF8.GetString(TicketQueueFiles.Lines(run)).TrimEnd().Split("\r\n");
        Assert.Equal((41, "PLM-1010,changed,", "PLM-1011,not reached,"), (csv.Length, csv[10], csv[11]));
    }

    [Fact]
    public async Task Whoever_loses_the_right_while_a_run_is_on_its_way_changes_nothing_from_the_next_look_on()
    {
        var ids = await HaveAsync(410);
        var run = Run(ids, new TicketChange.Grade(Severity.P1));
        var looks = 0;

        await run.WorkAsync(
            _screen.Get<TicketQueueEditing>(),
            async (by, ct) =>
            {
                if (++looks == 2)
                {
                    await using var db = _plum.Peek();
                    await db.Users.Where(u => u.Id == _lea.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAtUtc, _plum.Now), ct);
                }

                return await _screen.Get<ActorService>().NowAsync(by, ct);
            },
            default
        );

        Assert.Equal((200, 210), (run.Count(TicketRunResult.Changed), run.Count(TicketRunResult.Refused)));
        Assert.Equal(Refusals.NotAllowed(Act.BulkEditTickets).Message, run.Lines[^1].Why);
    }

    [Fact]
    public async Task A_person_has_one_run_at_a_time_and_it_is_found_again_on_another_page()
    {
        var ids = await HaveAsync(3);
        var runs = _screen.Get<TicketQueueRuns>();
        await runs.StopAsync(default); // nothing is worked off
        Assert.True(runs.Start(Run(ids, new TicketChange.Grade(Severity.P1))));
        Assert.False(runs.Start(Run(ids, new TicketChange.Grade(Severity.P2))));

        var page = Open("/tickets?view=all");

        Assert.Equal("0 of 3 tickets:", page.Find(".run-bar strong").TextContent);
        Assert.Equal("3", page.Find(".run-bar progress").GetAttribute("max"));
    }

    [Fact]
    public async Task The_results_are_a_file_for_whoever_started_it_and_for_nobody_else()
    {
        var ids = await HaveAsync(2);
        var sam = await _plum.HasAccountAsync("Sam Senior", Role.SeniorAgent);
        await using var portal = new PlumPortal(_plum);
        var hers = await portal.VisitAsync(_lea);
        var run = Run(ids, new TicketChange.Grade(Severity.P1));
        Assert.True(portal.Services.GetRequiredService<TicketQueueRuns>().Start(run));
        var path = TicketQueueFiles.HrefOf(run);

        var mine = await hers.OpenAsync(path);
        Assert.Equal("text/csv", mine.Answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ["Ticket", "PLM-1001", "PLM-1002"],
            (await mine.Answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').TrimEnd().Split("\r\n").Select(l => l.Split(',')[0])
        );
        Assert.Equal("404", (await (await portal.VisitAsync(sam)).OpenAsync(path)).Status);
        Assert.Equal("302", (await portal.Visit().OpenAsync(path)).Status);
    }

    private TicketQueueRun Run(IReadOnlyList<long> ids, params TicketChange[] changes) =>
        new([.. ids.Select(id => new TicketEditTarget(id, 0))], changes, null, "severity P1", "", Lea, _plum.Now);

    private async Task<IReadOnlyList<long>> HaveAsync(int count)
    {
        var world = await TicketQueueWorld.CreateAsync(_plum);
        return await world.HaveAsync([.. Enumerable.Range(0, count).Select(_ => new TicketLooks())]);
    }

    private async Task MoveAsync(Ticket ticket, string to) =>
        Assert.IsType<Outcome.Done>(
            await _plum.Get<TicketService>().MoveAsync(new MoveTicket(ticket.Id, ticket.Version, to), PlumDatabase.Agent, default)
        );

    private IRenderedComponent<TicketsPage> Open(string path)
    {
        _screen.Get<BunitNavigationManager>().NavigateTo(path);
        var page = _screen.Render<TicketsPage>();
        page.WaitForElement(".queue-table");
        return page;
    }

    private static IElement Button(IRenderedComponent<TicketsPage> page, string text) =>
        page.FindAll("button").First(b => b.TextContent.Trim() == text);

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
