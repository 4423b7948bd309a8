using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>All clients share the brands; only Plum's own people change them.</summary>
public sealed class BrandService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Catalogue";

    /// <summary>By name.</summary>
    public async Task<Page<BrandRow>> ListAsync(BrandListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return Page<BrandRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var brands = Narrowed(db.Brands, query.Search, query.Active).OrderBy(b => b.Name, query.Descending);
        return await Rows(db, brands).ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public async Task<BrandRow?> ViewAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Rows(db, db.Brands.Where(b => b.Id == id)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Brands in use whose name holds <paramref name="text"/>, by name: for a picker. Whoever may filter orders or tickets may.</summary>
    public async Task<IReadOnlyList<BrandChoice>> FindAsync(string? text, int take, Actor by, CancellationToken ct)
    {
        if (!MayFilter(by))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Narrowed(db.Brands.AsNoTracking(), text, active: true)
            .OrderBy(b => b.Name)
            .Take(Math.Clamp(take, 1, Paging.MostRows))
            .Select(b => new BrandChoice(b.Id, b.Name))
            .ToListAsync(ct);
    }

    /// <summary>One as a picker shows it, in use or not; null when there is none that the actor may see.</summary>
    public async Task<BrandChoice?> ChoiceAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!MayFilter(by))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Brands.Where(b => b.Id == id).Select(b => new BrandChoice(b.Id, b.Name)).SingleOrDefaultAsync(ct);
    }

    public async Task<Outcome> ListBrandAsync(ListBrand command, Actor by, CancellationToken ct)
    {
        if ((by.LacksForAll(Act.EditCatalogue) ?? Refusals.ForText("Name", command.Name, Brand.NameMaxLength)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var taken = BrandRefusals.Taken(command.Name);
        if (await IsTakenAsync(db, command.Name, except: null, ct))
        {
            return taken;
        }

        var brand = Brand.List(command.Name);
        db.Add(brand);
        db.Add(AuditEntry.For(Room, AuditSubject.Of(brand.Name), "Brand listed", by, now, after: Diff.Of(Facts(brand))));
        return await db.SaveAsync(new Outcome.Done(brand.Id.ToString()), ct, taken);
    }

    public async Task<Outcome> ChangeAsync(ChangeBrand command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.EditCatalogue) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var brand = await db.Brands.SingleOrDefaultAsync(b => b.Id == command.Id, ct);
        if (brand is null)
        {
            return Refusals.NotFound;
        }

        if (brand.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var taken = BrandRefusals.Taken(command.Name ?? "");
        if (
            (
                Refusals.ForText("Name", command.Name, Brand.NameMaxLength)
                ?? (await IsTakenAsync(db, command.Name!, brand.Id, ct) ? taken : null)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var (subject, before, wasActive) = (AuditSubject.Of(brand.Name), Facts(brand), brand.IsActive);
        brand.Change(command.Name!, command.IsActive);
        var (was, became) = Diff.Between(before, Facts(brand));
        if (became is null)
        {
            return new Outcome.Done(brand.Id.ToString());
        }

        db.Expect(brand, command.SeenVersion);
        db.Add(AuditEntry.For(Room, subject, Switched.What("Brand", wasActive, brand.IsActive), by, now, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(brand.Id.ToString()), ct, taken);
    }

    private static IQueryable<BrandRow> Rows(PlumDbContext db, IQueryable<Brand> brands) =>
        brands.Select(b => new BrandRow(
            b.Id,
            b.Name,
            db.Rewards.Where(r => r.BrandId == b.Id && r.IsActive).Take(BrandRow.MostCounted + 1).Count(),
            b.IsActive,
            b.Version
        ));

    private static bool MayFilter(Actor by) => by.May(Act.ReadCatalogue) || by.May(Act.ReadOrders) || by.May(Act.ReadTickets);

    private static IQueryable<Brand> Narrowed(IQueryable<Brand> brands, string? search, bool? active)
    {
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = Like.Containing(search);
            brands = brands.Where(b => EF.Functions.Like(b.Name, pattern, Like.Escape));
        }

        return active is null ? brands : brands.Where(b => b.IsActive == active);
    }

    private static Task<bool> IsTakenAsync(PlumDbContext db, string name, Guid? except, CancellationToken ct) =>
        db.Brands.AnyAsync(b => b.Name == name.Trim() && b.Id != except, ct);

    private static Dictionary<string, object?> Facts(Brand brand) => new() { ["name"] = brand.Name, ["isActive"] = brand.IsActive };
}
