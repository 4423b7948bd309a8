using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Deliveries;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Plum.Tests.Deliveries;

[Collection(PortalCollection.Name)]
public partial class DeliveriesJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    private const string Voucher = "JRNY-77QT-0815";

    [Fact]
    public async Task A_failed_delivery_is_corrected_and_sent_again_and_its_recipient_opens_the_reward()
    {
        var (order, phone) = (await HasOrderAsync("Ines Ferreira"), $"+4477009{Random.Shared.Next(10_000, 99_999)}");
        var reference = OrderReference.Of(order.Id);
        var page = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(page, Role.ProgrammeAdmin);
        await page.GotoAsync(Portal.At($"/deliveries?q={reference}").ToString());
        await Browser.ReadyAsync(page);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No delivery matches these filters" })).ToBeVisibleAsync();

        // It fails while somebody looks.
        await HasFailedAsync(order);
        await page.GetByRole(AriaRole.Button, new() { Name = "1 changed, show" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = reference }).ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog);
        await Expect(sheet.GetByText("Correct the address")).ToBeVisibleAsync();
        await sheet.GetByLabel("Address").FillAsync(phone);
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.GetByText($"{reference} is sent again.")).ToBeVisibleAsync();

        // The sandbox, which stands in for the provider, has the message.
        await page.GotoAsync(Portal.At($"/sandbox/messages?q={Uri.EscapeDataString(phone)}").ToString());
        await Browser.ReadyAsync(page);
        for (var look = 0; look < 60 && await page.GetByRole(AriaRole.Link, new() { Name = phone }).CountAsync() == 0; look++)
        {
            await Portal.Get<DeliveryDispatch>().SendDueAsync(DeliveryChannel.Sms, 100, PlumDatabase.Job, default);
            await page.ReloadAsync();
            await Browser.ReadyAsync(page);
            await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
        }

        await page.GetByRole(AriaRole.Link, new() { Name = phone }).ClickAsync();
        var bubble = page.GetByRole(AriaRole.Dialog).Locator(".message-bubble");
        await Expect(bubble).ToContainTextAsync("/r/");
        var link = Link().Match(await bubble.InnerTextAsync()).Value;

        // The recipient has no account.
        var recipient = await Browser.NewPageAsync(width: 400);
        await recipient.GotoAsync(Portal.At(link).ToString());
        await Expect(recipient.GetByText("Ines Ferreira")).ToBeVisibleAsync();
        await Expect(recipient.GetByText(Voucher)).ToHaveCountAsync(0);
        await recipient.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(recipient.GetByText(Voucher)).ToBeVisibleAsync();
        await Browser.ShootAsync(recipient, "reward-opened");

        await page.GotoAsync(Portal.At($"/orders/{reference}").ToString());
        await Browser.ReadyAsync(page);
        var row = page.GetByRole(AriaRole.Table, new() { Name = "Deliveries of this order" })
            .GetByRole(AriaRole.Row)
            .Filter(new() { HasText = phone });
        await Expect(row.GetByText("Opened", new() { Exact = true })).ToBeVisibleAsync();
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        Assert.Equal(
            ["Sent again, to another address", "Opened by the recipient"],
            await db
                .AuditEntries.Where(a => a.Room == "Deliveries" && a.Subject == reference)
                .OrderBy(a => a.Id)
                .Select(a => a.What)
                .ToListAsync()
        );
        Assert.Equal(OrderStatus.Delivered, await db.Orders.Where(o => o.Id == order.Id).Select(o => o.Status).SingleAsync());
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task The_pages_are_accessible_and_fit_their_window(ColorScheme scheme, int width)
    {
        var order = await HasOrderAsync("Maximiliane-Wilhelmine Featherstonehaugh-Cholmondeley of the Northern Anniversary Committee");
        var failed = await HasFailedAsync(order);
        var sent = await HasOrderAsync("Ali Haddad");
        await using (var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync())
        {
            Assert.Null(
                await DeliveryQueueing.QueueAsync(db, sent, DateTime.UnixEpoch, default, DeliveryChannel.Email, message: "Thank you!")
            );
            Audit(db);
            await db.SaveChangesAsync();
        }

        await Portal.Get<DeliveryDispatch>().SendDueAsync(DeliveryChannel.Email, 100, PlumDatabase.Job, default);
        var page = await Browser.NewPageAsync(scheme, width);
        await Portal.SignInAsAsync(page, Role.OpsLead);
        await CheckAsync("/", "home", page.GetByRole(AriaRole.Heading, new() { Name = "Failed deliveries" }));
        await CheckAsync("/deliveries", "queue", page.GetByRole(AriaRole.Table, new() { Name = "Deliveries" }));
        await CheckAsync($"/deliveries?id={failed.Id}", "sheet", page.GetByRole(AriaRole.Dialog));
        await CheckAsync(
            "/deliveries?q=nobody-at-all",
            "empty",
            page.GetByRole(AriaRole.Heading, new() { Name = "No delivery matches these filters" })
        );
        await CheckAsync("/sandbox/messages", "sandbox", page.GetByRole(AriaRole.Table, new() { Name = "Messages of the sandbox" }));
        await page.GetByRole(AriaRole.Table, new() { Name = "Messages of the sandbox" }).GetByRole(AriaRole.Link).Nth(0).ClickAsync();
        await LookAsync("message", page.GetByRole(AriaRole.Dialog), isMail: true);
        await CheckAsync(
            $"/programmes/{order.ProgrammeId}/messages",
            "programme",
            page.GetByRole(AriaRole.Heading, new() { Name = "Templates" })
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Write a template" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await LookAsync("template", page.Locator("dialog[open] .message-frame, dialog[open] .message-phone"), isMail: true);
        await CheckAsync(
            $"/orders/{OrderReference.Of(order.Id)}",
            "order",
            page.GetByRole(AriaRole.Table, new() { Name = "Deliveries of this order" })
        );
        await page.GotoAsync(Portal.At("/deliveries").ToString());
        await Browser.ReadyAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Mend many" }).ClickAsync();
        await LookAsync("many", page.GetByRole(AriaRole.Dialog));

        async Task CheckAsync(string at, string name, ILocator shown)
        {
            await page.GotoAsync(Portal.At(at).ToString());
            await Browser.ReadyAsync(page);
            await LookAsync(name, shown);
        }

        // In a mail's frame nothing runs, axe neither, which would wait for ever.
        async Task LookAsync(string name, ILocator shown, bool isMail = false)
        {
            await Expect(shown).ToBeVisibleAsync();
            await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            await Browser.ShootAsync(page, $"deliveries-{name}-{scheme}-{width}".ToLowerInvariant());
            Assert.Equal((name, 0), (name, await Browser.SidewaysAsync(page)));
            if (!isMail)
            {
                Assert.Empty((await Browser.AccessibilityFaultsAsync(page)).Select(fault => $"{name} {fault}"));
            }
        }
    }

    /// <summary>An issued order of a recipient of this journey's own, with a voucher that opens.</summary>
    private async Task<Order> HasOrderAsync(string name)
    {
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var like = await db.Orders.OrderBy(o => o.Id).FirstAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var recipient = Recipient.Enrol(
            await db.TakeAsync(Numbers.Recipients, 1, default),
            like.ClientId,
            name,
            $"recipient-{Guid.NewGuid():N}@example.com",
            "+447700900000",
            employeeNumber: null,
            "GB"
        );
        var order = Order.Place(
            await db.TakeAsync(Numbers.Orders, 1, default),
            like.ClientId,
            like.ProgrammeId,
            recipient.Id,
            like.RewardId,
            like.BrandId,
            like.SupplierId,
            like.Value,
            like.PaidWith,
            now
        );
        var voucher = Portal.Get<VoucherVault>().Seal(order.Id, Voucher, pin: null);
        order.Issue($"SUP-{order.Id}", voucher.Text, voucher.Last4, now, now.AddYears(1));
        db.AddRange(recipient, order);
        Audit(db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return order;
    }

    /// <summary>By SMS, to a number that nobody has.</summary>
    private async Task<Delivery> HasFailedAsync(Order order)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var delivery = Delivery.Queue(
            new QueuedDelivery(order.ClientId, order.ProgrammeId, order.Id, order.RecipientId, DeliveryChannel.Sms, "+447700900000"),
            now
        );
        delivery.Fail(DeliveryFault.Recipient, "30005", "Unknown destination handset", now);
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        db.Add(delivery);
        Audit(db);
        await db.SaveChangesAsync();
        return delivery;
    }

    private static void Audit(PlumDbContext db) =>
        db.Add(Domain.Audit.AuditEntry.For("Deliveries", "journey", "Made", Actor.Job("test"), DateTime.UnixEpoch));

    [GeneratedRegex("/r/[A-Za-z0-9_-]{34}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();
}
