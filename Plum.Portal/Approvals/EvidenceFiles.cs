using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Portal.Reports;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>Evidence as files: the PDF of one request, the auditors' workbook of a period.</summary>
public static class EvidenceFiles
{
    public static void MapEvidenceFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(
                ApprovalWords.Path + "/{reference}/evidence/pdf",
                async (string reference, HttpContext http, EvidenceService evidence) =>
                {
                    http.Response.Headers.CacheControl = "private, no-store";
                    var id = RequestReference.Parse(reference) ?? 0;
                    var found = await evidence.TakeAsync(id, CurrentActor.Of(http.User), http.RequestAborted);
                    if (found is null)
                    {
                        return Results.NotFound();
                    }

                    var culture = Viewer.CultureOf(http.User);
                    return Results.Bytes(
                        EvidencePdf.Render(EvidenceDocument.Write(found, culture), culture),
                        "application/pdf",
                        $"evidence-{RequestReference.Of(found.Id)}.pdf"
                    );
                }
            )
            .RequireAuthorization(Policies.Requests);

        app.MapGet(
                EvidenceWords.Path + "/workbook",
                async (HttpContext http, EvidenceService evidence) =>
                {
                    http.Response.Headers.CacheControl = "private, no-store";
                    var zone = Viewer.ZoneOf(http.User);
                    var address = EvidenceAddress.Of(ListAddress.Read(http.Request.GetEncodedPathAndQuery()));
                    if (address.Period(local => ToUtc(local, zone)) is not { } period)
                    {
                        return Results.Text("Give the period: from and to, as days such as 2026-06-01.", statusCode: 400);
                    }

                    var (why, book) = await evidence.ExportAsync(period, CurrentActor.Of(http.User), http.RequestAborted);
                    return book is null
                        ? Results.Text(why!.Message, statusCode: 400)
                        : Results.Bytes(
                            EvidenceWorkbook.Render(book),
                            ReportFiles.WorkbookType,
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"plum-evidence-{address.From:yyyy-MM-dd}-{address.To:yyyy-MM-dd}.xlsx"
                            )
                        );
                }
            )
            .RequireAuthorization(nameof(Act.ReadAudit));
    }

    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
}

/// <summary>The period and filters of the auditors' workbook as its page and its file are addressed. Days are the viewer's.</summary>
public sealed record EvidenceAddress(DateOnly? From, DateOnly? To, RequestKind? Kind, RequestState? State, Guid? Client, Guid? Partner)
{
    public static EvidenceAddress Of(ListAddress address) =>
        new(
            address.Day("from"),
            address.Day("to"),
            address.Choice<RequestKind>("kind"),
            address.Choice<RequestState>("state"),
            address.Key("client"),
            address.Key("institution")
        );

    public string Query =>
        string.Join(
            '&',
            new (string Name, string? Value)[]
            {
                ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("kind", Kind?.ToString().ToLowerInvariant()),
                ("state", State?.ToString().ToLowerInvariant()),
                ("client", Client?.ToString()),
                ("institution", Partner?.ToString()),
            }
                .Where(p => p.Value is not null)
                .Select(p => $"{p.Name}={p.Value}")
        );

    /// <summary>From the first midnight to the one after the last day; null while a day is missing.</summary>
    /// <param name="toUtc">From a local time of the viewer's to UTC.</param>
    public EvidencePeriod? Period(Func<DateTime, DateTime> toUtc) =>
        From is { } from && To is { } to && to < DateOnly.MaxValue
            ? new EvidencePeriod(
                toUtc(from.ToDateTime(TimeOnly.MinValue)),
                toUtc(to.AddDays(1).ToDateTime(TimeOnly.MinValue)),
                Kind,
                State,
                Client,
                Partner
            )
            : null;
}
