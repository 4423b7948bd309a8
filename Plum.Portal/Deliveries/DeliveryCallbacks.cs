using Microsoft.AspNetCore.Mvc;
using Plum.Data.Deliveries;
using Plum.Domain.Shared;

namespace Plum.Portal.Deliveries;

/// <summary>
/// Where providers tell what became of messages. Each is off, and answers 404, until its secret is configured; what is badly signed is answered 401
/// and never read; what is well signed is answered 200 even when it speaks of messages that Plum does not know.
/// </summary>
public static class DeliveryCallbacks
{
    public const string Twilio = "/deliveries/callbacks/twilio";
    public const string WhatsApp = "/deliveries/callbacks/whatsapp";
    public const string Ses = "/deliveries/callbacks/ses";
    public const string SendGrid = "/deliveries/callbacks/sendgrid";
    private const int MostBytes = 1 << 20;

    private static readonly Actor By = Actor.Job("Provider callback");

    public static WebApplication MapDeliveryCallbacks(this WebApplication app)
    {
        Open(
            app.MapPost(
                Twilio,
                (HttpContext http, [FromServices] TwilioCallback reading) => TakeAsync(http, TwilioSender.SenderName, reading)
            )
        );
        Open(
            app.MapPost(
                WhatsApp,
                (HttpContext http, [FromServices] WhatsAppCallback reading) => TakeAsync(http, WhatsAppSender.SenderName, reading)
            )
        );
        Open(app.MapGet(WhatsApp, (HttpContext http, [FromServices] WhatsAppCallback reading) => reading.Handshake(http.Request.Query)));
        Open(app.MapPost(Ses, (HttpContext http, [FromServices] SesCallback reading) => TakeAsync(http, EmailSender.SenderName, reading)));
        Open(
            app.MapPost(
                SendGrid,
                (HttpContext http, [FromServices] SendGridCallback reading) => TakeAsync(http, EmailSender.SenderName, reading)
            )
        );
        return app;
    }

    private static void Open(RouteHandlerBuilder endpoint) =>
        endpoint
            .AllowAnonymous() // the signature says who it is
            .DisableAntiforgery()
            .WithMetadata(new SkipStatusCodePagesAttribute());

    private static async Task<IResult> TakeAsync(HttpContext http, string provider, ICallbackReading reading)
    {
        if (!reading.IsOn)
        {
            return Results.Text("", statusCode: StatusCodes.Status404NotFound);
        }

        if (await BodyAsync(http.Request, http.RequestAborted) is not { } body)
        {
            return Results.Text("", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var heard = await reading.ReadAsync(http.Request, body, http.RequestAborted);
        if (heard.Notices is null)
        {
            var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DeliveryCallbacks));
            log.LogWarning("A callback for {Provider} was not taken: {Reason}", provider, heard.Refused);
            return Results.Text("", statusCode: heard.Status);
        }

        // CancellationToken.None: once it is read it is kept, whether the provider waits for the answer or not.
        await http.RequestServices.GetRequiredService<DeliveryHearing>().HearAsync(provider, heard.Notices, By, CancellationToken.None);
        return Results.Text("", statusCode: StatusCodes.Status200OK);
    }

    /// <returns>Null when there is more than a callback may have.</returns>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        using var kept = new MemoryStream();
        var buffer = new byte[16 << 10];
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
