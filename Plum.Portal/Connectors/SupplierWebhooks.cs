using Microsoft.AspNetCore.Mvc;
using Plum.Data.Connectors;
using Plum.Domain.Connectors;

namespace Plum.Portal.Connectors;

/// <summary>Takes suppliers' webhooks in, from the network and from the sandbox alike. Each is a hint: kept once, and the order is read again.</summary>
public sealed class SupplierWebhooks(SupplierHintService hints, ILogger<SupplierWebhooks> logger)
{
    /// <returns>What the supplier is told: 202 taken, now or before; 401 badly signed; 400 not to be read.</returns>
    public async Task<int> TakeAsync(
        ISupplierGateway gateway,
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken ct
    )
    {
        switch (gateway.ParseWebhook(headers, body))
        {
            case WebhookOutcome.Noticed noticed:
                var isNew = await hints.KeepAsync(gateway.Name, noticed.Notice, ct);
                logger.LogInformation("Webhook {Id} of {Gateway}: {New}", noticed.Notice.Id, gateway.Name, isNew ? "kept" : "came before");
                return StatusCodes.Status202Accepted;
            case WebhookOutcome.Malformed malformed:
                logger.LogWarning("A webhook of {Gateway} cannot be read: {Reason}", gateway.Name, malformed.Reason);
                return StatusCodes.Status400BadRequest;
            default:
                logger.LogWarning("A webhook of {Gateway} is badly signed", gateway.Name);
                return StatusCodes.Status401Unauthorized;
        }
    }
}

public static class SupplierWebhookEndpoints
{
    public const string Xoxoday = "/connectors/xoxoday/webhook";
    private const int MostBytes = 64 << 10;

    public static WebApplication MapSupplierWebhooks(this WebApplication app)
    {
        var gateway = app.Services.GetRequiredService<SupplierGateways>().Named(XoxodayGateway.GatewayName); // made here: what is misconfigured stops the start
        app.MapPost(
                Xoxoday,
                async (HttpContext http, [FromServices] SupplierWebhooks webhooks) =>
                    Results.Text("", statusCode: await TakeAsync(http, gateway, webhooks))
            )
            .AllowAnonymous() // the key in its header says who it is
            .DisableAntiforgery()
            .WithMetadata(new SkipStatusCodePagesAttribute());
        return app;
    }

    private static async Task<int> TakeAsync(HttpContext http, ISupplierGateway? gateway, SupplierWebhooks webhooks) =>
        gateway is not { Abilities.SendsWebhooks: true } ? StatusCodes.Status404NotFound // off until configured
        : await BodyAsync(http.Request, http.RequestAborted) is { } body
            ? await webhooks.TakeAsync(gateway, Headers(http.Request), body, http.RequestAborted)
        : StatusCodes.Status400BadRequest;

    private static Dictionary<string, string> Headers(HttpRequest request) =>
        request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <returns>Null when there is more than a webhook may have.</returns>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        using var kept = new MemoryStream();
        var buffer = new byte[8 << 10];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            if (kept.Length + read > MostBytes)
            {
                return null;
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }
}
