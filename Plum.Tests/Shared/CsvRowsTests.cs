using CsCheck;
using Plum.Data.Imports;
using Plum.Data.Shared;
using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

public class CsvRowsTests
{
    [Fact]
    public void Quoted_cells_keep_delimiters_line_ends_and_doubled_quotes()
    {
        Assert.Equal(
            ["1: a|b,c|d", "2: x|say \"hi\"|y", "3: two\nlines|z|", "5: last|1|2"],
            Read("a,\"b,c\",d\r\nx,\"say \"\"hi\"\"\",y\r\n\"two\nlines\",z,\r\nlast,1,2")
        );
    }

    [Fact]
    public void Line_ends_of_every_kind_end_a_row_and_empty_lines_are_none()
    {
        Assert.Equal(["1: a|b", "2: c|d", "4: e|f"], Read("a,b\nc,d\r\n\r\ne,f\n\n"));
        Assert.Equal(["1: a|b", "2: c|d"], Read("a,b\rc,d\r"));
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_its_own_line_and_no_other()
    {
        Assert.Equal(["1: a|b", "2! QuoteNotClosed", "3: e|f", "4: g|h"], Read("a,b\n\"c,d\ne,f\ng,h\n"));
    }

    [Fact]
    public void A_stray_quote_that_the_next_rows_quote_would_close_is_found_where_it_was_opened()
    {
        Assert.Equal(["1: a|b", "2! TextAfterQuote", "3: e|f", "4: g, h|i"], Read("a,b\n\"c,d\ne,f\n\"g, h\",i\n"));
    }

    [Fact]
    public void Text_after_a_closing_quote_is_a_fault_of_that_line()
    {
        Assert.Equal(["1! TextAfterQuote", "2: c|d"], Read("\"a\" b,c\nc,d"));
    }

    [Fact]
    public void A_row_that_never_ends_is_given_up_and_reading_goes_on()
    {
        var huge = new string('x', CsvRows.MaxRow + 10);

        Assert.Equal(["1: a|b", "2! TooLong", "3: c|d"], Read($"a,b\n{huge}\nc,d\n"));
        Assert.Equal(["1! QuoteNotClosed", "2: c|d"], Read($"\"a\nc,d\n{string.Concat(Enumerable.Repeat("e,f\n", 300_000))}").Take(2));
    }

    [Fact]
    public void Whatever_is_written_by_the_rules_is_read_back_across_buffer_ends()
    {
        var text = Gen.String[Gen.Char["ab,\"\n\r;é😀 "], 0, 30];
        text.Array[1, 6]
            .Array[1, 40]
            .Where(rows => rows.All(r => r.Length > 1 || !string.IsNullOrWhiteSpace(r[0])))
            .Sample(rows =>
            {
                var file = string.Concat(rows.Select(r => string.Join(',', r.Select(Quote)) + "\r\n"));
                using var read = new CsvRows(new Trickle(file), ',');
                foreach (var row in rows)
                {
                    if (!read.Read() || read.Fault != CsvFault.None || read.Count != row.Length)
                    {
                        return false;
                    }

                    for (var i = 0; i < row.Length; i++)
                    {
                        if (!read[i].SequenceEqual(row[i]))
                        {
                            return false;
                        }
                    }
                }

                return !read.Read();
            });
    }

    [Fact]
    public void What_the_export_neutralised_is_itself_again()
    {
        using var rows = new CsvRows(new StringReader(CsvText.Line("+441234567", "=1+1", "O'Neill")), ',');
        rows.Read();

        Assert.Equal(["+441234567", "=1+1", "O'Neill"], Enumerable.Range(0, 3).Select(i => CsvText.Restore(rows[i].ToString())));
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 && cell.Trim() == cell
            ? cell
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<string> Read(string text)
    {
        using var rows = new CsvRows(new StringReader(text), ',');
        while (rows.Read())
        {
            yield return rows.Fault == CsvFault.None
                ? $"{rows.Line}: {string.Join('|', Enumerable.Range(0, rows.Count).Select(i => rows[i].ToString()))}"
                : $"{rows.Line}! {rows.Fault}";
        }
    }

    /// <summary>Gives a few characters at a time, as a slow disk may.</summary>
    private sealed class Trickle(string text) : TextReader
    {
        private int _at;

        public override int Read(char[] buffer, int index, int count)
        {
            var give = Math.Min(Math.Min(count, 7), text.Length - _at);
            text.CopyTo(_at, buffer, index, give);
            _at += give;
            return give;
        }
    }
}
