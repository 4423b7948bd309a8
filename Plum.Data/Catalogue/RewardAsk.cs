using Microsoft.EntityFrameworkCore;
using Plum.Data.Clients;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>One question to the catalogue's index: rewards that match, by their numbers.</summary>
/// <param name="Filter">Its facets and whether in use; its text is in <paramref name="Words"/>, its programme in <paramref name="Programme"/>.</param>
internal sealed record RewardAsk(RewardWords? Words, RewardFilter Filter, RewardProgramme Programme)
{
    /// <summary>Only these; null for any.</summary>
    public IReadOnlyCollection<long>? Among { get; init; }

    /// <summary>Exclusive.</summary>
    public long After { get; init; }
}

/// <summary>A programme's lists, with the numbers of the rewards that they name.</summary>
internal sealed record RewardProgramme(
    RewardRules Rules,
    IReadOnlyDictionary<long, Guid> Named,
    IReadOnlyList<long> Favourites,
    IReadOnlyList<long> AllowedRewards
)
{
    public static RewardProgramme None { get; } = new(RewardRules.All, new Dictionary<long, Guid>(), [], []);

    public Refusal? CannotGive(in RewardHit hit) =>
        Rules.AllowsAll
            ? null
            : Rules.CannotGive(new RewardFacts(Named.GetValueOrDefault(hit.Number), hit.BrandId, hit.Kind, hit.SupplierId, hit.Country));

    /// <returns>Null when there is no such programme that the actor may see.</returns>
    public static async Task<RewardProgramme?> ReadAsync(PlumDbContext db, Guid? programmeId, Actor by, CancellationToken ct)
    {
        if (programmeId is not { } id)
        {
            return None;
        }

        if (!await db.Programmes.VisibleTo(by).AnyAsync(p => p.Id == id, ct))
        {
            return null;
        }

        var chosen = await ProgrammeRewardsOf(db, id, ct);
        var allowed = Rewards(chosen.Allowed).ToHashSet();
        var wanted = allowed.Concat(Rewards(chosen.Denied)).Concat(chosen.Favourites).Distinct().ToList();
        var numbers =
            wanted.Count == 0
                ? []
                : await db.Rewards.AsNoTracking().Where(r => wanted.Contains(r.Id)).Select(r => new { r.Id, r.Number }).ToListAsync(ct);
        return new RewardProgramme(
            chosen.Rules,
            numbers.ToDictionary(n => n.Number, n => n.Id),
            [.. numbers.Where(n => chosen.Favourites.Contains(n.Id)).Select(n => n.Number)],
            [.. numbers.Where(n => allowed.Contains(n.Id)).Select(n => n.Number).Order()]
        );
    }

    /// <summary>For whoever judges rewards by a programme's lists: those of one that has chosen nothing allow all.</summary>
    public static async Task<ProgrammeRewards> ProgrammeRewardsOf(PlumDbContext db, Guid programmeId, CancellationToken ct) =>
        await db.ProgrammeRewards.AsNoTracking().SingleOrDefaultAsync(p => p.ProgrammeId == programmeId, ct)
        ?? ProgrammeRewards.Of(programmeId);

    private static IEnumerable<Guid> Rewards(IReadOnlyList<RewardLine> lines) =>
        lines.Where(l => l.Kind == RewardLineKind.Reward).Select(l => Guid.Parse(l.Value));
}
