using Plum.Data.Shared;
using Plum.Domain.Imports;
using Plum.Domain.Shared;

namespace Plum.Data.Imports;

internal static class ImportRows
{
    /// <summary>Reads the row that <paramref name="rows"/> stands on, a malformed one too.</summary>
    public static ImportRow? Read(CsvRows rows, ImportReading reading, out IReadOnlyList<ImportFault> faults)
    {
        if (rows.Fault == CsvFault.None)
        {
            return reading.Read(rows, out faults);
        }

        var (code, message) = rows.Fault switch
        {
            CsvFault.QuoteNotClosed => (
                "import.quote-open",
                "A quotation mark is opened in this line and never closed. Close it, or write two where one is meant."
            ),
            CsvFault.TextAfterQuote => (
                "import.quote-text",
                "After a closing quotation mark only a delimiter may follow. Write two marks where one is meant within the text."
            ),
            _ => ("import.row-long", "The row is longer than any row should be. Look for a missing line end."),
        };
        faults = [ImportFault.Of(code, rows.Line, null, rows[0].ToString(), message)];
        return null;
    }
}
