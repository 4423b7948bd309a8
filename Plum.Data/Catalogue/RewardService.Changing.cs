using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;

namespace Plum.Data.Catalogue;

public sealed partial class RewardService
{
    public async Task<Outcome> OfferAsync(OfferReward command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.LacksForAll(Act.EditCatalogue)
                ?? RewardRefusals.ForCode(command.Code)
                ?? RewardRefusals.ForOrigin(command.Kind, command.Country, command.Currency)
                ?? RewardRefusals.ForTerms(command.Name, command.Denominations, command.MinValue, command.MaxValue)
                ?? RewardRefusals.ForDelivery(command.DeliveryMinutes)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var brand = await db.Brands.AsNoTracking().SingleOrDefaultAsync(b => b.Id == command.BrandId && b.IsActive, ct);
        if (brand is null)
        {
            return RewardRefusals.NoBrand;
        }

        if (!await db.Suppliers.AnyAsync(s => s.Id == command.SupplierId && s.IsActive, ct))
        {
            return RewardRefusals.NoSupplier;
        }

        var reward = Reward.Offer(
            brand.Id,
            command.SupplierId,
            command.Code,
            command.Name,
            command.Kind,
            command.Country,
            command.Currency,
            command.Denominations,
            command.MinValue,
            command.MaxValue,
            command.DeliveryMinutes
        );
        db.Add(reward);
        db.Add(
            AuditEntry.For(
                Room,
                AuditSubject.Of(brand.Name, reward.Name),
                "Reward offered",
                by,
                now,
                after: Diff.Of(await FactsAsync(db, reward, ct))
            )
        );
        return await db.SaveAsync(new Outcome.Done(reward.Id.ToString()), ct, RewardRefusals.Taken(command.Code));
    }

    public async Task<Outcome> ChangeAsync(ChangeReward command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.EditCatalogue) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var reward = await db.Rewards.SingleOrDefaultAsync(r => r.Id == command.Id, ct);
        if (reward is null)
        {
            return Refusals.NotFound;
        }

        if (reward.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        // A supplier that was switched off stays with the rewards that it had.
        var supplierWillDo =
            command.SupplierId == reward.SupplierId || await db.Suppliers.AnyAsync(s => s.Id == command.SupplierId && s.IsActive, ct);
        if (
            (
                RewardRefusals.ForTerms(command.Name, command.Denominations, command.MinValue, command.MaxValue)
                ?? RewardRefusals.ForDelivery(command.DeliveryMinutes ?? reward.DeliveryMinutes)
                ?? (supplierWillDo ? null : RewardRefusals.NoSupplier)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var brand = await db.Brands.Where(b => b.Id == reward.BrandId).Select(b => b.Name).SingleAsync(ct);
        var (subject, before, wasActive) = (AuditSubject.Of(brand, reward.Name), await FactsAsync(db, reward, ct), reward.IsActive);
        reward.Change(
            command.Name,
            command.SupplierId,
            command.Denominations,
            command.MinValue,
            command.MaxValue,
            command.IsActive,
            command.DeliveryMinutes
        );
        var (was, became) = Diff.Between(before, await FactsAsync(db, reward, ct));
        if (became is null)
        {
            return new Outcome.Done(reward.Id.ToString());
        }

        db.Expect(reward, command.SeenVersion);
        db.Add(AuditEntry.For(Room, subject, Switched.What("Reward", wasActive, reward.IsActive), by, now, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(reward.Id.ToString()), ct);
    }

    internal static async Task<Dictionary<string, object?>> FactsAsync(PlumDbContext db, Reward reward, CancellationToken ct) =>
        new()
        {
            ["code"] = reward.Code,
            ["name"] = reward.Name,
            ["supplier"] = await db.Suppliers.Where(s => s.Id == reward.SupplierId).Select(s => s.Code).SingleAsync(ct),
            ["kind"] = reward.Kind.ToString(),
            ["country"] = reward.Country,
            ["currency"] = reward.Currency,
            ["denominations"] = reward.Denominations,
            ["minValue"] = reward.MinValue,
            ["maxValue"] = reward.MaxValue,
            ["deliveryMinutes"] = reward.DeliveryMinutes,
            ["isActive"] = reward.IsActive,
        };
}
