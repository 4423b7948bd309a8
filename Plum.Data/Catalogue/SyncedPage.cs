using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

/// <summary>One page of a supplier's products, taken into the catalogue; the caller saves.</summary>
internal sealed class SyncedPage(PlumDbContext db, CatalogueSync sync, Supplier supplier, DateTime now)
{
    private const string Room = "Catalogue";

    private readonly Dictionary<string, Brand> _brands = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _offered = [];
    private (int Added, int Changed, int Kept, int Unreadable) _counts;

    public async Task<SyncCounts> TakeAsync(CatalogueOutcome.Listed listed, CancellationToken ct)
    {
        var mine = listed
            .Products.Where(p => p.Supplier is null || string.Equals(p.Supplier, supplier.Code, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(p => p.ProductId)
            .ToList();
        for (var n = 0; n < listed.Unreadable; n++)
        {
            Fault(null, listed.Which?.ElementAtOrDefault(n) ?? "It could not be read.");
        }

        var readable = mine.Where(p => CannotTake(p) is not { } why || Fault(p.ProductId, why)).ToList();
        var ids = readable.ConvertAll(p => p.ProductId);
        var known = await db
            .SuppliedProducts.Where(p => p.SupplierId == supplier.Id && ids.Contains(p.ProductId))
            .ToDictionaryAsync(p => p.ProductId, ct);
        var rewards = await RewardsAsync(readable, known, ct);
        await ReadBrandsAsync(readable, ct);
        var codes = await TakenCodesAsync(readable.Where(p => !known.ContainsKey(p.ProductId)), ct);
        foreach (var product in readable)
        {
            var said = Fingerprint(product);
            if (known.TryGetValue(product.ProductId, out var there))
            {
                if (there.Fingerprint != said || there.IsGone)
                {
                    await ChangeAsync(rewards[there.RewardId], there, product, ct);
                }

                there.Seen(Name(product), said, sync.Id);
            }
            else
            {
                // A reward of ours that the supplier sells under our own key is there already.
                var reward = Guid.TryParse(product.ProductId, out var id) ? rewards.GetValueOrDefault(id) : null;
                reward ??= Offer(product, codes);
                db.Add(SuppliedProduct.Of(supplier.Id, product.ProductId, reward.Id, Name(product), said, sync.Id));
            }
        }

        if (_offered.Count > 0)
        {
            db.Add(
                AuditEntry.For(
                    Room,
                    supplier.Code,
                    "Rewards offered by its catalogue",
                    CatalogueSyncWork.By,
                    now,
                    after: Diff.Of("codes", _offered)
                )
            );
        }

        return new SyncCounts(mine.Count + listed.Unreadable, _counts.Added, _counts.Changed, _counts.Kept, _counts.Unreadable);
    }

    private async Task ChangeAsync(Reward reward, SuppliedProduct there, SupplierProduct product, CancellationToken ct)
    {
        if (reward.Country != product.Country || reward.Currency != product.Currency)
        {
            Fault(
                product.ProductId,
                $"It is now sold in {product.Country} and {product.Currency}; a reward keeps its country and currency."
            );
            return;
        }

        var before = await RewardService.FactsAsync(db, reward, ct);
        var (name, said) = (Name(product), there.Name != Name(product));
        var isOurs = reward.Name != there.Name;
        _counts.Kept += said && isOurs ? 1 : 0;
        reward.Change(
            isOurs ? reward.Name : name,
            reward.SupplierId,
            [.. product.Denominations.Distinct()],
            product.Denominations.Count > 0 ? 0 : product.MinValue,
            product.Denominations.Count > 0 ? 0 : product.MaxValue,
            reward.IsActive || there.WasSwitchedOff,
            product.DeliveryMinutes
        );
        var (was, became) = Diff.Between(before, await RewardService.FactsAsync(db, reward, ct));
        var why = said && isOurs ? $"The supplier now calls it {name}; the name that a person wrote stays." : null;
        if (became is null && why is null)
        {
            return;
        }

        _counts.Changed += became is null ? 0 : 1;
        db.Add(
            AuditEntry.For(
                Room,
                AuditSubject.Of(product.Brand, reward.Name),
                "Reward changed by its supplier",
                CatalogueSyncWork.By,
                now,
                why: why,
                before: was,
                after: became
            )
        );
    }

    private Reward Offer(SupplierProduct product, HashSet<string> taken)
    {
        var code = Code(product);
        if (!taken.Add(code))
        {
            code = $"{code[..Math.Min(code.Length, Reward.CodeMaxLength - 9)]}-{RandomNumberGenerator.GetHexString(8)}";
            taken.Add(code);
        }

        var reward = Reward.Offer(
            Brand(product.Brand).Id,
            supplier.Id,
            code,
            Name(product),
            product.Kind,
            product.Country,
            product.Currency,
            [.. product.Denominations.Distinct()],
            product.Denominations.Count > 0 ? 0 : product.MinValue,
            product.Denominations.Count > 0 ? 0 : product.MaxValue,
            product.DeliveryMinutes,
            product.ProductId
        );
        db.Add(reward);
        _offered.Add(reward.Code);
        _counts.Added++;
        return reward;
    }

    private Brand Brand(string name)
    {
        var cut = Cut(name, Domain.Catalogue.Brand.NameMaxLength);
        if (!_brands.TryGetValue(cut, out var brand))
        {
            _brands[cut] = brand = Domain.Catalogue.Brand.List(cut);
            db.Add(brand);
        }

        return brand;
    }

    private async Task<Dictionary<Guid, Reward>> RewardsAsync(
        List<SupplierProduct> products,
        Dictionary<string, SuppliedProduct> known,
        CancellationToken ct
    )
    {
        var changed = products
            .Where(p => known.TryGetValue(p.ProductId, out var there) && (there.IsGone || there.Fingerprint != Fingerprint(p)))
            .Select(p => known[p.ProductId].RewardId);
        var ours = products
            .Where(p => !known.ContainsKey(p.ProductId))
            .Select(p => Guid.TryParse(p.ProductId, out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty);
        var wanted = changed.Concat(ours).Distinct().ToList();
        return wanted.Count == 0
            ? []
            : await db.Rewards.Where(r => wanted.Contains(r.Id) && r.SupplierId == supplier.Id).ToDictionaryAsync(r => r.Id, ct);
    }

    private async Task ReadBrandsAsync(List<SupplierProduct> products, CancellationToken ct)
    {
        var names = products
            .Select(p => Cut(p.Brand, Domain.Catalogue.Brand.NameMaxLength))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        foreach (var brand in await db.Brands.Where(b => names.Contains(b.Name)).ToListAsync(ct))
        {
            _brands[brand.Name] = brand;
        }
    }

    private async Task<HashSet<string>> TakenCodesAsync(IEnumerable<SupplierProduct> products, CancellationToken ct)
    {
        var codes = products.Select(Code).ToList();
        return new HashSet<string>(
            codes.Count == 0 ? [] : await db.Rewards.Where(r => codes.Contains(r.Code)).Select(r => r.Code).ToListAsync(ct),
            StringComparer.OrdinalIgnoreCase
        );
    }

    private bool Fault(string? productId, string words)
    {
        _counts.Unreadable++;
        db.Add(CatalogueFault.Of(sync.Id, productId, words));
        return false;
    }

    private static string? CannotTake(SupplierProduct product) =>
        (
            Refusals.ForText("Product", product.ProductId, Reward.SupplierProductMaxLength)
            ?? Refusals.ForText("Brand", Cut(product.Brand, Domain.Catalogue.Brand.NameMaxLength), Domain.Catalogue.Brand.NameMaxLength)
            ?? RewardRefusals.ForOrigin(product.Kind, product.Country, product.Currency)
            ?? RewardRefusals.ForTerms(Name(product), [.. product.Denominations.Distinct()], product.MinValue, product.MaxValue)
            ?? RewardRefusals.ForDelivery(product.DeliveryMinutes)
        )?.Message;

    private string Code(SupplierProduct product) =>
        Cut(
            $"{supplier.Code}-{string.Concat(product.ProductId.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'))}",
            Reward.CodeMaxLength
        );

    private static string Name(SupplierProduct product) => Cut(product.Name, Reward.NameMaxLength);

    private static string Cut(string text, int length) => (text.Length > length ? text[..length] : text).Trim();

    private static string Fingerprint(SupplierProduct product) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(product))));
}
