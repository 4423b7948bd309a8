using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

public sealed record SaveView(SavedViewTerms Terms);

public sealed record ChangeView(Guid Id, int SeenVersion, SavedViewTerms Terms);

public sealed record DeleteView(Guid Id, int SeenVersion);

/// <param name="First">Key of the view that opens when the address names none.</param>
/// <param name="Sequence">Keys in the order wanted; views that are not named come after.</param>
public sealed record ArrangeTabs(string First, IReadOnlyList<string> Sequence);

/// <summary>Saves the queue's views: everybody their own, and shared ones whoever may share.</summary>
public sealed class SavedViewService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Tickets";

    /// <summary>Each tab costs a count whenever a queue opens.</summary>
    private const int MostViews = 40;

    public async Task<Outcome> SaveAsync(SaveView command, Actor by, CancellationToken ct)
    {
        var terms = command.Terms;
        if ((CannotKeep(by, out var me) ?? CannotShare(terms, by) ?? SavedViewRefusals.For(terms)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SavedViews.CountAsync(v => v.OwnerId == me, ct) >= MostViews)
        {
            return new Refusal("view.most", $"You have {MostViews} views already. Delete one that you no longer use.");
        }

        if (await TakenAsync(db, id: null, terms, by, ct) is { } taken)
        {
            return taken;
        }

        var view = SavedView.Save(me, by.ClientId, terms);
        db.Add(view);
        db.Add(AuditEntry.For(Room, Subject(view), "View saved", by, now, view.ClientId, after: Diff.Of(Fields(view))));
        return await db.SaveAsync(new Outcome.Done(view.Id.ToString("n")), ct);
    }

    public async Task<Outcome> ChangeAsync(ChangeView command, Actor by, CancellationToken ct)
    {
        var terms = command.Terms;
        if ((CannotKeep(by, out _) ?? CannotShare(terms, by) ?? SavedViewRefusals.For(terms)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var view = await db.SavedViews.VisibleTo(by).SingleOrDefaultAsync(v => v.Id == command.Id, ct);
        if ((view is null ? Refusals.NotFound : CannotChange(view, by) ?? await TakenAsync(db, view.Id, terms, by, ct)) is { } cannot)
        {
            return cannot;
        }

        db.Expect(view!, command.SeenVersion);
        var before = Fields(view!);
        view!.Change(terms);
        var (was, became) = Diff.Between(before, Fields(view));
        db.Add(AuditEntry.For(Room, Subject(view), "View changed", by, now, view.ClientId, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(view.Id.ToString("n")), ct);
    }

    public async Task<Outcome> DeleteAsync(DeleteView command, Actor by, CancellationToken ct)
    {
        if (CannotKeep(by, out _) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var view = await db.SavedViews.VisibleTo(by).SingleOrDefaultAsync(v => v.Id == command.Id, ct);
        if ((view is null ? Refusals.NotFound : CannotChange(view, by)) is { } cannot)
        {
            return cannot;
        }

        db.Expect(view!, command.SeenVersion);
        db.Remove(view!);
        db.Add(AuditEntry.For(Room, Subject(view!), "View deleted", by, now, view!.ClientId, before: Diff.Of(Fields(view))));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    public async Task<Outcome> ArrangeAsync(ArrangeTabs command, Actor by, CancellationToken ct)
    {
        if (CannotKeep(by, out var me) is { } refused)
        {
            return refused;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var (tabs, _) = await db.TabsAsync(by, ct);
        var known = tabs.Select(t => t.View.Key).ToHashSet(StringComparer.Ordinal);
        if (!known.Contains(command.First))
        {
            return Refusals.NotFound with { Field = "First" };
        }

        var arranged = await db.QueueTabs.SingleOrDefaultAsync(t => t.UserId == me, ct);
        if (arranged is null)
        {
            db.Add(arranged = QueueTabs.Of(me));
        }

        arranged.Arrange(command.First, [.. command.Sequence.Where(known.Contains).Distinct()]);
        return await db.SaveAsync(new Outcome.Done(), ct); // how somebody sorts their own tabs is nobody else's business: not audited
    }

    private static Refusal? CannotKeep(Actor by, out Guid me)
    {
        me = by.UserId ?? Guid.Empty;
        return by.Lacks(Act.ReadTickets)
            ?? (by.UserId is null ? new Refusal("view.nobody", "Only a person who is signed in can keep a view.") : null);
    }

    private static Refusal? CannotShare(SavedViewTerms terms, Actor by) => terms.IsShared ? by.Lacks(Act.ShareViews) : null;

    private static Refusal? CannotChange(SavedView view, Actor by) =>
        view.IsShared ? by.Lacks(Act.ShareViews)
        : view.OwnerId == by.UserId ? null
        : Refusals.NotFound;

    private static async Task<Refusal?> TakenAsync(PlumDbContext db, Guid? id, SavedViewTerms terms, Actor by, CancellationToken ct)
    {
        var names = await db
            .SavedViews.VisibleTo(by)
            .Where(v => v.Id != id && v.IsShared == terms.IsShared)
            .Select(v => v.Name)
            .ToListAsync(ct);
        return names.Contains(terms.Name.Trim(), StringComparer.OrdinalIgnoreCase)
            ? new Refusal("view.name-taken", $"There is a view named {terms.Name.Trim()} already. Choose another name.", "Name")
            : null;
    }

    private static string Subject(SavedView view) => $"View {view.Name}";

    private static Dictionary<string, object?> Fields(SavedView view) =>
        new()
        {
            ["name"] = view.Name,
            ["shared"] = view.IsShared,
            ["filter"] = view.Filter,
            ["order"] = view.Order,
            ["columns"] = view.Columns,
        };
}
