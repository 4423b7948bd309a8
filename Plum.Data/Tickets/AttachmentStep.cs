using Microsoft.EntityFrameworkCore;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

internal static class AttachmentStep
{
    /// <summary>Makes pending files of the same person part of a message that is about to be added.</summary>
    public static async Task<Refusal?> AddAsync(TicketScope on, TicketMessage message, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return null;
        }

        if (ids.Count > TicketAttachment.MaxPerMessage)
        {
            return new Refusal(
                "ticket.too-many-files",
                $"A message takes {TicketAttachment.MaxPerMessage} files. Send the rest with another.",
                "Files"
            );
        }

        var userId = on.By.UserId;
        var files = await on
            .Db.TicketAttachments.Where(f => ids.Contains(f.Id) && f.UserId == userId && f.MessageId == null)
            .ToListAsync(ct);
        if (files.Count != ids.Distinct().Count() || files.Any(f => f.TicketId is { } other && other != on.Ticket.Id))
        {
            return new Refusal("ticket.files-gone", "A file is no longer there, or was sent already. Add it again.", "Files");
        }

        // The message's number is the database's to give: EF fills it into the files when both are saved.
        var key = on.Db.Entry(message).Property(m => m.Id);
        on.Db.Add(message);
        foreach (var file in files)
        {
            file.BelongTo(on.Ticket.Id, key.CurrentValue);
            on.Db.Entry(file).Property(f => f.MessageId).CurrentValue = key.CurrentValue;
            on.Db.Entry(file).Property(f => f.MessageId).IsTemporary = key.IsTemporary;
            on.Event(TicketEventKind.Attached, to: file.Name);
        }

        return null;
    }
}
