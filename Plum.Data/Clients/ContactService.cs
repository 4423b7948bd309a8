using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Data.Clients;

/// <summary>The people on a client's side. The audit keeps of their data what <see cref="Mask"/> leaves.</summary>
public sealed class ContactService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Clients";
    private const int Most = 500;

    /// <summary>A client's contacts by name; the first 500, more than any client has people to speak to.</summary>
    public async Task<IReadOnlyList<ContactRow>> ListAsync(Guid clientId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadClients))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Contacts.AsNoTracking()
            .VisibleTo(by)
            .Where(c => c.ClientId == clientId)
            .OrderBy(c => c.Name)
            .ThenBy(c => c.Id)
            .Take(Most)
            .Select(c => new ContactRow(c.Id, c.Name, c.Position, c.Email, c.Phone, c.Version))
            .ToListAsync(ct);
    }

    public async Task<Outcome> AddAsync(AddContact command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.Lacks(Act.EditClients)
                ?? ContactRefusals.Each(command.Name, command.Email, command.Phone, command.Position).FirstOrDefault()
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

        var taken = ContactRefusals.Taken(command.Email);
        if (await IsTakenAsync(db, client.Id, command.Email, except: null, ct))
        {
            return taken;
        }

        var contact = Contact.Add(client.Id, command.Name, command.Email, command.Phone, command.Position);
        db.Add(contact);
        db.Add(AuditEntry.For(Room, client.Code, "Contact added", by, now, client.Id, after: Diff.Of(Masked(Facts(contact)))));
        return await db.SaveAsync(new Outcome.Done(contact.Id.ToString()), ct, taken);
    }

    public async Task<Outcome> ChangeAsync(ChangeContact command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.EditClients) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(by).SingleOrDefaultAsync(c => c.Id == command.Id, ct);
        if (contact is null)
        {
            return Refusals.NotFound;
        }

        if (contact.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var taken = ContactRefusals.Taken(command.Email ?? "");
        if (
            (
                ContactRefusals.Each(command.Name, command.Email, command.Phone, command.Position).FirstOrDefault()
                ?? (await IsTakenAsync(db, contact.ClientId, command.Email!, contact.Id, ct) ? taken : null)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var before = Facts(contact);
        contact.Change(command.Name, command.Email!, command.Phone, command.Position);
        var (was, became) = Diff.Between(before, Facts(contact), Masked);
        if (became is null)
        {
            return new Outcome.Done(contact.Id.ToString());
        }

        var client = await db.Clients.Where(c => c.Id == contact.ClientId).Select(c => c.Code).SingleAsync(ct);
        db.Expect(contact, command.SeenVersion);
        db.Add(AuditEntry.For(Room, client, "Contact changed", by, now, contact.ClientId, before: was, after: became));
        return await db.SaveAsync(new Outcome.Done(contact.Id.ToString()), ct, taken);
    }

    public async Task<Outcome> RemoveAsync(RemoveContact command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.EditClients) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(by).SingleOrDefaultAsync(c => c.Id == command.Id, ct);
        if (contact is null)
        {
            return Refusals.NotFound;
        }

        var client = await db.Clients.Where(c => c.Id == contact.ClientId).Select(c => c.Code).SingleAsync(ct);
        db.Expect(contact, command.SeenVersion);
        db.Remove(contact);
        db.Add(AuditEntry.For(Room, client, "Contact removed", by, now, contact.ClientId, before: Diff.Of(Masked(Facts(contact)))));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    private static Task<bool> IsTakenAsync(PlumDbContext db, Guid clientId, string email, Guid? except, CancellationToken ct) =>
        db.Contacts.AnyAsync(c => c.ClientId == clientId && c.Email == email.Trim() && c.Id != except, ct);

    private static Dictionary<string, object?> Facts(Contact contact) =>
        new()
        {
            ["name"] = contact.Name,
            ["position"] = contact.Position,
            ["email"] = contact.Email,
            ["phone"] = contact.Phone,
        };

    private static Dictionary<string, object?> Masked(Dictionary<string, object?> facts) =>
        facts.ToDictionary(f => f.Key, f => Masked(f.Key, f.Value));

    private static object? Masked(string field, object? value) =>
        field switch
        {
            "name" => Mask.Name((string?)value),
            "email" => Mask.Email((string?)value),
            "phone" => Mask.Phone((string?)value),
            _ => value,
        };
}
