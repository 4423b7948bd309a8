using System.Globalization;
using ClosedXML.Excel;
using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Cell = Plum.Domain.Reports.Cell;

namespace Plum.Portal.Reports.Workbook;

/// <summary>A sheet written from top to bottom.</summary>
internal sealed class WorkbookSheet
{
    private static readonly XLColor Accent = XLColor.FromHtml("#7A2D6D");
    private static readonly XLColor Muted = XLColor.FromHtml("#65656F");

    private readonly IXLWorksheet _sheet;
    private int _row = 1;

    /// <param name="widths">In characters; ClosedXML's own measuring needs a graphics library that a server has not.</param>
    public WorkbookSheet(XLWorkbook workbook, string name, IReadOnlyList<double> widths)
    {
        _sheet = workbook.Worksheets.Add(name);
        for (var c = 0; c < widths.Count; c++)
        {
            _sheet.Column(c + 1).Width = widths[c];
        }
    }

    public void Title(string text)
    {
        var cell = Text(_row++, 1, text);
        cell.Style.Font.Bold = true;
        cell.Style.Font.FontSize = 16;
        cell.Style.Font.FontColor = Accent;
    }

    public void Line(string text) => Text(_row++, 1, text);

    public void Skip() => _row++;

    public void Pair(string term, string text)
    {
        Text(_row, 1, term).Style.Font.Bold = true;
        var cell = Text(_row, 2, text);
        cell.Style.Alignment.WrapText = true;
        _sheet.Row(_row).Style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
        _sheet.Row(_row++).Height = 13.5 * (1 + (text.Length / 105));
    }

    public void Figures(IReadOnlyList<Figure> figures, ReportFrame frame, CultureInfo culture)
    {
        Head([
            "Figure",
            FigureText.Month(frame.This.FirstDay, culture),
            FigureText.Month(frame.Before.FirstDay, culture),
            "Change",
            "Benchmark",
            "n",
            "Remark",
        ]);
        foreach (var figure in figures)
        {
            Text(_row, 1, figure.Name + ClockOf(figure.Now.Unit));
            Number(_row, 2, figure.Now);
            if (figure.Before is { } before)
            {
                Number(_row, 3, before);
            }

            if (figure.Change is { } change)
            {
                Number(_row, 4, new Quantity(change, figure.Now.Unit == Unit.Percent ? Unit.Points : Unit.Change));
            }

            if (figure.Benchmark is { } agreed)
            {
                Number(_row, 5, agreed);
            }

            if (figure.Of is { } of)
            {
                Number(_row, 6, Quantity.Count(of));
            }

            if (figure.Remark is { } remark)
            {
                var cell = Text(_row, 7, FigureText.Of(remark, culture));
                cell.Style.Font.FontColor = Muted;
                cell.Style.Alignment.Indent = 1;
            }

            _row++;
        }
    }

    public void Table(ReportTable table, CultureInfo culture)
    {
        var title = Text(_row++, 1, table.Title);
        title.Style.Font.Bold = true;
        if (table.Rows.Count == 0)
        {
            Text(_row++, 1, table.Empty).Style.Font.FontColor = Muted;
            return;
        }

        Head([.. table.Columns.Select(c => c.Name)], [.. table.Columns.Select(c => c.Unit is not null)]);
        foreach (var row in table.Rows)
        {
            Cells(row);
            _row++;
        }

        if (table.Total is not null)
        {
            Cells(table.Total);
            _sheet.Range(_row, 1, _row, table.Columns.Count).Style.Font.Bold = true;
            _row++;
        }

        if (table.Note is not null)
        {
            Line(FigureText.Of(table.Note, culture));
        }
    }

    public void Print()
    {
        _sheet.PageSetup.PaperSize = XLPaperSize.A4Paper;
        _sheet.PageSetup.PageOrientation = XLPageOrientation.Landscape;
        _sheet.PageSetup.FitToPages(1, 0);
        _sheet.PageSetup.Footer.Right.AddText("Page ");
        _sheet.PageSetup.Footer.Right.AddText(XLHFPredefinedText.PageNumber);
    }

