using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Clients;
using Plum.Domain.Reports;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Reports;

/// <summary>Reads what the figures of a client's month are counted from: a handful of set-based queries, and only the columns that count.</summary>
internal static class KpiFigures
{
    public static async Task<KpiFacts> ReadAsync(PlumDbContext db, Client client, ReportFrame frame, string madeBy, CancellationToken ct)
    {
        var period = KpiPeriod.Of(frame);
        var names = await NamesAsync(db, client.Id, ct);
        var settings = (await SlaSettings.OfAsync(db, [client.Id], ct))[client.Id];

        var targets = await TargetsAsync(db, client.Id, period, ct);
        var escalations = await EscalationsAsync(db, client.Id, period, ct);
        var histories = await HistoriesAsync(db, client.Id, period, ct);
        var lines = new List<TicketLine>();
        await foreach (var row in KpiTickets.Rows(db, client.Id, period).AsAsyncEnumerable().WithCancellation(ct))
        {
            var events = histories.GetValueOrDefault(row.Id);
            lines.Add(
                KpiLine.Of(row, period, names, settings, events) with
                {
                    Targets = targets.GetValueOrDefault(row.Id) ?? [],
                    Escalations = escalations.GetValueOrDefault(row.Id) ?? [],
                }
            );
        }

        return new KpiFacts(client.Code, client.Name, madeBy, frame, client.Benchmarks, lines);
    }

    private static async Task<KpiNames> NamesAsync(PlumDbContext db, Guid clientId, CancellationToken ct) =>
        new(
            await db.Categories.ToDictionaryAsync(c => c.Id, c => c.Name, ct),
            await db.Brands.ToDictionaryAsync(b => b.Id, b => b.Name, ct),
            await db.Programmes.Where(p => p.ClientId == clientId).ToDictionaryAsync(p => p.Id, p => p.Name, ct),
            await db.Dispositions.ToDictionaryAsync(d => d.Code, d => new ReportedDisposition(d.ReportsUnder, d.Stage == Stage.Final), ct)
        );

    private static async Task<Dictionary<long, List<TargetOutcome>>> TargetsAsync(
        PlumDbContext db,
        Guid clientId,
        KpiPeriod period,
        CancellationToken ct
    )
    {
        // Met, fallen due or breached since the first instant that counts: what was decided before is of no period here.
        var clocks = KpiTickets
            .Parts(db, clientId, period)
            .Select(part =>
                from ticket in part
                where ticket.MergedIntoId == null
                join clock in db.SlaClocks on ticket.Id equals clock.TicketId
                where clock.MetAtUtc >= period.FromUtc || clock.DueAtUtc >= period.FromUtc || clock.BreachedAtUtc >= period.FromUtc
                select new
                {
                    clock.TicketId,
                    clock.Target,
                    clock.DueAtUtc,
                    clock.MetAtUtc,
                    clock.BreachedAtUtc,
                    clock.EndedAtUtc,
                }
            );

        var outcomes = new Dictionary<long, List<TargetOutcome>>();
        await foreach (var c in clocks.Aggregate((all, part) => all.Concat(part)).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (TargetOutcome.Of(Named(c.Target), c.DueAtUtc, c.MetAtUtc, c.BreachedAtUtc, c.EndedAtUtc, period.NowUtc) is { } outcome)
            {
                Add(outcomes, c.TicketId, outcome);
            }
        }

        return outcomes;
    }

    private static async Task<Dictionary<long, List<Raised>>> EscalationsAsync(
        PlumDbContext db,
        Guid clientId,
        KpiPeriod period,
        CancellationToken ct
    )
    {
        var raised = new Dictionary<long, List<Raised>>();
        var rows = db
            .Escalations.Where(e => e.ClientId == clientId && e.AtUtc >= period.FromUtc && e.AtUtc < period.EndUtc)
            .OrderBy(e => e.AtUtc);
        foreach (
            var row in await rows.Select(e => new
                {
                    e.TicketId,
                    e.AtUtc,
                    e.To,
                })
                .ToListAsync(ct)
        )
        {
            Add(raised, row.TicketId, new Raised(row.AtUtc, row.To));
        }

        return raised;
    }

    /// <summary>The events of those few tickets whose own columns no longer say where they stood when the periods ended.</summary>
    private static async Task<Dictionary<long, List<HistoryEvent>>> HistoriesAsync(
        PlumDbContext db,
        Guid clientId,
        KpiPeriod period,
        CancellationToken ct
    )
    {
        var rows = KpiTickets
            .Parts(db, clientId, period)
            .Select(part =>
                from ticket in part.Where(KpiTickets.NeedsHistory(period))
                join happened in db.TicketEvents on ticket.Id equals happened.TicketId
                where TicketHistory.Kinds.Contains(happened.Kind)
                select new
                {
                    happened.Id,
                    happened.TicketId,
                    happened.AtUtc,
                    happened.Kind,
                    happened.To,
                }
            );

        var histories = new Dictionary<long, List<HistoryEvent>>();
        foreach (var e in (await rows.Aggregate((all, part) => all.Concat(part)).ToListAsync(ct)).OrderBy(e => e.AtUtc).ThenBy(e => e.Id))
        {
            Add(histories, e.TicketId, new HistoryEvent(e.TicketId, e.AtUtc, e.Kind, e.To));
        }

        return histories;
    }

    private static string Named(SlaTarget target) =>
        target switch
        {
            SlaTarget.FirstResponse => "First response",
            SlaTarget.NextResponse => "Next response",
            _ => "Resolution",
        };

    private static void Add<T>(Dictionary<long, List<T>> lists, long key, T item)
    {
        if (lists.TryGetValue(key, out var list))
        {
            list.Add(item);
        }
        else
        {
            lists[key] = [item];
        }
    }
}
