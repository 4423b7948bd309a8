using System.Globalization;
using System.Security;
using System.Text;
using System.Xml.Linq;
using ClosedXML.Excel;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Plum.Data.Reports;
using Plum.Domain.Reports;
using Plum.Domain.Tickets;

namespace Plum.Portal.Reports.Workbook;

/// <summary>
/// The tickets behind the figures. ClosedXML lays the sheet with its head and one row of each format; the rows are then streamed into it:
/// ten thousand tickets would take ClosedXML some seconds and a gigabyte.
/// </summary>
internal sealed class WorkbookTickets(ReportContent report)
{
    private const string Placeholder = "rows-go-here";
    private const string When = "yyyy-mm-dd hh:mm";
    private const string Hours = "[h]:mm";

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(report.Document.Frame.TimeZoneId);
    private readonly IReadOnlyList<(TicketLine Ticket, string CountsIn)> _rows = Rows(report);

    private IReadOnlyList<Column> Columns =>
        [
            new("Ticket", 12, null, t => TicketReference.Of(t.Id)),
            new("Created", 17, When, t => Local(t.CreatedAtUtc)),
            new("Category", 28, null, t => t.Category),
            new("Channel", 13, null, t => FacetNames.Of(t.Channel)),
            new("Brand", 24, null, t => t.Brand),
            new("Programme", 24, null, t => t.Programme),
            new("Severity", 9, null, t => t.Severity.ToString()),
            new("Stood at the end", 22, null, t => t.AtEnd is { } s ? FacetNames.Of(Facet.Disposition, s.Code) : null),
            new("Waited on", 12, null, t => t.AtEnd is { WaitingOn: not WaitingOn.Nobody } s ? FacetNames.Of(s.WaitingOn) : null),
            new("First response", 17, When, t => t.Reply is { } r ? Local(r.AtUtc) : null),
            new("working", 10, Hours, t => t.Reply?.Working.TotalDays),
            new("First resolved", 17, When, t => t.Resolutions is [var r, ..] ? Local(r.AtUtc) : null),
            new("Resolved", 17, When, t => Last(t) is { } r ? Local(r.AtUtc) : null),
            new("working", 10, Hours, t => Last(t)?.Working.TotalDays),
            new("gross", 10, Hours, t => Last(t)?.Gross.TotalDays),
            new("Reopened", 10, "0", t => Number(t.Resolutions.Count(r => r.ReopenedAtUtc is not null))),
            new("Targets met", 12, "0", t => Number(t.Targets.Count(o => o.IsMet))),
            new("Targets breached", 16, "0", t => Number(t.Targets.Count(o => !o.IsMet))),
            new("Escalations", 12, "0", t => Number(t.Escalations.Count)),
            new("Repeat of", 12, null, t => t.RepeatOf is { } id ? TicketReference.Of(id) : null),
            new("Duplicate of", 12, null, t => t.DuplicateOf is { } id ? TicketReference.Of(id) : null),
            new("Survey score", 12, "0", t => t.CsatScore),
            new("Survey answered", 17, When, t => t.CsatAtUtc is { } at ? Local(at) : null),
        ];

    /// <summary>Head, widths, filter and formats.</summary>
    public void Lay(XLWorkbook workbook)
    {
        var sheet = workbook.Worksheets.Add(WorkbookReport.Tickets);
        var columns = Columns;
        for (var c = 0; c <= columns.Count; c++)
        {
            var (name, width, format) =
                c < columns.Count ? (columns[c].Name, columns[c].Width, columns[c].Format) : ("Counts in", 60d, null);
            var head = sheet.Cell(1, c + 1);
            head.SetValue(c == 1 ? $"Created ({report.Document.Frame.TimeZoneId})" : name);
            head.Style.Font.Bold = true;
            head.Style.Alignment.WrapText = true;
            head.Style.Border.BottomBorder = XLBorderStyleValues.Medium;
            head.Style.Border.BottomBorderColor = XLColor.FromHtml("#7A2D6D");
            sheet.Column(c + 1).Width = width;
            sheet.Cell(2, c + 1).SetValue(Placeholder);
            if (format is not null)
            {
                sheet.Cell(2, c + 1).Style.NumberFormat.Format = format;
            }
        }

        sheet.SheetView.FreezeRows(1);
        sheet.Range(1, 1, Math.Max(_rows.Count + 1, 2), columns.Count + 1).SetAutoFilter();
        sheet.PageSetup.PageOrientation = XLPageOrientation.Landscape;
        sheet.PageSetup.SetRowsToRepeatAtTop(1, 1);
        sheet.PageSetup.FitToPages(1, 0);
    }

