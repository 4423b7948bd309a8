using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>Failed deliveries as a file: mended in a spreadsheet and dropped back in.</summary>
public sealed partial class DeliveryService
{
    private static readonly string[] Columns = ["delivery", "order", "recipient", "channel", "address", "why", "code", "words"];

    private static readonly Refusal NoColumns = new(
        "delivery.csv-columns",
        "The file has no columns named delivery and address. Download it here, change the addresses, and keep the first row.",
        "File"
    );

    /// <summary>All that match, newest first, as many as can be mended at a time.</summary>
    public async Task ExportAsync(DeliveryFilter filter, Actor by, TextWriter into, CancellationToken ct)
    {
        await into.WriteAsync($"{CsvText.Line(Columns)}\r\n");
        if (!by.May(Act.ReadDeliveries))
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = (await MatchingAsync(db, filter, by, ct)).OrderByDescending(d => d.Id).Take(MendDeliveries.Most);
        await foreach (var row in Rows(db, found).AsAsyncEnumerable().WithCancellation(ct))
        {
            await into.WriteAsync(
                $"{CsvText.Line(row.Id.ToString(CultureInfo.InvariantCulture), row.Order, row.Recipient, row.Channel.ToString(), row.Address, row.Fault?.ToString(), row.Code, row.Words)}\r\n"
            );
        }
    }

    /// <summary>Each row's address is taken and its delivery sent again; the other columns are for the reader.</summary>
    /// <returns>The refusal of the whole file, or one result a row that names a delivery.</returns>
    public async Task<(Refusal? Refusal, IReadOnlyList<Mended> Results)> MendFromCsvAsync(TextReader text, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.MendDeliveries) is { } refused)
        {
            return (refused, []);
        }

        using var rows = new CsvRows(text, ',');
        if (!rows.Read())
        {
            return (NoColumns, []);
        }

        var (idAt, addressAt) = (-1, -1);
        for (var i = 0; i < rows.Count; i++)
        {
            var name = rows[i].Trim().TrimStart('\uFEFF');
            idAt = name.Equals("delivery", StringComparison.OrdinalIgnoreCase) ? i : idAt;
            addressAt = name.Equals("address", StringComparison.OrdinalIgnoreCase) ? i : addressAt;
        }

        if (idAt < 0 || addressAt < 0)
        {
            return (NoColumns, []);
        }

        var addresses = new Dictionary<long, string>();
        while (rows.Read())
        {
            if (rows.Fault != CsvFault.None || rows.Count <= Math.Max(idAt, addressAt))
            {
                if (rows.Text.IsWhiteSpace())
                {
                    continue;
                }

                return (
                    new Refusal(
                        "delivery.csv-row",
                        $"Line {rows.Line} cannot be read: it has too few columns or an open quote. Nothing was sent.",
                        "File"
                    ),
                    []
                );
            }

            if (
                !long.TryParse(rows[idAt].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || !addresses.TryAdd(id, CsvText.Restore(rows[addressAt].Trim().ToString()))
            )
            {
                return (
                    new Refusal(
                        "delivery.csv-id",
                        $"Line {rows.Line} names no delivery, or one that was named before. Nothing was sent.",
                        "File"
                    ),
                    []
                );
            }

            if (addresses.Count > MendDeliveries.Most)
            {
                return (
                    new Refusal(
                        "delivery.csv-long",
                        $"The file has more than {MendDeliveries.Most} rows. Split it. Nothing was sent.",
                        "File"
                    ),
                    []
                );
            }
        }

        return (null, await MendAsync(new MendDeliveries([.. addresses.Keys], new Mend.Addresses(addresses)), by, ct));
    }
}
