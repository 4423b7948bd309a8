using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plum.Data.Reports;
using Plum.Domain.Access;
using Plum.Domain.Reports;
using Plum.Portal.Reports.Pdf;
using Plum.Portal.Reports.Workbook;
using Plum.Portal.Shared;

namespace Plum.Portal.Reports;

/// <summary>A report as files: for the page's downloads and for the operator's command alike.</summary>
public static class ReportFiles
{
    public const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary><c>ACME-2026-06</c>, without an ending.</summary>
    public static string NameOf(ReportRow report) =>
        string.Create(CultureInfo.InvariantCulture, $"{report.ClientCode}-{report.FirstDay:yyyy-MM}");

    /// <summary>The PDF, the workbook, and the figures as JSON.</summary>
    /// <param name="folder">Made when it is not there; files of the same names are replaced.</param>
    /// <returns>The paths written.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        ReportContent report,
        string folder,
        CultureInfo culture,
        CancellationToken ct
    )
    {
        Directory.CreateDirectory(folder);
        (string Ending, byte[] Content)[] files =
        [
            ("pdf", PdfReport.Render(report.Document, culture)),
            ("xlsx", WorkbookReport.Render(report, culture)),
            ("json", Figures(report.Document)),
        ];
        var paths = new List<string>();
        foreach (var (ending, content) in files)
        {
            var path = Path.Combine(folder, $"{NameOf(report.Row)}.{ending}");
            await File.WriteAllBytesAsync(path, content, ct);
            paths.Add(path);
        }

        return paths;
    }

    /// <summary>
    /// Every figure by its code, for programs: value, the one before, the benchmark, how many it rests on. Percentages are 0 to 100, durations
    /// are minutes; what has no data is null.
    /// </summary>
    public static byte[] Figures(ReportDocument report) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["client"] = report.ClientCode,
                ["clientName"] = report.ClientName,
                ["from"] = report.Frame.This.FirstDay.ToString("O", CultureInfo.InvariantCulture),
                ["to"] = report.Frame.This.LastDay.ToString("O", CultureInfo.InvariantCulture),
                ["timeZone"] = report.Frame.TimeZoneId,
                ["madeAt"] = report.Frame.MadeAtUtc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["madeBy"] = report.MadeBy,
                ["figures"] = new JsonObject([.. report.Figures.Select(f => KeyValuePair.Create(f.Kpi, (JsonNode?)Node(f)))]),
                ["tables"] = new JsonObject([
                    .. report.Sections.SelectMany(s => s.Tables).Select(t => KeyValuePair.Create(t.Key, (JsonNode?)Node(t))),
                ]),
            },
            Indented
        );

    public static void MapReportFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/reports/{id:guid}").RequireAuthorization(nameof(Act.ReadReports));
        files.MapGet(
            "/pdf",
            (Guid id, HttpContext http, ReportService reports) =>
                SendAsync(id, http, reports, "pdf", "application/pdf", (r, c) => PdfReport.Render(r.Document, c))
        );
        files.MapGet(
            "/workbook",
            (Guid id, HttpContext http, ReportService reports) => SendAsync(id, http, reports, "xlsx", WorkbookType, WorkbookReport.Render)
        );
        files.MapGet(
            "/figures",
            (Guid id, HttpContext http, ReportService reports) =>
                SendAsync(id, http, reports, "json", "application/json", (r, _) => Figures(r.Document))
        );
    }

    private static async Task<IResult> SendAsync(
        Guid id,
        HttpContext http,
        ReportService reports,
        string ending,
        string type,
        Func<ReportContent, CultureInfo, byte[]> render
    ) =>
        await reports.ContentAsync(id, CurrentActor.Of(http.User), http.RequestAborted) is { } report
            ? Results.File(render(report, Viewer.CultureOf(http.User)), type, $"{NameOf(report.Row)}.{ending}")
            : Results.NotFound();

    private static JsonObject Node(Figure figure) =>
        new()
        {
            ["name"] = figure.Name,
            ["unit"] = NameOf(figure.Now.Unit),
            ["value"] = figure.Now.Amount,
            ["before"] = figure.Before?.Amount,
            ["benchmark"] = figure.Benchmark?.Amount,
            ["meetsBenchmark"] = figure.MeetsBenchmark,
            ["of"] = figure.Of,
        };

    private static JsonArray Node(ReportTable table) =>
        [
            .. table.Rows.Select(row => new JsonObject([
                .. row.Cells.Select(
                    (cell, c) => KeyValuePair.Create(table.Columns[c].Name, cell.Quantity is { } q ? q.Amount : (JsonNode?)cell.Text)
                ),
            ])),
        ];

    private static string NameOf(Unit unit) =>
        unit switch
        {
            Unit.Count => "count",
            Unit.Percent => "percent",
            Unit.Working => "working minutes",
            Unit.Calendar => "minutes",
            Unit.PerHundred => "per 100",
            Unit.Money => "money",
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
        };
}
