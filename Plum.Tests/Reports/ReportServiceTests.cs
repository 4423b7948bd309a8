using Microsoft.EntityFrameworkCore;
using Plum.Data.Reports;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Connectors;
using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Reports;

public class ReportServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_month_that_was_lived_is_counted_as_it_was(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var history = await LivedAsync(plum);

        var report = (await history.At(4, 1, 6).MadeAsync()).Document;

        Assert.Equal((3, 1), report.Value(Kpis.Created)); // the merged one counts nowhere
        Assert.Equal((1, 0), report.Value(Kpis.MergedLeftOut));
        Assert.Equal((2, 0), report.Value(Kpis.Replied));
        Assert.Equal(105, report.Value(Kpis.ReplyMedian).Item1); // 90 and 120 minutes
        Assert.Equal((2, 0), report.Value(Kpis.FirstResolved));
        Assert.Equal((3, 1), report.Value(Kpis.Backlog)); // the reopened one among them
        Assert.Equal((1, 0), report.Value(Kpis.BacklogWaiting));
        Assert.Equal((50, null), report.Value(Kpis.Reopened)); // one of two resolved
        Assert.Equal((1, 0), report.Value(Kpis.Resolved));
        Assert.Equal(1680, report.Value(Kpis.FullMedian).Item1); // 2 days and 4 hours, less a day of waiting on the recipient
        Assert.Equal(3120, report.Value(Kpis.FullMedianGross).Item1);
        Assert.Equal(3120, report.Value(Kpis.FullMedianCalendar).Item1);
    }

    [Theory]
    [EachDatabase]
    public async Task Money_that_was_given_on_tickets_is_told_in_the_month_in_which_it_went(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        world.Supplier.Terms = new CancellationTerms(null, null, new Money(2300, "GBP"), new Money(200, "GBP"));
        await world.AskAsync(world.Refund(600));
        await world.RejectAsync(await world.AskAsync(world.Goodwill(900)));
        await world.ApproveAsync(await world.AskAsync(world.Goodwill(500)));
        await world.RunAsync();
        var order = await world.Plum.HasOrderAsync(world.Recipient);
        var other = await world.Plum.HasTicketOfRecipientAsync(world.Recipient, "No longer wanted", order);
        var asked = await world.AskAsync(world.Cancellation() with { TicketId = other.Id, OrderId = order.Id });
        await world.ApproveAsync(asked);
        await world.RunAsync();
        var month = DateOnly.FromDateTime(world.Plum.Now);

        var report = await new ReportHistory(world.Plum, world.Client).MadeAsync(month.AddDays(1 - month.Day));

        Assert.Equal((2, 0), report.Document.Value(Kpis.Refunds));
        Assert.Equal((1, 0), report.Document.Value(Kpis.Goodwill));
        var tables = report.Document.Sections.Single(s => s.Key == "money").Tables;
        Assert.Equal(
            [new Quantity(29, Unit.Money, "GBP"), new Quantity(5, Unit.Money, "GBP")], // 6.00, and 25.00 less a fee of 2.00
            tables.Select(t => Assert.Single(t.Rows).Cells[2].Quantity!.Value)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_report_made_late_says_what_one_made_on_time_said(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var history = await LivedAsync(plum);
        var onTime = (await history.At(4, 1, 6).MadeAsync()).Document;

        // April and May go on: what was open is resolved, what waited no longer does, what was resolved comes back.
        await using var db = plum.Peek();
        var ids = await db.Tickets.OrderBy(t => t.Id).Select(t => t.Id).ToListAsync();
        history.At(4, 9);
        await history.ReopenedAsync(ids[1]); // within 14 days of its resolution it would be late: it was resolved on 6 March
        await history.MovedAsync(ids[0], Dispositions.Resolved);
        await history.ChangedAsync(ids[3], new TicketChange.Wait(WaitingOn.Nobody));
        await history.At(4, 20).OpenedAsync();
        await history.At(5, 2).MovedAsync(ids[1], Dispositions.Resolved);
        await history.MovedAsync(ids[3], Dispositions.Resolved);
        var late = (await history.At(6, 1, 6).MadeAsync()).Document;

        // All but what the passing of time alone decides: targets that were still running then.
        Assert.Equal(Told(onTime), Told(late));

        static IEnumerable<(string, Quantity, Quantity?)> Told(ReportDocument report) =>
            report.Figures.Where(f => !f.Kpi.StartsWith("sla.", StringComparison.Ordinal)).Select(f => (f.Kpi, f.Now, f.Before));
    }

    [Theory]
    [EachDatabase]
    public async Task A_report_once_made_stays_as_it_was_whatever_becomes_of_its_tickets(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var history = await LivedAsync(plum);
        var made = await history.At(4, 1, 6).MadeAsync();
        await using var db = plum.Peek();
        await db.TicketEvents.ExecuteDeleteAsync();
        await db.SlaClocks.ExecuteDeleteAsync();
        await db.Tickets.Where(t => t.MergedIntoId != null).ExecuteDeleteAsync();
        await db.Tickets.ExecuteDeleteAsync();

        var reports = plum.Get<ReportService>();
        var opened = await reports.OpenAsync(made.Row.Id, PlumDatabase.Lead, default);
        var behind = await reports.BehindAsync(made.Row.Id, "Created", 0, 2, PlumDatabase.Lead, default);

        Assert.Equal(made.Document.Figures.Select(f => f.Now), opened!.Document.Figures.Select(f => f.Now));
        Assert.Equal((2, 3), (behind!.Rows.Count, behind.Total));
    }

    [Theory]
    [EachDatabase]
    public async Task Any_number_opens_exactly_as_many_rows(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var made = await (await LivedAsync(plum)).At(4, 1, 6).MadeAsync();
        var reports = plum.Get<ReportService>();

        foreach (var figure in made.Document.Figures.Where(f => f.Now.Unit == Unit.Count))
        {
            var behind = await reports.BehindAsync(made.Row.Id, figure.Opens!, 0, 100, PlumDatabase.Lead, default);
            Assert.Equal((figure.Kpi, (int)figure.Now.Amount!), (figure.Kpi, behind!.Rows.Count));
        }

        Assert.Null(await reports.BehindAsync(made.Row.Id, "Nonsense", 0, 100, PlumDatabase.Lead, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Making_leaves_an_audit_line_and_names_who_made_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var made = await (await LivedAsync(plum)).At(4, 1, 6).MadeAsync();

        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(e => e.Room == "Reports");
        Assert.Equal(("Made", "ACME 2026-03", "Lea Lead", plum.Now), (line.What, line.Subject, line.Who, line.AtUtc));
        Assert.Equal(("Lea Lead", plum.Now, false), (made.Row.MadeBy, made.Row.MadeAtUtc, made.Row.IsScheduled));
    }

    [Theory]
    [EachDatabase]
    public async Task Somebody_of_another_client_a_partner_and_whoever_lacks_the_right_get_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var history = await LivedAsync(plum);
        var made = await history.At(4, 1, 6).MadeAsync();
        var other = await plum.HasClientAsync("OTHER");
        var reports = plum.Get<ReportService>();
        Actor[] strangers =
        [
            PlumDatabase.Bound(other, Role.OpsLead),
            PlumDatabase.Person("Pat Partner", Role.OpsLead) with
            {
                PartnerId = Guid.NewGuid(),
            },
            PlumDatabase.Agent,
        ];

        foreach (var stranger in strangers)
        {
            Assert.Null(await reports.OpenAsync(made.Row.Id, stranger, default));
            Assert.Null(await reports.ContentAsync(made.Row.Id, stranger, default));
            Assert.Null(await reports.BehindAsync(made.Row.Id, "Created", 0, 10, stranger, default));
            Assert.Equal(0, (await reports.ListAsync(new ReportListQuery(null, null, 0, 10), stranger, default)).Total);
            Assert.Equal(0, (await reports.ListAsync(new ReportListQuery(history.Client.Id, null, 0, 10), stranger, default)).Total);
            Assert.IsType<Outcome.Refused>(
                await reports.MakeAsync(new MakeReport(history.Client.Id, ReportHistory.March), stranger, default)
            );
        }

        var own = PlumDatabase.Bound(history.Client, Role.Executive);
        Assert.NotNull(await reports.OpenAsync(made.Row.Id, own, default));
        Assert.Equal(1, (await reports.ListAsync(new ReportListQuery(null, 2026, 0, 10), own, default)).Total);
        Assert.Equal(0, (await reports.ListAsync(new ReportListQuery(null, 2025, 0, 10), own, default)).Total);
    }

    [Theory]
    [EachDatabase]
    public async Task A_report_counts_no_ticket_of_another_client(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await LivedAsync(plum);
        var other = await ReportHistory.OfAsync(plum, "OTHER");
        await other.At(3, 10).OpenedAsync();

        var report = (await other.At(4, 1, 6).MadeAsync()).Document;

        Assert.Equal((1, 0), report.Value(Kpis.Created));
    }

    [Theory]
    [EachDatabase]
    public async Task A_month_that_has_not_begun_at_the_client_is_refused(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var auckland = await ReportHistory.OfAsync(plum, timeZone: "Pacific/Auckland");
        var april = new MakeReport(auckland.Client.Id, new DateOnly(2026, 4, 1));

        auckland.At(3, 31, 10, 59); // 23:59 in Auckland
        Assert.Equal(
            new Outcome.Refused(ReportRefusals.NotBegun),
            await plum.Get<ReportService>().MakeAsync(april, PlumDatabase.Lead, default)
        );

        auckland.At(3, 31, 11); // midnight
        Assert.IsType<Outcome.Done>(await plum.Get<ReportService>().MakeAsync(april, PlumDatabase.Lead, default));
    }

    /// <summary>Five complaints: one of February still open in March, one resolved, one resolved and reopened, one waiting, one merged.</summary>
    private static async Task<ReportHistory> LivedAsync(PlumDatabase plum)
    {
        var history = await ReportHistory.OfAsync(plum);
        await history.At(2, 20).OpenedAsync();

        var resolved = await history.At(3, 4).OpenedAsync();
        await history.At(3, 4, 2).RepliedAsync(resolved);
        await history.At(3, 4, 6).ChangedAsync(resolved, new TicketChange.Wait(WaitingOn.Recipient));
        await history.At(3, 5, 6).ChangedAsync(resolved, new TicketChange.Wait(WaitingOn.Nobody));
        await history.At(3, 6, 4).MovedAsync(resolved, Dispositions.Resolved);

        var reopened = await history.At(3, 10).OpenedAsync("Failed redemption", Severity.P1);
        await history.At(3, 10, 1, 30).RepliedAsync(reopened);
        await history.At(3, 11).MovedAsync(reopened, Dispositions.Resolved);
        await history.At(3, 20).ReopenedAsync(reopened);

        var waiting = await history.At(3, 30).OpenedAsync();
        await history.At(3, 30, 1).ChangedAsync(waiting, new TicketChange.Wait(WaitingOn.Supplier));

        var merged = await history.At(3, 31).OpenedAsync();
        await history.MergedAsync(merged, waiting);
        return history;
    }
}
