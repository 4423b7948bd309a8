using System.Globalization;
using System.Text;
using System.Xml;

namespace Plum.Data.Shared;

/// <summary>The rows of a sheet, as text. A formula's cell is its kept value; one without a kept value reads as the error that it is.</summary>
internal sealed class WorkbookRows : IFileRows
{
    /// <summary>In the place of a formula that was never calculated.</summary>
    public const string NoValue = "#VALUE!";

    private readonly Workbook _book;
    private readonly UnpackedPart _part;
    private readonly XmlReader _xml;
    private readonly List<string> _texts;
    private readonly int _mostColumns;
    private readonly List<string> _cells = [];
    private readonly StringBuilder _text = new();
    private int _width;

    public WorkbookRows(Workbook book, UnpackedPart part, List<string> texts, int mostColumns)
    {
        (_book, _part, _texts, _mostColumns) = (book, part, texts, mostColumns);
        _xml = Workbook.Xml(part);
    }

    public long Line { get; private set; }

    /// <summary>At least as many as the first row has: a sheet leaves empty cells out.</summary>
    public int Count => _cells.Count;

    public CsvFault Fault => CsvFault.None;

    public double Share => _part.Share;

    public ReadOnlySpan<char> this[int column] => _cells[column];

    public bool Read()
    {
        try
        {
            while (ToRow())
            {
                ReadRow();
                if (_cells.Exists(c => !string.IsNullOrWhiteSpace(c)))
                {
                    _width = _width == 0 ? _cells.Count : _width;
                    while (_cells.Count < _width)
                    {
                        _cells.Add("");
                    }

                    return true;
                }
            }

            return false;
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw new WorkbookException(
                string.Create(CultureInfo.InvariantCulture, $"The workbook is damaged: it cannot be read beyond row {Line} of its sheet.")
            );
        }
    }

    public void Dispose()
    {
        _xml.Dispose();
        _part.Dispose();
        _book.Dispose();
    }

    private bool ToRow()
    {
        while (_xml.Read())
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "row")
            {
                return true;
            }
        }

        return false;
    }

    private void ReadRow()
    {
        _cells.Clear();
        var line = long.TryParse(_xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? r : Line + 1;
        if (line <= Line)
        {
            throw new WorkbookException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The workbook is damaged: row {line} of its sheet stands twice, or out of its order."
                )
            );
        }

        Line = line;
        if (_xml.IsEmptyElement)
        {
            return;
        }

        var depth = _xml.Depth;
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "c")
            {
                ReadCell();
            }
        }
    }

    private void ReadCell()
    {
        var at = Column(_xml.GetAttribute("r")) ?? _cells.Count;
        if (at >= _mostColumns)
        {
            throw new WorkbookException($"The sheet is wider than {_mostColumns} columns. Give a sheet that holds the rewards alone.");
        }

        while (_cells.Count <= at)
        {
            _cells.Add("");
        }

        var type = _xml.GetAttribute("t");
        _cells[at] = _xml.IsEmptyElement ? "" : Value(type);
    }

    private string Value(string? type)
    {
        var (depth, isFormula) = (_xml.Depth, false);
        string? value = null;
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            if (_xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (_xml.LocalName)
            {
                case "f":
                    isFormula = true;
                    Skip();
                    break;
                case "v" or "is":
                    _text.Clear();
                    Collect();
                    value = _text.ToString();
                    break;
            }
        }

        if (string.IsNullOrEmpty(value))
        {
            return isFormula && type != "str" ? NoValue : "";
        }

        return type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _texts.Count
                ? _texts[index]
                : throw new WorkbookException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The workbook is damaged: row {Line} of its sheet names a text that is not there."
                    )
                ),
            "b" => value == "1" ? "TRUE" : "FALSE",
            "inlineStr" or "str" or "e" or "d" => value,
            _ => Number(value),
        };
    }

    /// <summary>All text below the element that the reader stands on; of an inline string, its runs.</summary>
    private void Collect()
    {
        if (_xml.LocalName == "is")
        {
            Workbook.InlineText(_xml, _text);
            return;
        }

        if (_xml.IsEmptyElement)
        {
            return;
        }

        var depth = _xml.Depth;
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                _text.Append(_xml.Value);
            }
        }
    }

    private void Skip()
    {
        if (_xml.IsEmptyElement)
        {
            return;
        }

        var depth = _xml.Depth;
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            // The formula itself says nothing: its value is beside it.
        }
    }

    /// <summary>
    /// Numbers are kept as doubles: shown in the fewest digits that mean the same (0.1, not 0.10000000000000001), whole when they are whole. What
    /// has more than fifteen digits was rounded by the spreadsheet, and stays in the form that says so.
    /// </summary>
    private static string Number(string value)
    {
        if (value.Length <= 15 && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return value;
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return value;
        }

        return Math.Abs(number) < 1e15 && Math.Abs(number) >= 1e-6 || number == 0
            ? ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture)
            : number.ToString("0.###############E+0", CultureInfo.InvariantCulture);
    }

    private static int? Column(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (!char.IsAsciiLetterUpper(c) || column > 1_000_000)
            {
                break;
            }

            column = (column * 26) + (c - 'A') + 1;
        }

        return column == 0 ? null : column - 1;
    }
}
