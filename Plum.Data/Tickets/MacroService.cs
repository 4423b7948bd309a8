using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Canned replies: kept by whoever may, offered on the tickets that they are for, filled from the ticket.</summary>
public sealed class MacroService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int Most = 500;

    public async Task<IReadOnlyList<MacroRow>> ListAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.EditMacros))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Visible(db, by)
            .OrderBy(m => m.Name)
            .ThenBy(m => m.Id)
            .Take(Most)
            .Select(m => new MacroRow(
                m.Id,
                m.Version,
                m.Name,
                m.Body,
                m.ClientId,
                db.Clients.Where(c => c.Id == m.ClientId).Select(c => c.Name).FirstOrDefault(),
                m.CategoryId,
                db.Categories.Where(c => c.Id == m.CategoryId).Select(c => c.Name).FirstOrDefault(),
                m.ThenWaitOn,
                m.IsActive
            ))
            .ToListAsync(ct);
    }

    public async Task<Outcome> WriteAsync(WriteMacro command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.EditMacros) ?? Macro.CannotBe(command.Terms)) is { } refused)
        {
            return refused;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await CannotSaveAsync(db, id: null, command.Terms, by, ct) is { } cannot)
        {
            return cannot;
        }

        var macro = Macro.Write(command.Terms);
        db.Add(macro);
        db.Add(Line(macro, "Wrote a macro", by, before: null, Fields(macro)));
        await db.SaveChangesAsync(ct);
        return new Outcome.Done(macro.Id.ToString());
    }

    public async Task<Outcome> ChangeAsync(ChangeMacro command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.EditMacros) ?? Macro.CannotBe(command.Terms)) is { } refused)
        {
            return refused;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var macro = await Visible(db, by).AsTracking().SingleOrDefaultAsync(m => m.Id == command.Id, ct);
        if (macro is null)
        {
            return Refusals.NotFound;
        }

        if (await CannotSaveAsync(db, macro.Id, command.Terms, by, ct) is { } cannot)
        {
            return cannot;
        }

        var before = Fields(macro);
        db.Expect(macro, command.SeenVersion);
        macro.Change(command.Terms);
        db.Add(Line(macro, "Changed a macro", by, before, Fields(macro)));
        return await db.SaveAsync(new Outcome.Done(macro.Id.ToString()), ct);
    }

    /// <summary>The macros that fit a ticket: everybody's, and those of its client and its category.</summary>
    public async Task<IReadOnlyList<MacroOption>> ForTicketAsync(long ticketId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.WorkTickets))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var visible = db.Tickets.VisibleTo(by);
        return await (
            from ticket in visible
            from macro in db.Macros
            where ticket.Id == ticketId && macro.IsActive
            where macro.ClientId == null || macro.ClientId == ticket.ClientId
            where macro.CategoryId == null || macro.CategoryId == ticket.CategoryId
            orderby macro.Name, macro.Id
            select new MacroOption(macro.Id, macro.Name, macro.ThenWaitOn)
        ).ToListAsync(ct);
    }

    /// <returns>The text with what is known of the ticket put in, and which placeholders stayed; null when there is no such macro on such a ticket.</returns>
    public async Task<FilledMacro?> FillAsync(Guid macroId, long ticketId, Actor by, CancellationToken ct)
    {
        if ((await ForTicketAsync(ticketId, by, ct)).All(m => m.Id != macroId))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var macro = await db.Macros.AsNoTracking().SingleAsync(m => m.Id == macroId, ct);
        var known = await (
            from t in db.Tickets
            join client in db.Clients on t.ClientId equals client.Id
            where t.Id == ticketId
            select new
            {
                t.Subject,
                t.CreatedAtUtc,
                t.OrderId,
                Client = client.Name,
                client.TimeZoneId,
                Programme = db.Programmes.Where(p => p.Id == t.ProgrammeId).Select(p => p.Name).FirstOrDefault(),
                Recipient = db.Recipients.Where(r => r.Id == t.RecipientId).Select(r => r.Name).FirstOrDefault(),
                Brand = db
                    .Orders.Where(o => o.Id == t.OrderId)
                    .Join(db.Brands, o => o.BrandId, b => b.Id, (_, b) => b.Name)
                    .FirstOrDefault(),
                Reward = db
                    .Orders.Where(o => o.Id == t.OrderId)
                    .Join(db.Rewards, o => o.RewardId, r => r.Id, (_, r) => r.Name)
                    .FirstOrDefault(),
            }
        ).SingleAsync(ct);
        var value = known.OrderId is { } order
            ? await db.Orders.Where(o => o.Id == order).Select(o => (Money?)o.Value).SingleOrDefaultAsync(ct)
            : null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(known.TimeZoneId);
        var (text, missing) = MacroText.Fill(
            macro.Body,
            new Dictionary<string, string?>
            {
                [MacroText.RecipientName] = known.Recipient,
                [MacroText.TicketReferenceName] = TicketReference.Of(ticketId),
                [MacroText.TicketSubject] = known.Subject,
                [MacroText.TicketCreated] = TimeZoneInfo
                    .ConvertTimeFromUtc(known.CreatedAtUtc, zone)
                    .ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
                [MacroText.OrderReferenceName] = known.OrderId is { } id ? OrderReference.Of(id) : null,
                [MacroText.OrderBrand] = known.Brand,
                [MacroText.OrderReward] = known.Reward,
                [MacroText.OrderValue] = value?.ToString(),
                [MacroText.ClientName] = known.Client,
                [MacroText.ProgrammeName] = known.Programme,
                [MacroText.AgentName] = by.Name,
            }
        );
        return new FilledMacro(text, missing, macro.ThenWaitOn);
    }

    private static IQueryable<Macro> Visible(PlumDbContext db, Actor by) =>
        db.Macros.AsNoTracking().Where(m => by.PartnerId == null && (by.ClientId == null || m.ClientId == by.ClientId));

    private static async Task<Refusal?> CannotSaveAsync(PlumDbContext db, Guid? id, MacroTerms terms, Actor by, CancellationToken ct)
    {
        if (by.ClientId is not null && terms.ClientId != by.ClientId)
        {
            return Refusals.NotFound with { Field = "Client" };
        }

        if (terms.ClientId is { } client && !await db.Clients.AnyAsync(c => c.Id == client, ct))
        {
            return Refusals.NotFound with { Field = "Client" };
        }

        if (terms.CategoryId is { } category && !await db.Categories.AnyAsync(c => c.Id == category, ct))
        {
            return Refusals.NotFound with { Field = "Category" };
        }

        var name = terms.Name.Trim();
        return await db.Macros.AnyAsync(m => m.Name == name && m.Id != id, ct)
            ? new Refusal("macro.name-taken", $"There is a macro “{name}” already. Choose another name.", "Name")
            : null;
    }

    private AuditEntry Line(
        Macro macro,
        string what,
        Actor by,
        IReadOnlyDictionary<string, object?>? before,
        IReadOnlyDictionary<string, object?> after
    )
    {
        var (old, changed) = Diff.Between(before ?? new Dictionary<string, object?>(), after);
        return AuditEntry.For(
            "Tickets",
            $"macro {macro.Name}",
            what,
            by,
            clock.GetUtcNow().UtcDateTime,
            macro.ClientId,
            before: old,
            after: changed
        );
    }

    private static Dictionary<string, object?> Fields(Macro macro) =>
        new()
        {
            ["name"] = macro.Name,
            ["body"] = macro.Body,
            ["client"] = macro.ClientId,
            ["category"] = macro.CategoryId,
            ["thenWaitOn"] = macro.ThenWaitOn?.ToString(),
            ["active"] = macro.IsActive,
        };
}

public sealed record WriteMacro(MacroTerms Terms);

public sealed record ChangeMacro(Guid Id, int SeenVersion, MacroTerms Terms);

public sealed record MacroRow(
    Guid Id,
    int Version,
    string Name,
    string Body,
    Guid? ClientId,
    string? ClientName,
    Guid? CategoryId,
    string? CategoryName,
    WaitingOn? ThenWaitOn,
    bool IsActive
);

public sealed record MacroOption(Guid Id, string Name, WaitingOn? ThenWaitOn);

/// <param name="Missing">Placeholders for which the ticket has nothing; they stand in the text still.</param>
public sealed record FilledMacro(string Text, IReadOnlyList<string> Missing, WaitingOn? ThenWaitOn);
