using Microsoft.EntityFrameworkCore;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Clients;

public sealed partial class ClientService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Clients";

    public async Task<Page<ClientRow>> ListAsync(ClientListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return Page<ClientRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var clients = Narrowed(db.Clients.AsNoTracking().VisibleTo(by), query.Search, query.Active);
        var page = await Sorted(clients, query)
            .Select(c => new ClientRow(
                c.Id,
                c.Code,
                c.Name,
                c.TimeZoneId,
                db.BusinessCalendars.Where(k => k.Id == c.CalendarId).Select(k => k.Name).First(),
                db.SlaPolicies.Where(p => p.Id == c.SlaPolicyId).Select(p => p.Name).First(),
                db.Programmes.Count(p => p.ClientId == c.Id && p.IsActive),
                c.IsActive,
                c.Version,
                0
            ))
            .ToPageAsync(query.Skip, query.Take, ct);
        var ids = page.Rows.Select(r => r.Id).ToList();
        var open = await db
            .Tickets.VisibleTo(by)
            .Open()
            .Where(t => ids.Contains(t.ClientId))
            .GroupBy(t => t.ClientId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return page with { Rows = [.. page.Rows.Select(r => r with { OpenTickets = open.GetValueOrDefault(r.Id) })] };
    }

    /// <summary>Clients in use whose code or name holds <paramref name="text"/>, by name: for a picker.</summary>
    public async Task<IReadOnlyList<ClientChoice>> FindAsync(string? text, int take, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Narrowed(db.Clients.AsNoTracking().VisibleTo(by), text, active: true)
            .OrderBy(c => c.Name)
            .ThenBy(c => c.Code)
            .Take(Math.Clamp(take, 1, Paging.MostRows))
            .Select(c => new ClientChoice(c.Id, c.Code, c.Name))
            .ToListAsync(ct);
    }

    /// <summary>One as a picker shows it, in use or not; null when there is none that the actor may see.</summary>
    public async Task<ClientChoice?> ChoiceAsync(string code, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Clients.VisibleTo(by)
            .Where(c => c.Code == code)
            .Select(c => new ClientChoice(c.Id, c.Code, c.Name))
            .SingleOrDefaultAsync(ct);
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public async Task<ClientView?> ViewAsync(string code, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Clients.AsNoTracking()
            .VisibleTo(by)
            .Where(c => c.Code == code)
            .Select(c => new ClientView(
                c.Id,
                c.Code,
                c.Name,
                c.TimeZoneId,
                c.CalendarId,
                db.BusinessCalendars.Where(k => k.Id == c.CalendarId).Select(k => k.Name).First(),
                c.SlaPolicyId,
                db.SlaPolicies.Where(p => p.Id == c.SlaPolicyId).Select(p => p.Name).First(),
                c.Cadence,
                c.AccountTeamEmail,
                c.RepeatWindowDays,
                c.ReopenWindowDays,
                c.Benchmarks,
                c.IsActive,
                c.Version
            ))
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>Each figure counts what the tickets and orders pages show for the client.</summary>
    /// <param name="sinceUtc">From when new tickets and orders are counted; tickets also over as long a time before.</param>
    /// <returns>Null when there is no such client, or the actor may not see it.</returns>
    public async Task<ClientFigures?> FiguresAsync(Guid clientId, DateTime sinceUtc, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var beforeUtc = sinceUtc - (now - sinceUtc);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Clients.VisibleTo(by).AnyAsync(c => c.Id == clientId, ct))
        {
            return null;
        }

        var tickets = db.Tickets.VisibleTo(by).Where(t => t.ClientId == clientId);
        var open = tickets.Open();
        var orders = db.Orders.VisibleTo(by).Where(o => o.ClientId == clientId);
        return new ClientFigures(
            await open.CountAsync(ct),
            await open.CountAsync(t => t.OwnerId == null, ct),
            await open.CountAsync(t => t.NextDueAtUtc <= now, ct),
            await open.MinAsync(t => (DateTime?)t.CreatedAtUtc, ct),
            await tickets.CountAsync(t => t.CreatedAtUtc >= sinceUtc, ct),
            await tickets.CountAsync(t => t.CreatedAtUtc >= beforeUtc && t.CreatedAtUtc < sinceUtc, ct),
            await orders.CountAsync(o => o.PlacedAtUtc >= sinceUtc, ct),
            await orders.CountAsync(o => o.Status == OrderStatus.DeliveryFailed, ct),
            await db.Recipients.CountAsync(r => r.ClientId == clientId, ct),
            await db.Programmes.CountAsync(p => p.ClientId == clientId && p.IsActive, ct)
        );
    }

    public async Task<IReadOnlyList<TermsChoice>> ListCalendarsAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.BusinessCalendars.OrderBy(c => c.Name).Select(c => new TermsChoice(c.Id, c.Name)).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<TermsChoice>> ListPoliciesAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.SlaPolicies.OrderBy(p => p.Name).Select(p => new TermsChoice(p.Id, p.Name)).ToListAsync(ct);
    }

    private static IQueryable<Client> Narrowed(IQueryable<Client> clients, string? search, bool? active)
    {
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = Like.Containing(search);
            clients = clients.Where(c =>
                EF.Functions.Like(c.Name, pattern, Like.Escape) || EF.Functions.Like(c.Code, pattern, Like.Escape)
            );
        }

        return active is null ? clients : clients.Where(c => c.IsActive == active);
    }

    private static IQueryable<Client> Sorted(IQueryable<Client> clients, ClientListQuery query) =>
        query.Sort switch
        {
            ClientSort.Code => clients.OrderBy(c => c.Code, query.Descending),
            ClientSort.TimeZone => clients.OrderBy(c => c.TimeZoneId, query.Descending).ThenBy(c => c.Code),
            _ => clients.OrderBy(c => c.Name, query.Descending).ThenBy(c => c.Code),
        };
}
