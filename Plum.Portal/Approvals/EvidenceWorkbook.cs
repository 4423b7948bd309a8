using System.Globalization;
using ClosedXML.Excel;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Reports.Workbook;

namespace Plum.Portal.Approvals;

/// <summary>
/// The auditors' workbook: what it holds, then a sheet of requests, of decisions, of postings and of supplier calls. Amounts are numbers in major
/// units beside their currency, instants are dates in UTC, and every text is inert.
/// </summary>
public static class EvidenceWorkbook
{
    public static byte[] Render(EvidenceBook book)
    {
        using var workbook = new XLWorkbook();
        workbook.Style.Font.FontName = "Arial";
        workbook.Style.Font.FontSize = 10;
        workbook.Properties.Title = "Evidence of requests";
        workbook.Properties.Author = "Plum";
        workbook.Properties.Created = book.MadeAtUtc;

        About(workbook, book);
        var of = book.Requests.ToDictionary(r => r.Id);
        RecordSheet.Add(workbook, "Requests", Requests, book.Requests);
        RecordSheet.Add(workbook, "Decisions", Decisions(of), book.Lines);
        RecordSheet.Add(workbook, "Postings", Postings(of), book.Postings);
        RecordSheet.Add(workbook, "Supplier calls", Calls, book.Calls);

        using var stream = new MemoryStream();
        workbook.SaveAs(stream);
        return stream.ToArray();
    }

    private static void About(XLWorkbook workbook, EvidenceBook book)
    {
        var sheet = new WorkbookSheet(workbook, "About", [32, 110]);
        sheet.Title("Evidence of requests");
        sheet.Skip();
        sheet.Pair("From", Shared.Viewer.Exact(book.Period.FromUtc));
        sheet.Pair("Until, not included", Shared.Viewer.Exact(book.Period.UntilUtc));
        sheet.Pair("Kind", book.Period.Kind is { } kind ? RequestKinds.Words(kind) : "every kind");
        sheet.Pair("State", book.Period.State is { } state ? RequestWords.Of(state) : "every state");
        sheet.Pair("Client", book.Period.ClientId is null ? "every client" : Only(book, r => r.ClientName));
        sheet.Pair("Institution", book.Period.PartnerId is null ? "every institution" : Only(book, r => r.Institution));
        sheet.Pair("Requests", Text(book.Requests.Count));
        sheet.Pair("Decisions and other lines", Text(book.Lines.Count));
        sheet.Pair("Postings", Text(book.Postings.Count));
        sheet.Pair("Supplier calls", Text(book.Calls.Count));
        sheet.Pair("Made", $"{Shared.Viewer.Exact(book.MadeAtUtc)} by {book.MadeBy}");
        sheet.Skip();
        sheet.Pair(
            "What it holds",
            "Each request with anything made, decided or done in the period, and all that became of it, whenever that was. Instants are in UTC."
        );
        sheet.Pair(
            "Fingerprint",
            "SHA-256 over everything that was asked, made with the request. 'Agrees' says that it was reckoned anew for this workbook and is the same."
        );
        sheet.Print();
    }

    private static string Only(EvidenceBook book, Func<EvidenceRequest, string?> name) =>
        book.Requests.Select(name).FirstOrDefault() ?? "the chosen one, which has none";

