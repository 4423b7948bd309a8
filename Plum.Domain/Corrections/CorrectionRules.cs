using Plum.Domain.Catalogue;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Domain.Corrections;

/// <summary>What can be put right about an order, by where it stands. The button asks it, the service asks it, and the executor asks it again.</summary>
public static class CorrectionRules
{
    public static Refusal? CannotReissue(Order order) =>
        CorrectionRefusals.ForEnded(order)
        ?? (
            order.Status switch
            {
                OrderStatus.Issued or OrderStatus.Delivered or OrderStatus.DeliveryFailed or OrderStatus.Rejected => null,
                OrderStatus.Placed => new Refusal(
                    "correction.not-issued",
                    "The supplier has not issued this order yet. Wait for it, or cancel it."
                ),
                OrderStatus.Redeemed => CorrectionRefusals.Redeemed,
                _ => CorrectionRefusals.Status(order),
            }
        );

    /// <summary>A booking until it is used; anything else until it has reached the recipient.</summary>
    public static Refusal? CannotCancel(Order order, RewardKind kind) =>
        CorrectionRefusals.ForEnded(order)
        ?? (
            order.Status switch
            {
                OrderStatus.Placed or OrderStatus.Issued or OrderStatus.DeliveryFailed => null,
                OrderStatus.Delivered when kind == RewardKind.Experience => null,
                OrderStatus.Delivered => new Refusal(
                    "correction.delivered",
                    "The recipient has it already: only a booking is cancelled then. Refund it instead."
                ),
                OrderStatus.Redeemed => CorrectionRefusals.Redeemed,
                _ => CorrectionRefusals.Status(order),
            }
        );

    public static Refusal? CannotRefund(Order order, IReadOnlyCollection<OrderPayment> payments) =>
        CorrectionRefusals.ForEnded(order, cancelledToo: false)
        ?? (order.Status == OrderStatus.Redeemed ? CorrectionRefusals.Redeemed : null)
        ?? (
            payments.Sum(p => p.Left) > 0 ? null : new Refusal("correction.nothing-left", "All that was paid for this order has gone back.")
        );

    /// <summary>The amount over the tenders, in the order in which they were paid.</summary>
    /// <returns>Line and minor units; or why it cannot be.</returns>
    public static (Refusal? Why, IReadOnlyList<(OrderPayment From, long MinorUnits)> Parts) Split(
        Money amount,
        IReadOnlyCollection<OrderPayment> payments
    )
    {
        var currency = payments.Select(p => p.Currency).FirstOrDefault();
        var left = payments.Sum(p => p.Left);
        if (
            (
                amount.Currency != currency ? CorrectionRefusals.OtherCurrency(currency ?? "another currency")
                : amount.MinorUnits <= 0 ? CorrectionRefusals.NotPositive
                : amount.MinorUnits > left ? CorrectionRefusals.MoreThanLeft(new Money(left, amount.Currency))
                : null
            ) is
            { } refused
        )
        {
            return (refused, []);
        }

        var parts = new List<(OrderPayment, long)>();
        var rest = amount.MinorUnits;
        foreach (var payment in payments.OrderBy(p => p.Line))
        {
            var part = Math.Min(rest, payment.Left);
            if (part > 0)
            {
                parts.Add((payment, part));
                rest -= part;
            }
        }

        return (null, parts);
    }

    public static Refusal? CannotCredit(Money amount, string fundCurrency) =>
        amount.MinorUnits <= 0 ? CorrectionRefusals.NotPositive
        : amount.Currency != fundCurrency ? CorrectionRefusals.OtherCurrency(fundCurrency)
        : null;
}

public static class CorrectionRefusals
{
    public static readonly Refusal Redeemed = new("correction.redeemed", "The reward was redeemed. A goodwill credit can still be given.");

    public static readonly Refusal NotPositive = new("correction.not-positive", "The amount is above zero.", "Amount");

    public static readonly Refusal TicketFinal = new(
        "correction.ticket-final",
        "The ticket is closed. Reopen it before you correct anything."
    );

    public static readonly Refusal IssuedAlready = new(
        "correction.issued-already",
        "The supplier has issued the new voucher: it cannot be given up any more. Have it tried again."
    );

    public static readonly Refusal NoReasonCode = new("correction.reason-code", "Choose the reason.", "ReasonCode");

    public static readonly Refusal NotOnTicket = new(
        "correction.not-on-ticket",
        "The ticket names another order, or another recipient. Correct its details first."
    );

    public static readonly Refusal OrderChanged = new(
        "correction.order-changed",
        "The order has changed since this was asked for. Nothing was done: look at the order, and ask again."
    );

    public static Refusal NoAmount(string currency) =>
        new("correction.amount", $"Write the amount in {currency}, without marks between thousands.", "Amount");

    public static readonly Refusal NoFund = new("correction.fund", "Choose the fund that it comes from.", "Fund");

    public static readonly Refusal Busy = new(
        "correction.busy",
        "Somebody corrected this order at the same moment. Look at it again, and ask again if it is still needed."
    );

    public static Refusal OtherCurrency(string currency) =>
        new("correction.currency", $"This is paid in {currency}. Give the amount in {currency}.", "Amount");

    public static Refusal MoreThanLeft(Money left) =>
        new("correction.more-than-left", $"At most {left} can go back: the rest has gone back already.", "Amount");

    public static Refusal OtherValue(Money value) =>
        new("correction.other-value", $"A reissue has the same value, {value}. Choose a reward that is sold at it.", "Reward");

    public static Refusal Status(Order order) =>
        new(
            "correction.status",
            $"{OrderReference.Of(order.Id)} is {order.Status.ToString().ToLowerInvariant()}: this does not apply to it."
        );

    /// <summary>What has come to an end is not put right a second time.</summary>
    public static Refusal? ForEnded(Order order, bool cancelledToo = true) =>
        order.ReissuedAsId is { } other
            ? new Refusal(
                "correction.reissued",
                $"{OrderReference.Of(order.Id)} was reissued as {OrderReference.Of(other)}. Correct that one."
            )
        : order.Status == OrderStatus.Refunded ? new Refusal("correction.refunded", $"{OrderReference.Of(order.Id)} was refunded already.")
        : order.Status == OrderStatus.Expired
            ? new Refusal("correction.expired", $"{OrderReference.Of(order.Id)} has expired. A goodwill credit can still be given.")
        : cancelledToo && order.Status == OrderStatus.Cancelled
            ? new Refusal("correction.cancelled", $"{OrderReference.Of(order.Id)} was cancelled already.")
        : null;
}

/// <summary>Why somebody asks for a correction, for counting.</summary>
public enum ReasonCode
{
    NeverArrived = 1,
    CodeNotAccepted = 2,
    WrongReward = 3,
    WrongValue = 4,
    Duplicate = 5,
    NotAvailable = 6,
    ServiceFailure = 7,
    ChangedMind = 8,
    Misuse = 9,
}

public static class ReasonWords
{
    public static string Of(ReasonCode code) =>
        code switch
        {
            ReasonCode.NeverArrived => "It never arrived",
            ReasonCode.CodeNotAccepted => "The code is not accepted",
            ReasonCode.WrongReward => "Another reward than was promised",
            ReasonCode.WrongValue => "Another value than was promised",
            ReasonCode.Duplicate => "Issued twice",
            ReasonCode.NotAvailable => "No longer offered",
            ReasonCode.ServiceFailure => "We failed the recipient",
            ReasonCode.ChangedMind => "The recipient changed their mind",
            ReasonCode.Misuse => "Misuse",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
        };
}
