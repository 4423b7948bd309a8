using Microsoft.EntityFrameworkCore;
using Plum.Data.Ledger;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Catalogue;
using Plum.Domain.Connectors;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Corrections;

/// <summary>What a correction will be, worked out before its transaction begins: what is frozen, and what money is reserved.</summary>
internal sealed record CorrectionPlan(
    RequestKind Kind,
    string Title,
    Money Amount,
    CorrectionPayload Payload,
    Beneficiary Beneficiary,
    Guid ClientId,
    long? OrderId,
    long RecipientId,
    string OpenKey,
    IReadOnlyList<Leg> Hold,
    OrderStanding? Rests,
    Money? Fee = null
)
{
    /// <summary>Whether the order has changed since the plan was made.</summary>
    public async Task<bool> ChangedAsync(PlumDbContext db, CancellationToken ct) =>
        Rests is { } standing && !standing.Equals(await OrderMoney.StandingAsync(db, standing.OrderId, ct));
}

internal sealed class CorrectionPlanning(IDbContextFactory<PlumDbContext> contexts, SupplierGateways suppliers, TimeProvider clock)
{
    public async Task<(Refusal? Why, CorrectionPlan? Plan)> PlanAsync(
        PlumDbContext db,
        Ticket ticket,
        AskCorrection command,
        Actor by,
        CancellationToken ct
    )
    {
        if (command is AskCorrection.Goodwill goodwill)
        {
            return await GoodwillAsync(db, ticket, goodwill, by, ct);
        }

        var orderId = command switch
        {
            AskCorrection.Reissue reissue => reissue.OrderId,
            AskCorrection.Cancellation cancellation => cancellation.OrderId,
            AskCorrection.Refund refund => refund.OrderId,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
        };
        var order = await db
            .Orders.AsNoTracking()
            .VisibleTo(by)
            .SingleOrDefaultAsync(o => o.Id == orderId && o.ClientId == ticket.ClientId, ct);
        if (order is null)
        {
            return (Refusals.NotFound with { Field = "Order" }, null);
        }

        if (ticket.OrderId is { } named ? named != order.Id : ticket.RecipientId != order.RecipientId)
        {
            return (CorrectionRefusals.NotOnTicket, null);
        }

        var facts = new OrderFacts(
            order,
            await db.PaymentsAsync(order.Id, ct),
            await db.Rewards.AsNoTracking().SingleAsync(r => r.Id == order.RewardId, ct),
            await db.Suppliers.AsNoTracking().SingleAsync(s => s.Id == order.SupplierId, ct),
            await db.Recipients.AsNoTracking().SingleAsync(r => r.Id == order.RecipientId, ct)
        );
        return command switch
        {
            AskCorrection.Reissue reissue => await ReissueAsync(db, facts, reissue, ct),
            AskCorrection.Cancellation => await CancellationAsync(db, facts, ct),
            AskCorrection.Refund refund => await RefundAsync(db, facts, refund, ct),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
        };
    }

    private async Task<(Refusal?, CorrectionPlan?)> ReissueAsync(
        PlumDbContext db,
        OrderFacts of,
        AskCorrection.Reissue command,
        CancellationToken ct
    )
    {
        if (CorrectionRules.CannotReissue(of.Order) is { } cannot)
        {
            return (cannot, null);
        }

        var reward =
            command.RewardId is not { } other || other == of.Reward.Id
                ? of.Reward
                : await db.Rewards.AsNoTracking().SingleOrDefaultAsync(r => r.Id == other && r.IsActive, ct);
        if (reward is null)
        {
            return (Refusals.NotFound with { Field = "Reward" }, null);
        }

        if (reward.Currency != of.Order.Value.Currency || reward.CannotBeWorth(of.Order.Value.MinorUnits) is not null)
        {
            return (CorrectionRefusals.OtherValue(of.Order.Value), null);
        }

        var supplier =
            reward.SupplierId == of.Supplier.Id
                ? of.Supplier
                : await db.Suppliers.AsNoTracking().SingleAsync(s => s.Id == reward.SupplierId, ct);
        IReadOnlyList<Leg> hold =
            supplier.Id == of.Supplier.Id
                ? []
                : Legs.Move(
                    await ClearingAsync(of.Supplier, of.Order.Value, ct),
                    await ClearingAsync(supplier, of.Order.Value, ct),
                    of.Order.Value
                );
        var payload = new CorrectionPayload.Reissue(
            of.Standing,
            reward.Id,
            supplier.Id,
            reward.Name,
            of.Order.Value,
            of.Order.IsLive && of.Order.SupplierReference is not null
        );
        return (
            null,
            of.Plan(RequestKind.Reissue, $"Reissue {of.Reference} to {of.Recipient.Name} as {reward.Name}", of.Order.Value, payload, hold)
        );
    }

