using System.Globalization;
using Plum.Domain.Reports;
using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>
/// Tables: numbers keep their natural width and are never broken, the first column takes what is left and wraps. When that is too little, the
/// whole table is set smaller, and at last single cells are shrunk or cut. The head is repeated on each page.
/// </summary>
internal sealed class PdfTables(PdfFlow flow, CultureInfo culture)
{
    /// <summary>What is printed of a long table; the page and the workbook have all of it.</summary>
    public const int MostRows = 20;

    /// <summary>A table lower than this is not broken over two pages.</summary>
    private const float KeptWhole = 300;
    private const float SmallestCell = 4;
    private const int MostLines = 3;

    public void Write(ReportTable table)
    {
        if (table.Rows.Count == 0)
        {
            flow.Heading(table.Title, 14);
            flow.Paragraph(table.Empty, 8.5f, Ink.Muted);
            return;
        }

        var rows = table.Rows.Take(MostRows).Select(r => new Row(Texts(r.Cells))).ToList();
        if (table.Total is not null)
        {
            rows.Add(new Row(Texts(table.Total.Cells)) { Weight = Weight.SemiBold });
        }

        var grid = PdfGrid.Fit(
            [.. table.Columns.Select(c => c.Name)],
            [.. table.Columns.Select(c => c.Unit is not null)],
            [.. rows.Select(r => r.Texts)]
        );
        var whole = HeadHeight(grid) + rows.Sum(r => RowHeight(grid, r));
        flow.Heading(table.Title, whole < KeptWhole ? whole : HeadHeight(grid) + rows.Take(3).Sum(r => RowHeight(grid, r)));
        Rows(grid, rows);

        if (table.Rows.Count > MostRows)
        {
            flow.Down(3);
            flow.Paragraph(
                $"{(table.Rows.Count - MostRows).ToString("N0", culture)} more rows on the page and in the workbook.",
                7.5f,
                Ink.Muted
            );
        }

        if (table.Note is not null)
        {
            flow.Down(3);
            flow.Paragraph(FigureText.Of(table.Note, culture), 7.5f, Ink.Muted);
        }
    }

    /// <summary>Figures one a line, with what each is read against.</summary>
    /// <param name="padding">Room added to each row.</param>
    public void Write(IReadOnlyList<Figure> figures, string now, string before, float padding = 0)
    {
        var remarks = figures.Select(f => f.Remark).OfType<Sentence>().Distinct().ToList();
        var rows = figures
            .Select(f => new Row([NameOf(f, remarks), .. Numbers(f)])
            {
                Inks = [null, null, Ink.Muted, Judged(f.HasImproved), Judged(f.MeetsBenchmark)],
                Strong = 1,
                Padding = padding,
            })
            .ToList();
        var grid = PdfGrid.Fit(
            ["", now, before, "Change", "Benchmark"],
            [false, true, true, true, true],
            [.. rows.Select(r => r.Texts)],
            least: 150
        );
        flow.Need(HeadHeight(grid) + rows.Sum(r => RowHeight(grid, r)));
        Rows(grid, rows);
        for (var i = 0; i < remarks.Count; i++)
        {
            flow.Down(3);
            flow.Paragraph($"{Mark(i)} {FigureText.Of(remarks[i], culture)}", 7.5f, Ink.Muted);
        }
    }

    public static SKColor? Judged(bool? good) =>
        good switch
        {
            true => Ink.Good,
            false => Ink.Bad,
            null => Ink.Muted,
        };

    private string NameOf(Figure figure, List<Sentence> remarks) =>
        FigureWords.Name(figure) + OfText(figure) + (figure.Remark is { } remark ? $" {Mark(remarks.IndexOf(remark))}" : "");

    private static string Mark(int remark) => new('*', remark + 1);

    private string OfText(Figure figure) => figure.Of is { } n ? $"  (n = {n.ToString("N0", culture)})" : "";

    private IReadOnlyList<string> Numbers(Figure figure) =>
        [
            FigureText.Of(figure.Now, culture),
            figure.Before is { } before ? FigureText.Of(before, culture) : "",
            FigureWords.Change(figure, culture),
            FigureWords.Benchmark(figure, culture),
        ];

    private IReadOnlyList<string> Texts(IReadOnlyList<Cell> cells) =>
        [
            .. cells.Select(c =>
                c.Quantity is { } q ? FigureText.Of(q, culture)
                : c.AtUtc is { } at ? at.ToString("g", culture)
                : c.Text ?? ""
            ),
        ];

