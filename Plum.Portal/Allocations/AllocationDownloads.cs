using System.Text;
using Plum.Data.Allocations;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Portal.Reports;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>What is taken away: the template, and the bad rows of a file, to be mended and given back.</summary>
public static class AllocationDownloads
{
    public static void MapAllocationDownloads(this IEndpointRouteBuilder app)
    {
        app.MapGet(AllocationLinks.Template, Template).RequireAuthorization(nameof(Act.ReadAllocations));
        app.MapGet("/allocations/{reference}/bad-rows", BadRowsAsync).RequireAuthorization(nameof(Act.ReadAllocations));
        app.MapGet("/allocations/{reference}/report", ReportAsync).RequireAuthorization(nameof(Act.ReadAllocations));
    }

    private static IResult Template()
    {
        var text =
            CsvText.Line(AllocationFields.All.Select(f => f.Header))
            + "\r\n"
            + CsvText.Line(
                "LINE-0001",
                "Asha Rao",
                "asha.rao@example.com",
                "+919812345678",
                "00123",
                "IN",
                "en",
                "Email",
                "BRAMBLE-RYE-IN",
                "1000.00",
                "INR",
                "Thank you for a great year"
            )
            + "\r\n";
        return Results.File(
            [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
            "text/csv; charset=utf-8",
            "plum-rewards.csv"
        );
    }

    private static async Task<IResult> ReportAsync(string reference, HttpContext http, AllocationReporting reports)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return
            AllocationReference.Parse(reference) is { } number
            && await reports.OfAsync(number, CurrentActor.Of(http.User), http.RequestAborted) is { } report
            ? Results.Bytes(AllocationWorkbook.Render(report), ReportFiles.WorkbookType, $"{AllocationReference.Of(number)}-report.xlsx")
            : Results.NotFound();
    }

    private static async Task<IResult> BadRowsAsync(string reference, HttpContext http, AllocationService files, MendService mend)
    {
        var by = CurrentActor.Of(http.User);
        return AllocationReference.Parse(reference) is { } number && await files.ViewAsync(number, by, http.RequestAborted) is not null
            ? Results.Stream(
                to => mend.WriteAsync(number, to, by, http.RequestAborted),
                "text/csv; charset=utf-8",
                $"{AllocationReference.Of(number)}-bad-rows.csv"
            )
            : Results.NotFound();
    }
}
