using System.Linq.Expressions;
using Plum.Data.Shared;
using Plum.Domain.Reports;
using Plum.Domain.Tickets;

namespace Plum.Data.Reports;

/// <summary>The instants that the queries go by.</summary>
/// <param name="StockBeforeUtc">When the backlog before was taken, and the present one: <paramref name="StockUtc"/>.</param>
internal sealed record KpiPeriod(DateTime FromUtc, DateTime EndUtc, DateTime StockBeforeUtc, DateTime StockUtc, DateTime NowUtc)
{
    public static KpiPeriod Of(ReportFrame frame) =>
        new(
            frame.FromUtc,
            frame.This.EndUtc,
            frame.Before.EndUtc,
            frame.MadeAtUtc < frame.This.EndUtc ? frame.MadeAtUtc : frame.This.EndUtc,
            frame.MadeAtUtc
        );
}

/// <summary>Which tickets a report can speak of, and the columns of theirs that it needs.</summary>
internal static class KpiTickets
{
    /// <summary>
    /// Created in the frame; or older and open, resolved or judged in it. Disjoint parts rather than one condition with ORs, so that each is
    /// read by its own index on both databases.
    /// </summary>
    public static IReadOnlyList<IQueryable<Ticket>> Parts(PlumDbContext db, Guid clientId, KpiPeriod p)
    {
        var own = db.Tickets.Where(t => t.ClientId == clientId);
        var older = own.Where(t => t.CreatedAtUtc < p.FromUtc);
        var closed = older.Where(t => t.ResolvedAtUtc < p.FromUtc);
        return
        [
            own.Where(t => t.CreatedAtUtc >= p.FromUtc && t.CreatedAtUtc < p.EndUtc),
            older.Where(t => t.ResolvedAtUtc == null),
            older.Where(t => t.ResolvedAtUtc >= p.FromUtc),
            closed.Where(t => t.CsatAtUtc >= p.FromUtc && t.CsatAtUtc < p.EndUtc),
            closed.Where(t =>
                t.CsatAskedAtUtc >= p.FromUtc && t.CsatAskedAtUtc < p.EndUtc && (t.CsatAtUtc == null || t.CsatAtUtc >= p.EndUtc)
            ),
        ];
    }

    public static IQueryable<KpiRow> Rows(PlumDbContext db, Guid clientId, KpiPeriod period) =>
        Parts(db, clientId, period).Select(part => part.Select(Columns)).Aggregate((all, part) => all.Concat(part));

    /// <summary>It was reopened, or it was open at the end of a period and something happened to it since.</summary>
    public static Expression<Func<Ticket, bool>> NeedsHistory(KpiPeriod p) =>
        t =>
            t.MergedIntoId == null
            && (
                t.ReopenCount > 0
                || (t.UpdatedAtUtc >= p.StockUtc && (t.ResolvedAtUtc == null || t.ResolvedAtUtc >= p.StockUtc))
                || (
                    t.UpdatedAtUtc >= p.StockBeforeUtc
                    && t.CreatedAtUtc < p.StockBeforeUtc
                    && (t.ResolvedAtUtc == null || t.ResolvedAtUtc >= p.StockBeforeUtc)
                )
            );

    public static readonly Expression<Func<Ticket, KpiRow>> Columns = t => new KpiRow
    {
        Id = t.Id,
        CreatedAtUtc = t.CreatedAtUtc,
        CategoryId = t.CategoryId,
        Channel = t.Channel,
        Severity = t.Severity,
        BrandId = t.BrandId,
        ProgrammeId = t.ProgrammeId,
        IsMerged = t.MergedIntoId != null,
        IsIdentified = t.RecipientId != null || t.OrderId != null,
        Disposition = t.Disposition,
        WaitingOn = t.WaitingOn,
        FirstRespondedAtUtc = t.FirstRespondedAtUtc,
        FirstResponseMinutes = t.FirstResponseWorkingMinutes,
        FirstResolvedAtUtc = t.FirstResolvedAtUtc,
        FirstResolutionMinutes = t.FirstResolutionWorkingMinutes,
        FirstResolutionGrossMinutes = t.FirstResolutionGrossMinutes,
        ResolvedAtUtc = t.ResolvedAtUtc,
        ResolutionMinutes = t.ResolutionWorkingMinutes,
        ResolutionGrossMinutes = t.ResolutionGrossMinutes,
        HandedOverAtUtc = t.HandedOverAtUtc,
        AcceptedAtUtc = t.AcceptedAtUtc,
        RepeatOfId = t.RepeatOfId,
        DuplicateOfId = t.DuplicateOfId,
        CsatAskedAtUtc = t.CsatAskedAtUtc,
        CsatAtUtc = t.CsatAtUtc,
        CsatScore = t.CsatScore,
    };
}

internal sealed class KpiRow
{
    public long Id { get; init; }
    public DateTime CreatedAtUtc { get; init; }
    public Guid CategoryId { get; init; }
    public IntakeChannel Channel { get; init; }
    public Severity Severity { get; init; }
    public Guid? BrandId { get; init; }
    public Guid? ProgrammeId { get; init; }
    public bool IsMerged { get; init; }
    public bool IsIdentified { get; init; }
    public string Disposition { get; init; } = "";
    public WaitingOn WaitingOn { get; init; }
    public DateTime? FirstRespondedAtUtc { get; init; }
    public int? FirstResponseMinutes { get; init; }
    public DateTime? FirstResolvedAtUtc { get; init; }
    public int? FirstResolutionMinutes { get; init; }
    public int? FirstResolutionGrossMinutes { get; init; }
    public DateTime? ResolvedAtUtc { get; init; }
    public int? ResolutionMinutes { get; init; }
    public int? ResolutionGrossMinutes { get; init; }
    public DateTime? HandedOverAtUtc { get; init; }
    public DateTime? AcceptedAtUtc { get; init; }
    public long? RepeatOfId { get; init; }
    public long? DuplicateOfId { get; init; }
    public DateTime? CsatAskedAtUtc { get; init; }
    public DateTime? CsatAtUtc { get; init; }
    public int? CsatScore { get; init; }
}
