using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Imports;
using Plum.Domain.Shared;

namespace Plum.Data.Imports;

/// <summary>What the pages show of an import: nothing here changes anything.</summary>
public sealed partial class ImportService
{
    private const int Sampled = 1000;
    private const int MostValues = 2000;

    public async Task<IReadOnlyList<ImportListRow>> ListAsync(Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var visible = Visible(db, by);
        var rows = await (
            from import in visible
            join client in db.Clients on import.ClientId equals client.Id
            where import.State != ImportState.Discarded
            orderby import.Number descending
            select new
            {
                client.Code,
                client.Name,
                Import = import,
            }
        )
            .AsNoTracking()
            .Take(500)
            .ToListAsync(ct);
        return
        [
            .. rows.Select(r => new ImportListRow(
                r.Import.Number,
                r.Code,
                r.Name,
                r.Import.FileName,
                r.Import.UploadedAtUtc,
                r.Import.Who,
                r.Import.State,
                r.Import.Check?.Rows,
                r.Import.RowsDone,
                r.Import.RowsRejected,
                r.Import.TicketsMade
            )),
        ];
    }

    /// <summary>The clients that the actor may import for, by name.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Code, string Name)>> ClientsAsync(Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.ImportHistory) is not null || by.PartnerId is not null)
        {
            return [];
        }

