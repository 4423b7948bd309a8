using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Imports;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Imports;

public partial class ImportServiceTests
{
    private const string Csv = """
        Ref,Received,Closed,Product,Via,Timely,Disputed,Name,Mail
        A-1,1/5/2026,1/6/2026,Voucher not received,Web,Yes,No,Ann,ann@example.com
        A-2,1/7/2026,1/9/2026,Voucher not received,Postal mail,No,Yes,Ben,ben@example.com
        A-3,2/1/2026,,Voucher not received,Phone,,,Ann,ann@example.com
        A-4,2/30/2026,,Voucher not received,Pigeon,,,,

        """;

    private static readonly ImportMapping Mapping = new(
        [
            new(ImportField.SourceReference, ["Ref"]),
            new(ImportField.Created, ["Received"], Format: "M/d/yyyy"),
            new(ImportField.Resolved, ["Closed"], Format: "M/d/yyyy"),
            new(ImportField.Category, ["Product"]),
            new(ImportField.Channel, ["Via"], Values: new Dictionary<string, string> { ["Postal mail"] = nameof(IntakeChannel.Post) }),
            new(ImportField.Timely, ["Timely"]),
            new(ImportField.Disputed, ["Disputed"]),
            new(ImportField.RecipientName, ["Name"]),
            new(ImportField.RecipientEmail, ["Mail"]),
        ],
        TimeOfDay: new TimeOnly(12, 0)
    );

    [Theory]
    [EachDatabase]
    public async Task A_checked_file_is_imported_as_it_was_checked(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        await plum.HasCategoryAsync();
        var number = await UploadedAsync(plum, client);

        var check = await CheckedAsync(plum, number, Mapping);
        Assert.Equal((4, 3, 1), (check.Rows, check.Good, check.Rejected));
        Assert.Equal(
            ["5 import.date Received '2/30/2026'", "5 import.value Via 'Pigeon'"],
            check.Faults.Select(f => $"{f.Line} {f.Code} {f.Column} '{f.Value}'")
        );
        Assert.Equal([new UnmappedValue(ImportField.Channel, "Pigeon", 1)], check.Unmapped);

        await CommittedAsync(plum, number);

        await using var db = plum.Peek();
        var tickets = await db.Tickets.OrderBy(t => t.Id).ToListAsync();
        Assert.Equal(
            [
                ("A-1", IntakeChannel.Web, Dispositions.Resolved, Stage.Final, (bool?)false),
                ("A-2", IntakeChannel.Post, Dispositions.Resolved, Stage.Final, true),
                ("A-3", IntakeChannel.Phone, Dispositions.VoucherNotReceived, Stage.Intake, null),
            ],
            tickets.Select(t => (t.SourceReference!, t.Channel, t.Disposition, t.Stage, t.IsDisputed))
        );
        Assert.Equal([SlaTargets.None, SlaTargets.Resolution], tickets.Take(2).Select(t => t.BreachedTargets & SlaTargets.Resolution));
        Assert.Equal(
            ["Opened VoucherNotReceived", "Moved Resolved", "Imported IMP-1, line 2"],
            await db
                .TicketEvents.Where(e => e.TicketId == tickets[0].Id)
                .OrderBy(e => e.Id)
                .Select(e => $"{e.Kind} {e.To ?? e.Note}")
                .ToListAsync()
        );
        Assert.Equal(tickets[0].RecipientId, tickets[2].RecipientId); // Ann is one person
        Assert.Equal(2, await db.Recipients.CountAsync());
        Assert.Equal(new DateTime(2026, 1, 5, 12, 0, 0, DateTimeKind.Utc), tickets[0].CreatedAtUtc);
        var view = await ViewAsync(plum, number);
        Assert.Equal((ImportState.Done, 4L, 1L, 3L), (view.State, view.RowsDone, view.RowsRejected, view.TicketsMade));
        Assert.Equal(["Uploaded", "Mapped", "Checked", "Committed", "Imported"], await Audited(plum));
    }

    [Fact]
    public async Task Whether_it_was_timely_is_the_result_of_the_resolution_target()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        await plum.HasCategoryAsync();
        await ImportedAsync(plum, client);

