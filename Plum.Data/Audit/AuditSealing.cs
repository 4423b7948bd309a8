using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Audit;

/// <summary>Makes the chain, anchors its head outside the database, and proves it.</summary>
public sealed class AuditSealing(IDbContextFactory<PlumDbContext> contexts, DatabaseOptions options, TimeProvider clock)
{
    /// <summary>An entry may be committed after one with a higher id: so far back every batch looks again.</summary>
    private const long Lookback = 10_000;

    private string Anchor => Path.Combine(options.DataFolder, "audit-anchor.log");

    /// <summary>Seals at most <paramref name="batch"/> entries. Safe to run twice, and on two nodes at once: the second finds the position taken.</summary>
    /// <returns>How many it sealed.</returns>
    public async Task<int> SealAsync(int batch, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Position).FirstOrDefaultAsync(ct);
        var floor = last is null ? 0 : await db.AuditSeals.MaxAsync(s => s.EntryId, ct) - Lookback;
        var entries = await db
            .AuditEntries.AsNoTracking()
            .Where(e => e.Id > floor && !db.AuditSeals.Any(s => s.EntryId == e.Id))
            .OrderBy(e => e.Id)
            .Take(batch)
            .ToListAsync(ct);
        if (entries.Count == 0)
        {
            return 0;
        }

        foreach (var entry in entries)
        {
            last = AuditSeal.After(last, entry);
            db.Add(last);
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (!ct.IsCancellationRequested)
        {
            await using var look = await contexts.CreateDbContextAsync(ct);
            if (await look.AuditSeals.AnyAsync(s => s.Position == last!.Position, ct))
            {
                return 0; // another node sealed these
            }

            throw;
        }

        await AnchorAsync(last!, ct);
        return entries.Count;
    }

    public async Task<ChainState?> StateAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadAudit))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var head = await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Position).FirstOrDefaultAsync(ct);
        var waiting = await db.AuditEntries.LongCountAsync(ct) - (head?.Position ?? 0);
        return new ChainState(head?.Position ?? 0, Math.Max(0, waiting), head is null ? null : Convert.ToHexStringLower(head.Hash));
    }

    /// <summary>Walks the whole chain and every anchor.</summary>
    /// <param name="report">Told how many seals were walked, now and then; may be null.</param>
    /// <returns>Where it does not hold, at most 1,000 places; empty when it does.</returns>
    /// <exception cref="RefusedException">The actor may not read the audit.</exception>
    public async Task<IReadOnlyList<AuditFinding>> VerifyAsync(Actor by, IProgress<long>? report, CancellationToken ct)
    {
        RefusedException.ThrowIf(by.Lacks(Act.ReadAudit));

        var findings = new List<AuditFinding>();
        var anchors = await AnchorsAsync(ct);
        var walk = new AuditWalk();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var chain =
            from s in db.AuditSeals.AsNoTracking()
            join e in db.AuditEntries.AsNoTracking() on s.EntryId equals e.Id into entries
            from e in entries.DefaultIfEmpty()
            orderby s.Position
            select new
            {
                s.Position,
                s.Hash,
                s.EntryId,
                Entry = e,
            };
        await foreach (var link in chain.AsAsyncEnumerable().WithCancellation(ct))
        {
            findings.AddRange(walk.Step(link.Position, link.Hash, link.EntryId, link.Entry));
            if (anchors.Remove(link.Position, out var anchored) && anchored != Convert.ToHexStringLower(link.Hash))
            {
                findings.Add(new AuditFinding(AuditFindingKind.Anchor, link.Position, link.EntryId));
            }

            if (walk.Position % 10_000 == 0)
            {
                report?.Report(walk.Position);
            }

            if (findings.Count >= 1000)
            {
                return findings;
            }
        }

        report?.Report(walk.Position);
        findings.AddRange(anchors.Keys.Order().Select(position => new AuditFinding(AuditFindingKind.Anchor, position, null)));
        return findings;
    }

    private async Task AnchorAsync(AuditSeal head, CancellationToken ct)
    {
        Directory.CreateDirectory(options.DataFolder);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{head.Position} {Convert.ToHexStringLower(head.Hash)} {clock.GetUtcNow():O}\n"
        );
        await File.AppendAllTextAsync(Anchor, line, ct);
    }

    private async Task<Dictionary<long, string>> AnchorsAsync(CancellationToken ct)
    {
        var anchors = new Dictionary<long, string>();
        if (File.Exists(Anchor))
        {
            await foreach (var line in File.ReadLinesAsync(Anchor, ct))
            {
                var parts = line.Split(' ');
                if (parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                {
                    anchors[position] = parts[1];
                }
            }
        }

        return anchors;
    }
}
