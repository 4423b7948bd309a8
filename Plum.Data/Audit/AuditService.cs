using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Audit;

/// <summary>Reads the audit: the explorer's pages and the export.</summary>
public sealed class AuditService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <returns>Null when the actor may not read the audit.</returns>
    public async Task<AuditPage?> ListAsync(AuditQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadAudit))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await Rows(db, Matching(db, query, by).OrderByDescending(e => e.Id).Take(query.Take + 1)).ToListAsync(ct);
        return new AuditPage(rows.Take(query.Take).ToList(), rows.Count > query.Take);
    }

    /// <summary>The rooms and verbs that occur, for the filters.</summary>
    public async Task<(IReadOnlyList<string> Rooms, IReadOnlyList<string> Verbs)> WordsAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadAudit))
        {
            return ([], []);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var words = await Visible(db, by).Select(e => new { e.Room, e.What }).Distinct().ToListAsync(ct);
        return (words.Select(w => w.Room).Distinct().Order().ToList(), words.Select(w => w.What).Distinct().Order().ToList());
    }

    /// <summary>The partner institutions, by name, for the filter; none for whoever belongs to one client or institution.</summary>
    public async Task<IReadOnlyList<Institution>> InstitutionsAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadAudit) || by.IsBound)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.PartnerInstitutions.OrderBy(p => p.Name).Select(p => new Institution(p.Id, p.Name)).ToListAsync(ct);
    }

    /// <summary>Every line that the query asks for, oldest first, streamed. The export itself is audited before the first line leaves.</summary>
    /// <exception cref="RefusedException">The actor may not read the audit.</exception>
    public async IAsyncEnumerable<AuditRow> ExportAsync(AuditQuery query, Actor by, [EnumeratorCancellation] CancellationToken ct)
    {
        RefusedException.ThrowIf(by.Lacks(Act.ReadAudit));

        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Add(AuditEntry.For("Audit", "export", "Exported", by, clock.GetUtcNow().UtcDateTime, query.ClientId ?? by.ClientId));
        await db.SaveChangesAsync(ct);
        var lines = Matching(db, query with { Before = null }, by).OrderBy(e => e.Id);
        await foreach (var row in Rows(db, lines).AsAsyncEnumerable().WithCancellation(ct))
        {
            yield return row;
        }
    }

    private static IQueryable<AuditEntry> Visible(PlumDbContext db, Actor by) =>
        by.PartnerId is { } institution ? db.AuditEntries.Where(e => e.PartnerId == institution)
        : by.ClientId is { } own ? db.AuditEntries.Where(e => e.ClientId == own)
        : db.AuditEntries;

    private static IQueryable<AuditEntry> Matching(PlumDbContext db, AuditQuery query, Actor by)
    {
        var entries = Visible(db, by);
        if (query.Room is { Length: > 0 } room)
        {
            entries = entries.Where(e => e.Room == room);
        }

        if (query.Subject is { Length: > 0 } subject)
        {
            entries = entries.Where(e => e.Subject == subject);
        }

        if (query.Who is { Length: > 0 } who)
        {
            entries = entries.Where(e => e.Who.Contains(who));
        }

        if (query.What is { Length: > 0 } what)
        {
            entries = entries.Where(e => e.What == what);
        }

        if (query.ClientId is { } client)
        {
            entries = entries.Where(e => e.ClientId == client);
        }

        if (query.PartnerId is { } partner)
        {
            entries = entries.Where(e => e.PartnerId == partner);
        }

        if (query.FromUtc is { } from)
        {
            entries = entries.Where(e => e.AtUtc >= from);
        }

        if (query.UntilUtc is { } until)
        {
            entries = entries.Where(e => e.AtUtc < until);
        }

        if (query.Before is { } before)
        {
            entries = entries.Where(e => e.Id < before);
        }

        return entries;
    }

    private static IQueryable<AuditRow> Rows(PlumDbContext db, IQueryable<AuditEntry> entries) =>
        entries.Select(e => new AuditRow(
            e.Id,
            e.AtUtc,
            e.Who,
            e.What,
            e.Room,
            e.Subject,
            db.Clients.Where(c => c.Id == e.ClientId).Select(c => c.Name).FirstOrDefault(),
            db.PartnerInstitutions.Where(p => p.Id == e.PartnerId).Select(p => p.Name).FirstOrDefault(),
            e.Why,
            e.Before,
            e.After,
            db.AuditSeals.Any(s => s.EntryId == e.Id)
        ));
}
