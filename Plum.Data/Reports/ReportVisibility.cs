using Plum.Domain.Reports;
using Plum.Domain.Shared;

namespace Plum.Data.Reports;

internal static class ReportVisibility
{
    /// <summary>The reports that the actor may know of: the first narrowing of every query on reports.</summary>
    public static IQueryable<Report> VisibleTo(this IQueryable<Report> reports, Actor by) =>
        by.PartnerId is not null ? reports.Where(_ => false)
        : by.ClientId is { } client ? reports.Where(r => r.ClientId == client)
        : reports;
}