        await using var db = await _contexts.CreateDbContextAsync(ct);
        var clients = db.Clients.AsNoTracking().Where(c => c.IsActive && (by.ClientId == null || c.Id == by.ClientId));
        return
        [
            .. (
                await clients
                    .OrderBy(c => c.Name)
                    .Select(c => new
                    {
                        c.Id,
                        c.Code,
                        c.Name,
                    })
                    .ToListAsync(ct)
            ).Select(c => (c.Id, c.Code, c.Name)),
        ];
    }

    /// <returns>Null when it does not exist or is not the actor's to see.</returns>
    public async Task<ImportView?> ViewAsync(long number, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var i = await Visible(db, by).AsNoTracking().SingleOrDefaultAsync(i => i.Number == number, ct);
        if (i is null || await FindClientAsync(db, i.ClientId, ct) is not { } client)
        {
            return null;
        }

        return new ImportView(
            i.Id,
            i.Number,
            client.Id,
            client.Code,
            client.Name,
            client.TimeZoneId,
            i.FileName,
            i.Bytes,
            i.UploadedAtUtc,
            i.Who,
            i.Form,
            i.Mapping,
            i.Check,
            i.State,
            i.RowsDone,
            i.RowsRejected,
            i.TicketsMade,
            i.StartedAtUtc,
            i.FinishedAtUtc,
            i.UndoneAtUtc,
            i.TicketsKept,
            i.Error,
            i.Version,
            await ImportWorlds.OfAsync(db, client, ct)
        );
    }

    /// <summary>The columns of the file as its first thousand rows have them.</summary>
    public IReadOnlyList<ImportColumn> Columns(ImportView import, Actor by)
    {
        if (!Sees(import, by))
        {
            return [];
        }

        using var rows = Open(import);
        var (filled, samples, read) = (new int[import.Form.Headers.Count], new List<string>[import.Form.Headers.Count], 0);
        while (read < Sampled && rows.Read())
        {
            read++;
            for (var c = 0; c < Math.Min(rows.Count, filled.Length); c++)
            {
                var cell = rows[c].Trim();
                if (cell.IsEmpty)
                {
                    continue;
                }

                filled[c]++;
                var seen = samples[c] ??= [];
                if (seen.Count < 4)
                {
                    var text = cell.Length > 40 ? $"{cell[..40]}…" : cell.ToString();
                    if (!seen.Contains(text))
                    {
                        seen.Add(text);
                    }
                }
            }
        }

        return [.. import.Form.Headers.Select((name, c) => new ImportColumn(name, filled[c], read, samples[c] ?? []))];
    }

    /// <summary>How many of the first thousand values of a column each offered date format reads. A choice to be made, not a guess.</summary>
    public IReadOnlyList<(string Format, int Fits, int Of)> DateFormats(ImportView import, string column, Actor by)
    {
        var at = import.Form.Headers.ToList().IndexOf(column);
        if (at < 0 || !Sees(import, by))
        {
            return [];
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(import.ClientTimeZoneId);
        var (fits, read) = (new int[ImportDates.Offered.Count], 0);
        using var rows = Open(import);
        while (read < Sampled && rows.Read())
        {
            if (at >= rows.Count || rows[at].IsWhiteSpace())
            {
                continue;
            }

            read++;
            for (var f = 0; f < fits.Length; f++)
            {
                fits[f] += ImportDates.Read(rows[at], ImportDates.Offered[f], zone, default) is null ? 0 : 1;
            }
        }

        return
        [
            .. ImportDates.Offered.Select((format, f) => (format, fits[f], read)).Where(f => f.Item2 > 0).OrderByDescending(f => f.Item2),
        ];
    }

    /// <summary>The first rows as the tickets that they will be, by a mapping that need not be saved.</summary>
    /// <returns>Empty when the mapping cannot be used yet.</returns>
    public IReadOnlyList<ImportPreviewRow> Preview(ImportView import, ImportMapping mapping, int count, Actor by)
    {
        if (!Sees(import, by) || ImportRefusals.ForMapping(mapping, import.Form.Headers, import.World) is not null)
        {
            return [];
        }

        var reading = new ImportReading(mapping, import.Form.Headers, import.World, _clock.GetUtcNow().UtcDateTime);
        var preview = new List<ImportPreviewRow>(count);
        using var rows = Open(import);
        while (preview.Count < count && rows.Read())
        {
            var row = ImportRows.Read(rows, reading, out var faults);
            preview.Add(new ImportPreviewRow(rows.Line, row, [.. faults]));
        }

        return preview;
    }

    /// <summary>Every value that a field takes in the whole file, the most frequent first, at most 2,000 of them.</summary>
    public async Task<IReadOnlyList<ImportValue>> ValuesAsync(
        ImportView import,
        ImportMapping mapping,
        ImportField field,
        Actor by,
        CancellationToken ct
    )
    {
        if (
            !Sees(import, by)
            || mapping[field] is not { Columns.Count: > 0 } mapped
            || mapped.Columns.Any(c => !import.Form.Headers.Contains(c, StringComparer.Ordinal))
        )
        {
            return [];
        }

        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        await Task.Run(
            () =>
            {
                var reading = new ImportReading(
                    ImportMapping.Nothing.With(field, mapped),
                    import.Form.Headers,
                    import.World,
                    DateTime.MaxValue
                );
                using var rows = Open(import);
                while (rows.Read())
                {
                    ct.ThrowIfCancellationRequested();
                    if (rows.Fault == CsvFault.None && rows.Count == import.Form.Headers.Count && reading.Raw(rows, field) is { } value)
                    {
                        if (counts.TryGetValue(value, out var count) || counts.Count < MostValues)
                        {
                            counts[value] = count + 1;
                        }
                    }
                }
            },
            ct
        );

        var names = mapping.NewCategories?.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        return
        [
            .. counts
                .OrderByDescending(v => v.Value)
                .ThenBy(v => v.Key, StringComparer.OrdinalIgnoreCase)
                .Select(v => new ImportValue(
                    v.Key,
                    v.Value,
                    mapped.Values?.FirstOrDefault(m => string.Equals(m.Key, v.Key, StringComparison.OrdinalIgnoreCase)).Value
                        ?? import.World.Same(field, v.Key)
                        ?? (field == ImportField.Category && names.Contains(v.Key) ? v.Key : null),
                    import.World.Alike(field, v.Key)
                )),
        ];
    }

    /// <summary>The rejected rows as a file of their own: of the import once it began, else of the last check.</summary>
    /// <returns>Null when there are none, or the import is not the actor's to see.</returns>
    public Stream? Rejected(ImportView import, Actor by)
    {
        var file = import.State == ImportState.Uploaded ? _files.CheckRejected(import.Id) : _files.Rejected(import.Id);
        return Sees(import, by) && File.Exists(file)
            ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true)
            : null;
    }

    private static bool Sees(ImportView import, Actor by) => by.May(Act.ImportHistory) && by.Sees(import.ClientId);

    /// <summary>At the first row below the header.</summary>
    private CsvRows Open(ImportView import)
    {
        var rows = new CsvRows(_files.Open(import.Id, import.Form.Encoding), import.Form.Delimiter);
        rows.Read();
        return rows;
    }
}