    /// <summary>Puts the rows in the place of the sample row.</summary>
    public byte[] Fill(MemoryStream workbook)
    {
        using (var document = SpreadsheetDocument.Open(workbook, isEditable: true))
        {
            var sheets = document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>();
            var part = (WorksheetPart)document.WorkbookPart.GetPartById(sheets.Single(s => s.Name == WorkbookReport.Tickets).Id!);
            XDocument sheet;
            using (var stream = part.GetStream())
            {
                sheet = XDocument.Load(stream);
            }

            var ns = sheet.Root!.Name.Namespace;
            var sample = sheet.Root.Element(ns + "sheetData")!.Elements(ns + "row").Last();
            var styles = sample.Elements(ns + "c").Select(c => c.Attribute("s")?.Value ?? "0").ToArray();
            sample.ReplaceWith(new XComment(Placeholder));
            sheet.Root.Element(ns + "dimension")?.Remove();
            var prefix = sheet.Root.GetPrefixOfNamespace(ns) is { } p ? p + ":" : "";
            var text = sheet.ToString(System.Xml.Linq.SaveOptions.DisableFormatting).Split($"<!--{Placeholder}-->");

            using var writer = new StreamWriter(part.GetStream(FileMode.Create), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write(text[0]);
            Write(writer, prefix, styles);
            writer.Write(text[1]);
        }

        return workbook.ToArray();
    }

    private void Write(StreamWriter writer, string prefix, string[] styles)
    {
        var columns = Columns;
        var safe = new Dictionary<string, string>(StringComparer.Ordinal); // few names, many tickets
        for (var r = 0; r < _rows.Count; r++)
        {
            writer.Write($"<{prefix}row r=\"{Plain(r + 2)}\">");
            for (var c = 0; c <= columns.Count; c++)
            {
                switch (c < columns.Count ? columns[c].Value(_rows[r].Ticket) : _rows[r].CountsIn)
                {
                    case null:
                        break;
                    case string text:
                        if (!safe.TryGetValue(text, out var inert))
                        {
                            safe[text] = inert = SecurityElement.Escape(WorkbookSheet.Inert(text));
                        }

                        writer.Write(
                            $"<{prefix}c r=\"{Name(c)}{Plain(r + 2)}\" s=\"{styles[c]}\" t=\"inlineStr\"><{prefix}is><{prefix}t>{inert}</{prefix}t></{prefix}is></{prefix}c>"
                        );
                        break;
                    case IFormattable number:
                        writer.Write(
                            $"<{prefix}c r=\"{Name(c)}{Plain(r + 2)}\" s=\"{styles[c]}\"><{prefix}v>{number.ToString(null, CultureInfo.InvariantCulture)}</{prefix}v></{prefix}c>"
                        );
                        break;
                }
            }

            writer.Write($"</{prefix}row>");
        }
    }

    /// <summary>Those that some figure of the period counts, with the counts that they are in.</summary>
    private static List<(TicketLine, string)> Rows(ReportContent report)
    {
        var counted = new CountedTickets(report.Lines, report.Document.Frame);
        var words = new Dictionary<long, (TicketLine Line, List<string> In)>();
        foreach (var population in Enum.GetValues<Population>().Where(p => p != Population.Identified))
        {
            var name = SelectionWords.Of(population);
            foreach (var line in counted.Of(population).Select(c => c.Ticket))
            {
                if (!words.TryGetValue(line.Id, out var known))
                {
                    words[line.Id] = known = (line, []);
                }

                if (known.In is not [.., var last] || last != name)
                {
                    known.In.Add(name);
                }
            }
        }

        return [.. words.Values.OrderBy(w => w.Line.CreatedAtUtc).ThenBy(w => w.Line.Id).Select(w => (w.Line, string.Join("; ", w.In)))];
    }

    private Resolution? Last(TicketLine ticket) => ticket.Resolutions.LastOrDefault(r => r.AtUtc < report.Document.Frame.This.EndUtc);

    /// <summary>A spreadsheet's instant: days since its own beginning, in the client's zone.</summary>
    private double Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, _zone).ToOADate();

    private static int? Number(int n) => n == 0 ? null : n;

    private static string Plain(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Name(int column) => column < 26 ? ((char)('A' + column)).ToString() : "A" + (char)('A' + column - 26);

    private sealed record Column(string Name, double Width, string? Format, Func<TicketLine, object?> Value);
}
