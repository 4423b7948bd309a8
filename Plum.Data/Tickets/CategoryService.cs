using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>What complaints are about. All clients share the list; only Plum's own people change it.</summary>
public sealed class CategoryService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Tickets";

    public async Task<Page<CategoryRow>> ListAsync(CategoryListQuery query, Actor by, CancellationToken ct)
    {
        if (!MayRead(by))
        {
            return Page<CategoryRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var page = await Rows(db, Sorted(Narrowed(db.Categories.AsNoTracking(), query.Search, query.Active), query))
            .ToPageAsync(query.Skip, query.Take, ct);
        var ids = page.Rows.Select(r => r.Id).ToList();
        var open = await db
            .Tickets.VisibleTo(by)
            .Open()
            .Where(t => ids.Contains(t.CategoryId))
            .GroupBy(t => t.CategoryId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return page with { Rows = [.. page.Rows.Select(r => r with { OpenTickets = open.GetValueOrDefault(r.Id) })] };
    }

    public async Task<CategoryRow?> ViewAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!MayRead(by))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Rows(db, db.Categories.AsNoTracking().Where(c => c.Id == id)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Categories in use whose name holds <paramref name="text"/>, by name: for a picker.</summary>
    public async Task<IReadOnlyList<CategoryChoice>> FindAsync(string? text, int take, Actor by, CancellationToken ct)
    {
        if (!MayRead(by))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Narrowed(db.Categories.AsNoTracking(), text, active: true)
            .OrderBy(c => c.Name)
            .Take(Math.Clamp(take, 1, Paging.MostRows))
            .Select(c => new CategoryChoice(c.Id, c.Name, c.DefaultSeverity, c.FirstDisposition))
            .ToListAsync(ct);
    }

    public async Task<Outcome> AddAsync(AddCategory command, Actor by, CancellationToken ct)
    {
        if ((by.LacksForAll(Act.EditTaxonomy) ?? CategoryRefusals.ForTerms(command.Name, command.DefaultSeverity)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var first = await FirstAsync(db, command.FirstDisposition, ct);
        var taken = CategoryRefusals.Taken(command.Name);
        if ((CategoryRefusals.ForFirst(first) ?? (await IsTakenAsync(db, command.Name, null, ct) ? taken : null)) is { } wrong)
        {
            return wrong;
        }

        var category = Category.Add(command.Name, command.DefaultSeverity, first!.Code);
        db.Add(category);
        db.Add(AuditEntry.For(Room, Subject(category), "Category added", by, now, after: Diff.Of(Facts(category))));
        return await db.SaveAsync(new Outcome.Done(category.Id.ToString()), ct, taken);
    }

    public async Task<Outcome> ChangeAsync(ChangeCategory command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.EditTaxonomy) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var category = await db.Categories.SingleOrDefaultAsync(c => c.Id == command.Id, ct);
        if (category is null)
        {
            return Refusals.NotFound;
        }

        if (category.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var first = await FirstAsync(db, command.FirstDisposition, ct);
        var taken = CategoryRefusals.Taken(command.Name);
        if (
            (
                CategoryRefusals.ForTerms(command.Name, command.DefaultSeverity)
                ?? CategoryRefusals.ForFirst(first)
                ?? (await IsTakenAsync(db, command.Name, category.Id, ct) ? taken : null)
                ?? (
                    category.IsActive && !command.IsActive && !await db.Categories.AnyAsync(c => c.IsActive && c.Id != category.Id, ct)
                        ? CategoryRefusals.Last
                        : null
                )
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var (subject, before, wasActive) = (Subject(category), Facts(category), category.IsActive);
        category.Change(command.Name, command.DefaultSeverity, first!.Code, command.IsActive);
        var (was, became) = Diff.Between(before, Facts(category));
        if (became is null)
        {
            return new Outcome.Done(category.Id.ToString());
        }

        var what = Switched.What("Category", wasActive, category.IsActive);
        db.Expect(category, command.SeenVersion);
        db.Add(AuditEntry.For(Room, subject, what, by, now, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(category.Id.ToString()), ct, taken);
    }

    private static bool MayRead(Actor by) => by.May(Act.ReadTickets) || by.May(Act.OpenTickets) || by.May(Act.EditTaxonomy);

    private static IQueryable<Category> Narrowed(IQueryable<Category> categories, string? search, bool? active)
    {
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = Like.Containing(search);
            categories = categories.Where(c => EF.Functions.Like(c.Name, pattern, Like.Escape));
        }

        return active is null ? categories : categories.Where(c => c.IsActive == active);
    }

    private static IQueryable<Category> Sorted(IQueryable<Category> categories, CategoryListQuery query) =>
        query.Sort switch
        {
            CategorySort.Severity => categories.OrderBy(c => c.DefaultSeverity, query.Descending).ThenBy(c => c.Name),
            CategorySort.FirstDisposition => categories.OrderBy(c => c.FirstDisposition, query.Descending).ThenBy(c => c.Name),
            _ => categories.OrderBy(c => c.Name, query.Descending),
        };

    private static IQueryable<CategoryRow> Rows(PlumDbContext db, IQueryable<Category> categories) =>
        categories.Select(c => new CategoryRow(
            c.Id,
            c.Name,
            c.DefaultSeverity,
            c.FirstDisposition,
            db.Dispositions.Where(d => d.Code == c.FirstDisposition).Select(d => d.Label).FirstOrDefault() ?? c.FirstDisposition,
            c.IsActive,
            c.Version,
            0
        ));

    private static Task<Disposition?> FirstAsync(PlumDbContext db, string code, CancellationToken ct) =>
        db.Dispositions.AsNoTracking().SingleOrDefaultAsync(d => d.Code == code, ct);

    private static Task<bool> IsTakenAsync(PlumDbContext db, string name, Guid? except, CancellationToken ct) =>
        db.Categories.AnyAsync(c => c.Name == name.Trim() && c.Id != except, ct);

    private static string Subject(Category category) => AuditSubject.Of(category.Name);

    private static Dictionary<string, object?> Facts(Category category) =>
        new()
        {
            ["name"] = category.Name,
            ["defaultSeverity"] = category.DefaultSeverity.ToString(),
            ["firstDisposition"] = category.FirstDisposition,
            ["isActive"] = category.IsActive,
        };
}
