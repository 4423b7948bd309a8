using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Approvals;
using Plum.Domain.Clients;
using Plum.Domain.Corrections;
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
        var given = await GivenAsync(db, client.Id, period, ct);
        var lines = new List<TicketLine>();
        await foreach (var row in KpiTickets.Rows(db, client.Id, period).AsAsyncEnumerable().WithCancellation(ct))
        {
            Put(row);
        }

        // Money may be given on a ticket of which nothing else is told.
        var missing = given.Keys.Except(lines.Select(l => l.Id)).ToList();
        foreach (
            var row in missing.Count == 0
                ? []
                : await db.Tickets.Where(t => missing.Contains(t.Id)).Select(KpiTickets.Columns).ToListAsync(ct)
        )
        {
            Put(row);
        }

        return new KpiFacts(client.Code, client.Name, madeBy, frame, client.Benchmarks, lines);

        void Put(KpiRow row) =>
            lines.Add(
                KpiLine.Of(row, period, names, settings, histories.GetValueOrDefault(row.Id)) with
                {
                    Targets = targets.GetValueOrDefault(row.Id) ?? [],
                    Escalations = escalations.GetValueOrDefault(row.Id) ?? [],
                    Given = given.GetValueOrDefault(row.Id) ?? [],
                }
            );
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

    private static async Task<Dictionary<long, List<GivenMoney>>> GivenAsync(
        PlumDbContext db,
        Guid clientId,
        KpiPeriod period,
        CancellationToken ct
    )
    {
        var given = new Dictionary<long, List<GivenMoney>>();
        var rows = await db
            .ApprovalRequests.Where(r => r.ClientId == clientId && r.State == RequestState.Executed && r.TicketId != null)
            .Where(r => r.EndedAtUtc >= period.FromUtc && r.EndedAtUtc < period.EndUtc)
            .Where(r => r.Kind == RequestKind.Refund || r.Kind == RequestKind.Cancellation || r.Kind == RequestKind.GoodwillCredit)
            .OrderBy(r => r.EndedAtUtc)
            .ThenBy(r => r.Id)
            .Select(r => new
            {
                TicketId = r.TicketId!.Value,
                AtUtc = r.EndedAtUtc!.Value,
                r.Kind,
                r.Amount,
                Payload = r.Kind == RequestKind.Cancellation ? r.Payload : null,
            })
            .ToListAsync(ct);
        foreach (var row in rows)
        {
            var amount = row.Payload is { } payload
                ? ((CorrectionPayload.Cancellation)CorrectionPayload.Read(row.Kind, payload)).Back(row.Amount.Currency)
                : row.Amount;
            if (amount.MinorUnits > 0)
            {
                var how = row.Kind == RequestKind.GoodwillCredit ? MoneyGiven.Goodwill : MoneyGiven.Refund;
                Add(given, row.TicketId, new GivenMoney(row.AtUtc, how, amount));
            }
        }

        return given;
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
