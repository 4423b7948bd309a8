using ClosedXML.Excel;
using Plum.Domain.Shared;

namespace Plum.Portal.Reports.Workbook;

/// <summary>
/// A sheet with a row for each record, to be sorted and filtered: amounts are numbers in major units beside their currency, instants are dates in UTC,
/// and every text is inert.
/// </summary>
internal static class RecordSheet
{
    private const string When = "yyyy-mm-dd hh:mm:ss";

    public static void Add<T>(XLWorkbook workbook, string name, IReadOnlyList<RecordColumn<T>> columns, IReadOnlyList<T> rows)
    {
        var sheet = workbook.Worksheets.Add(name);
        for (var c = 0; c < columns.Count; c++)
        {
            sheet.Cell(1, c + 1).SetValue(columns[c].Name);
            sheet.Column(c + 1).Width = columns[c].Width;
        }

        for (var r = 0; r < rows.Count; r++)
        {
            for (var c = 0; c < columns.Count; c++)
            {
                Put(sheet.Cell(r + 2, c + 1), columns[c].Value(rows[r]));
            }
        }

        sheet.Row(1).Style.Font.Bold = true;
        sheet.Row(1).Style.Alignment.WrapText = true;
        sheet.SheetView.Freeze(1, 1);
        sheet.Range(1, 1, Math.Max(rows.Count + 1, 2), columns.Count).SetAutoFilter();
        sheet.PageSetup.PaperSize = XLPaperSize.A4Paper;
        sheet.PageSetup.PageOrientation = XLPageOrientation.Landscape;
        sheet.PageSetup.SetRowsToRepeatAtTop(1, 1);
        sheet.PageSetup.FitToPages(columns.Count > 12 ? 3 : 1, 0); // readable on paper too
    }

    private static void Put(IXLCell cell, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                cell.SetValue(WorkbookSheet.Inert(text));
                break;
            case DateTime utc:
                cell.SetValue(utc);
                cell.Style.NumberFormat.Format = When;
                break;
            case Money money:
                var exponent = Currencies.Exponent(money.Currency);
                cell.SetValue(money.Major);
                cell.Style.NumberFormat.Format = exponent == 0 ? "#,##0" : $"#,##0.{new string('0', exponent)}";
                break;
            case int or long:
                cell.SetValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                cell.Style.NumberFormat.Format = "#,##0";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, null);
        }
    }
}

/// <param name="Width">In characters.</param>
/// <param name="Value">A text, an instant, an amount, a whole number, or nothing.</param>
internal sealed record RecordColumn<T>(string Name, double Width, Func<T, object?> Value);
