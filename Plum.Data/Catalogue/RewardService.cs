using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>
/// All clients share the catalogue; only Plum's own people change it. It is searched without counting what would take long to count: the first
/// <see cref="MostSorted"/> that match are read, and beyond those totals and facets are estimated from them.
/// </summary>
public sealed partial class RewardService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>So many are counted exactly and sorted.</summary>
    public const int MostSorted = 2_000;

    /// <summary>A picker chooses its first few among so many: whoever wants another types more of its name.</summary>
    private const int MostOffered = 500;

    private const string Room = "Catalogue";

    public async Task<RewardResults> ListAsync(RewardListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCatalogue) || !IsReadable(query.Filter))
        {
            return RewardResults.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await RewardProgramme.ReadAsync(db, query.Filter.ProgrammeId, by, ct) is not { } programme)
        {
            return RewardResults.Nothing;
        }

        await db.Database.OpenConnectionAsync(ct); // once for all that follows
        var judged = query.Filter.Unallowed ? programme with { Rules = RewardRules.All } : programme;
        var ask = new RewardAsk(RewardWords.Parse(query.Filter.Search), query.Filter, judged);
        var (found, facets) = await RewardCounting.FindAsync(db, ask, MostSorted, ct);
        var paging = new RewardPaging(db, programme, judged);
        var (rows, next, favourites) =
            found.Share < 1 ? await paging.AsFoundAsync(ask, found, query, ct) : await paging.SortedAsync(found.Hits, query, ct);
        return new RewardResults(rows, found.Total, facets, next, found.Share >= 1, favourites);
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public Task<RewardRow?> ViewAsync(Guid id, Actor by, CancellationToken ct) =>
        OneAsync(rewards => rewards.Where(r => r.Id == id), by, ct);

    /// <param name="programmeId">Whose favourite it may be, and whose lists may refuse it.</param>
    public Task<RewardRow?> ViewAsync(string code, Guid? programmeId, Actor by, CancellationToken ct) =>
        OneAsync(rewards => rewards.Where(r => r.Code == code), by, ct, programmeId);

    /// <summary>The first few in use that a picker finds, by name. Whoever may filter orders or tickets may.</summary>
    public async Task<IReadOnlyList<RewardChoice>> FindAsync(RewardWanted wanted, int take, Actor by, CancellationToken ct)
    {
        var filter = new RewardFilter(Country: wanted.Country, Currency: wanted.Worth?.Currency, Active: true);
        if (!(by.May(Act.ReadCatalogue) || by.May(Act.ReadOrders) || by.May(Act.ReadTickets)) || !IsReadable(filter))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await RewardProgramme.ReadAsync(db, wanted.ProgrammeId, by, ct) is not { } programme)
        {
            return [];
        }

        return await ChoicesAsync(db, new RewardAsk(RewardWords.Parse(wanted.Search), filter, programme), wanted.Worth, take, ct);
    }

    /// <summary>For the room's own and its neighbours' steps: authority is the caller's.</summary>
    internal static async Task<IReadOnlyList<RewardChoice>> ChoicesAsync(
        PlumDbContext db,
        RewardAsk ask,
        Money? worth,
        int take,
        CancellationToken ct
    )
    {
        // In pieces, since a value is no word of the index: the band it is in leaves most of the others out.
        if (worth is { } value)
        {
            var bands = ValueBands.Of([value.MinorUnits], 0, 0, value.Currency);
            ask = ask with { Filter = ask.Filter with { Band = System.Numerics.BitOperations.TrailingZeroCount(bands) } };
        }

        var hits = await RewardReading.ReadAsync(db, ask, MostOffered, ct);
        var numbers = hits.Select(h => h.Number).ToList();
        var rewards = await (
            from r in db.Rewards.AsNoTracking()
            where numbers.Contains(r.Number)
            join b in db.Brands on r.BrandId equals b.Id
            where b.IsActive
            orderby b.Name, r.Name, r.Number
            select new { Reward = r, Brand = b.Name }
        ).ToListAsync(ct);
        return
        [
            .. rewards
                .Where(r => worth is not { } of || (r.Reward.Currency == of.Currency && r.Reward.CannotBeWorth(of.MinorUnits) is null))
                .Take(take)
                .Select(r => new RewardChoice(r.Reward.Id, r.Reward.Code, r.Reward.Name, r.Brand, r.Reward.Country, r.Reward.Currency)),
        ];
    }

    private async Task<RewardRow?> OneAsync(
        Func<IQueryable<Reward>, IQueryable<Reward>> which,
        Actor by,
        CancellationToken ct,
        Guid? programmeId = null
    )
    {
        if (!by.May(Act.ReadCatalogue))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await RewardPaging.Rows(db, which(db.Rewards.AsNoTracking())).SingleOrDefaultAsync(ct);
        return row is null ? null
            : await RewardProgramme.ReadAsync(db, programmeId, by, ct) is { } programme ? RewardPaging.Judged(row, programme)
            : row;
    }

    /// <summary>A country or currency out of an address may be anything; what is no word of the index matches nothing.</summary>
    private static bool IsReadable(RewardFilter filter) =>
        (filter.Country is null || filter.Country.All(char.IsAsciiLetter))
        && (filter.Currency is null || filter.Currency.All(char.IsAsciiLetter))
        && (filter.Band is null || (filter.Band >= 0 && filter.Band < ValueBands.Count));
}
