using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Reports;
using Plum.Domain.Shared;

namespace Plum.Data.Reports;

/// <summary>Makes reports and opens them. What was made is never changed.</summary>
public sealed class ReportService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Reports";

    /// <summary>How far back the schedule makes up for, when the portal was down over several months.</summary>
    private const int MostMonthsBack = 12;

    /// <summary>Makes a client's report of a month now, beside any made before. The key of the outcome is its id.</summary>
    public async Task<Outcome> MakeAsync(MakeReport command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.MakeReports) ?? (by.Sees(command.ClientId) ? null : Refusals.NotFound)) is { } refused)
        {
            return refused;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await MakeAsync(db, command, by, isScheduled: false, ct);
    }

    /// <summary>The reports that the schedule owes: of every active client each month that is over in its zone, since the last one made.</summary>
    public async Task<IReadOnlyList<DueReport>> DueAsync(Actor by, CancellationToken ct)
    {
        RefusedException.ThrowIf(by.Lacks(Act.MakeReports));

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var clients = await db
            .Clients.Where(c => c.IsActive)
            .OrderBy(c => c.Code)
            .Select(c => new
            {
                c.Id,
                c.TimeZoneId,
                Last = db.Reports.Where(r => r.ClientId == c.Id && r.Cadence == ReportCadence.Monthly).Max(r => r.ScheduledFor),
            })
            .ToListAsync(ct);

        return
        [
            .. clients.SelectMany(c =>
            {
                var last = ReportPeriod.LastMonth(now, TimeZoneInfo.FindSystemTimeZoneById(c.TimeZoneId)).FirstDay;
                var first = c.Last is { } made ? made.AddMonths(1) : last;
                first = first < last.AddMonths(1 - MostMonthsBack) ? last.AddMonths(1 - MostMonthsBack) : first;
                return Enumerable
                    .Range(0, MostMonthsBack)
                    .Select(i => first.AddMonths(i))
                    .Where(m => m <= last)
                    .Select(m => new DueReport(c.Id, m));
            }),
        ];
    }

    /// <summary>Makes one of <see cref="DueAsync"/>, unless somebody made it meanwhile.</summary>
    /// <returns>Whether it was made here.</returns>
    public async Task<bool> MakeDueAsync(DueReport due, Actor by, CancellationToken ct)
    {
        RefusedException.ThrowIf(by.Lacks(Act.MakeReports));

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await IsMadeAsync())
        {
            return false;
        }

        try
        {
            return await MakeAsync(db, new MakeReport(due.ClientId, due.Month), by, isScheduled: true, ct) is Outcome.Done;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await IsMadeAsync())
            {
                return false; // another node was first: the unique index held
            }

            throw;
        }

        Task<bool> IsMadeAsync() =>
            db.Reports.AnyAsync(r => r.ClientId == due.ClientId && r.Cadence == ReportCadence.Monthly && r.ScheduledFor == due.Month, ct);
    }

    /// <summary>The figures of a month as they are now, kept nowhere: for the operator's command and the benches.</summary>
    /// <returns>Null when there is no such client for this actor, or the month has not begun.</returns>
    public async Task<ReportContent?> ReckonAsync(string clientCode, DateOnly month, Actor by, CancellationToken ct)
    {
        RefusedException.ThrowIf(by.Lacks(Act.MakeReports));

        await using var db = await contexts.CreateDbContextAsync(ct);
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Code == clientCode, ct);
        if (client is null || !by.Sees(client.Id) || FrameOf(client, month) is not { } frame)
        {
            return null;
        }

        var facts = await KpiFigures.ReadAsync(db, client, frame, by.Name, ct);
        var row = new ReportRow(
            Guid.Empty,
            client.Id,
            client.Code,
            client.Name,
            frame.This.FirstDay,
            frame.This.LastDay,
            frame.MadeAtUtc,
            by.Name,
            IsScheduled: false
        );
        return new ReportContent(row, KpiReport.Write(facts), facts.Lines);
    }

    public async Task<Page<ReportRow>> ListAsync(ReportListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadReports))
        {
            return new Page<ReportRow>([], 0);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var reports = db.Reports.VisibleTo(by).Where(r => query.ClientId == null || r.ClientId == query.ClientId);
        if (query.Year is { } year)
        {
            var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
            reports = reports.Where(r => r.FirstDay >= first && r.FirstDay <= last);
        }

        var rows = await Rows(db, reports).Skip(query.Skip).Take(query.Take).ToListAsync(ct);
        return new Page<ReportRow>(rows, await reports.CountAsync(ct));
    }

    /// <summary>The clients and years to choose from; newest year first.</summary>
    public async Task<(IReadOnlyList<ReportClient> Clients, IReadOnlyList<int> Years)> ChoicesAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadReports) || by.PartnerId is not null)
        {
            return ([], []);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var clients = await db
            .Clients.Where(c => by.ClientId == null || c.Id == by.ClientId)
            .OrderBy(c => c.Name)
            .Select(c => new ReportClient(c.Id, c.Code, c.Name, c.IsActive))
            .ToListAsync(ct);
        var years = await db.Reports.VisibleTo(by).Select(r => r.FirstDay.Year).Distinct().ToListAsync(ct);
        return (clients, [.. years.OrderDescending()]);
    }

    /// <returns>Null when there is none that the actor may read.</returns>
    public async Task<ReportView?> OpenAsync(Guid id, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var reports = Readable(db, id, by);
        return await Rows(db, reports).SingleOrDefaultAsync(ct) is { } row
            ? new ReportView(row, ReportJson.Read(await reports.Select(r => r.Document).SingleAsync(ct)))
            : null;
    }

    /// <summary>With the tickets behind it, for the files.</summary>
    /// <returns>Null when there is none that the actor may read.</returns>
    public async Task<ReportContent?> ContentAsync(Guid id, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var reports = Readable(db, id, by);
        if (await Rows(db, reports).SingleOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        var kept = await reports.Select(r => new { r.Document, r.Lines }).SingleAsync(ct);
        return new ReportContent(row, ReportJson.Read(kept.Document), ReportJson.Unpack(kept.Lines));
    }

    /// <summary>Exactly the things that a figure counted, as they were when the report was made.</summary>
    /// <param name="figure">A <see cref="Selection"/> as text.</param>
    /// <returns>Null when there is no such report for the actor, or no such figure.</returns>
    public async Task<BehindView?> BehindAsync(Guid id, string figure, int skip, int take, Actor by, CancellationToken ct)
    {
        if (Selection.Parse(figure) is not { } selection || await ContentAsync(id, by, ct) is not { } content)
        {
            return null;
        }

        var counted = new CountedTickets(content.Lines, content.Document.Frame).Of(selection);
        var rows = counted
            .OrderBy(c => c.Ticket.CreatedAtUtc)
            .ThenBy(c => c.Ticket.Id)
            .Skip(skip)
            .Take(take)
            .Select(c => Row(c, selection));
        return new BehindView(content.Row, SelectionWords.Of(selection, content.Document.Frame), [.. rows], counted.Count);
    }

    private static BehindRow Row(Counted c, Selection selection)
    {
        var t = c.Ticket;
        var standing = selection.In == Span.This ? t.AtEnd : t.AtEndBefore;
        var (what, at) = SelectionWords.Detail(c, selection.Of);
        return new BehindRow(
            t.Id,
            t.CreatedAtUtc,
            t.Category,
            t.Channel,
            t.Severity,
            t.Brand,
            t.Programme,
            standing is null ? "" : FacetNames.Of(Facet.Disposition, standing.Code),
            what,
            at
        );
    }

    private ReportFrame? FrameOf(Client client, DateOnly month)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(client.TimeZoneId);
        var frame = ReportFrame.Month(month, zone, now, client.RepeatWindowDays, client.ReopenWindowDays);
        return now < frame.This.StartUtc ? null : frame;
    }

    private async Task<Outcome> MakeAsync(PlumDbContext db, MakeReport command, Actor by, bool isScheduled, CancellationToken ct)
    {
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == command.ClientId, ct);
        if (client is null)
        {
            return Refusals.NotFound;
        }

        if (FrameOf(client, command.Month) is not { } frame)
        {
            return ReportRefusals.NotBegun;
        }

        var facts = await KpiFigures.ReadAsync(db, client, frame, by.Name, ct);
        var report = Report.Freeze(
            client.Id,
            ReportCadence.Monthly,
            frame,
            by,
            isScheduled,
            ReportJson.Write(KpiReport.Write(facts)),
            ReportJson.Pack(facts.Lines)
        );
        db.Add(report);
        db.Add(AuditEntry.For(Room, $"{client.Code} {frame.This.FirstDay:yyyy-MM}", "Made", by, frame.MadeAtUtc, client.Id));
        await db.SaveChangesAsync(ct);
        return new Outcome.Done(report.Id.ToString());
    }

    private static IQueryable<Report> Readable(PlumDbContext db, Guid id, Actor by) =>
        db.Reports.VisibleTo(by).Where(r => r.Id == id && by.May(Act.ReadReports));

    /// <summary>The newest month first.</summary>
    private static IQueryable<ReportRow> Rows(PlumDbContext db, IQueryable<Report> reports) =>
        from report in reports
        join client in db.Clients on report.ClientId equals client.Id
        orderby report.FirstDay descending, client.Name, report.MadeAtUtc descending, report.Id
        select new ReportRow(
            report.Id,
            client.Id,
            client.Code,
            client.Name,
            report.FirstDay,
            report.LastDay,
            report.MadeAtUtc,
            report.MadeBy,
            report.ScheduledFor != null
        );
}
