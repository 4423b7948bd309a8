using Microsoft.EntityFrameworkCore;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Tests.Shared;

/// <summary>What was rewarded: programmes, a catalogue, recipients and orders.</summary>
public sealed partial class PlumDatabase
{
    public async Task<Programme> HasProgrammeAsync(Client client, string code = "SUMMER", string currency = "GBP")
    {
        await using var db = Peek();
        if (await db.Programmes.SingleOrDefaultAsync(p => p.ClientId == client.Id && p.Code == code) is { } there)
        {
            return there;
        }

        var programme = Programme.Start(client.Id, code, $"{code} of {client.Code}", currency, DeliveryChannel.Email);
        db.Add(programme);
        await db.SaveChangesAsync();
        return programme;
    }

    public async Task<Brand> HasBrandAsync(string name = "Amazing")
    {
        await using var db = Peek();
        if (await db.Brands.SingleOrDefaultAsync(b => b.Name == name) is { } there)
        {
            return there;
        }

        var brand = Brand.List(name);
        db.Add(brand);
        await db.SaveChangesAsync();
        return brand;
    }

    public async Task<Supplier> HasSupplierAsync(string code = "GIFTCO")
    {
        await using var db = Peek();
        if (await db.Suppliers.SingleOrDefaultAsync(s => s.Code == code) is { } there)
        {
            return there;
        }

        var supplier = Supplier.Engage(code, $"{code} Limited");
        db.Add(supplier);
        await db.SaveChangesAsync();
        return supplier;
    }

    /// <summary>A gift card of 10, 25 or 50 pounds unless told otherwise.</summary>
    public async Task<Reward> HasRewardAsync(
        string name = "Gift card",
        string brand = "Amazing",
        string supplier = "GIFTCO",
        RewardKind kind = RewardKind.GiftCard,
        string country = "GB",
        string currency = "GBP",
        string? code = null
    )
    {
        var (brandId, supplierId) = ((await HasBrandAsync(brand)).Id, (await HasSupplierAsync(supplier)).Id);
        await using var db = Peek();
        if (await db.Rewards.FirstOrDefaultAsync(r => r.Name == name && r.BrandId == brandId && r.Country == country) is { } there)
        {
            return there;
        }

        var reward = Reward.Offer(
            brandId,
            supplierId,
            code ?? $"R-{Guid.NewGuid():N}",
            name,
            kind,
            country,
            currency,
            [1000, 2500, 5000],
            0,
            0
        );
        db.Add(reward);
        await db.SaveChangesAsync();
        return reward;
    }

    public async Task<Recipient> HasRecipientAsync(
        Client? client = null,
        string name = "Jane Okafor",
        string? email = "jane@acme.example",
        string? phone = "+447700900123",
        string? employeeNumber = null
    )
    {
        client ??= await OnlyClientAsync();
        await using var db = Peek();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var id = await db.TakeAsync(Numbers.Recipients, 1, default);
        var recipient = Recipient.Enrol(id, client.Id, name, email, phone, employeeNumber, "GB");
        db.Add(recipient);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return recipient;
    }

    /// <summary>An order of 25 pounds, issued with a voucher that is sealed as in production; <paramref name="voucher"/> null leaves it placed.</summary>
    public async Task<Order> HasOrderAsync(
        Recipient? recipient = null,
        Reward? reward = null,
        string? voucher = "XK4P-99QT-7731",
        string programme = "SUMMER",
        long minorUnits = 2500,
        Tender paidWith = Tender.ProgrammeBudget
    )
    {
        recipient ??= await HasRecipientAsync();
        reward ??= await HasRewardAsync();
        await using var db = Peek();
        var client = await db.Clients.SingleAsync(c => c.Id == recipient.ClientId);
        var programmeId = (await HasProgrammeAsync(client, programme)).Id;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var order = Order.Place(
            await db.TakeAsync(Numbers.Orders, 1, default),
            client.Id,
            programmeId,
            recipient.Id,
            reward.Id,
            reward.BrandId,
            reward.SupplierId,
            new Money(minorUnits, reward.Currency),
            paidWith,
            Now
        );
        db.Add(order);
        db.Add(OrderPayment.Capture(order.Id, 1, paidWith, order.Value));
        db.Add(OrderEvent.Of(order.Id, OrderStatus.Placed, "Placed", Lead, Now));
        if (voucher is not null)
        {
            var sealedVoucher = Get<VoucherVault>().Seal(order.Id, voucher, "0042");
            order.Issue($"SUP-{order.Id}", sealedVoucher.Text, sealedVoucher.Last4, Now, Now.AddYears(1));
            db.Add(OrderEvent.Of(order.Id, OrderStatus.Issued, "Issued", Lead, Now));
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
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
