using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Clients;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>Which rewards a programme may give, and its favourites. Whoever belongs to a client chooses for its programmes alone.</summary>
public sealed class ProgrammeRewardsService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Catalogue";

    /// <returns>Null when there is no such programme that the actor may see.</returns>
    public async Task<ProgrammeRewardsView?> ViewAsync(Guid programmeId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var programme = await ProgrammeAsync(db, programmeId, by, ct);
        if (programme is null)
        {
            return null;
        }

        var chosen = await RewardProgramme.ProgrammeRewardsOf(db, programmeId, ct);
        var names = await NamesAsync(db, chosen, ct);
        return new ProgrammeRewardsView(
            programmeId,
            programme.Name,
            programme.Client,
            Named(chosen.Allowed),
            Named(chosen.Denied),
            chosen.Favourites.Count,
            chosen.Version
        );

        IReadOnlyList<NamedLine> Named(IReadOnlyList<RewardLine> lines) =>
            [.. lines.Select(l => new NamedLine(l, Guid.TryParse(l.Value, out var id) ? names.GetValueOrDefault(id) : null))];
    }

    public async Task<Outcome> ChooseAsync(ChooseRewards command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.ChooseRewards) ?? ProgrammeRewardRefusals.ForLines(command.Allowed, command.Denied)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ProgrammeAsync(db, command.ProgrammeId, by, ct) is not { } programme)
        {
            return Refusals.NotFound;
        }

        var chosen = await OfAsync(db, command.ProgrammeId, ct);
        if (chosen.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var before = await FactsAsync(db, chosen, ct);
        chosen.Choose(command.Allowed, command.Denied);
        var (was, became) = Diff.Between(before, await FactsAsync(db, chosen, ct));
        return became is null
            ? new Outcome.Done(programme.Code)
            : await SaveAsync(db, chosen, programme, "Allowed rewards changed", by, now, (was, became), command.Why, ct);
    }

    /// <summary>A favourite more or less: whoever else adds one meanwhile loses nothing by it, so that no version is asked for.</summary>
    public async Task<Outcome> FavourAsync(FavourReward command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.ChooseRewards) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var reward = await db.Rewards.AsNoTracking().Where(r => r.Id == command.RewardId).Select(r => r.Code).SingleOrDefaultAsync(ct);
        if (await ProgrammeAsync(db, command.ProgrammeId, by, ct) is not { } programme || reward is null)
        {
            return Refusals.NotFound;
        }

        var chosen = await OfAsync(db, command.ProgrammeId, ct);
        if (chosen.CannotFavour(command.RewardId, command.IsFavourite) is { } cannot)
        {
            return cannot;
        }

        if (chosen.Favourites.Contains(command.RewardId) == command.IsFavourite)
        {
            return new Outcome.Done(programme.Code);
        }

        chosen.Favour(command.RewardId, command.IsFavourite);
        var change = (Diff.Of("favourite", command.IsFavourite ? null : reward), Diff.Of("favourite", command.IsFavourite ? reward : null));
        return await SaveAsync(
            db,
            chosen,
            programme,
            command.IsFavourite ? "Favourite added" : "Favourite taken away",
            by,
            now,
            change,
            null,
            ct
        );
    }

    private static async Task<Outcome> SaveAsync(
        PlumDbContext db,
        ProgrammeRewards chosen,
        ProgrammeOf programme,
        string what,
        Actor by,
        DateTime now,
        (string? Before, string? After) change,
        string? why,
        CancellationToken ct
    )
    {
        if (db.Entry(chosen).State == EntityState.Added)
        {
            db.Entry(chosen).Property(c => c.Version).CurrentValue = 1; // 0 is that of a programme that has chosen nothing yet
        }

        db.Add(
            AuditEntry.For(
                Room,
                AuditSubject.Of(programme.Client, programme.Code),
                what,
                by,
                now,
                programme.ClientId,
                why,
                change.Before,
                change.After
            )
        );
        var taken = new Refusal(
            "programme-rewards.meanwhile",
            "Somebody else chose for this programme a moment before. Look again, then save."
        );
        return await db.SaveAsync(new Outcome.Done(programme.Code), ct, taken);
    }

    /// <summary>A new one where the programme has none.</summary>
    private static async Task<ProgrammeRewards> OfAsync(PlumDbContext db, Guid programmeId, CancellationToken ct)
    {
        if (await db.ProgrammeRewards.SingleOrDefaultAsync(p => p.ProgrammeId == programmeId, ct) is { } there)
        {
            return there;
        }

        var chosen = ProgrammeRewards.Of(programmeId);
        db.Add(chosen);
        return chosen;
    }

    private static Task<ProgrammeOf?> ProgrammeAsync(PlumDbContext db, Guid id, Actor by, CancellationToken ct) =>
        db
            .Programmes.VisibleTo(by)
            .Where(p => p.Id == id)
            .Join(db.Clients, p => p.ClientId, c => c.Id, (p, c) => new ProgrammeOf(p.ClientId, p.Code, p.Name, c.Code))
            .SingleOrDefaultAsync(ct);

    private static async Task<Dictionary<string, object?>> FactsAsync(PlumDbContext db, ProgrammeRewards chosen, CancellationToken ct)
    {
        var names = await NamesAsync(db, chosen, ct);
        IReadOnlyList<string> Said(IReadOnlyList<RewardLine> lines) =>
            [.. lines.Select(l => $"{l.Kind} {(Guid.TryParse(l.Value, out var id) ? names.GetValueOrDefault(id, l.Value) : l.Value)}")];

        return new() { ["allowed"] = Said(chosen.Allowed), ["denied"] = Said(chosen.Denied) };
    }

    private static async Task<Dictionary<Guid, string>> NamesAsync(PlumDbContext db, ProgrammeRewards chosen, CancellationToken ct)
    {
        List<Guid> Ids(RewardLineKind kind) =>
            [.. chosen.Allowed.Concat(chosen.Denied).Where(l => l.Kind == kind).Select(l => Guid.Parse(l.Value)).Distinct()];

        var (rewards, brands, suppliers) = (Ids(RewardLineKind.Reward), Ids(RewardLineKind.Brand), Ids(RewardLineKind.Supplier));
        var names = new Dictionary<Guid, string>();
        foreach (
            var (id, name) in (await db.Rewards.Where(r => rewards.Contains(r.Id)).Select(r => new { r.Id, r.Name }).ToListAsync(ct))
                .Concat(await db.Brands.Where(b => brands.Contains(b.Id)).Select(b => new { b.Id, b.Name }).ToListAsync(ct))
                .Concat(await db.Suppliers.Where(s => suppliers.Contains(s.Id)).Select(s => new { s.Id, s.Name }).ToListAsync(ct))
                .Select(n => (n.Id, n.Name))
        )
        {
            names[id] = name;
        }

        return names;
    }

    private sealed record ProgrammeOf(Guid ClientId, string Code, string Name, string Client);
}
