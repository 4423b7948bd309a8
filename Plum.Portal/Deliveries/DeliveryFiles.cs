using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Plum.Data.Deliveries;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Portal.Shared;

namespace Plum.Portal.Deliveries;

/// <summary>The deliveries' address as a filter, and as a file: what the page shows is what the CSV holds.</summary>
public static class DeliveryFiles
{
    public const string Path = "/deliveries.csv";

    public static WebApplication MapDeliveryFiles(this WebApplication app)
    {
        app.MapGet(
                Path,
                async (HttpContext http, [FromServices] DeliveryService deliveries, [FromServices] CurrentActor actor) =>
                {
                    var by = await actor.GetAsync();
                    http.Response.ContentType = "text/csv; charset=utf-8";
                    http.Response.Headers.ContentDisposition = "attachment; filename=deliveries.csv";
                    await using var into = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                    await deliveries.ExportAsync(FilterOf(Read(http.Request.GetEncodedPathAndQuery())), by, into, http.RequestAborted);
                }
            )
            .RequireAuthorization(nameof(Act.ReadDeliveries));
        return app;
    }

    public static ListAddress Read(string uri) =>
        ListAddress.Read(uri, "q", "state", "channel", "fault", "code", "client", "programme", "file", "before");

    public static DeliveryFilter FilterOf(ListAddress address) =>
        new(
            address.Text("state") == "all" ? null : address.Choice<DeliveryState>("state") ?? DeliveryState.Failed,
            address.Text("client"),
            address.Key("programme"),
            address.Text("file") is { } file ? AllocationReference.Parse(file) ?? 0 : null,
            address.Choice<DeliveryChannel>("channel"),
            address.Choice<DeliveryFault>("fault"),
            address.Text("code"),
            address.Text("q")
        );
}