    private void Cells(TableRow row)
    {
        for (var c = 0; c < row.Cells.Count; c++)
        {
            Put(_row, c + 1, row.Cells[c]);
        }
    }

    private void Put(int row, int column, Cell cell)
    {
        if (cell.Quantity is { } quantity)
        {
            Number(row, column, quantity);
        }
        else if (DateOnly.TryParseExact(cell.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            var target = _sheet.Cell(row, column);
            target.SetValue(day.ToDateTime(TimeOnly.MinValue));
            target.Style.NumberFormat.Format = "yyyy-mm-dd";
            target.Style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
        }
        else
        {
            Text(row, column, cell.Text ?? "");
        }
    }

    /// <summary>SetValue, for Value would guess a type from the text.</summary>
    private IXLCell Text(int row, int column, string text)
    {
        var cell = _sheet.Cell(row, column);
        cell.SetValue(Inert(text));
        return cell;
    }

    private void Number(int row, int column, Quantity quantity)
    {
        var cell = _sheet.Cell(row, column);
        if (WorkbookNumbers.Of(quantity) is { } number)
        {
            cell.SetValue(number);
            cell.Style.NumberFormat.Format = WorkbookNumbers.Format(quantity);
        }
        else if (quantity.Unit is not (Unit.Change or Unit.Points))
        {
            cell.SetValue(FigureText.NoData);
            cell.Style.Alignment.Horizontal = XLAlignmentHorizontalValues.Right;
        }
    }

    /// <summary>No formula, and no character that XML 1.0 (2.2) has no place for; a lone surrogate becomes the replacement character.</summary>
    public static string Inert(string text) =>
        CsvText.Neutralise(
            text.All(c => c is >= ' ' and < '\uD800')
                ? text
                : string.Concat(text.EnumerateRunes().Where(r => r.Value is (>= 0x20 and not (0xFFFE or 0xFFFF)) or 9 or 10 or 13))
        );

    private void Head(IReadOnlyList<string> names, IReadOnlyList<bool>? numeric = null)
    {
        for (var c = 0; c < names.Count; c++)
        {
            var cell = Text(_row, c + 1, names[c]);
            if (numeric?[c] ?? c is > 0 and < 6)
            {
                cell.Style.Alignment.Horizontal = XLAlignmentHorizontalValues.Right;
            }
        }

        var head = _sheet.Range(_row, 1, _row, names.Count).Style;
        head.Font.Bold = true;
        head.Alignment.WrapText = true;
        head.Border.BottomBorder = XLBorderStyleValues.Medium;
        head.Border.BottomBorderColor = Accent;
        _row++;
    }

    private static string ClockOf(Unit unit) =>
        unit switch
        {
            Unit.Working => ", working time",
            Unit.Calendar => ", calendar time",
            _ => "",
        };
}

/// <summary>How quantities are kept in cells: percentages as fractions, durations as days, as spreadsheets do.</summary>
internal static class WorkbookNumbers
{
    public static double? Of(Quantity quantity) =>
        (double?)(
            quantity.Unit switch
            {
                Unit.Percent or Unit.Change => quantity.Amount / 100m,
                Unit.Working or Unit.Calendar => quantity.Amount / 1440m,
                _ => quantity.Amount,
            }
        );

    public static string Format(Quantity quantity) =>
        quantity.Unit switch
        {
            Unit.Count => "#,##0",
            Unit.Percent => "0.0%",
            Unit.Working or Unit.Calendar => "[h]:mm",
            Unit.Change => "+0%;-0%;0%",
            Unit.Money =>
                $"\"{quantity.Currency}\" #,##0{(Currencies.Exponent(quantity.Currency!) is > 0 and var digits ? "." + new string('0', digits) : "")}",
            Unit.Points => "+0.0;-0.0;0.0",
            _ => "0.0",
        };
}
