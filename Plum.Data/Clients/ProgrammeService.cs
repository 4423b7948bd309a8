using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Data.Clients;

public sealed class ProgrammeService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Clients";

    public async Task<Page<ProgrammeRow>> ListAsync(ProgrammeListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return Page<ProgrammeRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var programmes = Narrowed(db.Programmes.AsNoTracking().VisibleTo(by), query.ClientId, query.Search, query.Active);
        return await Sorted(programmes, query)
            .Select(p => new ProgrammeRow(
                p.Id,
                p.ClientId,
                p.Code,
                p.Name,
                p.Currency,
                p.DefaultChannel,
                p.IsActive,
                p.Version,
                db.Orders.Count(o => o.ProgrammeId == p.Id)
            ))
            .ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <summary>Programmes in use whose code or name holds <paramref name="text"/>, by name: for a picker.</summary>
    public async Task<IReadOnlyList<ProgrammeChoice>> FindAsync(string? text, Guid? clientId, int take, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Narrowed(db.Programmes.AsNoTracking().VisibleTo(by), clientId, text, active: true)
            .OrderBy(p => p.Name)
            .ThenBy(p => p.Id)
            .Take(Math.Clamp(take, 1, Paging.MostRows))
            .Select(p => new ProgrammeChoice(p.Id, p.ClientId, p.Code, p.Name, p.Currency))
            .ToListAsync(ct);
    }

    /// <summary>One as a picker shows it, in use or not; null when there is none that the actor may see.</summary>
    public async Task<ProgrammeChoice?> ChoiceAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Programmes.VisibleTo(by)
            .Where(p => p.Id == id)
            .Select(p => new ProgrammeChoice(p.Id, p.ClientId, p.Code, p.Name, p.Currency))
            .SingleOrDefaultAsync(ct);
    }

    public async Task<Outcome> StartAsync(StartProgramme command, Actor by, CancellationToken ct)
    {
        var code = command.Code?.Trim().ToUpperInvariant() ?? "";
        if (
            (
                by.Lacks(Act.EditClients)
                ?? ProgrammeRefusals.ForCode(code)
                ?? ProgrammeRefusals.ForTerms(command.Name, command.Currency, command.DefaultChannel)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var client = await db.Clients.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(c => c.Id == command.ClientId, ct);
        if (client is null)
        {
            return Refusals.NotFound;
        }

        var taken = ProgrammeRefusals.Taken(code);
        if (await db.Programmes.AnyAsync(p => p.ClientId == client.Id && p.Code == code, ct))
        {
            return taken;
        }

        var programme = Programme.Start(client.Id, code, command.Name, command.Currency, command.DefaultChannel);
        db.Add(programme);
        db.Add(
            AuditEntry.For(
                Room,
                AuditSubject.Of(client.Code, code),
                "Programme started",
                by,
                now,
                client.Id,
                after: Diff.Of(Facts(programme))
            )
        );
        return await db.SaveAsync(new Outcome.Done(code), ct, taken);
    }

    public async Task<Outcome> ChangeAsync(ChangeProgramme command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.EditClients) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var programme = await db.Programmes.VisibleTo(by).SingleOrDefaultAsync(p => p.Id == command.Id, ct);
        if (programme is null)
        {
            return Refusals.NotFound;
        }

        if (programme.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        if (
            (
                ProgrammeRefusals.ForTerms(command.Name, command.Currency, command.DefaultChannel)
                ?? (
                    command.Currency != programme.Currency && await db.Orders.AnyAsync(o => o.ProgrammeId == programme.Id, ct)
                        ? ProgrammeRefusals.CurrencyInUse(programme.Currency)
                        : null
                )
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var (before, wasActive) = (Facts(programme), programme.IsActive);
        programme.Change(command.Name, command.Currency, command.DefaultChannel, command.IsActive);
        var (was, became) = Diff.Between(before, Facts(programme));
        if (became is null)
        {
            return new Outcome.Done(programme.Code);
        }

        var client = await db.Clients.Where(c => c.Id == programme.ClientId).Select(c => c.Code).SingleAsync(ct);
        var what = Switched.What("Programme", wasActive, programme.IsActive);
        db.Expect(programme, command.SeenVersion);
        db.Add(
            AuditEntry.For(Room, AuditSubject.Of(client, programme.Code), what, by, now, programme.ClientId, before: was, after: became)
        );
        return await db.SaveAsync(new Outcome.Done(programme.Code), ct);
    }

    private static IQueryable<Programme> Narrowed(IQueryable<Programme> programmes, Guid? clientId, string? search, bool? active)
    {
        if (clientId is not null)
        {
            programmes = programmes.Where(p => p.ClientId == clientId);
        }

        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = Like.Containing(search);
            programmes = programmes.Where(p =>
                EF.Functions.Like(p.Name, pattern, Like.Escape) || EF.Functions.Like(p.Code, pattern, Like.Escape)
            );
        }

        return active is null ? programmes : programmes.Where(p => p.IsActive == active);
    }

    private static IQueryable<Programme> Sorted(IQueryable<Programme> programmes, ProgrammeListQuery query) =>
        query.Sort switch
        {
            ProgrammeSort.Code => programmes.OrderBy(p => p.Code, query.Descending).ThenBy(p => p.Id),
            ProgrammeSort.Currency => programmes.OrderBy(p => p.Currency, query.Descending).ThenBy(p => p.Id),
            _ => programmes.OrderBy(p => p.Name, query.Descending).ThenBy(p => p.Id),
        };

    private static Dictionary<string, object?> Facts(Programme programme) =>
        new()
        {
            ["name"] = programme.Name,
            ["currency"] = programme.Currency,
            ["defaultChannel"] = programme.DefaultChannel.ToString(),
            ["isActive"] = programme.IsActive,
        };
}