    private async Task<(Refusal?, CorrectionPlan?)> CancellationAsync(PlumDbContext db, OrderFacts of, CancellationToken ct)
    {
        if (CorrectionRules.CannotCancel(of.Order, of.Reward.Kind) is { } cannot)
        {
            return (cannot, null);
        }

        var currency = of.Order.Value.Currency;
        var fee = new Money(0, currency);
        if (of.Order.SupplierReference is { } reference)
        {
            switch (await suppliers.Of(of.Supplier.Code).TermsAsync(reference, ct))
            {
                case TermsOutcome.Known { Terms: { MayCancel: false } terms }:
                    return (
                        new Refusal("correction.supplier-refuses", $"{of.Supplier.Name} does not cancel this order: {terms.WhyNot}"),
                        null
                    );
                case TermsOutcome.Known { Terms.Fee: { } known } when known.Currency == currency:
                    fee = known;
                    break;
                case TermsOutcome.None:
                    return (
                        new Refusal(
                            "correction.supplier-unaware",
                            $"{of.Supplier.Name} does not know this order. Ask them by its reference {reference}."
                        ),
                        null
                    );
                default:
                    break; // no terms to be had now: the cancellation itself will tell
            }
        }

        var left = of.Payments.Sum(p => p.Left) - fee.MinorUnits;
        var (why, parts) = left > 0 ? await PartsAsync(db, of, new Money(left, currency), ct) : (null, []);
        return why is not null
            ? (why, null)
            : (
                null,
                of.Plan(
                    RequestKind.Cancellation,
                    $"Cancel {of.Reference} of {of.Recipient.Name}",
                    of.Order.Value, // what is judged is what is called off, whatever comes back of it
                    new CorrectionPayload.Cancellation(of.Standing, parts, fee),
                    await HoldAsync(of, parts, ct)
                ) with
                {
                    Fee = fee,
                }
            );
    }

    private async Task<(Refusal?, CorrectionPlan?)> RefundAsync(
        PlumDbContext db,
        OrderFacts of,
        AskCorrection.Refund command,
        CancellationToken ct
    )
    {
        if (CorrectionRules.CannotRefund(of.Order, of.Payments) is { } cannot)
        {
            return (cannot, null);
        }

        var (why, parts) = await PartsAsync(db, of, command.Amount, ct);
        if (why is not null)
        {
            return (why, null);
        }

        var isAll = command.Amount.MinorUnits == of.Payments.Sum(p => p.Left);
        var payload = new CorrectionPayload.Refund(of.Standing, parts, isAll && of.Order.IsLive && of.Order.SupplierReference is not null);
        return (
            null,
            of.Plan(
                RequestKind.Refund,
                $"Refund {command.Amount} to {of.Recipient.Name} for {of.Reference}",
                command.Amount,
                payload,
                await HoldAsync(of, parts, ct)
            )
        );
    }

    private async Task<(Refusal?, CorrectionPlan?)> GoodwillAsync(
        PlumDbContext db,
        Ticket ticket,
        AskCorrection.Goodwill command,
        Actor by,
        CancellationToken ct
    )
    {
        var recipient = await db
            .Recipients.AsNoTracking()
            .VisibleTo(by)
            .SingleOrDefaultAsync(r => r.Id == command.RecipientId && r.ClientId == ticket.ClientId, ct);
        if (recipient is null)
        {
            return (Refusals.NotFound with { Field = "Recipient" }, null);
        }

        if (ticket.RecipientId != recipient.Id)
        {
            return (CorrectionRefusals.NotOnTicket, null);
        }

        var fund = await db
            .LedgerAccounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == command.FundId && a.Kind == AccountKind.GoodwillFund && a.PartnerId == null, ct);
        if (fund is null)
        {
            return (CorrectionRefusals.NoFund, null);
        }

