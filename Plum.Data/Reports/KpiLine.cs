using Plum.Data.Sla;
using Plum.Domain.Reports;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Reports;

internal sealed record KpiNames(
    Dictionary<Guid, string> Categories,
    Dictionary<Guid, string> Brands,
    Dictionary<Guid, string> Programmes,
    Dictionary<string, ReportedDisposition> Dispositions
);

/// <summary>From a row of the database to what a report knows of the ticket.</summary>
internal static class KpiLine
{
    /// <param name="events">Null when the row itself says where the ticket stood at both ends.</param>
    public static TicketLine Of(KpiRow row, KpiPeriod period, KpiNames names, SlaSettings settings, List<HistoryEvent>? events)
    {
        var history = events is null ? null : new TicketHistory(events, names.Dispositions);
        return new TicketLine
        {
            Id = row.Id,
            CreatedAtUtc = row.CreatedAtUtc,
            Category = names.Categories[row.CategoryId],
            Channel = row.Channel,
            Severity = row.Severity,
            Brand = row.BrandId is { } brand ? names.Brands[brand] : null,
            Programme = row.ProgrammeId is { } programme ? names.Programmes[programme] : null,
            IsMerged = row.IsMerged,
            IsIdentified = row.IsIdentified,
            Reply = row.FirstRespondedAtUtc is { } replied
                ? new FirstReply(replied, Minutes(row.FirstResponseMinutes) ?? settings.Calendar.Elapsed(row.CreatedAtUtc, replied))
                : null,
            Resolutions = history is null ? Resolutions(row, settings) : Resolutions(row, settings, names, history, events!),
            AtEnd = Standing(row, history, names, period.StockUtc),
            AtEndBefore = Standing(row, history, names, period.StockBeforeUtc),
            HandedOverAtUtc = row.HandedOverAtUtc,
            AcceptedAtUtc = row.AcceptedAtUtc,
            RepeatOf = row.RepeatOfId,
            DuplicateOf = row.DuplicateOfId,
            CsatAskedAtUtc = row.CsatAskedAtUtc,
            CsatAtUtc = row.CsatAtUtc,
            CsatScore = row.CsatScore,
        };
    }

    private static Standing? Standing(KpiRow row, TicketHistory? history, KpiNames names, DateTime instantUtc)
    {
        if (row.CreatedAtUtc >= instantUtc)
        {
            return null;
        }

        if (history?.Before(instantUtc) is { } past)
        {
            return past;
        }

        // Nothing moved it since then, unless its resolution did: then it was open, as what it is not known without events.
        var disposition = names.Dispositions[row.Disposition];
        return row.ResolvedAtUtc < instantUtc || !disposition.IsFinal
            ? new Standing(disposition.Code, disposition.IsFinal, row.WaitingOn)
            : new Standing(Dispositions.Other, IsFinal: false);
    }

    private static IReadOnlyList<Resolution> Resolutions(KpiRow row, SlaSettings settings) =>
        row.FirstResolvedAtUtc is { } atUtc
            ? [Timed(row, atUtc, reopenedAtUtc: null, row.FirstResolutionMinutes, row.FirstResolutionGrossMinutes, settings)]
            : [];

    private static IReadOnlyList<Resolution> Resolutions(
        KpiRow row,
        SlaSettings settings,
        KpiNames names,
        TicketHistory history,
        List<HistoryEvent> events
    ) =>
        history.Finals.Count == 0
            ? Resolutions(row, settings)
            :
            [
                .. history.Finals.Select(final =>
                    final.AtUtc == row.FirstResolvedAtUtc
                        ? Timed(
                            row,
                            final.AtUtc,
                            final.ReopenedAtUtc,
                            row.FirstResolutionMinutes,
                            row.FirstResolutionGrossMinutes,
                            settings
                        )
                    : final.AtUtc == row.ResolvedAtUtc
                        ? Timed(row, final.AtUtc, final.ReopenedAtUtc, row.ResolutionMinutes, row.ResolutionGrossMinutes, settings)
                    : Reckoned(row, final, events, names, settings)
                ),
            ];

    private static Resolution Timed(KpiRow row, DateTime atUtc, DateTime? reopenedAtUtc, int? net, int? gross, SlaSettings settings)
    {
        var worked = Minutes(gross) ?? settings.Calendar.Elapsed(row.CreatedAtUtc, atUtc);
        return new Resolution(atUtc, Minutes(net) ?? worked, worked, reopenedAtUtc);
    }

    /// <summary>Neither the first nor the last time that it became final: the ticket's row has no measure of it, its events do.</summary>
    private static Resolution Reckoned(
        KpiRow row,
        (DateTime AtUtc, DateTime? ReopenedAtUtc) final,
        List<HistoryEvent> events,
        KpiNames names,
        SlaSettings settings
    )
    {
        var terms = settings.Version.Terms;
        var facts = new SlaFacts(row.CreatedAtUtc, [.. events.Where(e => e.AtUtc <= final.AtUtc).Select(Fact).OfType<SlaFact>()]);
        var (net, gross) = SlaReckoning.Reckon(facts, terms.For(row.Severity), terms, settings.Calendar, final.AtUtc).Resolution!.Value;
        return new Resolution(final.AtUtc, net, gross, final.ReopenedAtUtc);

        SlaFact? Fact(HistoryEvent e) =>
            e.Kind switch
            {
                TicketEventKind.WaitingChanged when Enum.TryParse<WaitingOn>(e.To, out var on) => new SlaFact(
                    e.AtUtc,
                    SlaFactKind.Waits,
                    on
                ),
                TicketEventKind.Reopened => new SlaFact(e.AtUtc, SlaFactKind.Reopened),
                _ when e.To is { } to && names.Dispositions.GetValueOrDefault(to)?.IsFinal == true => new SlaFact(
                    e.AtUtc,
                    SlaFactKind.Ended
                ),
                _ => null,
            };
    }

    private static TimeSpan? Minutes(int? minutes) => minutes is { } m ? TimeSpan.FromMinutes(m) : null;
}
