using Microsoft.AspNetCore.Mvc;
using Plum.Data.Tickets;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Hands attachments out: to whoever may see what they were said with, never as anything that a browser would run.</summary>
public static class TicketFiles
{
    private const string Route = "/files/tickets";

    public static string Href(Guid id, bool show = false) => $"{Route}/{id}{(show ? "?show=true" : "")}";

    public static WebApplication MapTicketFiles(this WebApplication app)
    {
        app.MapGet(
                Route + "/{id:guid}",
                async (Guid id, [FromQuery] bool? show, HttpContext http, AttachmentService files) =>
                {
                    var file = await files.OpenAsync(id, CurrentActor.Of(http.User), http.RequestAborted);
                    if (file is null)
                    {
                        return Results.NotFound();
                    }

                    http.Response.Headers.XContentTypeOptions = "nosniff";
                    http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
                    http.Response.Headers.CacheControl = "private, no-store";
                    http.Response.RegisterForDispose(file.Content);
                    var inPlace = show == true && FileTypes.IsPicture(file.ContentType);
                    return Results.Stream(
                        file.Content,
                        inPlace ? file.ContentType : "application/octet-stream",
                        inPlace ? null : file.Name, // a name makes it an attachment
                        enableRangeProcessing: false
                    );
                }
            )
            .RequireAuthorization();
        return app;
    }
}
