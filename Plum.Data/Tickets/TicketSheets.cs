using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Reads one ticket for its page.</summary>
public sealed class TicketSheets(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int MostOthers = 20;
    private const int MostHistory = 30;
    private const int MostOpenings = 120;

    /// <returns>Null when there is no such ticket for this person.</returns>
    public async Task<TicketSheet?> GetAsync(long ticketId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadTickets))
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(t => t.Id == ticketId, ct);
        if (ticket is null)
        {
            return null;
        }

        var row = await (
            from t in db.Tickets
            join client in db.Clients on t.ClientId equals client.Id
            join category in db.Categories on t.CategoryId equals category.Id
            where t.Id == ticketId
            select new
            {
                client.Code,
                client.Name,
                client.TimeZoneId,
                client.ReopenWindowDays,
                Category = category.Name,
                Programme = db.Programmes.Where(p => p.Id == t.ProgrammeId).Select(p => p.Name).FirstOrDefault(),
                Owner = db.Users.Where(u => u.Id == t.OwnerId).Select(u => u.DisplayName).FirstOrDefault(),
                LastEventId = db.TicketEvents.Where(e => e.TicketId == t.Id).Max(e => (long?)e.Id),
            }
        ).SingleAsync(ct);
        var dispositions = await db.Dispositions.AsNoTracking().OrderBy(d => d.SortOrder).ThenBy(d => d.Code).ToListAsync(ct);
        var from = dispositions.Single(d => d.Code == ticket.Disposition);
        var internals = by.SeesInternals();
        var (others, otherCount) = await OthersAsync(db, ticket, by, ct);

        return new TicketSheet(
            ticket.Id,
            ticket.Version,
            row.LastEventId ?? 0,
            internals,
            ticket.Subject,
            new TicketPlace(
                ticket.ClientId,
                row.Code,
                row.Name,
                row.TimeZoneId,
                ticket.ProgrammeId,
                row.Programme,
                ticket.CategoryId,
                row.Category
            ),
            Choice(from),
            [.. dispositions.Where(to => ticket.CannotMove(from, to) is null).Select(Choice)],
            ticket.Severity,
            ticket.Channel,
            ticket.Level,
            ticket.WaitingOn,
            internals ? ticket.OwnerId : null,
            internals ? row.Owner : null,
            new TicketDates(
                ticket.CreatedAtUtc,
                ticket.ReceivedAtUtc,
                ticket.UpdatedAtUtc,
                ticket.HandedOverAtUtc,
                ticket.AcceptedAtUtc,
                ticket.FirstRespondedAtUtc,
                ticket.ResolvedAtUtc,
                ticket.ReopenedAtUtc
            ),
            ticket.ReopenCount,
            ticket.CsatScore,
            ticket.MergedIntoId is { } into ? TicketReference.Of(into) : null,
            new TicketRefusalsNow(
                ticket.CannotChange(),
                ticket.CannotWork(),
                ticket.CannotEscalate(),
                ticket.CannotAccept(),
                ticket.CannotReopen(dispositions.First(d => d.Stage != Stage.Final && d.IsActive), row.ReopenWindowDays, now),
                ticket.CannotRate(5)
            ),
            internals ? await ClocksAsync(db, ticket, now, ct) : [],
            await RecipientAsync(db, ticket, by, ct),
            by.May(Act.ReadOrders) ? await OrderAsync(db, ticket, ct) : null,
            internals ? await LinksAsync(db, ticket, dispositions, by, ct) : [],
            others,
            otherCount,
            by.May(Act.WorkTickets) ? await ReplyAddresses.OfAsync(db, ticket, ct) : []
        );
    }

    private static DispositionChoice Choice(Disposition d) => new(d.Code, d.Label, d.Stage);

    private static async Task<IReadOnlyList<SlaCountdown>> ClocksAsync(PlumDbContext db, Ticket ticket, DateTime now, CancellationToken ct)
    {
        var clocks = await db
            .SlaClocks.AsNoTracking()
            .Where(c => c.TicketId == ticket.Id)
            .OrderBy(c => c.StartedAtUtc)
            .ThenBy(c => c.Id)
            .ToListAsync(ct);
        if (clocks.Count == 0)
        {
            return [];
        }

        var calendar = (await SlaSettings.OfAsync(db, [ticket.ClientId], ct)).GetValueOrDefault(ticket.ClientId)?.Calendar;
        return
        [
            .. clocks.Select(c => new SlaCountdown(
                c.Target,
                c.DueAtUtc,
                c.WarnAtUtc,
                c.PausedSinceUtc,
                c.MetAtUtc,
                c.EndedAtUtc,
                c.BreachedAtUtc,
                c.TargetMinutes,
                c.UsedMinutes,
                c.IsRunning && c.DueAtUtc is { } due && calendar is not null ? Openings(calendar, now, due) : []
            )),
        ];
    }

    private static IReadOnlyList<OpenHours> Openings(WorkingCalendar calendar, DateTime now, DateTime due)
    {
        var (from, to) = now < due ? (now, due) : (due, now);
        return [.. calendar.Openings(from, to.AddDays(2)).Take(MostOpenings).Select(o => new OpenHours(o.FromUtc, o.ToUtc))];
    }

    private static async Task<RecipientCard?> RecipientAsync(PlumDbContext db, Ticket ticket, Actor by, CancellationToken ct)
    {
        var details = by.May(Act.ReadOrders);
        return ticket.RecipientId is { } id
            ? await db
                .Recipients.Where(r => r.Id == id)
                .Select(r => new RecipientCard(
                    r.Id,
                    r.Name,
                    details ? r.Email : null,
                    details ? r.Phone : null,
                    details ? r.EmployeeNumber : null,
                    r.Country,
                    db.Orders.Count(o => o.RecipientId == r.Id)
                ))
                .SingleOrDefaultAsync(ct)
            : null;
    }

    private static async Task<OrderCard?> OrderAsync(PlumDbContext db, Ticket ticket, CancellationToken ct)
    {
        if (ticket.OrderId is not { } id)
        {
            return null;
        }

        var history = await db
            .OrderEvents.Where(e => e.OrderId == id)
            .OrderByDescending(e => e.Id)
            .Take(MostHistory)
            .Select(e => new OrderHistoryRow(e.AtUtc, e.Status, e.What, e.Who, e.Note))
            .ToListAsync(ct);
        return await (
            from order in db.Orders
            join brand in db.Brands on order.BrandId equals brand.Id
            join reward in db.Rewards on order.RewardId equals reward.Id
            join supplier in db.Suppliers on order.SupplierId equals supplier.Id
            where order.Id == id
            select new OrderCard(
                order.Id,
                brand.Name,
                reward.Name,
                order.Value,
                order.PaidWith,
                order.Status,
                supplier.Name,
                order.SupplierReference,
                order.VoucherLast4,
                order.PlacedAtUtc,
                order.IssuedAtUtc,
                order.ExpiresAtUtc,
                history
            )
        ).SingleOrDefaultAsync(ct);
    }

    private static async Task<(IReadOnlyList<OtherTicketRow> Rows, int Count)> OthersAsync(
        PlumDbContext db,
        Ticket ticket,
        Actor by,
        CancellationToken ct
    )
    {
        if (ticket.RecipientId is not { } recipient)
        {
            return ([], 0);
        }

        var others = db.Tickets.VisibleTo(by).Where(t => t.RecipientId == recipient && t.Id != ticket.Id && t.MergedIntoId == null);
        var rows = await others
            .OrderByDescending(t => t.CreatedAtUtc)
            .ThenByDescending(t => t.Id)
            .Take(MostOthers)
            .Join(
                db.Dispositions,
                t => t.Disposition,
                d => d.Code,
                (t, d) =>
                    new OtherTicketRow(t.Id, t.Subject, d.Label, t.Stage != Stage.Final, t.CategoryId == ticket.CategoryId, t.CreatedAtUtc)
            )
            .ToListAsync(ct);
        return (
            [.. rows.OrderByDescending(r => r.CreatedAtUtc).ThenByDescending(r => r.Id)],
            rows.Count < MostOthers ? rows.Count : await others.CountAsync(ct)
        );
    }

    private static async Task<IReadOnlyList<LinkedTicketRow>> LinksAsync(
        PlumDbContext db,
        Ticket ticket,
        List<Disposition> dispositions,
        Actor by,
        CancellationToken ct
    )
    {
        var made = await db
            .TicketLinks.Where(l => l.TicketId == ticket.Id || l.OtherId == ticket.Id)
            .Select(l => new
            {
                Id = l.TicketId == ticket.Id ? l.OtherId : l.TicketId,
                Kind = (LinkKind?)l.Kind,
                Reversed = l.OtherId == ticket.Id,
            })
            .ToListAsync(ct);
        var recognised = await db
            .Tickets.Where(t => t.DuplicateOfId == ticket.Id || t.RepeatOfId == ticket.Id)
            .OrderByDescending(t => t.Id)
            .Take(MostOthers)
            .Select(t => new
            {
                t.Id,
                Kind = t.DuplicateOfId == ticket.Id ? LinkKind.DuplicateOf : (LinkKind?)null,
                Reversed = true,
            })
            .ToListAsync(ct);
        made.AddRange(recognised);
        if ((ticket.DuplicateOfId ?? ticket.RepeatOfId) is { } of)
        {
            made.Add(
                new
                {
                    Id = of,
                    Kind = ticket.DuplicateOfId is null ? (LinkKind?)null : LinkKind.DuplicateOf,
                    Reversed = false,
                }
            );
        }

        var ids = made.Select(m => m.Id).Distinct().ToList();
        var tickets = await db
            .Tickets.VisibleTo(by)
            .Where(t => ids.Contains(t.Id))
            .Select(t => new
            {
                t.Id,
                t.Subject,
                t.Disposition,
                t.Stage,
            })
            .ToDictionaryAsync(t => t.Id, ct);
        return
        [
            .. made.Where(m => tickets.ContainsKey(m.Id))
                .Select(m => new LinkedTicketRow(
                    m.Id,
                    m.Kind,
                    m.Reversed,
                    tickets[m.Id].Subject,
                    dispositions.Single(d => d.Code == tickets[m.Id].Disposition).Label,
                    tickets[m.Id].Stage != Stage.Final
                ))
                .OrderBy(l => l.Words, StringComparer.Ordinal)
                .ThenBy(l => l.Id),
        ];
    }
}
