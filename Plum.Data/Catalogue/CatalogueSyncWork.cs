using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Connectors;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>
/// Reads suppliers' lists of products into the catalogue, a page at a time. A page and the place after it are one save: killed at any instant it
/// goes on from the last page, and no page is taken twice.
/// </summary>
public sealed class CatalogueSyncWork(IDbContextFactory<PlumDbContext> contexts, SupplierGateways gateways, TimeProvider clock)
{
    private const string Room = "Catalogue";

    /// <summary>So many are switched off in one save.</summary>
    private const int Piece = 200;

    public static Actor By { get; } = JobActors.Catalogue;

    /// <summary>Starts what is due, and carries on with what is under way.</summary>
    /// <returns>How many were worked on.</returns>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await StartDueAsync(now, ct);
        List<long> waiting;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            waiting = await db
                .CatalogueSyncs.Where(s => s.State == CatalogueSyncState.Running && (s.WaitUntilUtc == null || s.WaitUntilUtc <= now))
                .OrderBy(s => s.Id)
                .Select(s => s.Id)
                .ToListAsync(ct);
        }

        foreach (var id in waiting)
        {
            while (await StepAsync(id, ct))
            {
                ct.ThrowIfCancellationRequested();
            }
        }

        return waiting.Count;
    }

    /// <summary>One page, or one piece of what is gone.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    public async Task<bool> StepAsync(long syncId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sync = await db.CatalogueSyncs.SingleAsync(s => s.Id == syncId, ct);
        if (sync.State != CatalogueSyncState.Running)
        {
            return false;
        }

        var supplier = await db.Suppliers.AsNoTracking().SingleAsync(s => s.Id == sync.SupplierId, ct);
        return sync.IsListed ? await SwitchOffAsync(db, sync, supplier, ct) : await PageAsync(db, sync, supplier, ct);
    }

    private async Task StartDueAsync(DateTime now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var since = now - CatalogueSync.Every;
        var due = await db
            .Suppliers.AsNoTracking()
            .Where(s =>
                s.IsActive
                && !db.CatalogueSyncs.Any(c => c.SupplierId == s.Id && (c.State == CatalogueSyncState.Running || c.StartedAtUtc > since))
            )
            .OrderBy(s => s.Code)
            .ToListAsync(ct);
        foreach (var supplier in due)
        {
            db.Add(CatalogueSync.Start(supplier.Id, By.Name, now));
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<bool> PageAsync(PlumDbContext db, CatalogueSync sync, Supplier supplier, CancellationToken ct)
    {
        var answer = await gateways.Of(supplier.Code).CatalogueAsync(sync.Cursor, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        switch (answer)
        {
            case CatalogueOutcome.Listed listed when listed.Next is not null && listed.Next == sync.Cursor:
                sync.Fail("The supplier gives the same page again and again.", now);
                break;
            case CatalogueOutcome.Listed listed:
                sync.Read(listed.Next, await new SyncedPage(db, sync, supplier, now).TakeAsync(listed, ct));
                break;
            case CatalogueOutcome.Refused { Fault: { Class: SupplierFaultClass.RateLimited or SupplierFaultClass.Transient } fault }:
                sync.Unanswered($"{fault.Code}: {fault.Words}", fault.After, now);
                break;
            case CatalogueOutcome.Refused refused:
                sync.Fail($"{refused.Fault.Code}: {refused.Fault.Words}", now);
                break;
            case CatalogueOutcome.Unknown unknown:
                sync.Unanswered(unknown.Reason, after: null, now);
                break;
        }

        return await SaveAsync(db, ct) && sync is { State: CatalogueSyncState.Running, WaitUntilUtc: null };
    }

    private async Task<bool> SwitchOffAsync(PlumDbContext db, CatalogueSync sync, Supplier supplier, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var live = db.SuppliedProducts.Where(p => p.SupplierId == supplier.Id && !p.IsGone);
        var gone = live.Where(p => p.SyncId != sync.Id);
        var inUse = gone.Where(p => db.Rewards.Any(r => r.Id == p.RewardId && r.IsActive)); // what a person switched off may well go
        if (sync.Gone == 0 && sync.CannotDrop(await inUse.CountAsync(ct), await live.CountAsync(ct)) is { } cannot)
        {
            sync.Stop(cannot, now);
            db.Add(AuditEntry.For(Room, supplier.Code, "Catalogue sync stopped", By, now, why: cannot.Message));
            await SaveAsync(db, ct);
            return false;
        }

        var piece = await gone.OrderBy(p => p.Id).Take(Piece).ToListAsync(ct);
        if (piece.Count == 0)
        {
            sync.Finish(now);
            await SaveAsync(db, ct);
            return false;
        }

        var ids = piece.ConvertAll(p => p.RewardId);
        var rewards = await db.Rewards.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var off = new List<string>();
        foreach (var product in piece)
        {
            var reward = rewards[product.RewardId];
            product.Went(switchedOff: reward.IsActive);
            if (reward.IsActive)
            {
                off.Add(reward.Code);
                reward.Change(reward.Name, reward.SupplierId, reward.Denominations, reward.MinValue, reward.MaxValue, isActive: false);
            }
        }

        if (off.Count > 0)
        {
            const string Why = "The supplier no longer lists them.";
            db.Add(AuditEntry.For(Room, supplier.Code, "Rewards switched off", By, now, why: Why, after: Diff.Of("codes", off)));
        }

        sync.SwitchedOff(piece.Count);
        return await SaveAsync(db, ct);
    }

    /// <returns>False when somebody else changed one of the rewards meanwhile, or did this step: nothing was saved, and the next turn looks again.</returns>
    private static async Task<bool> SaveAsync(PlumDbContext db, CancellationToken ct) =>
        await db.SaveAsync(
            new Outcome.Done(),
            ct,
            new Refusal("catalogue-sync.taken", "Somebody else took the same code or brand a moment before.")
        ) is Outcome.Done;
}
