using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Notifications;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Whom a reply may go to: nobody else, whatever the browser sends.</summary>
internal static class ReplyAddresses
{
    /// <returns>The recipient first, then the client's contacts by name.</returns>
    public static async Task<IReadOnlyList<ReplyAddress>> OfAsync(PlumDbContext db, Ticket ticket, CancellationToken ct)
    {
        var recipient = ticket.RecipientId is { } id
            ? await db
                .Recipients.Where(r => r.Id == id && r.Email != null)
                .Select(r => new ReplyAddress(r.Email!, r.Name, false))
                .ToListAsync(ct)
            : [];
        var contacts = await db
            .Contacts.Where(c => c.ClientId == ticket.ClientId)
            .OrderBy(c => c.Name)
            .ThenBy(c => c.Id)
            .Select(c => new ReplyAddress(c.Email, c.Name, true))
            .ToListAsync(ct);
        return
        [
            .. recipient
                .Concat(contacts)
                .Where(a => MailAddressRule.IsAddress(a.Address))
                .DistinctBy(a => a.Address, StringComparer.OrdinalIgnoreCase),
        ];
    }
}

/// <param name="IsContact">Of the client, rather than the recipient.</param>
public sealed record ReplyAddress(string Address, string Name, bool IsContact);
