using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Orders;

/// <summary>The people rewarded. The audit keeps of their data what <see cref="Mask"/> leaves.</summary>
public sealed class RecipientService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Orders";
    private const int NewestOrders = 20;

    public async Task<Page<RecipientRow>> ListAsync(RecipientListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOrders))
        {
            return Page<RecipientRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var recipients = Narrowed(db, query.Search, query.ClientId, by);
        return await Sorted(db, recipients, query)
            .Select(r => new RecipientRow(
                r.Id,
                r.Name,
                r.Email,
                r.Phone,
                r.EmployeeNumber,
                r.Country,
                db.Clients.Where(c => c.Id == r.ClientId).Select(c => c.Code).First(),
                r.Version
            ))
            .ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <summary>Recipients that <paramref name="text"/> finds, by name: for a picker.</summary>
    public async Task<IReadOnlyList<RecipientChoice>> FindAsync(string? text, Guid? clientId, int take, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOrders))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var recipients = Narrowed(db, text, clientId, by).OrderBy(r => r.Name).ThenBy(r => r.Id).Take(Math.Clamp(take, 1, Paging.MostRows));
        return await Choices(db, recipients).ToListAsync(ct);
    }

    /// <summary>One as a picker shows it; null when there is none that the actor may see.</summary>
    public async Task<RecipientChoice?> ChoiceAsync(long id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOrders))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Choices(db, db.Recipients.VisibleTo(by).Where(r => r.Id == id)).SingleOrDefaultAsync(ct);
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public async Task<RecipientView?> ViewAsync(long id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOrders))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var recipient = db.Recipients.AsNoTracking().VisibleTo(by).Where(r => r.Id == id);
        var view = await (
            from r in recipient
            join c in db.Clients on r.ClientId equals c.Id
            select new RecipientView(r.Id, c.Id, c.Code, c.Name, r.Name, r.Email, r.Phone, r.EmployeeNumber, r.Country, r.Version)
            {
                OptedOutAtUtc = r.OptedOutAtUtc,
                LeftOn = r.LeftOn,
            }
        ).SingleOrDefaultAsync(ct);
        if (view is null)
        {
            return null;
        }

        var orders = db.Orders.AsNoTracking().VisibleTo(by).Where(o => o.RecipientId == id);
        var newest = orders.OrderByDescending(o => o.PlacedAtUtc).ThenByDescending(o => o.Id).Take(NewestOrders);
        var rows = await OrderService.Rows(db, newest).ToListAsync(ct);
        return view with
        {
            OrderCount = await orders.CountAsync(ct),
            Orders = [.. rows.OrderByDescending(o => o.PlacedAtUtc).ThenByDescending(o => o.Id)],
            Tickets = await RelatedTickets.OfAsync(db, t => t.RecipientId == id, by, ct),
        };
    }

    public async Task<Outcome> CorrectAsync(CorrectRecipient command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.CorrectRecipients) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var recipient = await db.Recipients.VisibleTo(by).SingleOrDefaultAsync(r => r.Id == command.Id, ct);
        if (recipient is null)
        {
            return Refusals.NotFound;
        }

        if (recipient.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        if (RecipientRefusals.For(command.Name, command.Email, command.Phone, command.EmployeeNumber, command.Country) is { } wrong)
        {
            return wrong;
        }

        var before = Facts(recipient);
        recipient.Correct(command.Name, command.Email, command.Phone, command.EmployeeNumber, command.Country);
        var (was, became) = Diff.Between(before, Facts(recipient), Masked);
        var key = recipient.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (became is null)
        {
            return new Outcome.Done(key);
        }

        db.Expect(recipient, command.SeenVersion);
        db.Add(
            AuditEntry.For(
                Room,
                AuditSubject.Of("recipient", key),
                "Recipient corrected",
                by,
                now,
                recipient.ClientId,
                before: was,
                after: became
            )
        );
        return await db.SaveAsync(new Outcome.Done(key), ct);
    }

    /// <summary>Opts the person out of rewards, or marks them as having left; or takes it back.</summary>
    public async Task<Outcome> StopAsync(StopRecipient command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.CorrectRecipients) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var recipient = await db.Recipients.VisibleTo(by).SingleOrDefaultAsync(r => r.Id == command.Id, ct);
        if (recipient is null)
        {
            return Refusals.NotFound;
        }

        if (recipient.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var before = Flags(recipient);
        recipient.Stop(command.IsOptedOut ? recipient.OptedOutAtUtc ?? now : null, command.LeftOn);
        var (was, became) = Diff.Between(before, Flags(recipient));
        var key = recipient.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (became is null)
        {
            return new Outcome.Done(key);
        }

        db.Expect(recipient, command.SeenVersion);
        db.Add(
            AuditEntry.For(
                Room,
                AuditSubject.Of("recipient", key),
                "Recipient's rewards stopped or allowed",
                by,
                now,
                recipient.ClientId,
                before: was,
                after: became
            )
        );
        return await db.SaveAsync(new Outcome.Done(key), ct);
    }

    private static Dictionary<string, object?> Flags(Recipient recipient) =>
        new()
        {
            ["optedOut"] = recipient.OptedOutAtUtc?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["leftOn"] = recipient.LeftOn?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        };

    private static IQueryable<Recipient> Narrowed(PlumDbContext db, string? text, Guid? clientId, Actor by)
    {
        var recipients = db.Recipients.AsNoTracking().VisibleTo(by).Matching(text);
        return clientId is null ? recipients : recipients.Where(r => r.ClientId == clientId);
    }

    private static IQueryable<RecipientChoice> Choices(PlumDbContext db, IQueryable<Recipient> recipients) =>
        recipients.Select(r => new RecipientChoice(
            r.Id,
            r.ClientId,
            db.Clients.Where(c => c.Id == r.ClientId).Select(c => c.Code).First(),
            r.Name,
            r.Email,
            r.Phone
        ));

    private static IQueryable<Recipient> Sorted(PlumDbContext db, IQueryable<Recipient> recipients, RecipientListQuery query) =>
        query.Sort switch
        {
            RecipientSort.Email => recipients.OrderBy(r => r.Email, query.Descending).ThenBy(r => r.Id),
            RecipientSort.Client => recipients
                .OrderBy(r => db.Clients.Where(c => c.Id == r.ClientId).Select(c => c.Code).First(), query.Descending)
                .ThenBy(r => r.Name)
                .ThenBy(r => r.Id),
            _ => recipients.OrderBy(r => r.Name, query.Descending).ThenBy(r => r.Id),
        };

    private static Dictionary<string, object?> Facts(Recipient recipient) =>
        new()
        {
            ["name"] = recipient.Name,
            ["email"] = recipient.Email,
            ["phone"] = recipient.Phone,
            ["employeeNumber"] = recipient.EmployeeNumber,
            ["country"] = recipient.Country,
        };

    private static object? Masked(string field, object? value) =>
        field switch
        {
            "name" => Mask.Name((string?)value),
            "email" => Mask.Email((string?)value),
            "phone" or "employeeNumber" => Mask.Phone((string?)value),
            _ => value,
        };
}