    private static IReadOnlyList<RecordColumn<EvidenceRequest>> Requests =>
        [
            new("Request", 12, r => RequestReference.Of(r.Id)),
            new("Kind", 16, r => RequestKinds.Words(r.Kind)),
            new("What", 52, r => r.Title),
            new("Amount", 14, r => r.Amount),
            new("Currency", 9, r => r.Amount.Currency),
            new("State", 14, r => RequestWords.Of(r.State)),
            new("Institution", 22, r => r.Institution),
            new("Client", 24, r => r.ClientName),
            new("For", 28, r => r.BeneficiaryName),
            new("Asked by", 22, r => r.MakerName),
            new("Roles then", 20, r => EvidenceWords.RoleNames(r.MakerRoles)),
            new("Asked at (UTC)", 19, r => r.MadeAtUtc),
            new("Ended at (UTC)", 19, r => r.EndedAtUtc),
            new("Judged as", 14, r => new Money(r.JudgedMinorUnits, r.Amount.Currency)),
            new("Checkers", 9, r => r.Policy.Checkers),
            new("Limit role", 14, r => r.Policy.Limit is { } l ? Roles.Label(l.Role) : null),
            new("Alone then", 14, r => r.Policy.Limit is { } l ? new Money(l.Values.MakeAlone, r.Amount.Currency) : null),
            new("A day then", 14, r => r.Policy.Limit is { } l ? new Money(l.Values.PerDay, r.Amount.Currency) : null),
            new("For one in 24 h then", 14, r => r.Policy.Limit is { } l ? new Money(l.Values.PerBeneficiary, r.Amount.Currency) : null),
            new("Ticket", 12, r => r.TicketId is { } id ? TicketReference.Of(id) : null),
            new("Order", 12, r => r.OrderId is { } id ? OrderReference.Of(id) : null),
            new("Reason", 26, r => Enum.TryParse<ReasonCode>(r.ReasonCode, out var code) ? ReasonWords.Of(code) : r.ReasonCode),
            new("Why", 60, r => r.Reason),
            new("Replaces", 12, r => r.ReplacesId is { } id ? RequestReference.Of(id) : null),
            new("Supplier's reference", 24, r => r.SupplierReference),
            new("What became of it", 40, r => r.Outcome),
            new("Fingerprint", 68, r => r.Fingerprint),
            new("Agrees", 9, r => r.IsIntact ? "yes" : "NO"),
        ];

    private static IReadOnlyList<RecordColumn<EvidenceLine>> Decisions(Dictionary<long, EvidenceRequest> of) =>
        [
            new("Request", 12, l => RequestReference.Of(l.RequestId)),
            new("At (UTC)", 19, l => l.AtUtc),
            new("Who", 22, l => l.Who),
            new("What", 26, l => ApprovalWords.Did(l.Kind)),
            new("Roles then", 20, l => l.Roles is { } roles ? EvidenceWords.RoleNames(roles) : null),
            new("Institution", 22, l => of[l.RequestId].Institution),
            new("In the stead of", 22, l => l.OnBehalfOf),
            new("Step", 7, l => l.Step),
            new("Limit role", 14, l => l.Limit is { } limit ? Roles.Label(limit.Role) : null),
            new(
                "Approves up to, then",
                14,
                l => l.Limit is { } limit ? new Money(limit.Values.Approve, of[l.RequestId].Amount.Currency) : null
            ),
            new("Currency", 9, l => l.Limit is null ? null : of[l.RequestId].Amount.Currency),
            new("Emergency access", 11, l => l.ByEmergency ? "yes" : null),
            new("Said", 60, l => l.Note),
            new("Decided on version", 10, l => l.RequestVersion),
            new("Decided on fingerprint", 68, l => l.Fingerprint),
        ];

    private static IReadOnlyList<RecordColumn<EvidencePosting>> Postings(Dictionary<long, EvidenceRequest> of) =>
        [
            new("Request", 12, p => RequestReference.Of(p.RequestId ?? 0)),
            new("Entry", 20, p => p.Key),
            new("At (UTC)", 19, p => p.AtUtc),
            new("State", 12, p => EvidenceWords.Of(p.Phase)),
            new("What", 22, p => p.What),
            new("Account", 44, p => p.Account),
            new("Amount", 14, p => p.Amount),
            new("Currency", 9, p => p.Amount?.Currency),
            new("By", 22, p => p.Who),
            new("Institution", 22, p => of[p.RequestId ?? 0].Institution),
            new("Ticket", 12, p => p.TicketId is { } id ? TicketReference.Of(id) : null),
            new("Order", 12, p => p.OrderId is { } id ? OrderReference.Of(id) : null),
        ];

    private static IReadOnlyList<RecordColumn<EvidenceCall>> Calls =>
        [
            new("Request", 12, c => RequestReference.Of(c.RequestId)),
            new("Key", 20, c => c.Key),
            new("Asked", 18, c => EvidenceWords.Of(c.Kind)),
            new("State", 14, c => EvidenceWords.Of(c.State)),
            new("Supplier's reference", 28, c => c.SupplierReference),
            new("Supplier's words", 48, c => c.Words),
            new("Prepared (UTC)", 19, c => c.PreparedAtUtc),
            new("Answered (UTC)", 19, c => c.AnsweredAtUtc),
            new("Tries", 7, c => c.Tries),
        ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
