using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Connectors;
using Plum.Domain.Connectors;
using Plum.Portal.Connectors;
using Plum.Tests.Shared;

namespace Plum.Tests.Connectors;

public class SupplierWebhookTests
{
    private const string Good =
        """{"id":"evt-1","data":{"orderId":500001,"poNumber":"REQ-1001.1","orderDate":"2026-03-01T00:00:00Z","deliveryStatus":"delivered"},"createdAt":"2026-03-01T00:00:00Z"}""";

    [Fact]
    public async Task A_webhook_is_kept_once_as_a_hint_that_its_order_is_to_be_read_again()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum);

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(portal, Good));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(portal, Good));

        var hints = plum.Get<SupplierHintService>();
        var hint = Assert.Single(await hints.WaitingAsync(10, default));
        Assert.Equal(("Xoxoday", "REQ-1001.1", "500001"), (hint.Gateway, hint.Reference, hint.SupplierReference));
        await hints.ReadAsync(hint.Id, default);
        await hints.ReadAsync(hint.Id, default);
        Assert.Empty(await hints.WaitingAsync(10, default));
        await using var db = plum.Peek();
        Assert.Equal("delivered", (await db.SupplierHints.SingleAsync()).RawStatus);
    }

    [Fact]
    public async Task One_that_comes_late_after_another_of_the_same_order_only_has_it_read_once_more()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum);
        await PostAsync(portal, Good);
        plum.Clock.Advance(TimeSpan.FromDays(40));

        Assert.Equal(
            HttpStatusCode.Accepted,
            await PostAsync(
                portal,
                Good.Replace("evt-1", "evt-0", StringComparison.Ordinal).Replace("delivered", "pending", StringComparison.Ordinal)
            )
        );

        Assert.Equal(
            ["REQ-1001.1", "REQ-1001.1"],
            (await plum.Get<SupplierHintService>().WaitingAsync(10, default)).Select(h => h.Reference!)
        );
    }

    [Theory]
    [InlineData("another-key-altogether-x")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(Xoxoday.WebhookKey + "x")]
    public async Task One_that_is_badly_signed_is_not_taken(string? key)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum);

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(portal, Good, key));

        Assert.Empty(await plum.Get<SupplierHintService>().WaitingAsync(10, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"evt-1"}""")]
    [InlineData("""{"id":"evt-1","data":{}}""")]
    [InlineData("""{"id":"evt-1","data":{"orderId":{},"poNumber":"a b"}}""")]
    [InlineData("""{"data":{"orderId":1}}""")]
    [InlineData("""{"id":{"deep":[[[[[[[[[[]]]]]]]]]]},"data":{"orderId":1}}""")]
    public async Task One_that_cannot_be_read_is_a_bad_request(string body)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum);

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(portal, body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_too_large_is_not_read_to_its_end(bool saysItsLength)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum);
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(Good + new string(' ', 64 << 10)));

        using HttpContent content = saysItsLength ? new ByteArrayContent(body.ToArray()) : new StreamContent(new Unmeasured(body));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(portal, content, Xoxoday.WebhookKey));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task Nothing_listens_until_it_is_configured(bool gateway, bool key)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = Portal(plum, gateway, key);

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(portal, Good));
    }

    [Theory]
    [EachDatabase]
    public async Task Of_sixteen_that_come_at_once_with_one_id_one_is_new(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var hints = plum.Get<SupplierHintService>();

        var isNew = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ => Task.Run(() => hints.KeepAsync("Xoxoday", new SupplierNotice("evt-1", "REQ-1", null, null), default)))
        );

        Assert.Single(isNew, n => n);
        Assert.True(await hints.KeepAsync("Sandbox", new SupplierNotice("evt-1", "REQ-1", null, null), default));
    }

    private static PlumPortal Portal(PlumDatabase plum, bool gateway = true, bool key = true) =>
        new(
            plum,
            settings:
            [
                .. gateway
                    ? new[] { ("Connectors:Xoxoday:Url", "https://accounts.example/api"), ("Connectors:Xoxoday:Token", "the-token") }
                    : [],
                .. key ? new[] { ("Connectors:Xoxoday:WebhookKey", Xoxoday.WebhookKey) } : [],
            ]
        );

    private static async Task<HttpStatusCode> PostAsync(PlumPortal portal, string body, string? key = Xoxoday.WebhookKey)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await PostAsync(portal, content, key);
    }

    private static async Task<HttpStatusCode> PostAsync(PlumPortal portal, HttpContent content, string? key)
    {
        using var http = portal.CreateClient(
            new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, SupplierWebhookEndpoints.Xoxoday) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>A body whose length nobody knows.</summary>
    private sealed class Unmeasured(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
