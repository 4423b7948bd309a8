namespace Plum.Domain.Reports;

/// <summary>
/// One report, complete and independent of language: the page, the PDF, the workbook and the JSON are four renderings of this and compute
/// nothing of their own. Frozen as JSON when made.
/// </summary>
public sealed record ReportDocument
{
    /// <summary>Of this shape; a reader of an older report must know how it was written.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;
    public required string ClientCode { get; init; }
    public required string ClientName { get; init; }
    public required ReportFrame Frame { get; init; }
    public required string MadeBy { get; init; }

    /// <summary>Five, the first thing read.</summary>
    public required IReadOnlyList<Figure> Headlines { get; init; }

    /// <summary>What happened, in a few sentences.</summary>
    public required IReadOnlyList<Sentence> Summary { get; init; }

    /// <summary>The figures of the first page, the headlines among them.</summary>
    public required IReadOnlyList<Figure> AtAGlance { get; init; }
    public required IReadOnlyList<ReportSection> Sections { get; init; }
    public required IReadOnlyList<Definition> Definitions { get; init; }
    public required IReadOnlyList<Sentence> Footnotes { get; init; }

    public IEnumerable<Figure> Figures => Sections.SelectMany(s => s.Figures);
}

/// <param name="Key">Stable, for anchors and sheet names.</param>
/// <param name="Lead">What the section says in a sentence or two.</param>
public sealed record ReportSection(
    string Key,
    string Title,
    IReadOnlyList<Sentence> Lead,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<ReportChart> Charts,
    IReadOnlyList<ReportTable> Tables,
    IReadOnlyList<Sentence> Notes
);

public enum ChartKind
{
    /// <summary>Upright, along time or an order; the first series is columns, a second is a line.</summary>
    Columns = 1,

    /// <summary>Lying, one a name; a second series is a mark on the same row.</summary>
    Bars = 2,

    /// <summary>Upright, series on top of each other.</summary>
    Stacked = 3,
}

/// <param name="Says">What the picture shows, for those who cannot see it.</param>
/// <param name="Benchmark">A line across, in the chart's unit.</param>
public sealed record ReportChart(
    string Key,
    string Title,
    ChartKind Kind,
    Unit Unit,
    IReadOnlyList<string> Labels,
    IReadOnlyList<ChartSeries> Series,
    Sentence Says,
    decimal? Benchmark = null
)
{
    /// <summary>Labels are days (2026-06-30), to be written as the reader writes days.</summary>
    public bool LabelsAreDays { get; init; }
}

/// <param name="Values">One a label; null where there is no data.</param>
/// <param name="Opens">One a label: the selection behind the value.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values, IReadOnlyList<string?> Opens);

/// <param name="Columns">The first holds the row's name.</param>
/// <param name="Total">A last row that sums the others; null where a sum would mean nothing.</param>
/// <param name="Empty">What is said instead of the table when it has no row.</param>
public sealed record ReportTable(
    string Key,
    string Title,
    IReadOnlyList<TableColumn> Columns,
    IReadOnlyList<TableRow> Rows,
    TableRow? Total,
    string Empty,
    Sentence? Note = null
)
{
    /// <summary>The selection of which the rows are the first; null where the rows are all there is.</summary>
    public string? Opens { get; init; }
}

/// <param name="Unit">Null for a column of text.</param>
public sealed record TableColumn(string Name, Unit? Unit = null, Better Better = Better.Neither);

public sealed record TableRow(IReadOnlyList<Cell> Cells);

/// <summary>Text, or a number with what it opens, or an instant.</summary>
public sealed record Cell(string? Text = null, Quantity? Quantity = null, string? Opens = null, DateTime? AtUtc = null)
{
    public static Cell Of(string text, string? opens = null) => new(text, Opens: opens);

    public static Cell Of(Quantity quantity, Selection? opens = null) => new(Quantity: quantity, Opens: opens?.ToString());
}

public sealed record Definition(string Term, string Text);
