using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Connectors;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Connectors;

/// <summary>
/// The supplier's side of the sandbox: a company outside, whose books happen to lie in our database. It knows no actor and writes no audit, as no
/// supplier would; what Plum's people do to it is in <see cref="SandboxService"/>. An order that was fulfilled before it kept books is taken into
/// them when it is first asked for, by Plum's number of it or by the supplier's.
/// </summary>
public sealed class SandboxBooks(IDbContextFactory<PlumDbContext> contexts, SandboxVault vault, TimeProvider clock)
{
    public const int MostOfOne = 10;

    /// <summary>What each currency's account holds to begin with, in major units.</summary>
    private const long Opening = 10_000_000;

    private static readonly Refusal Taken = new("sandbox.taken", "There is an order of that reference already.");

    /// <param name="order">Checked already by <see cref="SupplierOrderRules.CannotPlace"/>.</param>
    public async Task<PlaceOutcome> PlaceAsync(PlaceOrder order, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SandboxOrders.AsNoTracking().SingleOrDefaultAsync(o => o.Reference == order.Reference, ct) is { } there)
        {
            return Stands(there, order, now);
        }

        var rule = await RuleAsync(db, order.Reference, ct);
        if (await RejectAsync(db, order, rule, ct) is { } rejected)
        {
            return rejected;
        }

        var taken = SandboxOrder.Take(order, $"SBX-{RandomNumberGenerator.GetString("0123456789", 12)}", rule, now);
        var (sealedText, last4) = vault.Make(taken.Reference, taken.Quantity);
        taken.Hold(sealedText, last4);
        db.Add(taken);
        if (await db.SaveAsync(new Outcome.Done(), ct, Taken) is Outcome.Refused)
        {
            await using var again = await contexts.CreateDbContextAsync(ct);
            return Stands(await again.SandboxOrders.AsNoTracking().SingleAsync(o => o.Reference == order.Reference, ct), order, now);
        }

