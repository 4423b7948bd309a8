using System.Text;
using ClosedXML.Excel;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class TicketQueueExportTests
{
    [Theory]
    [EachDatabase]
    public async Task What_leaves_is_what_the_queue_counts_in_the_queues_order(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var world = await TicketQueueWorld.CreateAsync(plum);
        var random = new Random(11);
        await world.HaveAsync([.. Enumerable.Range(0, 160).Select(_ => world.Looks(random))]);
        foreach (var (view, beyond, order) in Queues())
        {
            var query = new TicketQueueQuery(view, beyond, order);
            var shown = new List<long>();
            var total = 0;
            for (var page = 1; page == 1 || shown.Count < total; page++)
            {
                var queue = (await plum.Get<TicketQueueService>().PageAsync(query with { Page = page }, world.Me, default))!;
                shown.AddRange(queue.Rows.Select(r => r.Id));
                total = queue.Total;
            }

            Assert.Equal(total, shown.Count);
            Assert.Equal(shown, await ExportedAsync(plum, world.Me, query with { Page = 2 }));
        }

        static IEnumerable<(string View, Dictionary<string, string> Beyond, TicketOrder? Order)> Queues() =>
            [
                (StandardViews.All, [], null),
                (StandardViews.Open, [], null),
                (StandardViews.Open, new() { ["severity"] = "p1,p2", ["q"] = "voucher" }, new TicketOrder(TicketSort.Owner, true)),
                (StandardViews.All, new() { ["open"] = "no" }, new TicketOrder(TicketSort.Client)),
                (StandardViews.All, new() { ["q"] = "nobody wrote this" }, null),
            ];
    }

    [Theory]
    [EachDatabase]
    public async Task An_export_is_audited_before_it_leaves_with_its_filter_and_count(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync(severity: Severity.P1);
        await plum.HasTicketAsync(severity: Severity.P2);

        await plum.Get<TicketQueueExport>()
            .StartAsync(
                new TicketQueueQuery(
                    StandardViews.Open,
                    new Dictionary<string, string> { ["severity"] = "p1", ["client"] = ticket.ClientId.ToString("n") }
                ),
                TicketExportFormat.Workbook,
                PlumDatabase.Lead,
                default
            );

        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Exported");
        Assert.Equal(("Tickets", "export", "Lea Lead", ticket.ClientId), (line.Room, line.Subject, line.Who, line.ClientId));
        Assert.Equal(
            $$"""{"format":"Workbook","tickets":1,"filter":"client={{ticket.ClientId:n}}&severity=p1&open=yes","order":"sla"}""",
            line.After
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_export_gets_nothing_and_leaves_no_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasTicketAsync();

        var (refused, export) = await StartAsync(plum, PlumDatabase.Agent, new TicketQueueQuery(StandardViews.All));

        Assert.Equal((Refusals.NotAllowed(Act.ExportTickets), null), (refused, export));
        await Assert.ThrowsAsync<RefusedException>(async () =>
            await plum.Get<TicketQueueExport>().RowsAsync(new TicketExport([1001], plum.Now), PlumDatabase.Agent, default).ToListAsync()
        );
        await using var db = plum.Peek();
        Assert.False(await db.AuditEntries.AnyAsync(a => a.What == "Exported"));
    }

    [Theory]
    [EachDatabase]
    public async Task A_clients_own_people_export_their_clients_tickets_alone(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var (own, theirs) = (await plum.HasTicketAsync(acme), await plum.HasTicketAsync(nord));
        var ada = PlumDatabase.Bound(acme, Role.SeniorAgent);

        var asked = new Dictionary<string, string> { ["client"] = $"{acme.Id:n},{nord.Id:n}" };
        Assert.Equal([own.Id], await ExportedAsync(plum, ada, new TicketQueueQuery(StandardViews.All, asked)));
        Assert.Empty(await plum.Get<TicketQueueExport>().RowsAsync(new TicketExport([theirs.Id], plum.Now), ada, default).ToListAsync());
    }

    [Fact]
    public async Task Beyond_what_a_workbook_takes_there_is_the_csv()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var world = await TicketQueueWorld.CreateAsync(plum);
        await world.HaveAsync([.. Enumerable.Range(0, TicketQueueExport.MostInWorkbook + 1).Select(_ => new TicketLooks())]);
        var query = new TicketQueueQuery(StandardViews.All);

        var (refused, _) = await plum.Get<TicketQueueExport>().StartAsync(query, TicketExportFormat.Workbook, world.Me, default);

        Assert.Equal("These are 10,001 tickets, and a workbook takes 10,000. Download the CSV, which takes all.", refused!.Message);
        Assert.Equal(TicketQueueExport.MostInWorkbook + 1, (await ExportedAsync(plum, world.Me, query)).Distinct().Count());
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+44 7700", "'+44 7700")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("Gift 🎁, \"late\"", "\"Gift 🎁, \"\"late\"\"\"")]
    public async Task What_somebody_wrote_is_text_in_the_csv_and_in_the_workbook(string subject, string field)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasTicketAsync(subject: subject);
        var (_, export) = await StartAsync(plum, PlumDatabase.Lead, new TicketQueueQuery(StandardViews.All));
        var rows = plum.Get<TicketQueueExport>().RowsAsync(export!, PlumDatabase.Lead, default);

        using var csv = new MemoryStream();
        await TicketExportFiles.WriteCsvAsync(csv, rows, export!.AtUtc, default);
        using var workbook = new XLWorkbook(new MemoryStream(await TicketExportFiles.WorkbookAsync(rows, export.AtUtc, default)));

        var lines = Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n");
        Assert.StartsWith("\uFEFFTicket,Subject,Disposition,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"PLM-1001,{field},Voucher not received,VoucherNotReceived,yes,P3,", lines[1], StringComparison.Ordinal);
        Assert.Equal((3, ""), (lines.Length, lines[2]));
        var sheet = workbook.Worksheet("Tickets");
        Assert.All(sheet.CellsUsed(), cell => Assert.False(cell.HasFormula));
        Assert.Equal(CsvText.Neutralise(subject), sheet.Cell(2, 2).GetString());
        var created = sheet.Row(1).CellsUsed().Single(c => c.GetString() == "Created (UTC)").Address.ColumnNumber;
        Assert.Equal(plum.Now, sheet.Cell(2, created).GetDateTime());
    }

    [Fact]
    public async Task The_address_of_the_queue_is_the_address_of_the_file_for_whoever_may_have_it()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var lea = await plum.HasAccountAsync("Lea Lead", Role.OpsLead);
        var ana = await plum.HasAccountAsync();
        await plum.HasTicketAsync(severity: Severity.P1);
        await plum.HasTicketAsync(severity: Severity.P2);
        await using var portal = new PlumPortal(plum);
        const string File = "/tickets/export?format=csv&view=open&severity=p2";

        var hers = await (await portal.VisitAsync(lea)).OpenAsync(File);
        var text = await hers.Answer.Content.ReadAsStringAsync();
        Assert.Equal(["PLM-1002"], text.TrimEnd().Split("\r\n").Skip(1).Select(l => l.Split(',')[0]));
        Assert.Equal(
            "attachment; filename=plum-tickets-2026-03-02-0900.csv; filename*=UTF-8''plum-tickets-2026-03-02-0900.csv",
            hers.Answer.Content.Headers.ContentDisposition!.ToString()
        );
        var book = await hers.OpenAsync(File.Replace("csv", "workbook", StringComparison.Ordinal));
        Assert.Equal(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            book.Answer.Content.Headers.ContentType!.MediaType
        );
        Assert.Equal("400", (await hers.OpenAsync("/tickets/export?format=pdf")).Status);
        Assert.Equal("302", (await portal.Visit().OpenAsync(File)).Status);
        var refused = await (await portal.VisitAsync(ana)).OpenAsync(File);
        Assert.NotEqual("text/csv", refused.Answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("PLM-1002", await refused.Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var db = plum.Peek();
        Assert.Equal(2, await db.AuditEntries.CountAsync(a => a.What == "Exported"));
    }

    private static Task<(Refusal? Refused, TicketExport? Export)> StartAsync(PlumDatabase plum, Actor by, TicketQueueQuery query) =>
        plum.Get<TicketQueueExport>().StartAsync(query, TicketExportFormat.Csv, by, default);

    private static async Task<List<long>> ExportedAsync(PlumDatabase plum, Actor by, TicketQueueQuery query)
    {
        var (_, export) = await StartAsync(plum, by, query);
        return await plum.Get<TicketQueueExport>().RowsAsync(export!, by, default).Select(r => r.Id).ToListAsync();
    }
}
