using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;

namespace Plum.Data.Connectors;

/// <summary>What Plum's people see of the sandbox, and what they tell it to do.</summary>
public sealed class SandboxService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Connectors";

    private static readonly Refusal HasRule = new(
        "sandbox.has-rule",
        "There is a rule for this reference already. Change that one.",
        "Reference"
    );

    public async Task<Page<SandboxRow>> ListAsync(SandboxListQuery query, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.WatchJobs) is not null)
        {
            return Page<SandboxRow>.Nothing;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var orders = Narrowed(db.SandboxOrders.AsNoTracking(), query, now);
        var total = await orders.CountAsync(ct);
        var found = await orders
            .OrderByDescending(o => o.Id)
            .Skip(Math.Max(query.Skip, 0))
            .Take(Math.Clamp(query.Take, 1, Paging.MostRows))
            .ToListAsync(ct);
        var names = await NamesAsync(db, found, ct);
        return new Page<SandboxRow>([.. found.Select(o => Row(o, names, now))], total);
    }

    /// <returns>Null when there is none, or the actor may not look.</returns>
    public async Task<SandboxRow?> ViewAsync(long id, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.WatchJobs) is not null)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.SandboxOrders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is { } order
            ? Row(order, await NamesAsync(db, [order], ct), now)
            : null;
    }

    /// <summary>The general rule first, then those of single orders.</summary>
    public async Task<IReadOnlyList<SandboxRuleRow>> RulesAsync(Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.WatchJobs) is not null)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var rules = await db
            .SandboxRules.AsNoTracking()
            .OrderBy(r => r.Reference)
            .Take(Paging.MostRows)
            .Select(r => new SandboxRuleRow(r.Reference, r.Behaviour, r.CancelWithinHours, r.FeePercent, r.Version))
            .ToListAsync(ct);
        var general =
            rules.SingleOrDefault(r => r.IsGeneral) ?? new SandboxRuleRow(SandboxRule.Everything, SandboxBehaviour.Fulfil, null, 0, 0);
        return [general, .. rules.Where(r => !r.IsGeneral)];
    }

    public async Task<Outcome> SetRuleAsync(SetSandboxRule command, Actor by, CancellationToken ct)
    {
        var reference = command.Reference?.Trim();
        if (
            (
                by.LacksForAll(Act.RunJobs)
                ?? SupplierOrderRules.CannotBeKey("Reference", reference)
                ?? SandboxRule.CannotBe(command.Behaviour, command.CancelWithinHours, command.FeePercent)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rule = await db.SandboxRules.SingleOrDefaultAsync(r => r.Reference == reference, ct);
        if (rule is null)
        {
            if (command.SeenVersion > 0)
            {
                return new Outcome.Stale(); // taken away meanwhile
            }

            rule = SandboxRule.For(reference!, command.Behaviour, command.CancelWithinHours, command.FeePercent);
            db.Add(rule);
            db.Add(AuditEntry.For(Room, rule.Reference, "Sandbox rule set", by, now, after: Diff.Of(Facts(rule))));
            return await db.SaveAsync(new Outcome.Done(rule.Reference), ct, HasRule);
        }

        if (command.SeenVersion is not { } seen)
        {
            return HasRule;
        }

        if (rule.Version != seen)
        {
            return new Outcome.Stale();
        }

        var before = Facts(rule);
        rule.Change(command.Behaviour, command.CancelWithinHours, command.FeePercent);
        var (was, became) = Diff.Between(before, Facts(rule));
        if (became is null)
        {
            return new Outcome.Done(rule.Reference);
        }

        db.Expect(rule, seen);
        db.Add(AuditEntry.For(Room, rule.Reference, "Sandbox rule changed", by, now, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(rule.Reference), ct);
    }

    public async Task<Outcome> RemoveRuleAsync(RemoveSandboxRule command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.RunJobs) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rule = await db.SandboxRules.SingleOrDefaultAsync(r => r.Reference == command.Reference, ct);
        if (rule is null)
        {
            return Refusals.NotFound;
        }

        if (rule.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        db.Remove(rule);
        db.Add(AuditEntry.For(Room, rule.Reference, "Sandbox rule removed", by, now, before: Diff.Of(Facts(rule))));
        return await db.SaveAsync(new Outcome.Done(rule.Reference), ct);
    }

    /// <summary>Makes the supplier do something with an order by itself. Plum learns of it as of any supplier: by a webhook, or by asking.</summary>
    public async Task<Outcome> ChangeOrderAsync(ChangeSandboxOrder command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.RunJobs) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SandboxOrders.SingleOrDefaultAsync(o => o.Id == command.Id, ct) is not { } order)
        {
            return Refusals.NotFound;
        }

        var (cannot, what) = command.Deed switch
        {
            SandboxDeed.Deliver => (order.CannotDeliver(now), "Sandbox order delivered"),
            SandboxDeed.Cancel => (order.CannotCancel(now), "Sandbox order cancelled by the supplier"),
            SandboxDeed.Redeem => (order.CannotRedeem(now), "Sandbox voucher redeemed"),
            _ => (Refusals.NotFound, ""),
        };
        if (cannot is not null)
        {
            return cannot;
        }

        switch (command.Deed)
        {
            case SandboxDeed.Deliver:
                order.Deliver(now);
                break;
            case SandboxDeed.Cancel:
                order.Cancel(key: null, refunds: true, now);
                break;
            default:
                order.Redeem(now);
                break;
        }

        db.Add(AuditEntry.For(Room, order.Reference, what, by, now));
        return await db.SaveAsync(new Outcome.Done(order.SupplierReference), ct);
    }

    /// <summary>What the sandbox's own webhook of an order says, and whether it is to sign it badly; null when there is no such order.</summary>
    public async Task<(SupplierNotice Notice, bool BadlySigned)?> NoticeAsync(long orderId, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.RunJobs) is not null)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SandboxOrders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId, ct) is not { } order)
        {
            return null;
        }

        var rule = await SandboxBooks.RuleAsync(db, order.Reference, ct);
        var notice = new SupplierNotice(
            Guid.CreateVersion7().ToString(),
            order.Reference,
            order.SupplierReference,
            order.StateAt(now).ToString()
        );
        return (notice, rule.Behaviour == SandboxBehaviour.BadlySigned);
    }

    private static IQueryable<SandboxOrder> Narrowed(IQueryable<SandboxOrder> orders, SandboxListQuery query, DateTime now)
    {
        if (query.Search?.Trim() is { Length: > 0 } search)
        {
            var pattern = Like.StartingWith(search);
            orders = orders.Where(o =>
                EF.Functions.Like(o.Reference, pattern, Like.Escape) || EF.Functions.Like(o.SupplierReference, pattern, Like.Escape)
            );
        }

        // As SandboxOrder.StateAt has it.
        return query.State switch
        {
            SandboxState.Cancelled => orders.Where(o => o.CancelledAtUtc != null),
            SandboxState.Redeemed => orders.Where(o => o.CancelledAtUtc == null && o.RedeemedAtUtc != null),
            SandboxState.Processing => orders.Where(o =>
                o.CancelledAtUtc == null && o.RedeemedAtUtc == null && (o.Available == 0 || o.ReadyAtUtc == null || o.ReadyAtUtc > now)
            ),
            SandboxState.Partial => orders.Where(o =>
                o.CancelledAtUtc == null && o.RedeemedAtUtc == null && o.ReadyAtUtc <= now && o.Available > 0 && o.Available < o.Quantity
            ),
            SandboxState.Fulfilled => orders.Where(o =>
                o.CancelledAtUtc == null && o.RedeemedAtUtc == null && o.ReadyAtUtc <= now && o.Available == o.Quantity
            ),
            _ => orders,
        };
    }

    private static async Task<Dictionary<Guid, string>> NamesAsync(
        PlumDbContext db,
        IReadOnlyList<SandboxOrder> orders,
        CancellationToken ct
    )
    {
        var ids = orders.Select(Product).Distinct().ToList();
        return await db.Rewards.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Name, ct);
    }

    /// <summary>The reward's key, in whichever of its forms it was given.</summary>
    private static Guid Product(SandboxOrder order) => Guid.TryParse(order.ProductId, out var id) ? id : Guid.Empty;

    private static SandboxRow Row(SandboxOrder order, Dictionary<Guid, string> names, DateTime now) =>
        new(
            order.Id,
            order.Reference,
            order.SupplierReference,
            order.Supplier,
            names.GetValueOrDefault(Product(order), order.ProductId),
            order.Value,
            order.Quantity,
            order.Available,
            order.StateAt(now),
            order.Contact,
            order.Last4,
            order.PlacedAtUtc,
            order.ReadyAtUtc,
            order.CancellableUntilUtc,
            order.CancelledAtUtc,
            order.Refunded,
            order.Fee,
            order.CancelledAtUtc is not null && order.RefundedMinorUnits + order.FeeMinorUnits < order.Total.MinorUnits,
            order.Resends,
            order.IsAdopted
        );

    private static Dictionary<string, object?> Facts(SandboxRule rule) =>
        new()
        {
            ["behaviour"] = rule.Behaviour.ToString(),
            ["cancelWithinHours"] = rule.CancelWithinHours,
            ["feePercent"] = rule.FeePercent,
        };
}
