using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Imports;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Imports;

/// <param name="Order">Of the client, when the row names one.</param>
internal sealed record ImportCandidate(ImportRow Row, ImportOrder? Order);

internal sealed record ImportOrder(long Id, Guid ProgrammeId, long RecipientId, Guid BrandId, Guid SupplierId);

/// <param name="Read">Rows of the file, good and bad.</param>
/// <param name="RejectedText">The bad ones as lines of CSV, each with what is wrong at its end.</param>
internal sealed record ImportChunk(
    int Read,
    IReadOnlyList<ImportCandidate> Good,
    IReadOnlyList<ImportFault> Faults,
    int Rejected,
    string RejectedText
);

/// <summary>
/// Reads a file in pieces and judges every row, also by what the database holds: the check and the import go through this one gate.
/// </summary>
internal sealed class ImportChunks(
    CsvRows rows,
    ImportReading reading,
    ImportMapping mapping,
    Guid clientId,
    HashSet<ulong>? seenReferences
)
{
    public const int Size = 5_000;

    private readonly bool _asksDatabase = mapping[ImportField.SourceReference] is not null || mapping[ImportField.Order] is not null;
    private HashSet<ulong> _seen = seenReferences ?? [];

    /// <returns>Null at the end of the file.</returns>
    public async Task<ImportChunk?> NextAsync(PlumDbContext db, CancellationToken ct)
    {
        if (seenReferences is null)
        {
            _seen = []; // what came before is in the database
        }

        var (read, good, faults) = (0, new List<(ImportRow Row, string? Text)>(Size), new List<ImportFault>());
        var rejected = new SortedDictionary<long, string>();
        while (read < Size && rows.Read())
        {
            read++;
            var row = ImportRows.Read(rows, reading, out var wrong);
            if (row?.SourceReference is { } reference && !_seen.Add(Hash(reference)))
            {
                wrong = [Twice(row.Line, reference)];
                row = null;
            }

            if (row is null)
            {
                faults.AddRange(wrong);
                rejected[rows.Line] = Line(rows, wrong);
            }
            else
            {
                good.Add((row, _asksDatabase ? rows.Text.ToString() : null));
            }
        }

        if (read == 0)
        {
            return null;
        }

        var candidates = _asksDatabase
            ? await JudgeAsync(db, good, faults, rejected, ct)
            : good.ConvertAll(g => new ImportCandidate(g.Row, Order: null));
        var text = new StringBuilder();
        foreach (var line in rejected.Values)
        {
            text.Append(line).Append("\r\n");
        }

        return new ImportChunk(read, candidates, faults, rejected.Count, text.ToString());
    }

    public static string Header(IReadOnlyList<string> headers) =>
        CsvText.Line([.. headers.Where(h => h != ImportHeaders.Errors), ImportHeaders.Errors]) + "\r\n";

    private async Task<List<ImportCandidate>> JudgeAsync(
        PlumDbContext db,
        List<(ImportRow Row, string? Text)> rowsRead,
        List<ImportFault> faults,
        SortedDictionary<long, string> rejected,
        CancellationToken ct
    )
    {
        var references = rowsRead.Where(r => r.Row.SourceReference is not null).Select(r => r.Row.SourceReference).ToArray();
        var known =
            references.Length == 0
                ? []
                : await db
                    .Tickets.Where(t => t.ClientId == clientId && EF.Parameter(references).Contains(t.SourceReference))
                    .ToDictionaryAsync(t => t.SourceReference!, t => t.Id, StringComparer.Ordinal, ct);
        var orderIds = rowsRead.Where(r => r.Row.OrderId is not null).Select(r => r.Row.OrderId!.Value).Distinct().ToArray();
        var orders =
            orderIds.Length == 0
                ? []
                : await db
                    .Orders.Where(o => o.ClientId == clientId && EF.Parameter(orderIds).Contains(o.Id))
                    .Select(o => new ImportOrder(o.Id, o.ProgrammeId, o.RecipientId, o.BrandId, o.SupplierId))
                    .ToDictionaryAsync(o => o.Id, ct);

        var good = new List<ImportCandidate>(rowsRead.Count);
        foreach (var (row, text) in rowsRead)
        {
            var wrong = new List<ImportFault>();
            if (row.SourceReference is { } reference && known.TryGetValue(reference, out var ticket))
            {
                wrong.Add(
                    ImportFault.Of(
                        "import.known-reference",
                        row.Line,
                        Column(ImportField.SourceReference),
                        reference,
                        $"{TicketReference.Of(ticket)} has this reference already. Leave the row out, or give it its own reference."
                    )
                );
            }

            var order = row.OrderId is { } id ? orders.GetValueOrDefault(id) : null;
            if (row.OrderId is { } missing && order is null)
            {
                wrong.Add(
                    ImportFault.Of(
                        "import.order-unknown",
                        row.Line,
                        Column(ImportField.Order),
                        OrderReference.Of(missing),
                        "This client has no such order. Correct the reference, or leave it empty."
                    )
                );
            }

            if (wrong.Count == 0)
            {
                good.Add(new ImportCandidate(row, order));
                continue;
            }

            faults.AddRange(wrong);
            using var again = new CsvRows(new StringReader(text!), rows.Delimiter);
            again.Read();
            rejected[row.Line] = Line(again, wrong);
        }

        return good;
    }

    /// <summary>The cells as they were, and the reasons at the end. A row with too few or too many keeps its number of cells: only mending makes it whole.</summary>
    private string Line(CsvRows row, IReadOnlyList<ImportFault> wrong)
    {
        var cells = new List<string?>(row.Count + 1);
        for (var i = 0; i < row.Count; i++)
        {
            if (i != reading.ErrorColumn)
            {
                cells.Add(CsvText.Restore(row[i].ToString()));
            }
        }

        cells.Add(string.Join(" | ", wrong));
        return CsvText.Line(cells);
    }

    private ImportFault Twice(long line, string reference) =>
        ImportFault.Of(
            "import.reference-twice",
            line,
            Column(ImportField.SourceReference),
            reference,
            "An earlier row of this file has the same reference. Keep one of the two."
        );

    private string? Column(ImportField field) => mapping[field]?.Columns is [var column, ..] ? column : null;

    /// <summary>FNV-1a, 64 bits: a million references in 16 MB, and a chance of one in ten million that two of them are taken for one.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }
}
