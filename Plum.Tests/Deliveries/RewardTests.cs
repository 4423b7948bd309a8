using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Deliveries;
using Plum.Data.Orders;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

public class RewardTests
{
    [Theory]
    [EachDatabase]
    public async Task Looking_opens_nothing_and_opening_leaves_a_trace_and_shows_the_voucher(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasSandboxAsync(SandboxManner.DeliverLate, delay: 3600);
        var (delivery, token) = await LinkAsync(plum);
        var rewards = plum.Get<RewardOpening>();

        var glance = await rewards.LookAsync(token, default);
        Assert.Equal(("Jane Okafor", "Amazing", "Well done!"), (glance!.Recipient, glance.Brand, glance.Message));
        Assert.Null((await plum.ReloadAsync(delivery)).OpenedAtUtc);

        var contents = await rewards.OpenAsync(token, default);

        Assert.Equal(("XK4P-99QT-7731", "0042", "GFT-10001"), (contents!.Code, contents.Pin, contents.OrderReference));
        Assert.DoesNotContain("XK4P", contents.ToString(), StringComparison.Ordinal);
        var opened = await plum.ReloadAsync(delivery);
        Assert.Equal((DeliveryState.Delivered, plum.Now), (opened.State, opened.OpenedAtUtc));
        Assert.Equal(OrderStatus.Delivered, await plum.StatusOfAsync(delivery.OrderId));
        await using var db = plum.Peek();
        Assert.Contains("Opened by the recipient", await db.AuditEntries.Select(a => a.What).ToListAsync());
        Assert.DoesNotContain(
            await db.AuditEntries.Select(a => a.Subject + a.What + a.Why).ToListAsync(),
            t => t.Contains("XK4P", StringComparison.Ordinal)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_link_that_was_changed_has_ended_or_whose_order_is_cancelled_opens_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (delivery, token) = await LinkAsync(plum);
        var rewards = plum.Get<RewardOpening>();
        for (var i = 0; i < token.Length; i++)
        {
            var other = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            if (i < token.Length - 1) // the last sign holds two bits that say nothing
            {
                Assert.Null(await rewards.OpenAsync(other, default));
            }
        }

        foreach (var nonsense in new[] { null, "", "x", new string('A', 34), new string('A', 5000), token + "A" })
        {
            Assert.Null(await rewards.LookAsync(nonsense, default));
        }

        await using (var db = plum.Peek())
        {
            await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, OrderStatus.Cancelled));
            Assert.Null(await rewards.OpenAsync(token, default));
            await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, OrderStatus.Delivered));
            Assert.NotNull(await rewards.LookAsync(token, default));
        }

        plum.Clock.Advance(TimeSpan.FromDays(ProgrammeDelivery.UsualLinkDays + 1));
        Assert.Null(await rewards.OpenAsync(token, default));
    }

    [Fact]
    public async Task The_page_keeps_the_link_to_itself_and_every_wrong_link_is_answered_alike()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = new PlumPortal(plum);
        using var http = portal.CreateClient(
            new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false }
        );
        var order = await plum.HasOrderAsync();
        var delivery = await plum.HasDeliveryAsync(order);
        var signer = await portal.Services.GetRequiredService<RewardLinks>().SignerAsync(default);
        var day = DateOnly.FromDateTime(plum.Now);
        var token = signer.Sign(delivery.Id, day.AddDays(9));
        var vault = portal.Services.GetRequiredService<VoucherVault>(); // the portal has a key ring of its own
        await using (var db = plum.Peek())
        {
            var text = vault.Seal(order.Id, "XK4P-99QT-7731").Text;
            await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.VoucherSealed, text));
        }

        using var page = await http.GetAsync(new Uri($"/r/{token}", UriKind.Relative));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Contains("noindex", page.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("XK4P", html, StringComparison.Ordinal);
        Assert.Null((await plum.ReloadAsync(delivery)).OpenedAtUtc);

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/r/{token}", UriKind.Relative));
        request.Headers.Add("Origin", "null"); // what a browser sends from a page without a referrer
        using var opened = await http.SendAsync(request);
        Assert.Contains("XK4P-99QT-7731", await opened.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var answers = new List<(HttpStatusCode, string)>();
        foreach (var wrong in new[] { "nonsense", signer.Sign(delivery.Id, day.AddDays(-1)), signer.Sign(999_999, day.AddDays(9)) })
        {
            using var answer = await http.GetAsync(new Uri($"/r/{wrong}", UriKind.Relative));
            answers.Add((answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Item1);
        Assert.Single(answers.Distinct());
    }

    private static async Task<(Delivery Delivery, string Token)> LinkAsync(PlumDatabase plum)
    {
        var delivery = await plum.HasDeliveryAsync();
        await plum.DispatchAsync();
        await using var db = plum.Peek();
        var text = await db.SandboxMessages.Select(m => m.Text).SingleAsync();
        var at = text.IndexOf("/r/", StringComparison.Ordinal) + 3;
        return (delivery, text.Substring(at, RewardLinks.Length));
    }
}