        if (CorrectionRules.CannotCredit(command.Amount, fund.Currency) is { } cannot)
        {
            return (cannot, null);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var wallet = await contexts.OpenAsync(
            AccountTerms.Wallet(ticket.ClientId, recipient.Id, ticket.ProgrammeId, fund.Currency, recipient.Name),
            now,
            ct
        );
        return (
            null,
            new CorrectionPlan(
                RequestKind.GoodwillCredit,
                $"Credit {command.Amount} to {recipient.Name} as goodwill",
                command.Amount,
                new CorrectionPayload.Goodwill(fund.Id, wallet, command.Amount, recipient.Name),
                Beneficiary.Recipient(recipient.Id, recipient.Name, recipient.Email),
                ticket.ClientId,
                ticket.OrderId,
                recipient.Id,
                $"goodwill:{TicketReference.Of(ticket.Id)}",
                Legs.Move(fund.Id, wallet, command.Amount),
                Rests: null
            )
        );
    }

    private async Task<(Refusal? Why, IReadOnlyList<RefundPart> Parts)> PartsAsync(
        PlumDbContext db,
        OrderFacts of,
        Money amount,
        CancellationToken ct
    )
    {
        var (why, split) = CorrectionRules.Split(amount, of.Payments);
        var parts = new List<RefundPart>();
        foreach (var (from, minorUnits) in split)
        {
            parts.Add(new RefundPart(from.Line, from.Tender, minorUnits, await BackToAsync(db, of, from.Tender, amount.Currency, ct)));
        }

        return (why, parts);
    }

    /// <summary>Back along the way it was paid.</summary>
    private async Task<Guid> BackToAsync(PlumDbContext db, OrderFacts of, Tender tender, string currency, CancellationToken ct)
    {
        var order = of.Order;
        var terms = tender switch
        {
            Tender.ProgrammeBudget => AccountTerms.Budget(
                order.ClientId,
                order.ProgrammeId,
                currency,
                await db.Programmes.Where(p => p.Id == order.ProgrammeId).Select(p => p.Name).SingleAsync(ct)
            ),
            Tender.Points => AccountTerms.Wallet(order.ClientId, order.RecipientId, order.ProgrammeId, currency, of.Recipient.Name),
            Tender.Card => AccountTerms.CardRefunds(currency),
            _ => throw new ArgumentOutOfRangeException(nameof(tender), tender, null),
        };
        return await contexts.OpenAsync(terms, clock.GetUtcNow().UtcDateTime, ct);
    }

    private async Task<IReadOnlyList<Leg>> HoldAsync(OrderFacts of, IReadOnlyList<RefundPart> parts, CancellationToken ct)
    {
        if (parts.Count == 0)
        {
            return [];
        }

        var clearing = await ClearingAsync(of.Supplier, of.Order.Value, ct);
        var currency = of.Order.Value.Currency;
        return
        [
            new Leg(clearing, new Money(-parts.Sum(p => p.MinorUnits), currency)),
            .. parts.GroupBy(p => p.ToAccountId).Select(g => new Leg(g.Key, new Money(g.Sum(p => p.MinorUnits), currency))),
        ];
    }

    private Task<Guid> ClearingAsync(Supplier supplier, Money value, CancellationToken ct) =>
        contexts.OpenAsync(AccountTerms.Supplier(supplier.Id, value.Currency, supplier.Name), clock.GetUtcNow().UtcDateTime, ct);

    private sealed record OrderFacts(
        Order Order,
        IReadOnlyList<OrderPayment> Payments,
        Reward Reward,
        Supplier Supplier,
        Recipient Recipient
    )
    {
        public string Reference => OrderReference.Of(Order.Id);

        public OrderStanding Standing => OrderStanding.Of(Order, Payments);

        public CorrectionPlan Plan(RequestKind kind, string title, Money amount, CorrectionPayload payload, IReadOnlyList<Leg> hold) =>
            new(
                kind,
                title,
                amount,
                payload,
                Beneficiary.Recipient(Recipient.Id, Recipient.Name, Recipient.Email),
                Order.ClientId,
                Order.Id,
                Recipient.Id,
                Reference, // one open correction of an order at a time
                hold,
                Standing
            );
    }
}
