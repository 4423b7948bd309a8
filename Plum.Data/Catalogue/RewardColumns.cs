using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>
/// The catalogue's search by columns: SQL Server counts by its columnstore, and finds words by its full-text index where the server has that
/// feature, by LIKE where it has not.
/// </summary>
internal static class RewardColumns
{
    public static async Task<bool> HasFullTextAsync(PlumDbContext db, CancellationToken ct) =>
        (
            await db
                .Database.SqlQuery<int>(
                    $"SELECT CAST(COALESCE(OBJECTPROPERTY(OBJECT_ID(N'Rewards'), 'TableHasActiveFulltextIndex'), 0) AS int) AS Value"
                )
                .ToListAsync(ct)
        )[0] == 1;

    public static IQueryable<Reward> Narrowed(PlumDbContext db, RewardAsk ask, bool hasFullText)
    {
        var rewards = Facets(db.Rewards.AsNoTracking(), ask.Filter).Where(r => r.Number > ask.After);
        if (ask.Among is { } among)
        {
            rewards = rewards.Where(r => among.Contains(r.Number));
        }

        return Worded(db, Allowed(rewards, ask.Programme.Rules), ask.Words, hasFullText);
    }

    private static IQueryable<Reward> Facets(IQueryable<Reward> rewards, RewardFilter filter)
    {
        rewards = filter.Active is { } active ? rewards.Where(r => r.IsActive == active) : rewards;
        rewards = filter.Kind is { } kind ? rewards.Where(r => r.Kind == kind) : rewards;
        rewards = filter.Country is { } country ? rewards.Where(r => r.Country == country) : rewards;
        rewards = filter.Currency is { } currency ? rewards.Where(r => r.Currency == currency) : rewards;
        rewards = filter.BrandId is { } brand ? rewards.Where(r => r.BrandId == brand) : rewards;
        rewards = filter.SupplierId is { } supplier ? rewards.Where(r => r.SupplierId == supplier) : rewards;
        if (filter.Speed is { } speed)
        {
            var (least, most) = DeliverySpeeds.Bounds(speed);
            rewards = rewards.Where(r => r.DeliveryMinutes >= least && r.DeliveryMinutes <= most);
        }

        if (filter.Band is { } band)
        {
            var bit = 1 << band;
            rewards = rewards.Where(r => (r.ValueBands & bit) != 0);
        }

        return rewards;
    }

    private static IQueryable<Reward> Allowed(IQueryable<Reward> rewards, RewardRules rules)
    {
        if (rules.Denied.Count > 0)
        {
            var (ids, brands, kinds, suppliers, countries) = Named(rules.Denied);
            rewards = rewards.Where(r =>
                !ids.Contains(r.Id)
                && !brands.Contains(r.BrandId)
                && !kinds.Contains(r.Kind)
                && !suppliers.Contains(r.SupplierId)
                && !countries.Contains(r.Country)
            );
        }

        if (rules.Allowed.Count > 0)
        {
            var (ids, brands, kinds, suppliers, countries) = Named(rules.Allowed);
            rewards = rewards.Where(r =>
                ids.Contains(r.Id)
                || brands.Contains(r.BrandId)
                || kinds.Contains(r.Kind)
                || suppliers.Contains(r.SupplierId)
                || countries.Contains(r.Country)
            );
        }

        return rewards;
    }

    private static (List<Guid>, List<Guid>, List<RewardKind>, List<Guid>, List<string>) Named(IReadOnlyList<RewardLine> lines)
    {
        List<T> Of<T>(RewardLineKind kind, Func<string, T> read) => [.. lines.Where(l => l.Kind == kind).Select(l => read(l.Value))];

        return (
            Of(RewardLineKind.Reward, Guid.Parse),
            Of(RewardLineKind.Brand, Guid.Parse),
            Of(RewardLineKind.Kind, Enum.Parse<RewardKind>),
            Of(RewardLineKind.Supplier, Guid.Parse),
            Of(RewardLineKind.Country, country => country)
        );
    }

    /// <summary>Each word in the name, the code or the brand's name.</summary>
    private static IQueryable<Reward> Worded(PlumDbContext db, IQueryable<Reward> rewards, RewardWords? text, bool hasFullText)
    {
        for (var at = 0; at < (text?.Words.Count ?? 0); at++)
        {
            var isPrefix = text!.LastIsPrefix && at == text.Words.Count - 1;
            if (hasFullText)
            {
                var one = $"\"{text.Words[at]}{(isPrefix ? "*" : "")}\"";
                rewards = rewards.Where(r =>
                    EF.Functions.Contains(r.Name, one)
                    || EF.Functions.Contains(r.Code, one)
                    || db.Brands.Any(b => b.Id == r.BrandId && EF.Functions.Contains(b.Name, one))
                );
            }
            else
            {
                var pattern = Like.Containing(text.Words[at]);
                rewards = rewards.Where(r =>
                    EF.Functions.Like(r.Name, pattern, Like.Escape)
                    || EF.Functions.Like(r.Code, pattern, Like.Escape)
                    || db.Brands.Any(b => b.Id == r.BrandId && EF.Functions.Like(b.Name, pattern, Like.Escape))
                );
            }
        }

        return rewards;
    }
}
