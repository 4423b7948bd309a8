using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>All clients share the suppliers; only Plum's own people change them.</summary>
public sealed class SupplierService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Catalogue";

    public async Task<Page<SupplierRow>> ListAsync(SupplierListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return Page<SupplierRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var suppliers = Narrowed(db.Suppliers, query.Search, query.Active);
        var sorted =
            query.Sort == SupplierSort.Code
                ? suppliers.OrderBy(s => s.Code, query.Descending)
                : suppliers.OrderBy(s => s.Name, query.Descending).ThenBy(s => s.Code);
        return await Rows(db, sorted).ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public async Task<SupplierRow?> ViewAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Rows(db, db.Suppliers.Where(s => s.Id == id)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Suppliers in use whose code or name holds <paramref name="text"/>, by name: for a picker. Whoever may filter orders or tickets may.</summary>
    public async Task<IReadOnlyList<SupplierChoice>> FindAsync(string? text, int take, Actor by, CancellationToken ct)
    {
        if (!MayFilter(by))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Narrowed(db.Suppliers.AsNoTracking(), text, active: true)
            .OrderBy(s => s.Name)
            .ThenBy(s => s.Code)
            .Take(Math.Clamp(take, 1, Paging.MostRows))
            .Select(s => new SupplierChoice(s.Id, s.Code, s.Name))
            .ToListAsync(ct);
    }

    /// <summary>One as a picker shows it, in use or not; null when there is none that the actor may see.</summary>
    public async Task<SupplierChoice?> ChoiceAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!MayFilter(by))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Suppliers.Where(s => s.Id == id).Select(s => new SupplierChoice(s.Id, s.Code, s.Name)).SingleOrDefaultAsync(ct);
    }

    public async Task<Outcome> EngageAsync(EngageSupplier command, Actor by, CancellationToken ct)
    {
        if (
            (by.LacksForAll(Act.EditCatalogue) ?? SupplierRefusals.ForCode(command.Code) ?? SupplierRefusals.ForName(command.Name)) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var taken = SupplierRefusals.Taken(command.Code);
        if (await db.Suppliers.AnyAsync(s => s.Code == command.Code.Trim(), ct))
        {
            return taken;
        }

        var supplier = Supplier.Engage(command.Code, command.Name);
        db.Add(supplier);
        db.Add(AuditEntry.For(Room, supplier.Code, "Supplier engaged", by, now, after: Diff.Of(Facts(supplier))));
        return await db.SaveAsync(new Outcome.Done(supplier.Code), ct, taken);
    }

    public async Task<Outcome> ChangeAsync(ChangeSupplier command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.EditCatalogue) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var supplier = await db.Suppliers.SingleOrDefaultAsync(s => s.Id == command.Id, ct);
        if (supplier is null)
        {
            return Refusals.NotFound;
        }

        if (supplier.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        if (SupplierRefusals.ForName(command.Name) is { } wrong)
        {
            return wrong;
        }

        var (before, wasActive) = (Facts(supplier), supplier.IsActive);
        supplier.Change(command.Name, command.IsActive);
        var (was, became) = Diff.Between(before, Facts(supplier));
        if (became is null)
        {
            return new Outcome.Done(supplier.Code);
        }

        var what = Switched.What("Supplier", wasActive, supplier.IsActive);
        db.Expect(supplier, command.SeenVersion);
        db.Add(AuditEntry.For(Room, supplier.Code, what, by, now, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(supplier.Code), ct);
    }

    private static IQueryable<SupplierRow> Rows(PlumDbContext db, IQueryable<Supplier> suppliers) =>
        suppliers.Select(s => new SupplierRow(
            s.Id,
            s.Code,
            s.Name,
            db.Rewards.Where(r => r.SupplierId == s.Id && r.IsActive).Take(BrandRow.MostCounted + 1).Count(),
            s.IsActive,
            s.Version
        ));

    private static bool MayFilter(Actor by) => by.May(Act.ReadCatalogue) || by.May(Act.ReadOrders) || by.May(Act.ReadTickets);

    private static IQueryable<Supplier> Narrowed(IQueryable<Supplier> suppliers, string? search, bool? active)
    {
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = Like.Containing(search);
            suppliers = suppliers.Where(s =>
                EF.Functions.Like(s.Name, pattern, Like.Escape) || EF.Functions.Like(s.Code, pattern, Like.Escape)
            );
        }

        return active is null ? suppliers : suppliers.Where(s => s.IsActive == active);
    }

    private static Dictionary<string, object?> Facts(Supplier supplier) =>
        new() { ["name"] = supplier.Name, ["isActive"] = supplier.IsActive };
}
