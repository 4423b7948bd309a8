using System.Globalization;
using ClosedXML.Excel;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Portal.Clients;
using Plum.Portal.Deliveries;
using Plum.Portal.Orders;
using Plum.Portal.Reports.Workbook;

namespace Plum.Portal.Allocations;

/// <summary>What became of a file: its figures, what was asked for, and its rows.</summary>
public static class AllocationWorkbook
{
    public static byte[] Render(AllocationReport report)
    {
        using var workbook = new XLWorkbook();
        workbook.Style.Font.FontName = "Arial";
        workbook.Style.Font.FontSize = 10;
        workbook.Properties.Title = $"Report of {AllocationReference.Of(report.File.Number)}";
        workbook.Properties.Author = "Plum";
        workbook.Properties.Created = report.MadeAtUtc;

        About(workbook, report);
        RecordSheet.Add(workbook, "Requests", Requests, report.Progress.Requests);
        RecordSheet.Add(workbook, report.IsWhole ? "Rows" : "Rows not arrived", Rows, report.Rows);

        using var stream = new MemoryStream();
        workbook.SaveAs(stream);
        return stream.ToArray();
    }

    private static void About(XLWorkbook workbook, AllocationReport report)
    {
        var (file, way) = (report.File, report.Progress);
        var sheet = new WorkbookSheet(workbook, "About", [32, 110]);
        sheet.Title($"Report of {AllocationReference.Of(file.Number)}");
        sheet.Skip();
        sheet.Pair("File", file.FileName);
        sheet.Pair("Client", file.ClientName);
        sheet.Pair("Programme", file.ProgrammeName);
        sheet.Pair("Given by", $"{file.Who}, {Shared.Viewer.Exact(file.UploadedAtUtc)}");
        sheet.Pair("State", AllocationLinks.WordOf(file.State));
        sheet.Skip();
        sheet.Pair("Rows read", Text(file.Rows));
        sheet.Pair("Bad", Text(file.Bad));
        sheet.Pair("Left out by hand", Text(file.Excluded));
        foreach (var step in AllocationRunWords.Funnel(way))
        {
            sheet.Pair(step.Name, Text(step.Rows));
        }

        sheet.Pair("Refused by the supplier", Text(way.RefusedOrders));
        sheet.Pair("Not delivered", Text(way.Undelivered));
        sheet.Skip();
        sheet.Pair("Made", $"{Shared.Viewer.Exact(report.MadeAtUtc)} by {report.MadeBy}");
        sheet.Pair(
            "What it holds",
            report.IsWhole
                ? "Each row of the file and what became of it. Instants are in UTC."
                : $"The file is large: of its rows only those that did not arrive, the first {Text(AllocationReporting.MostRows)}. Instants are in UTC."
        );
        sheet.Print();
    }

    private static IReadOnlyList<RecordColumn<AllocationRequestRow>> Requests =>
        [
            new("Request", 12, r => RequestReference.Of(r.RequestId)),
            new("State", 14, r => RequestWords.Of(r.State)),
            new("Rows", 10, r => r.Rows),
            new("In all", 16, r => r.Amount),
            new("Largest", 14, r => r.Amount with { MinorUnits = r.Largest }),
            new("Ordered", 16, r => r.Amount with { MinorUnits = r.Ordered }),
            new("Gone back", 16, r => r.Amount with { MinorUnits = r.Returned }),
            new("Currency", 9, r => r.Amount.Currency),
        ];

    private static IReadOnlyList<RecordColumn<AllocationReportRow>> Rows =>
        [
            new("Line", 8, r => r.Line),
            new("Row", 12, r => Of(r.State)),
            new("Reference", 22, r => r.Reference),
            new("Recipient", 28, r => r.Name),
            new("Channel", 11, r => r.Channel is { } channel ? ClientWords.Of(channel) : null),
            new("Address", 34, r => r.Address),
            new("Reward", 26, r => r.Reward),
            new("Value", 12, r => r.Value),
            new("Currency", 9, r => r.Value?.Currency),
            new("Order", 13, r => r.OrderId is { } id ? OrderReference.Of(id) : null),
            new("Order's status", 16, r => r.Order is { } status ? OrderWords.Of(status) : null),
            new("Delivery", 14, r => r.Delivery is { } state ? DeliveryPageWords.Of(state) : null),
            new("Sent (UTC)", 19, r => r.SentAtUtc),
            new("Delivered (UTC)", 19, r => r.DeliveredAtUtc),
            new("Opened (UTC)", 19, r => r.OpenedAtUtc),
            new("Why not", 60, r => r.Why),
        ];

    private static string Of(AllocationRowState state) =>
        state switch
        {
            AllocationRowState.Bad => "Bad",
            AllocationRowState.Good => "Not ordered",
            AllocationRowState.Excluded => "Left out",
            AllocationRowState.Ordered => "Ordered",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
