using Plum.Domain.Catalogue;
using Plum.Domain.Orders;

namespace Plum.Domain.Demonstration;

/// <summary>What happened to one order until now, apart from what its tickets did.</summary>
internal sealed class OrderLife(long id, DateTime placedUtc, DateTime issuedUtc, DateTime nowUtc)
{
    private readonly List<PlannedOrderEvent> _events = [];

    public OrderStatus Status { get; private set; }
    public IReadOnlyList<PlannedOrderEvent> Events => _events;

    public void Go(Dice dice, Trouble? trouble, PlannedReward reward, DateTime dueUtc)
    {
        Happens(placedUtc, OrderStatus.Placed, "Placed", dice.Chance(700) ? "Allocation file" : "Client API");
        Happens(issuedUtc, OrderStatus.Issued, "Issued by the supplier", reward.Supplier.Name);

        var sent = issuedUtc.AddSeconds(dice.Between(5, 240));
        if (trouble == Trouble.NotReceived && dice.Chance(650))
        {
            var why = dice.Pick(Failures);
            Happens(sent, OrderStatus.DeliveryFailed, "Delivery failed", "Delivery", why);
            return;
        }

        Happens(sent, OrderStatus.Delivered, "Delivered", "Delivery");
        if (trouble == Trouble.Expired)
        {
            Happens(issuedUtc.AddDays(60), OrderStatus.Expired, "Expired unused", reward.Supplier.Name);
        }
        else if (trouble is Trouble.DeclinedAtTill or Trouble.CodeInvalid)
        {
            var tried = dueUtc.AddMinutes(-dice.Between(5, 600));
            Happens(
                tried > sent ? tried : sent.AddMinutes(1),
                OrderStatus.Delivered,
                "Redemption declined",
                reward.Supplier.Name,
                dice.Pick(Declines)
            );
        }
        else if (trouble is null && reward.Brand.Kind == RewardKind.GiftCard && dice.Chance(720))
        {
            var days = dice.Spread([0, 1, 3, 9, 30, 80, 150, 300]);
            Happens(sent.AddDays(days).AddMinutes(dice.Below(600)), OrderStatus.Redeemed, "Redeemed", reward.Supplier.Name);
        }
    }

    private static readonly string[] Failures =
    [
        "550 5.1.1 mailbox unavailable",
        "552 5.2.2 mailbox full",
        "SMS 30003 unreachable handset",
        "SMS 30005 unknown destination",
        "WhatsApp 131026 no account under this number",
    ];

    private static readonly string[] Declines =
    [
        "REJECTED-51 card not active",
        "REJECTED-14 unknown number",
        "REJECTED-91 issuer unavailable",
        "REJECTED-57 not permitted at this merchant",
    ];

    private void Happens(DateTime atUtc, OrderStatus status, string what, string who, string? note = null)
    {
        if (atUtc < nowUtc)
        {
            Status = status;
            _events.Add(new PlannedOrderEvent(id, atUtc, status, what, who, note));
        }
    }
}
