using System.Globalization;
using System.Text;
using ClosedXML.Excel;
using Microsoft.AspNetCore.Http.Extensions;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Reports;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The queue as a file: CSV, streamed however long, or a workbook. The address is the queue's own, and so is what it holds.</summary>
public static class TicketExportFiles
{
    private const string Path = "/tickets/export";
    private const string CsvWord = "csv";
    private const string WorkbookWord = "workbook";
    private const string Csv = "text/csv; charset=utf-8";

    public static string HrefOf(TicketQueueView queue, TicketQueueAddress address, TicketExportFormat format)
    {
        var query = (address with { View = queue.View.Key, Page = 1, Columns = null }).Query;
        return $"{Path}?format={(format == TicketExportFormat.Csv ? CsvWord : WorkbookWord)}&{query}";
    }

    public static void MapTicketExport(this IEndpointRouteBuilder app) =>
        app.MapGet(
                Path,
                async (HttpContext http, TicketQueueExport export, string? format) =>
                {
                    var by = CurrentActor.Of(http.User);
                    if (format is not (CsvWord or WorkbookWord))
                    {
                        return Results.Text($"There is no format '{format}'. Ask for {CsvWord} or {WorkbookWord}.", statusCode: 400);
                    }

                    var query = TicketQueueAddress.Read(http.Request.GetEncodedPathAndQuery()).ToQuery(Viewer.ZoneOf(http.User).Id);
                    var kind = format == CsvWord ? TicketExportFormat.Csv : TicketExportFormat.Workbook;
                    var (refused, started) = await export.StartAsync(query, kind, by, http.RequestAborted);
                    if (started is null)
                    {
                        return Results.Text(refused!.Message, statusCode: 400);
                    }

                    var name = string.Create(CultureInfo.InvariantCulture, $"plum-tickets-{started.AtUtc:yyyy-MM-dd-HHmm}");
                    var rows = export.RowsAsync(started, by, http.RequestAborted);
                    http.Response.Headers.CacheControl = "private, no-store";
                    return kind == TicketExportFormat.Csv
                        ? Results.Stream(body => WriteCsvAsync(body, rows, started.AtUtc, http.RequestAborted), Csv, $"{name}.csv")
                        : Results.Bytes(
                            await WorkbookAsync(rows, started.AtUtc, http.RequestAborted),
                            ReportFiles.WorkbookType,
                            $"{name}.xlsx"
                        );
                }
            )
            .RequireAuthorization(nameof(Act.ExportTickets));

    /// <summary>UTF-8 with a mark, so that spreadsheets read it; a cell that they would take for a formula is made text (<see cref="CsvText"/>).</summary>
    internal static async Task WriteCsvAsync(Stream body, IAsyncEnumerable<TicketRow> rows, DateTime atUtc, CancellationToken ct)
    {
        await using var writer = new StreamWriter(
            body,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            bufferSize: 64 * 1024,
            leaveOpen: true
        );
        await writer.WriteAsync((CsvText.Line(TicketExportColumns.All.Select(c => c.Name)) + "\r\n").AsMemory(), ct);
        await foreach (var row in rows.WithCancellation(ct))
        {
            var line = CsvText.Line(TicketExportColumns.All.Select(c => TicketExportColumns.Text(c.Value(row, atUtc))));
            await writer.WriteAsync((line + "\r\n").AsMemory(), ct);
        }
    }

    internal static async Task<byte[]> WorkbookAsync(IAsyncEnumerable<TicketRow> rows, DateTime atUtc, CancellationToken ct)
    {
        using var workbook = new XLWorkbook();
        var sheet = workbook.Worksheets.Add("Tickets");
        var columns = TicketExportColumns.All;
        for (var c = 0; c < columns.Count; c++)
        {
            sheet.Cell(1, c + 1).SetValue(columns[c].Name);
            sheet.Column(c + 1).Width = columns[c].Width;
        }

        var at = 1;
        await foreach (var row in rows.WithCancellation(ct))
        {
            at++;
            for (var c = 0; c < columns.Count; c++)
            {
                switch (columns[c].Value(row, atUtc))
                {
                    case DateTime utc:
                        sheet.Cell(at, c + 1).SetValue(utc).Style.NumberFormat.Format = "yyyy-mm-dd hh:mm:ss";
                        break;
                    case string text:
                        sheet.Cell(at, c + 1).SetValue(Reports.Workbook.WorkbookSheet.Inert(text));
                        break;
                }
            }
        }

        sheet.Row(1).Style.Font.Bold = true;
        sheet.SheetView.FreezeRows(1);
        sheet.Range(1, 1, Math.Max(at, 2), columns.Count).SetAutoFilter();
        using var stream = new MemoryStream();
        workbook.SaveAs(stream);
        return stream.ToArray();
    }
}
