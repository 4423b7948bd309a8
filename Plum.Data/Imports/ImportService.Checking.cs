using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Imports;
using Plum.Domain.Shared;

namespace Plum.Data.Imports;

/// <summary>The dry run: every row of the file is read and judged as it will be, and nothing is written but the finding.</summary>
public sealed partial class ImportService
{
    private const int MostFaults = 200;
    private const int MostUnmapped = 500;

    /// <returns>Done when the rows were read, however many are bad: see <see cref="ImportView.Check"/>. Refused when the mapping cannot be used.</returns>
    public async Task<Outcome> CheckAsync(long number, int seenVersion, Actor by, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        if (by.Lacks(Act.ImportHistory) is { } refused)
        {
            return refused;
        }

        await using var db = await _contexts.CreateDbContextAsync(ct);
        var import = await Visible(db, by).AsNoTracking().SingleOrDefaultAsync(i => i.Number == number, ct);
        if (import is null || await FindClientAsync(db, import.ClientId, ct) is not { } client)
        {
            return Refusals.NotFound;
        }

        if (import.Version != seenVersion)
        {
            return new Outcome.Stale();
        }

        var world = await ImportWorlds.OfAsync(db, client, ct);
        if ((import.CannotPrepare() ?? ImportRefusals.ForMapping(import.Mapping, import.Form.Headers, world)) is { } cannot)
        {
            return cannot;
        }

        // Reading a large file keeps a thread busy; the page's own stays free.
        var check = await Task.Run(() => ReadAllAsync(db, import, world, progress, ct), ct);
        return await ChangeAsync(
            number,
            seenVersion,
            "Checked",
            by,
            (_, row, _, _) =>
            {
                row.Checked(check);
                return Task.FromResult<Refusal?>(null);
            },
            ct
        );
    }

    private async Task<ImportCheck> ReadAllAsync(
        PlumDbContext db,
        TicketImport import,
        ImportWorld world,
        IProgress<ImportProgress>? progress,
        CancellationToken ct
    )
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var (read, rejected) = (0L, 0L);
        var faults = new List<ImportFault>();
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var unmapped = new Dictionary<(ImportField, string), long>();
        var (earliest, latest) = (DateTime.MaxValue, DateTime.MinValue);
        var fields = import.Mapping.Fields.ToLookup(f => string.Join(ImportMapping.JoinedBy, f.Columns), f => f.Field);

        var file = _files.CheckRejected(import.Id);
        await using (var bad = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        {
            await bad.WriteAsync(ImportChunks.Header(import.Form.Headers));
            using var rows = _files.Rows(import);
            rows.Read();
            var reading = new ImportReading(import.Mapping, import.Form.Headers, world, now);
            var chunks = new ImportChunks(rows, reading, import.Mapping, import.ClientId, []);
            while (await chunks.NextAsync(db, ct) is { } chunk)
            {
                ct.ThrowIfCancellationRequested();
                (read, rejected) = (read + chunk.Read, rejected + chunk.Rejected);
                await bad.WriteAsync(chunk.RejectedText);
                faults.AddRange(chunk.Faults.Take(MostFaults - faults.Count));
                foreach (var fault in chunk.Faults)
                {
                    counts[fault.Code] = counts.GetValueOrDefault(fault.Code) + 1;
                    if (fault is { Code: "import.value" or "import.category", Column: { } column, Value: { } value })
                    {
                        var key = (fields[column].FirstOrDefault(f => ImportFields.Of(f).Kind == ImportKind.Choice), value);
                        if (unmapped.TryGetValue(key, out var count) || unmapped.Count < MostUnmapped)
                        {
                            unmapped[key] = count + 1;
                        }
                    }
                }

                foreach (var good in chunk.Good)
                {
                    earliest = good.Row.CreatedAtUtc < earliest ? good.Row.CreatedAtUtc : earliest;
                    latest = good.Row.CreatedAtUtc > latest ? good.Row.CreatedAtUtc : latest;
                }

                progress?.Report(new ImportProgress(read, rejected, 0));
            }
        }

        if (rejected == 0)
        {
            File.Delete(file);
        }

        return new ImportCheck(
            world.Fingerprint(),
            read,
            read - rejected,
            rejected,
            faults,
            counts,
            [.. unmapped.OrderByDescending(u => u.Value).Select(u => new UnmappedValue(u.Key.Item1, u.Key.Item2, u.Value))],
            read > rejected ? earliest : null,
            read > rejected ? latest : null,
            now
        );
    }
}
