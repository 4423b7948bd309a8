using Plum.Data.Tickets;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Tests.Shared;

/// <summary>Recipients and their orders, written straight into the tables: their services are tested in their own room.</summary>
public sealed partial class PlumDatabase
{
    private long _nextRecipient = 500;
    private long _nextOrder = 20_000;

    public async Task<Recipient> HasRecipientAsync(Client? client = null, string name = "Jane Okafor", string? email = "jane@acme.example")
    {
        client ??= await OnlyClientAsync();
        await using var db = Peek();
        var recipient = Recipient.Enrol(_nextRecipient++, client.Id, name, email, "+447700900123", null, "GB");
        db.Add(recipient);
        await db.SaveChangesAsync();
        return recipient;
    }

    public async Task<Order> HasOrderAsync(Recipient recipient)
    {
        await using var db = Peek();
        var programme = Programme.Start(recipient.ClientId, $"P{_nextOrder}", "Spring thank-you", "GBP", DeliveryChannel.Email);
        var brand = Brand.List($"Harbour Books {_nextOrder}");
        var supplier = Supplier.Engage($"S{_nextOrder}", "Tidewater Vouchers");
        db.AddRange(programme, brand, supplier);
        var reward = Reward.Offer(brand.Id, supplier.Id, "Gift card", RewardKind.GiftCard, "GB", "GBP", [2500], 0, 0);
        db.Add(reward);
        var order = Order.Place(
            _nextOrder++,
            recipient.ClientId,
            programme.Id,
            recipient.Id,
            reward.Id,
            brand.Id,
            supplier.Id,
            new Money(2500, "GBP"),
            Tender.ProgrammeBudget,
            Now
        );
        order.Issue("TW-881", voucherSealed: null, voucherLast4: "7731", Now, expiresAtUtc: null);
        db.Add(order);
        db.Add(OrderEvent.Of(order.Id, OrderStatus.Issued, "Voucher issued", Actor.Job("supplier"), Now));
        await db.SaveChangesAsync();
        return order;
    }

    /// <summary>A ticket of a recipient with an address; of a recipient of its own unless told whose.</summary>
    public async Task<Ticket> HasTicketOfRecipientAsync(
        Recipient? recipient = null,
        string subject = "My voucher never came",
        Order? order = null
    )
    {
        recipient ??= await HasRecipientAsync();
        var category = await HasCategoryAsync();
        var outcome = await Get<TicketService>()
            .OpenAsync(
                new OpenTicket(
                    recipient.ClientId,
                    category.Id,
                    subject,
                    IntakeChannel.Email,
                    RecipientId: recipient.Id,
                    OrderId: order?.Id
                ),
                Lead,
                default
            );
        var id = TicketReference.Parse(Assert.IsType<Outcome.Done>(outcome).Key)!.Value;
        await using var db = Peek();
        return db.Tickets.Single(t => t.Id == id);
    }
}