    /// <summary>One row, in words.</summary>
    private sealed record Row(IReadOnlyList<string> Texts)
    {
        public Weight Weight { get; init; }
        public IReadOnlyList<SKColor?> Inks { get; init; } = [];

        /// <summary>The column that is set in semi-bold.</summary>
        public int Strong { get; init; } = -1;
        public float Padding { get; init; }
    }

    private static float HeadHeight(PdfGrid grid) =>
        (
            grid.Names.Select((name, c) => Typesetter.Wrap(name, grid.HeadSize, Weight.SemiBold, grid.Widths[c], MostLines).Count).Max()
            * grid.HeadSize
            * PdfFlow.Line
        ) + 5;

    private static float RowHeight(PdfGrid grid, Row row) =>
        (
            row.Texts.Select(
                    (text, c) => grid.Numeric[c] ? 1 : Typesetter.Wrap(text, grid.Size, row.Weight, grid.Widths[c], MostLines).Count
                )
                .Append(1)
                .Max()
            * grid.Size
            * PdfFlow.Line
        )
        + 4.5f
        + row.Padding;

    /// <summary>Head and rows; the last three stay together, so that no total begins a page.</summary>
    private void Rows(PdfGrid grid, IReadOnlyList<Row> rows)
    {
        Head(grid);
        for (var i = 0; i < rows.Count; i++)
        {
            if (flow.Need(i == rows.Count - 3 ? rows.Skip(i).Sum(r => RowHeight(grid, r)) : RowHeight(grid, rows[i])))
            {
                Head(grid);
            }

            Put(grid, rows[i]);
        }
    }

    private void Head(PdfGrid grid)
    {
        var height = HeadHeight(grid);
        flow.Need(height);
        for (var c = 0; c < grid.Names.Count; c++)
        {
            var (left, right) = grid.Column(c);
            var lines = Typesetter.Wrap(grid.Names[c], grid.HeadSize, Weight.SemiBold, right - left, MostLines);
            var y = flow.Y + height - 4 - (lines.Count * grid.HeadSize * PdfFlow.Line);
            foreach (var line in lines)
            {
                var size = Typesetter.Shrink(line, grid.HeadSize, SmallestCell, right - left, Weight.SemiBold);
                var text = Typesetter.Fit(line, size, Weight.SemiBold, right - left);
                flow.Page.Text(
                    text,
                    new SKRect(left, y, right, y + (grid.HeadSize * PdfFlow.Line)),
                    size,
                    Ink.Muted,
                    Weight.SemiBold,
                    grid.Numeric[c] ? Align.Right : Align.Left
                );
                y += grid.HeadSize * PdfFlow.Line;
            }
        }

        flow.Down(height);
        flow.Page.Rule(PdfPage.Left, flow.Y, PdfPage.Right, flow.Y, Ink.Text, 0.7f);
    }

    private void Put(PdfGrid grid, Row row)
    {
        var height = RowHeight(grid, row);
        for (var c = 0; c < row.Texts.Count; c++)
        {
            var (text, (left, right)) = (row.Texts[c], grid.Column(c));
            var ink = text == FigureText.NoData ? Ink.Muted : row.Inks.ElementAtOrDefault(c) ?? Ink.Text;
            var weight = c == row.Strong ? Weight.SemiBold : row.Weight;
            var size = grid.Numeric[c] ? Typesetter.Shrink(text, grid.Size, SmallestCell, right - left, weight) : grid.Size;
            var lines = grid.Numeric[c]
                ? [Typesetter.Fit(text, size, weight, right - left)]
                : Typesetter.Wrap(text, size, weight, right - left, MostLines);
            var y = flow.Y + 2 + (row.Padding / 2);
            foreach (var line in lines)
            {
                flow.Page.Text(
                    line,
                    new SKRect(left, y, right, y + (grid.Size * PdfFlow.Line)),
                    size,
                    ink,
                    weight,
                    grid.Numeric[c] ? Align.Right : Align.Left
                );
                y += grid.Size * PdfFlow.Line;
            }
        }

        flow.Down(height);
        flow.Page.Rule(PdfPage.Left, flow.Y, PdfPage.Right, flow.Y, Ink.Hair);
    }
}
