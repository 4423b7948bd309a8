using Microsoft.EntityFrameworkCore;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Demonstration;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Demonstration;

/// <summary>What the requests of the demonstration ask for, and what money they reserve.</summary>
internal sealed class DemonstrationPayloads(PlumDbContext db, DemonstrationPlan plan, DemonstrationMoney money)
{
    public async Task<(CorrectionPayload Payload, IReadOnlyList<Leg> Hold)> OfAsync(ChosenRequest chosen, CancellationToken ct)
    {
        var (ticket, order, recipient) = (chosen.On.Ticket, chosen.On.Order, chosen.On.Recipient);
        var currency = chosen.Amount.Currency;
        if (chosen.Kind == RequestKind.GoodwillCredit)
        {
            var fund = await money.OpenAsync(AccountTerms.Goodwill(currency), ct);
            var wallet = await money.OpenAsync(
                AccountTerms.Wallet(ticket.ClientId, recipient.Id, ticket.ProgrammeId, currency, recipient.Name),
                ct
            );
            return (new CorrectionPayload.Goodwill(fund, wallet, chosen.Amount, recipient.Name), Legs.Move(fund, wallet, chosen.Amount));
        }

        // As it stood when the request was made: what went back since went back by it.
        var went = chosen.End == RequestState.Executed;
        var standing = new OrderStanding(
            order.Id,
            went ? OrderStatus.Issued : order.Status,
            order.SupplierId,
            order.SupplierReference,
            order.VoucherLast4,
            [new PaymentStanding(1, order.Value.MinorUnits, 0)]
        );
        if (chosen.Kind == RequestKind.Reissue)
        {
            var name = await db.Rewards.Where(r => r.Id == order.RewardId).Select(r => r.Name).SingleAsync(ct);
            return (
                new CorrectionPayload.Reissue(
                    standing,
                    order.RewardId,
                    order.SupplierId,
                    name,
                    order.Value,
                    CancelsFirst: order.SupplierReference is not null
                ),
                []
            );
        }

        var programme = plan.World.Clients.SelectMany(c => c.Programmes).First(p => p.Id == order.ProgrammeId).Name;
        var to = await money.OpenAsync(
            order.PaidWith switch
            {
                Tender.ProgrammeBudget => AccountTerms.Budget(order.ClientId, order.ProgrammeId, currency, programme),
                Tender.Points => AccountTerms.Wallet(order.ClientId, recipient.Id, order.ProgrammeId, currency, recipient.Name),
                _ => AccountTerms.CardRefunds(currency),
            },
            ct
        );
        var supplier = plan.World.Catalogue.Suppliers.First(s => s.Id == order.SupplierId).Name;
        var clearing = await money.OpenAsync(AccountTerms.Supplier(order.SupplierId, currency, supplier), ct);
        IReadOnlyList<RefundPart> parts = [new RefundPart(1, order.PaidWith, order.Value.MinorUnits, to)];
        return (
            chosen.Kind == RequestKind.Refund
                ? new CorrectionPayload.Refund(standing, parts, CancelsFirst: order.SupplierReference is not null)
                : new CorrectionPayload.Cancellation(standing, parts, new Money(0, currency)),
            Legs.Move(clearing, to, chosen.Amount)
        );
    }

    public static string Title(ChosenRequest chosen)
    {
        var (order, name) = (OrderReference.Of(chosen.On.Order.Id), chosen.On.Recipient.Name);
        return chosen.Kind switch
        {
            RequestKind.Refund => $"Refund {chosen.Amount} to {name} for {order}",
            RequestKind.Cancellation => $"Cancel {order} of {name}",
            RequestKind.Reissue => $"Reissue {order} to {name}",
            _ => $"Credit {chosen.Amount} to {name} as goodwill",
        };
    }

    public static (ReasonCode Code, string Reason) Words(RequestKind kind, Dice dice) =>
        dice.Pick<(ReasonCode, string)>(
            kind switch
            {
                RequestKind.GoodwillCredit =>
                [
                    (ReasonCode.ServiceFailure, "Waited nine days for an answer, and wrote three times."),
                    (ReasonCode.NeverArrived, "The gift was for a birthday that has passed."),
                    (ReasonCode.ServiceFailure, "We sent the wrong reward twice; the client asked us to make it good."),
                ],
                RequestKind.Reissue =>
                [
                    (ReasonCode.CodeNotAccepted, "The shop refuses the code, and the supplier confirms that it is not active."),
                    (ReasonCode.NeverArrived, "Sent to an address that bounces; the recipient gave a new one."),
                ],
                RequestKind.Cancellation =>
                [
                    (ReasonCode.ChangedMind, "The recipient cannot travel on that date."),
                    (ReasonCode.Duplicate, "Ordered twice from the same allocation."),
                ],
                _ =>
                [
                    (ReasonCode.NeverArrived, "Never arrived, and the recipient no longer wants it."),
                    (ReasonCode.NotAvailable, "The brand has closed its shops in the country."),
                    (ReasonCode.Duplicate, "Charged twice for one reward."),
                ],
            }
        );
}

internal sealed record OnTicket(Ticket Ticket, Order Order, Recipient Recipient);

internal sealed record ChosenRequest(
    OnTicket On,
    RequestKind Kind,
    RequestState End,
    Money Amount,
    DateTime MadeAtUtc,
    Actor Maker,
    Role Role,
    PolicySnapshot Policy
)
{
    public long OrderId => On.Order.Id;
}
