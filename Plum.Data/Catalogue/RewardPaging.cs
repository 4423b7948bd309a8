using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <summary>One page of what a search found, by keyset: a page says where it ended, and the next begins after that.</summary>
/// <param name="programme">With its lists, for what each row says of itself.</param>
/// <param name="judged">With those lists that also narrow.</param>
internal sealed class RewardPaging(PlumDbContext db, RewardProgramme programme, RewardProgramme judged)
{
    private const int MostTaken = 200;

    /// <summary>All that was found, sorted, favourites first.</summary>
    public async Task<(IReadOnlyList<RewardRow> Rows, string? Next, int Favourites)> SortedAsync(
        IReadOnlyList<RewardHit> hits,
        RewardListQuery query,
        CancellationToken ct
    )
    {
        var take = Math.Clamp(query.Take, 1, MostTaken);
        var places = await PlacesAsync(hits, query.Sort, ct);
        var order = new Order(query.Descending);
        places.Sort(order);
        var from = Place.Read(query.After) is { } after ? places.FindIndex(p => order.Compare(p, after) > 0) : 0;
        var page = from < 0 ? [] : places.Skip(from).Take(take).ToList();
        var rows = await RowsAsync([.. page.Select(p => p.Number)], ct);
        return (rows, from >= 0 && from + page.Count < places.Count ? page[^1].Write() : null, rows.Count(r => r.IsFavourite));
    }

    /// <summary>The first of very many, favourites first, the others as the index has them.</summary>
    public async Task<(IReadOnlyList<RewardRow> Rows, string? Next, int Favourites)> AsFoundAsync(
        RewardAsk ask,
        RewardSample found,
        RewardListQuery query,
        CancellationToken ct
    )
    {
        var take = Math.Clamp(query.Take, 1, MostTaken);
        var isNext = long.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        var favourites = programme.Favourites.ToHashSet();
        var first =
            isNext || favourites.Count == 0
                ? []
                : await RewardReading.ReadAsync(db, ask with { Among = programme.Favourites }, MostTaken, ct);
        var hits = isNext ? await RewardReading.ReadAsync(db, ask with { After = after }, take + favourites.Count + 1, ct) : found.Hits;
        var others = hits.Where(h => !favourites.Contains(h.Number)).Take(take - Math.Min(first.Count, take - 1) + 1).ToList();
        var isMore = others.Count > take - Math.Min(first.Count, take - 1);
        var shown = isMore ? others[..^1] : others;
        List<long> numbers = [.. first.Take(take - 1).Select(h => h.Number), .. shown.Select(h => h.Number)];
        return (
            await RowsAsync(numbers, ct),
            isMore ? shown[^1].Number.ToString(CultureInfo.InvariantCulture) : null,
            Math.Min(first.Count, take - 1)
        );
    }

    public static IQueryable<RewardRow> Rows(PlumDbContext db, IQueryable<Reward> rewards) =>
        from reward in rewards
        join brand in db.Brands on reward.BrandId equals brand.Id
        join supplier in db.Suppliers on reward.SupplierId equals supplier.Id
        select new RewardRow(
            reward.Id,
            reward.Code,
            reward.Name,
            reward.BrandId,
            brand.Name,
            reward.SupplierId,
            supplier.Name,
            reward.Kind,
            reward.Country,
            reward.Currency,
            reward.Denominations,
            reward.MinValue,
            reward.MaxValue,
            reward.IsActive,
            reward.Version,
            reward.DeliveryMinutes,
            reward.SupplierProductId,
            false,
            null
        )
        {
            Number = reward.Number,
        };

    public static RewardRow Judged(RewardRow row, RewardProgramme programme) =>
        row with
        {
            IsFavourite = programme.Favourites.Contains(row.Number),
            Unallowed = programme.Rules.CannotGive(new RewardFacts(row.Id, row.BrandId, row.Kind, row.SupplierId, row.Country)),
        };

    private async Task<IReadOnlyList<RewardRow>> RowsAsync(List<long> numbers, CancellationToken ct)
    {
        if (numbers.Count == 0)
        {
            return [];
        }

        var rows = await Rows(db, db.Rewards.AsNoTracking().Where(r => numbers.Contains(r.Number))).ToDictionaryAsync(r => r.Number, ct);
        return [.. numbers.Where(rows.ContainsKey).Select(n => Judged(rows[n], programme))];
    }

    private async Task<List<Place>> PlacesAsync(IReadOnlyList<RewardHit> hits, RewardSort sort, CancellationToken ct)
    {
        if (hits.Count == 0)
        {
            return [];
        }

        var numbers = hits.Select(h => h.Number).ToList();
        var favourites = judged.Favourites.ToHashSet();
        var names = await db
            .Rewards.AsNoTracking()
            .Where(r => numbers.Contains(r.Number))
            .Select(r => new { r.Number, r.Name })
            .ToDictionaryAsync(r => r.Number, r => r.Name, ct);
        var brandIds = hits.Select(h => h.BrandId).Distinct().ToList();
        var brands =
            sort == RewardSort.Brand
                ? await db.Brands.Where(b => brandIds.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.Name, ct)
                : [];
        var supplierIds = hits.Select(h => h.SupplierId).Distinct().ToList();
        var suppliers =
            sort == RewardSort.Supplier
                ? await db.Suppliers.Where(s => supplierIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct)
                : [];
        return
        [
            .. hits.Where(h => names.ContainsKey(h.Number))
                .Select(h => new Place(
                    !favourites.Contains(h.Number),
                    sort switch
                    {
                        RewardSort.Brand => brands.GetValueOrDefault(h.BrandId, ""),
                        RewardSort.Supplier => suppliers.GetValueOrDefault(h.SupplierId, ""),
                        RewardSort.Country => h.Country,
                        _ => "",
                    },
                    names[h.Number],
                    h.Country,
                    h.Number
                )),
        ];
    }

    /// <summary>Where a row stands in the order.</summary>
    private sealed record Place(bool IsOrdinary, string Key, string Name, string Country, long Number)
    {
        public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

        public static Place? Read(string? written)
        {
            try
            {
                return written is null ? null : JsonSerializer.Deserialize<Place>(Base64Url.DecodeFromChars(written));
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                return null; // an address can say anything: then from the start
            }
        }
    }

    private sealed class Order(bool descending) : IComparer<Place>
    {
        public int Compare(Place? x, Place? y)
        {
            var (a, b) = (x!, y!);
            var favourite = a.IsOrdinary.CompareTo(b.IsOrdinary);
            if (favourite != 0)
            {
                return favourite;
            }

            var key = string.Compare(a.Key, b.Key, StringComparison.OrdinalIgnoreCase);
            var named = string.Compare(a.Name, b.Name, StringComparison.OrdinalIgnoreCase);
            var isByName = a.Key.Length == 0 && b.Key.Length == 0;
            var first = isByName ? named : key;
            var country = string.CompareOrdinal(a.Country, b.Country);
            return first != 0 ? (descending ? -first : first)
                : named != 0 ? named
                : country != 0 ? country
                : a.Number.CompareTo(b.Number);
        }
    }
}
