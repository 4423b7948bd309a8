using Plum.Domain.Shared;

namespace Plum.Data.Shared;

/// <summary>
/// Reads a CSV file row by row (RFC 4180) with flat memory, and never lets one row swallow others: a quote that is not closed properly costs
/// the line that it stands in, and reading goes on with the next line.
/// </summary>
/// <remarks>A row's cells are good until the next <see cref="Read"/>. Not for two threads at once.</remarks>
internal sealed class CsvRows(TextReader text, char delimiter) : IFileRows
{
    /// <summary>Characters of one row. Whatever is longer has a quote open.</summary>
    public const int MaxRow = 1 << 20;

    private readonly System.Buffers.SearchValues<char> _ends = System.Buffers.SearchValues.Create([delimiter, '\r', '\n']);
    private readonly List<Cell> _cells = [];
    private char[] _buffer = new char[1 << 16];
    private char[] _unescaped = new char[256];
    private int _unescapedLength;
    private int _start;
    private int _end;
    private bool _atEnd;
    private long _nextLine = 1;

    private readonly record struct Cell(int From, int Length, bool IsUnescaped);

    public char Delimiter => delimiter;

    public long Line { get; private set; }

    public int Count => _cells.Count;

    /// <summary>The row as it stands in the file, without its line end.</summary>
    public ReadOnlySpan<char> Text => _buffer.AsSpan(_row, _start - _row).TrimEnd("\r\n");

    /// <summary>What is wrong with the row as text; its cells are then the line as it stands, in one.</summary>
    public CsvFault Fault { get; private set; }

    public ReadOnlySpan<char> this[int column] =>
        _cells[column] is var cell && cell.IsUnescaped
            ? _unescaped.AsSpan(cell.From, cell.Length)
            : _buffer.AsSpan(_row + cell.From, cell.Length);

    private int _row;

    /// <summary>Goes to the next row that is not empty.</summary>
    public bool Read()
    {
        while (true)
        {
            (_row, Line, Fault) = (_start, _nextLine, CsvFault.None);
            _cells.Clear();
            _unescapedLength = 0;
            if (_start == _end && !Fill())
            {
                return false;
            }

            Parse();
            if (_cells.Count > 1 || Fault != CsvFault.None || (_cells.Count == 1 && !this[0].IsWhiteSpace()))
            {
                return true;
            }
        }
    }

    public void Dispose() => text.Dispose();

    private void Parse()
    {
        var at = 0; // from the start of the row
        while (true)
        {
            var isQuoted = Available(at) && _buffer[_row + at] == '"';
            var length = isQuoted ? Quoted(ref at) : Plain(ref at);
            if (length < 0 || at > MaxRow)
            {
                Fault = Fault == CsvFault.None ? CsvFault.TooLong : Fault;
                GiveUp();
                return;
            }

            // Now at stands on what ended the cell.
            if (!Available(at))
            {
                End(at);
                return;
            }

            var ended = _buffer[_row + at];
            at++;
            if (ended == delimiter)
            {
                continue;
            }

            if (ended == '\r' && Available(at) && _buffer[_row + at] == '\n')
            {
                at++;
            }

            End(at);
            return;
        }
    }

    private int Plain(ref int at)
    {
        var from = at;
        while (true)
        {
            var found = _buffer.AsSpan(_row + at, _end - _row - at).IndexOfAny(_ends);
            if (found >= 0)
            {
                at += found;
                break;
            }

            at = _end - _row;
            if (at > MaxRow)
            {
                break;
            }

            if (!Fill())
            {
                break;
            }
        }

        _cells.Add(new Cell(from, at - from, IsUnescaped: false));
        return at - from;
    }

    private int Quoted(ref int at)
    {
        var from = ++at;
        var hasQuotes = false;
        while (true)
        {
            var found = _buffer.AsSpan(_row + at, _end - _row - at).IndexOf('"');
            if (found < 0)
            {
                at = _end - _row;
                if (at > MaxRow || !Fill())
                {
                    Fault = CsvFault.QuoteNotClosed;
                    return -1;
                }

                continue;
            }

            at += found + 1;
            if (!Available(at) || _buffer[_row + at] != '"')
            {
                break;
            }

            hasQuotes = true;
            at++;
        }

        if (Available(at) && !_ends.Contains(_buffer[_row + at]))
        {
            Fault = CsvFault.TextAfterQuote;
            return -1;
        }

        var length = at - 1 - from;
        _cells.Add(hasQuotes ? Unescape(from, length) : new Cell(from, length, IsUnescaped: false));
        return length;
    }

    private Cell Unescape(int from, int length)
    {
        if (_unescaped.Length < _unescapedLength + length)
        {
            Array.Resize(ref _unescaped, Math.Max(_unescaped.Length * 2, _unescapedLength + length));
        }

        var start = _unescapedLength;
        var source = _buffer.AsSpan(_row + from, length);
        for (var i = 0; i < source.Length; i++)
        {
            _unescaped[_unescapedLength++] = source[i];
            if (source[i] == '"')
            {
                i++;
            }
        }

        return new Cell(start, _unescapedLength - start, IsUnescaped: true);
    }

    /// <summary>The row begins and ends with its first line.</summary>
    private void GiveUp()
    {
        _cells.Clear();
        int found;
        while ((found = _buffer.AsSpan(_row, _end - _row).IndexOfAny('\r', '\n')) < 0 && Fill())
        {
            // A line without an end: all of it goes.
        }

        var length = found < 0 ? _end - _row : found;
        _cells.Add(new Cell(0, Math.Min(length, 20_000), IsUnescaped: false));
        var at = length;
        if (at < _end - _row && _buffer[_row + at] == '\r')
        {
            at++;
        }

        if (at < _end - _row && _buffer[_row + at] == '\n')
        {
            at++;
        }

        End(at);
    }

    private void End(int at)
    {
        var row = _buffer.AsSpan(_row, at);
        // A line ends with LF, or with CR alone in files of an old kind.
        var lines = row.Count('\n');
        _nextLine += lines > 0 ? lines : row.Count('\r');
        _start = _row + at;
    }

    private bool Available(int at) => _row + at < _end || Fill();

    /// <summary>Makes room and reads on; the row keeps its start at <see cref="_row"/>.</summary>
    /// <returns>False at the end of the file.</returns>
    private bool Fill()
    {
        if (_atEnd)
        {
            return false;
        }

        if (_row > 0)
        {
            _buffer.AsSpan(_row, _end - _row).CopyTo(_buffer);
            (_end, _start, _row) = (_end - _row, _start - _row, 0);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = text.Read(_buffer, _end, _buffer.Length - _end);
        _atEnd = read == 0;
        _end += read;
        return read > 0;
    }
}

internal enum CsvFault
{
    None = 0,
    QuoteNotClosed = 1,
    TextAfterQuote = 2,
    TooLong = 3,
}
