using System.Globalization;
using System.Text;
using Plum.Data.Audit;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Audit;

/// <summary>The audit as CSV: for the page's export and for the operator's command alike. Streamed; UTF-8 with a mark, so that spreadsheets read it.</summary>
public static class AuditFiles
{
    public static void MapAuditExport(this IEndpointRouteBuilder app) =>
        app.MapGet(
                AuditAddress.ExportPath,
                (
                    HttpContext http,
                    AuditService audit,
                    string? room,
                    string? what,
                    string? subject,
                    string? who,
                    string? from,
                    string? to,
                    string? institution
                ) =>
                {
                    var zone = Viewer.ZoneOf(http.User);
                    var query = new AuditAddress(room, what, subject, who, from, to, Institution: institution).Query(local =>
                        ToUtc(local, zone)
                    );
                    return Results.Stream(
                        body => WriteAsync(body, audit, query, CurrentActor.Of(http.User), http.RequestAborted),
                        "text/csv; charset=utf-8",
                        "plum-audit.csv"
                    );
                }
            )
            .RequireAuthorization(nameof(Act.ReadAudit));

    /// <param name="written">Told now and then how many there are so far.</param>
    /// <returns>How many entries were written.</returns>
    /// <exception cref="RefusedException">The actor may not read the audit.</exception>
    public static async Task<long> WriteAsync(
        Stream body,
        AuditService audit,
        AuditQuery query,
        Actor by,
        CancellationToken ct,
        Action<long>? written = null
    )
    {
        await using var writer = new StreamWriter(
            body,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            bufferSize: 64 * 1024,
            leaveOpen: true
        );
        await writer.WriteAsync("Id,At (UTC),Who,What,Room,Subject,Client,Institution,Why,Before,After,Sealed\r\n".AsMemory(), ct);
        var count = 0L;
        await foreach (var row in audit.ExportAsync(query, by, ct))
        {
            var line = CsvText.Line(
                row.Id.ToString(CultureInfo.InvariantCulture),
                row.AtUtc.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
                row.Who,
                row.What,
                row.Room,
                row.Subject,
                row.Client,
                row.Institution,
                row.Why,
                row.Before,
                row.After,
                row.IsSealed ? "yes" : "no"
            );
            await writer.WriteAsync((line + "\r\n").AsMemory(), ct);
            count++;
            if (count % 1000 == 0)
            {
                written?.Invoke(count);
            }
        }

        return count;
    }

    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
}