        await using var db = plum.Peek();
        var clocks = await (
            from c in db.SlaClocks
            join t in db.Tickets on c.TicketId equals t.Id
            where c.Target == SlaTarget.Resolution && t.ResolvedAtUtc != null
            orderby t.Id
            select new
            {
                c.BreachedAtUtc,
                c.DueAtUtc,
                c.MetAtUtc,
                c.IsImported,
            }
        ).ToListAsync();
        Assert.Equal([true, true], clocks.Select(c => c.IsImported));
        Assert.Null(clocks[0].BreachedAtUtc);
        Assert.True(clocks[0].DueAtUtc >= clocks[0].MetAtUtc);
        Assert.NotNull(clocks[1].BreachedAtUtc);
        Assert.True(clocks[1].BreachedAtUtc <= clocks[1].MetAtUtc);
    }

    [Fact]
    public async Task The_text_of_imported_tickets_is_found()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        await plum.HasCategoryAsync();
        await ImportedAsync(plum, client);

        await using var db = plum.Peek();
        Assert.Equal(
            3,
            (
                await db.Database.SqlQueryRaw<long>("SELECT rowid AS Value FROM TicketText WHERE TicketText MATCH 'voucher'").ToListAsync()
            ).Count
        );
        Assert.Equal(
            7,
            (
                await db
                    .Database.SqlQueryRaw<string>(
                        "SELECT name AS Value FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('Tickets', 'TicketMessages')"
                    )
                    .ToListAsync()
            ).Count
        );
    }

    [Fact]
    public async Task Rejected_rows_come_back_as_a_file_that_can_be_mended_and_imported()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        await plum.HasCategoryAsync();
        var number = await ImportedAsync(plum, client);

        var rejected = await RejectedAsync(plum, number);
        Assert.StartsWith(
            $"Ref,Received,Closed,Product,Via,Timely,Disputed,Name,Mail,{ImportHeaders.Errors}\r\nA-4,2/30/2026,,",
            rejected.TrimStart('\uFEFF'),
            StringComparison.Ordinal
        );
        Assert.Contains("Received: This is not a date", rejected, StringComparison.Ordinal);
        var mended = rejected
            .Replace("2/30/2026", "2/20/2026", StringComparison.Ordinal)
            .Replace("Pigeon", "Fax", StringComparison.Ordinal);
        var second = await UploadedAsync(plum, client, mended);
        var check = await CheckedAsync(plum, second, (await ViewAsync(plum, second)).Mapping); // remembered, nothing mapped again
        Assert.Equal((1, 1, 0), (check.Rows, check.Good, check.Rejected));
        await CommittedAsync(plum, second);

        await using var db = plum.Peek();
        Assert.Equal(["A-1", "A-2", "A-3", "A-4"], await db.Tickets.OrderBy(t => t.Id).Select(t => t.SourceReference!).ToListAsync());
    }

    [Fact]
    public async Task Rejected_cells_that_look_like_formulas_are_harmless_and_come_back_as_they_were()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        await plum.HasCategoryAsync();
        var number = await UploadedAsync(plum, client, "Ref,Received,Product,Via\n=cmd(),2/30/2026,Voucher not received,Web\n");
        await CheckedAsync(
            plum,
            number,
            Mapping with
            {
                Fields = [.. Mapping.Fields.Where(f => f.Columns[0] is "Ref" or "Received" or "Product" or "Via")],
            }
        );

        var rejected = await RejectedAsync(plum, number);
        Assert.Contains("'=cmd(),2/30/2026", rejected, StringComparison.Ordinal);
        var again = await UploadedAsync(plum, client, rejected.Replace("2/30/2026", "2/20/2026", StringComparison.Ordinal));
        var fields = Mapping.Fields.Where(f => f.Columns[0] is "Ref" or "Received" or "Product" or "Via");
        await CheckedAsync(plum, again, Mapping with { Fields = [.. fields] });
        await CommittedAsync(plum, again);

        await using var db = plum.Peek();
        Assert.Equal("=cmd()", (await db.Tickets.SingleAsync()).SourceReference);
    }

    [Fact]
    public async Task The_same_file_and_the_same_reference_are_imported_once()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var other = await plum.HasClientAsync("NORD");
        await plum.HasCategoryAsync();
        var number = await ImportedAsync(plum, client);

        var again = await UploadAsync(plum, client, Csv);
        Assert.Equal("import.file-twice", Assert.IsType<Outcome.Refused>(again).Why.Code);

        var changed = await UploadedAsync(
            plum,
            client,
            Csv + "A-5,2/2/2026,,Voucher not received,Web,,,,\nA-5,2/2/2026,,Voucher not received,Web,,,,\n"
        );
        var check = await CheckedAsync(plum, changed, Mapping);
        Assert.Equal((6, 1, 5), (check.Rows, check.Good, check.Rejected));
        Assert.Equal((3, 1), (check.FaultCounts["import.known-reference"], check.FaultCounts["import.reference-twice"]));
        Assert.Contains(check.Faults, f => f.Message.StartsWith("PLM-1001 has this reference already", StringComparison.Ordinal));

        await ImportedAsync(plum, other); // another client's references are its own
        await using var db = plum.Peek();
        Assert.Equal(
            (3, 3),
            (await db.Tickets.CountAsync(t => t.ClientId == client.Id), await db.Tickets.CountAsync(t => t.ClientId == other.Id))
        );
        Assert.Equal(1, number);
    }

    [Fact]
    public async Task Undoing_takes_away_exactly_its_tickets_but_for_those_worked_on_and_says_which()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var own = await plum.HasTicketAsync(client);
        var number = await ImportedAsync(plum, client);
        var open = await OneAsync(plum, "A-3");
        await plum.Get<TicketService>()
            .MoveAsync(new MoveTicket(open.Id, open.Version, Dispositions.VendorRejection), PlumDatabase.Agent, default);
        var (count, first) = await plum.Get<ImportWork>().KeptAsync(number, PlumDatabase.Lead, default);
        Assert.Equal(1, count);
        Assert.Equal([new KeptTicket(open.Id, "Voucher not received", "Ada Agent has worked on it.")], first);

        await UndoneAsync(plum, number);

        await using var db = plum.Peek();
        Assert.Equal([own.Id, open.Id], await db.Tickets.OrderBy(t => t.Id).Select(t => t.Id).ToListAsync());
        Assert.Equal(["ann@example.com"], await db.Recipients.Select(r => r.Email!).ToListAsync()); // Ben was nobody else's
        Assert.False(await db.TicketEvents.AnyAsync(e => e.TicketId != own.Id && e.TicketId != open.Id));
        var view = await ViewAsync(plum, number);
        Assert.Equal((ImportState.Undone, 1L), (view.State, view.TicketsKept));
        Assert.IsType<Outcome.Done>(await UploadAsync(plum, client, Csv)); // may come again
    }

    [Fact]
    public async Task An_import_that_was_killed_goes_on_where_it_was()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        await plum.HasCategoryAsync();
        var csv = new StringBuilder("Ref,Received,Product,Via\n");
        for (var i = 1; i <= 12_000; i++)
        {
            csv.Append("R-").Append(i).Append(i % 1000 == 0 ? ",never," : ",1/5/2026,").Append("Voucher not received,Web\n");
        }

        var number = await UploadedAsync(plum, client, csv.ToString());
        await CheckedAsync(
            plum,
            number,
            Mapping with
            {
                Fields = [.. Mapping.Fields.Where(f => f.Columns[0] is "Ref" or "Received" or "Product" or "Via")],
            }
        );
        var view = await ViewAsync(plum, number);
        await plum.Get<ImportService>().CommitAsync(new CommitImport(number, view.Version), PlumDatabase.Lead, default);
        using var kill = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            plum.Get<ImportWork>().RunAsync(number, new Once(() => kill.Cancel()), kill.Token)
        );
        var half = await ViewAsync(plum, number);
        Assert.Equal((ImportState.Running, 5000L), (half.State, half.RowsDone));

        Assert.Equal(0, await plum.Get<ImportWork>().RunDueAsync(default)); // whoever had it may still be alive
        plum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await plum.Get<ImportWork>().RunDueAsync(default));

        await using var db = plum.Peek();
        Assert.Equal(11_988, await db.Tickets.Select(t => t.SourceReference).Distinct().CountAsync());
        Assert.Equal(11_988, await db.Tickets.CountAsync());
        var done = await ViewAsync(plum, number);
        Assert.Equal((ImportState.Done, 12_000L, 12L, 11_988L), (done.State, done.RowsDone, done.RowsRejected, done.TicketsMade));
        Assert.Equal(13, (await RejectedAsync(plum, number)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task What_changed_since_the_check_is_checked_again()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        await plum.HasCategoryAsync();
        var number = await UploadedAsync(plum, client);
        var unchecked_ = await plum.Get<ImportService>().CommitAsync(new CommitImport(number, 0), PlumDatabase.Lead, default);
        Assert.Equal("import.unchecked", Assert.IsType<Outcome.Refused>(unchecked_).Why.Code);
        await CheckedAsync(plum, number, Mapping);
        await plum.HasCategoryAsync("Something new");

        var view = await ViewAsync(plum, number);
        var outcome = await plum.Get<ImportService>().CommitAsync(new CommitImport(number, view.Version), PlumDatabase.Lead, default);

        Assert.Equal("import.world-changed", Assert.IsType<Outcome.Refused>(outcome).Why.Code);
    }

    [Fact]
    public async Task Categories_that_the_mapping_names_are_made_with_the_commit()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var number = await UploadedAsync(plum, client, Csv);
        await CheckedAsync(
            plum,
            number,
            Mapping with
            {
                NewCategories = [new NewCategory("Voucher not received", Severity.P4, Dispositions.VoucherNotReceived)],
            }
        );
        await CommittedAsync(plum, number);

        await using var db = plum.Peek();
        var made = await db.Categories.SingleAsync();
        Assert.Equal(("Voucher not received", Severity.P4), (made.Name, made.DefaultSeverity));
        Assert.Equal([Severity.P4], await db.Tickets.Select(t => t.Severity).Distinct().ToListAsync());
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.What == "Category added" && a.Subject == "Voucher not received"));
    }

    [Fact]
    public async Task Of_two_people_who_map_at_once_the_second_is_told()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var number = await UploadedAsync(plum, client);
        var imports = plum.Get<ImportService>();
        await imports.MapAsync(new MapImport(number, 0, Mapping), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Stale>(await imports.MapAsync(new MapImport(number, 0, Mapping), PlumDatabase.Lead, default));
    }

    [Fact]
    public async Task Only_who_may_import_imports_and_only_for_the_own_client()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        await plum.HasCategoryAsync();
        var number = await UploadedAsync(plum, nord);
        var bound = PlumDatabase.Bound(acme, Role.OpsLead);
        var imports = plum.Get<ImportService>();

        Assert.Equal(new Outcome.Refused(Refusals.NotAllowed(Act.ImportHistory)), await UploadAsync(plum, acme, Csv, PlumDatabase.Agent));
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await UploadAsync(plum, nord, Csv, bound));
        Assert.Null(await imports.ViewAsync(number, bound, default));
        Assert.Empty(await imports.ListAsync(bound, default));
        Assert.Empty(await imports.ListAsync(PlumDatabase.Agent, default));
        Assert.Equal(["ACME"], (await imports.ClientsAsync(bound, default)).Select(c => c.Code));
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await imports.MapAsync(new MapImport(number, 0, Mapping), bound, default));
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await imports.DiscardAsync(new DiscardImport(number, 0), bound, default));
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.ImportHistory)),
            await imports.CheckAsync(number, 0, PlumDatabase.Agent, null, default)
        );
        var view = (await ViewAsync(plum, number));
        Assert.Empty(imports.Columns(view, bound));
        Assert.Null(imports.Rejected(view, bound));
        Assert.Equal(
            (0, 0),
            ((int)(await plum.Get<ImportWork>().KeptAsync(number, bound, default)).Count, imports.Preview(view, Mapping, 5, bound).Count)
        );
    }
}
