using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>What people ask of the sync of suppliers' catalogues, and what they are shown of it. The work itself is <see cref="CatalogueSyncWork"/>'s.</summary>
public sealed class CatalogueSyncService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Catalogue";
    private const int MostFaults = 200;

    private static readonly Refusal UnderWay = new("catalogue-sync.under-way", "This supplier's catalogue is being read already.");

    /// <summary>The last of each supplier; of a supplier that was never asked there is none.</summary>
    public async Task<IReadOnlyDictionary<Guid, SyncView>> LatestAsync(IReadOnlyList<Guid> suppliers, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return new Dictionary<Guid, SyncView>();
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = db.CatalogueSyncs.Where(s => suppliers.Contains(s.SupplierId)).GroupBy(s => s.SupplierId).Select(g => g.Max(s => s.Id));
        return await db
            .CatalogueSyncs.AsNoTracking()
            .Where(s => last.Contains(s.Id))
            .Select(s => new SyncView(
                s.Id,
                s.SupplierId,
                s.State,
                s.StartedBy,
                s.StartedAtUtc,
                s.FinishedAtUtc,
                s.WaitUntilUtc,
                s.IsListed,
                s.Seen,
                s.Added,
                s.Changed,
                s.Kept,
                s.Gone,
                s.Unreadable,
                s.Words
            ))
            .ToDictionaryAsync(s => s.SupplierId, ct);
    }

    /// <summary>The first two hundred products that a sync could not take.</summary>
    public async Task<IReadOnlyList<SyncFault>> FaultsAsync(long syncId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .CatalogueFaults.Where(f => f.SyncId == syncId)
            .OrderBy(f => f.Id)
            .Take(MostFaults)
            .Select(f => new SyncFault(f.ProductId, f.Words))
            .ToListAsync(ct);
    }

    public async Task<Outcome> StartAsync(StartSync command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.EditCatalogue) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var supplier = await db.Suppliers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == command.SupplierId && s.IsActive, ct);
        if (supplier is null)
        {
            return Refusals.NotFound;
        }

        if (await db.CatalogueSyncs.AnyAsync(s => s.SupplierId == supplier.Id && s.State == CatalogueSyncState.Running, ct))
        {
            return UnderWay;
        }

        db.Add(CatalogueSync.Start(supplier.Id, by.Name, now));
        db.Add(AuditEntry.For(Room, supplier.Code, "Catalogue sync started", by, now));
        return await db.SaveAsync(new Outcome.Done(supplier.Code), ct);
    }

    /// <summary>Whoever has asked the supplier, and knows that so many products are truly gone, lets the sync switch them off.</summary>
    public async Task<Outcome> AcceptAsync(AcceptDrop command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.EditCatalogue) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sync = await db.CatalogueSyncs.SingleOrDefaultAsync(s => s.Id == command.SyncId, ct);
        if (sync is null || await db.CatalogueSyncs.AnyAsync(s => s.SupplierId == sync.SupplierId && s.Id > sync.Id, ct))
        {
            return Refusals.NotFound;
        }

        if (sync.CannotAccept() is { } cannot)
        {
            return cannot;
        }

        var code = await db.Suppliers.Where(s => s.Id == sync.SupplierId).Select(s => s.Code).SingleAsync(ct);
        var words = sync.Words;
        sync.Accept();
        db.Add(AuditEntry.For(Room, code, "Catalogue sync: missing products accepted", by, now, why: words));
        return await db.SaveAsync(new Outcome.Done(code), ct);
    }
}
