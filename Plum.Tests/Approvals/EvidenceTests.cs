using System.Globalization;
using System.Text;
using Bunit;
using ClosedXML.Excel;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Audit;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Approvals;
using Plum.Portal.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Reports;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

public class EvidenceTests
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>25 pounds refunded, approved by a checker in the stead of an ops lead, the voucher cancelled at the supplier.</summary>
    private static async Task<ApprovalRequest> RefundedAsync(CorrectionWorld world, string reason = CorrectionWorld.Reason)
    {
        var delegated = await world
            .Plum.Get<DelegationService>()
            .GrantAsync(
                new GrantDelegation(world.Checker.UserId!.Value, world.Plum.Now, world.Plum.Now.AddHours(3), "Holiday"),
                world.Lead,
                default
            );
        Assert.IsType<Outcome.Done>(delegated);
        var request = await world.AskAsync(world.Refund(2500) with { Reason = reason });
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request, onBehalfOf: world.Lead.UserId));
        await world.RunAsync();
        var done = await world.RequestAsync(request.Id);
        Assert.Equal(RequestState.Executed, done.State);
        return done;
    }

    [Theory]
    [EachDatabase]
    public async Task The_evidence_of_a_refund_tells_all_from_what_was_asked_to_what_was_posted(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var auditor = await world.Plum.HasUserAsync("Aud Auditor", Role.Auditor);
        var request = await RefundedAsync(world);
        await world.Plum.Get<AuditSealing>().SealAsync(100, default);

        var evidence = (await world.Plum.Get<EvidenceService>().GetAsync(request.Id, auditor, default))!;

        Assert.Equal(
            ("Refund GBP 25.00 to Jane Okafor for GFT-10001", RequestState.Executed, "Plum", world.Client.Name, true),
            (evidence.Title, evidence.State, evidence.Institution, evidence.ClientName, evidence.IsIntact)
        );
        Assert.Equal(("Mia Maker", "Agent", CorrectionWorld.Reason), (evidence.MakerName, evidence.MakerRoles, evidence.Reason));
        Assert.Equal((request.Fingerprint, request.Payload), (evidence.Fingerprint, evidence.Payload));
        Assert.Equal(new LimitValues(1000, 0, 50_000, 50_000), evidence.Policy.Limit!.Values);
        Assert.Equal(
            [
                (RequestEventKind.Made, "Mia Maker", "Agent", null, null),
                (RequestEventKind.Approved, "Chao Checker", "Checker", "Lou Lead", 1),
                (RequestEventKind.Executed, "Execution", null, null, (int?)null),
            ],
            evidence.Lines.Select(l => (l.Kind, l.Who, l.Roles, l.OnBehalfOf, l.Step))
        );
        var approval = evidence.Lines[1];
        Assert.Equal(
            (100_000L, Role.OpsLead, request.Fingerprint),
            (approval.Limit!.Values.Approve, approval.Limit.Role, approval.Fingerprint)
        );
        var call = Assert.Single(evidence.Calls);
        Assert.Equal(
            ("REQ-1001/cancel", SupplierCallKind.Cancel, SupplierCallState.Done, 1),
            (call.Key, call.Kind, call.State, call.Tries)
        );
        Assert.Equal(
            [
                ("REQ-1001/hold", EntryPhase.Pending, -2500L),
                ("REQ-1001/hold", EntryPhase.Pending, 2500),
                ("REQ-1001/post", EntryPhase.Settled, -2500),
                ("REQ-1001/post", EntryPhase.Settled, 2500),
            ],
            evidence.Postings.Select(p => (p.Key, p.Phase, p.Amount!.Value.MinorUnits))
        );
        Assert.Equal(["Asked for", "Approved for Lou Lead", "Taken for execution", "Executed"], evidence.Audit.Select(a => a.What));
        Assert.All(evidence.Audit, a => Assert.Equal(64, a.Seal!.Length));
    }

    [Theory]
    [EachDatabase]
    public async Task The_pdf_and_the_page_say_the_same_and_a_change_behind_the_portals_back_is_told(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await RefundedAsync(world);
        await using (var db = world.Plum.Peek())
        {
            await db.ApprovalRequests.ExecuteUpdateAsync(set => set.SetProperty(r => r.JudgedMinorUnits, 9900L));
        }

        var evidence = (await world.Plum.Get<EvidenceService>().GetAsync(request.Id, world.Checker, default))!;
        Assert.False(evidence.IsIntact);
        Assert.Empty(evidence.Audit); // who may not read the audit sees none of it
        var document = EvidenceDocument.Write(evidence, British);
        var pages = EvidencePdf.Lay(document, British);
        PdfLayout.IsSound(pages);
        var printed = PdfLayout.Text(pages);

        foreach (
            var said in new[]
            {
                "Evidence of REQ-1001",
                "Refund GBP 25.00 to Jane Okafor for GFT-10001",
                "Mia Maker (Agent), for Plum",
                Viewer.Exact(request.MadeAtUtc),
                "DIFFERENT: the request is no longer what its maker asked for.",
                "GBP 500.00",
                "Chao Checker approved",
                "Lou Lead",
                "up to GBP 1,000.00 as Ops lead, version",
                "REQ-1001/cancel",
                "REQ-1001/post",
                "Clearing with",
                "+GBP 25.00",
                "GBP -25.00",
            }
        )
        {
            Assert.Contains(said, printed, StringComparison.Ordinal);
        }

        await using var screen = PlumScreen.Of(world.Plum, world.Checker, Role.Checker);
        var page = screen.Render<EvidencePage>(p => p.Add(c => c.Reference, "REQ-1001"));
        await page.WaitForElementAsync(".evidence");
        Assert.Equal(document.Sections.Select(s => s.Title), page.FindAll(".evidence h2").Select(h => h.TextContent));
        Assert.Equal(
            document.Sections.SelectMany(s => s.Facts).Where(f => f.Value.AtUtc is null).Select(f => f.Value.Text),
            page.FindAll(".evidence > section > dl > dd").Where(d => d.QuerySelector("time") is null).Select(d => d.TextContent)
        );
        Assert.StartsWith("%PDF-1.", Encoding.Latin1.GetString(EvidencePdf.Render(document, British)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-GB", "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherungsangestellte")]
    [InlineData("ar-AE", "مكافآت الموظفين شركة المملكة")]
    [InlineData("he-IL", "ישראל ישראלי")]
    [InlineData("hi-IN", "भारतीय स्टेट बैंक")]
    [InlineData("ja-JP", "山田太郎")]
    public async Task Nothing_leaves_its_box_whatever_the_names_and_however_long_the_reason(string culture, string name)
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await world.AskAsync(world.Refund(2500));
        var evidence = (await world.Plum.Get<EvidenceService>().GetAsync(1001, world.Checker, default))!;
        var much = string.Join("\n", Enumerable.Repeat(string.Concat(Enumerable.Repeat(name + " ", 16)), 6));
        var line = evidence.Lines[0] with
        {
            Who = name,
            Roles = "Checker, OpsLead",
            OnBehalfOf = (much + much)[..200],
            Note = much + "END",
        };
        var call = new EvidenceCall(
            1001,
            "REQ-1001/cancel",
            SupplierCallKind.Cancel,
            SupplierCallState.Refused,
            new string('W', 200),
            much,
            3,
            evidence.MadeAtUtc,
            null
        );

        var pages = EvidencePdf.Lay(
            EvidenceDocument.Write(
                evidence with
                {
                    BeneficiaryName = (much + much)[..300],
                    MakerName = name,
                    Institution = name,
                    Reason = much,
                    Lines = [.. Enumerable.Repeat(line, 12)],
                    Calls = [call, call],
                    Postings =
                    [
                        .. Enumerable.Repeat(
                            new EvidencePosting(
                                1001,
                                1,
                                "REQ-1001/hold",
                                evidence.MadeAtUtc,
                                EntryPhase.Pending,
                                "Reserved",
                                name,
                                (much + much)[..200],
                                new Money(-999_999_999_999, "GBP"),
                                null,
                                null
                            ),
                            30
                        ),
                    ],
                },
                CultureInfo.GetCultureInfo(culture)
            ),
            CultureInfo.GetCultureInfo(culture)
        );

        PdfLayout.IsSound(pages);
        Assert.Equal(12, PdfLayout.Text(pages).Split("END").Length - 1); // nothing is cut
    }

    [Theory]
    [EachDatabase]
    public async Task Those_of_another_client_or_institution_are_told_that_there_is_no_such_request(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await RefundedAsync(world);
        var other = await world.Plum.HasClientAsync("NORD");
        var service = world.Plum.Get<EvidenceService>();
        var period = new EvidencePeriod(world.Plum.Now.AddDays(-1), world.Plum.Now.AddDays(1));
        await using var before = world.Plum.Peek();
        var audited = await before.AuditEntries.CountAsync();

        foreach (
            var person in new[]
            {
                await world.Plum.HasUserAsync("Bo Bound", Role.Auditor, other),
                PlumDatabase.Person("Pat Partner", Role.Checker) with
                {
                    PartnerId = Guid.NewGuid(),
                },
                await world.Plum.HasUserAsync("Another Agent"),
            }
        )
        {
            Assert.Null(await service.GetAsync(request.Id, person, default));
            Assert.Null(await service.TakeAsync(request.Id, person, default));
            Assert.Equal(0, await service.CountAsync(period, person, default));
        }

        Assert.Equal(audited, await before.AuditEntries.CountAsync());
        var (why, none) = await service.ExportAsync(period, world.Checker, default); // decides, but may not read the audit
        Assert.Equal(("shared.not-allowed", null), (why!.Code, none));
        var (_, empty) = await service.ExportAsync(period, await world.Plum.HasUserAsync("Bea Bound", Role.Auditor, other), default);
        Assert.Equal((0, 0, 0, 0), (empty!.Requests.Count, empty.Lines.Count, empty.Postings.Count, empty.Calls.Count));
        var (_, own) = await service.ExportAsync(period, await world.Plum.HasUserAsync("Al Bound", Role.Auditor, world.Client), default);
        Assert.Equal(request.Id, Assert.Single(own!.Requests).Id);
    }

    [Theory]
    [EachDatabase]
    public async Task The_workbook_of_a_period_reads_back_with_numbers_dates_and_no_formula_and_is_audited(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var auditor = await world.Plum.HasUserAsync("Aud Auditor", Role.Auditor);
        var request = await RefundedAsync(world, "=HYPERLINK(\"http://bad.example\")");
        var service = world.Plum.Get<EvidenceService>();
        var period = new EvidencePeriod(world.Plum.Now.AddDays(-1), world.Plum.Now.AddDays(1));
        Assert.Equal(1, await service.CountAsync(period, auditor, default));
        Assert.Equal(0, await service.CountAsync(period with { Kind = RequestKind.Reissue }, auditor, default));
        Assert.Equal(0, await service.CountAsync(period with { UntilUtc = request.MadeAtUtc }, auditor, default));
        Assert.Equal(0, await service.CountAsync(period with { FromUtc = world.Plum.Now.AddMinutes(1) }, auditor, default));

        var (_, book) = await service.ExportAsync(period, auditor, default);
        using var workbook = new XLWorkbook(new MemoryStream(EvidenceWorkbook.Render(book!)));

        Assert.Equal(["About", "Requests", "Decisions", "Postings", "Supplier calls"], workbook.Worksheets.Select(w => w.Name));
        Assert.All(workbook.Worksheets.SelectMany(w => w.CellsUsed()), cell => Assert.False(cell.HasFormula));
        Assert.Equal("REQ-1001", Cell("Requests", "Request").GetString());
        Assert.Equal(25m, Cell("Requests", "Amount").GetValue<decimal>());
        Assert.Equal(
            ("GBP", "Executed", "Plum"),
            (Cell("Requests", "Currency").GetString(), Cell("Requests", "State").GetString(), Cell("Requests", "Institution").GetString())
        );
        Assert.Equal(XLDataType.DateTime, Cell("Requests", "Asked at (UTC)").DataType);
        Assert.Equal(XLDataType.Text, Cell("Requests", "Why").DataType);
        Assert.DoesNotContain(Cell("Requests", "Why").GetString()[0], "=+-@");
        Assert.Equal(("yes", request.Fingerprint), (Cell("Requests", "Agrees").GetString(), Cell("Requests", "Fingerprint").GetString()));
        Assert.Equal(
            ("Chao Checker", "Lou Lead"),
            (Cell("Decisions", "Who", 3).GetString(), Cell("Decisions", "In the stead of", 3).GetString())
        );
        Assert.Equal(1000m, Cell("Decisions", "Approves up to, then", 3).GetValue<decimal>());
        Assert.Equal([-25m, 25m, -25m, 25m], Enumerable.Range(2, 4).Select(r => Cell("Postings", "Amount", r).GetValue<decimal>()));
        Assert.Equal(("REQ-1001/cancel", "Done"), (Cell("Supplier calls", "Key").GetString(), Cell("Supplier calls", "State").GetString()));
        await using var db = world.Plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Exported");
        Assert.Equal(("Aud Auditor", "evidence"), (line.Who, line.Subject));
        Assert.Contains("\"requests\":1", line.After!, StringComparison.Ordinal);

        IXLCell Cell(string sheet, string column, int row = 2) =>
            workbook
                .Worksheet(sheet)
                .Row(row)
                .Cell(workbook.Worksheet(sheet).Row(1).CellsUsed().Single(c => c.GetString() == column).Address.ColumnNumber);
    }

    [Fact]
    public async Task The_files_are_served_to_whoever_sees_the_request_and_not_found_by_anybody_else()
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await RefundedAsync(world);
        var other = await world.Plum.HasClientAsync("NORD");
        await using var portal = new PlumPortal(world.Plum);
        var auditor = await portal.VisitAsync(await world.Plum.HasAccountAsync("Ann Auditor", Role.Auditor));
        var bound = await portal.VisitAsync(await world.Plum.HasAccountAsync("Bob Bound", Role.Auditor, other));
        const string pdf = "/approvals/REQ-1001/evidence/pdf";

        await auditor.OpenAsync(pdf);
        Assert.Equal(("200", "application/pdf"), (auditor.Status, auditor.Answer.Content.Headers.ContentType!.MediaType));
        await using var db = world.Plum.Peek();
        Assert.Equal("Ann Auditor", (await db.AuditEntries.SingleAsync(a => a.What == "Evidence taken")).Who);
        await bound.OpenAsync(pdf);
        Assert.Equal("404", bound.Status);
        await bound.OpenAsync("/approvals/REQ-1001/evidence");
        Assert.DoesNotContain("Jane Okafor", await bound.Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var days = $"from={world.Plum.Now.AddDays(-1):yyyy-MM-dd}&to={world.Plum.Now:yyyy-MM-dd}";
        await auditor.OpenAsync($"/approvals/evidence/workbook?{days}");
        Assert.Equal("200", auditor.Status);
        await auditor.OpenAsync("/approvals/evidence/workbook?from=tomorrow");
        Assert.Equal("400", auditor.Status);
    }
}