        return rule.Behaviour switch
        {
            SandboxBehaviour.TimedOut => new PlaceOutcome.Unknown(NoAnswer),
            SandboxBehaviour.Cancelled => new PlaceOutcome.Accepted(
                Shown(taken, now) with
                {
                    Order = SupplierStatuses.Order("processing"),
                }
            ),
            _ => PlaceOutcome.Of(Shown(taken, now)),
        };
    }

    /// <param name="number">By which it is known to us or to the supplier.</param>
    public async Task<FindOutcome> FindAsync(string number, bool ours, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await RuleAsync(db, number, ct)).Behaviour == SandboxBehaviour.RateLimited ? new FindOutcome.Refused(Later)
            : await OneAsync(db, number, ours, now, ct) is { } order ? new FindOutcome.Found(Shown(order, now))
            : new FindOutcome.None();
    }

    public async Task<TermsOutcome> TermsAsync(string supplierReference, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await OneAsync(db, supplierReference, ours: false, now, ct) is not { } order)
        {
            return new TermsOutcome.None();
        }

        var fee = order.Value with { MinorUnits = SandboxOrder.FeeOf(order.Total.MinorUnits, order.FeePercent) };
        return new TermsOutcome.Known(
            order.CannotCancel(now) is { } why
                ? new CancellationTerms(why.Message, order.CancellableUntilUtc, Refund: null, Fee: null)
                : new CancellationTerms(WhyNot: null, order.CancellableUntilUtc, order.Total - fee, fee)
        );
    }

    public async Task<CancelOutcome> CancelAsync(CancelSupplierOrder command, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        while (true)
        {
            if (await OneAsync(db, command.SupplierReference, ours: false, now, ct) is not { } order)
            {
                return new CancelOutcome.Refused(NotFound);
            }

            if (order.CancelledAtUtc is not null && order.CancelKey == command.Key)
            {
                return Told(order);
            }

            var behaviour = (await RuleAsync(db, order.Reference, ct)).Behaviour;
            if (behaviour is SandboxBehaviour.RateLimited or SandboxBehaviour.Lost)
            {
                return behaviour == SandboxBehaviour.Lost ? new CancelOutcome.Unknown(NoAnswer) : new CancelOutcome.Refused(Later);
            }

            if (order.CannotCancel(now) is { } why)
            {
                return new CancelOutcome.Refused(FaultOf(why));
            }

            db.Attach(order);
            order.Cancel(command.Key, refunds: behaviour != SandboxBehaviour.RefundFails, now);
            if (await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done)
            {
                return behaviour == SandboxBehaviour.TimedOut ? new CancelOutcome.Unknown(NoAnswer) : Told(order);
            }

            db.ChangeTracker.Clear(); // somebody was quicker: look again what stands
        }
    }

    public async Task<ResendOutcome> ResendAsync(ResendSupplierOrder command, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        while (true)
        {
            if (await OneAsync(db, command.SupplierReference, ours: false, now, ct) is not { } order)
            {
                return new ResendOutcome.Refused(NotFound);
            }

            if (order.CannotResend(command.To, now) is { } why)
            {
                return new ResendOutcome.Refused(FaultOf(why));
            }

            db.Attach(order);
            order.Resend(command.Key, command.To, now);
            if (await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done)
            {
                return new ResendOutcome.Sent();
            }

            db.ChangeTracker.Clear();
        }
    }

    public async Task<Money> BalanceAsync(string currency, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var spent = await db
            .SandboxOrders.Where(o => o.Value.Currency == currency && !o.IsAdopted)
            .SumAsync(o => (o.Value.MinorUnits * o.Quantity) - o.RefundedMinorUnits, ct);
        return new Money((Opening * (long)Currencies.Scale(currency)) - spent, currency);
    }

    /// <summary>Sells what Plum's own catalogue offers, each reward for the supplier that it is given to.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public async Task<(IReadOnlyList<SupplierProduct> Products, Guid? Next)> CatalogueAsync(Guid? after, int take, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = after ?? Guid.Empty;
        var rewards = await (
            from r in db.Rewards.AsNoTracking()
            join b in db.Brands on r.BrandId equals b.Id
            join s in db.Suppliers on r.SupplierId equals s.Id
            where r.IsActive && r.Id > last
            orderby r.Id
            select new
            {
                Reward = r,
                Brand = b.Name,
                Supplier = s.Code,
            }
        )
            .Take(take + 1)
            .ToListAsync(ct);
        return (
            [
                .. rewards
                    .Take(take)
                    .Select(r => new SupplierProduct(
                        r.Reward.Id.ToString(),
                        r.Reward.Name,
                        r.Brand,
                        r.Reward.Country,
                        r.Reward.Currency,
                        r.Reward.Denominations,
                        r.Reward.MinValue,
                        r.Reward.MaxValue,
                        IsDelayed: r.Reward.DeliveryMinutes > 0,
                        NeedsPhone: false,
                        MostOfOne,
                        r.Reward.Kind,
                        r.Reward.DeliveryMinutes,
                        r.Supplier
                    )),
            ],
            rewards.Count > take ? rewards[take - 1].Reward.Id : null
        );
    }

    internal SupplierOrder Shown(SandboxOrder order, DateTime now)
    {
        var state = order.StateAt(now);
        var ready = state is SandboxState.Fulfilled or SandboxState.Partial or SandboxState.Redeemed;
        return new SupplierOrder(
            order.Reference,
            order.SupplierReference,
            order.Quantity,
            order.Total,
            SupplierStatuses.Order(
                state switch
                {
                    SandboxState.Cancelled => "cancelled",
                    _ when ready => "complete",
                    _ => "processing",
                }
            ),
            SupplierStatuses.Delivery(
                state switch
                {
                    SandboxState.Cancelled => "cancelled",
                    _ when ready => "delivered",
                    _ => "pending",
                }
            ),
            new Stated<SupplierVoucherState>(
                state switch
                {
                    SandboxState.Cancelled => SupplierVoucherState.Cancelled,
                    SandboxState.Redeemed => SupplierVoucherState.Redeemed,
                    _ when ready => SupplierVoucherState.Live,
                    _ => SupplierVoucherState.None,
                }
            ),
            new Stated<SupplierMoneyState>(
                order.CancelledAtUtc is null ? SupplierMoneyState.Charged
                : order.RefundedMinorUnits + order.FeeMinorUnits < order.Total.MinorUnits ? SupplierMoneyState.RefundFailed
                : SupplierMoneyState.Refunded
            ),
            ready ? vault.Open(order) : []
        );
    }

    internal static async Task<SandboxRule> RuleAsync(PlumDbContext db, string reference, CancellationToken ct) =>
        await db.SandboxRules.AsNoTracking().SingleOrDefaultAsync(r => r.Reference == reference, ct)
        ?? await db.SandboxRules.AsNoTracking().SingleOrDefaultAsync(r => r.Reference == SandboxRule.Everything, ct)
        ?? SandboxRule.Usual;

    private static async Task<PlaceOutcome?> RejectAsync(PlumDbContext db, PlaceOrder order, SandboxRule rule, CancellationToken ct) =>
        rule.Behaviour switch
        {
            SandboxBehaviour.Lost => new PlaceOutcome.Unknown(NoAnswer),
            SandboxBehaviour.RateLimited => new PlaceOutcome.Rejected(Later),
            SandboxBehaviour.OutOfStock => Rejected("sandbox.out-of-stock", SupplierFaultClass.Stock, "This product is sold out."),
            SandboxBehaviour.NoFunds => Rejected("sandbox.no-funds", SupplierFaultClass.Funds, "The account does not hold enough."),
            _ => await UnsoldAsync(db, order, ct),
        };

    private static async Task<PlaceOutcome?> UnsoldAsync(PlumDbContext db, PlaceOrder order, CancellationToken ct)
    {
        var reward = Guid.TryParse(order.ProductId, out var id)
            ? await db.Rewards.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct)
            : null;
        return reward is null ? Rejected("sandbox.no-product", SupplierFaultClass.FixRequest, "There is no such product.")
            : reward.Currency != order.Value.Currency
                ? Rejected("sandbox.currency", SupplierFaultClass.FixRequest, $"{reward.Name} is sold in {reward.Currency}.")
            : reward.CannotBeWorth(order.Value.MinorUnits) is { } why
                ? Rejected("sandbox.denomination", SupplierFaultClass.FixRequest, why.Message)
            : null;
    }

    /// <summary>What a reference that is there already means for whoever places it again.</summary>
    private PlaceOutcome Stands(SandboxOrder there, PlaceOrder order, DateTime now) =>
        there.IsSame(order)
            ? PlaceOutcome.Of(Shown(there, now))
            : Rejected("sandbox.key-reused", SupplierFaultClass.FixRequest, "Another order stands under this reference.");

    /// <returns>Not tracked; null when there is none.</returns>
    private async Task<SandboxOrder?> OneAsync(PlumDbContext db, string number, bool ours, DateTime now, CancellationToken ct)
    {
        var orders = db.SandboxOrders.AsNoTracking();
        if (await orders.SingleOrDefaultAsync(o => ours ? o.Reference == number : o.SupplierReference == number, ct) is { } there)
        {
            return there;
        }

        var id = ours ? OrderReference.Parse(number) : null;
        var found = await (
            from o in db.Orders.AsNoTracking()
            join s in db.Suppliers on o.SupplierId equals s.Id
            join r in db.Recipients on o.RecipientId equals r.Id
            where ours ? o.Id == id : o.SupplierReference == number
            orderby o.Id
            select new
            {
                Order = o,
                Supplier = s.Code,
                r.Name,
                r.Email,
                r.Phone,
            }
        ).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var order = found.Order;
        var reference = OrderReference.Of(order.Id);
        var adopted = SandboxOrder.Adopt(
            reference,
            order.SupplierReference ?? $"SBX-{reference}",
            found.Supplier,
            order.RewardId.ToString(),
            order.Value,
            new SupplierContact(found.Name, found.Email, found.Phone),
            order.PlacedAtUtc,
            order.IssuedAtUtc,
            order.VoucherLast4,
            await RuleAsync(db, reference, ct)
        );
        if (order.Status == OrderStatus.Redeemed)
        {
            adopted.Redeem(now);
        }
        else if (order.Status is OrderStatus.Cancelled or OrderStatus.Refunded or OrderStatus.Rejected)
        {
            adopted.Cancel(key: null, refunds: true, adopted.PlacedAtUtc);
        }

        db.Add(adopted);
        var saved = await db.SaveAsync(new Outcome.Done(), ct, Taken);
        db.ChangeTracker.Clear();
        return saved is Outcome.Done
            ? adopted
            : await orders.SingleOrDefaultAsync(o => o.Reference == reference || o.SupplierReference == number, ct);
    }

    private static CancelOutcome Told(SandboxOrder order) =>
        order.RefundedMinorUnits + order.FeeMinorUnits < order.Total.MinorUnits
            ? new CancelOutcome.Unrefunded(
                new SupplierFault("sandbox.refund-failed", SupplierFaultClass.Unknown, "The order is cancelled, and the refund failed.")
            )
            : new CancelOutcome.Cancelled(order.Refunded, order.Fee);

    private const string NoAnswer = "The sandbox gave no answer.";

    private static readonly SupplierFault Later = new(
        "sandbox.rate-limited",
        SupplierFaultClass.RateLimited,
        "Too many calls. Ask again in a minute.",
        TimeSpan.FromSeconds(60)
    );

    private static readonly SupplierFault NotFound = new("sandbox.not-found", SupplierFaultClass.FixRequest, "There is no such order.");

    private static SupplierFault FaultOf(Refusal why) => new(why.Code, SupplierFaultClass.FixRequest, why.Message);

    private static PlaceOutcome.Rejected Rejected(string code, SupplierFaultClass fault, string words) =>
        new(new SupplierFault(code, fault, words));
}
