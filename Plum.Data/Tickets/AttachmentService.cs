using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Takes files in, checked by what is in them, and hands them out to whoever may see what they were said with.</summary>
public sealed class AttachmentService(IDbContextFactory<PlumDbContext> contexts, FileStore files, TimeProvider clock)
{
    // A workbook of 10 MB that unpacks to more than this was made to hurt.
    private const long MaxUnpacked = 300 * 1024 * 1024;
    private const int MaxParts = 4000;

    /// <summary>Keeps one file as pending: nobody but its uploader sees it until it is sent or noted.</summary>
    /// <param name="ticketId">Null for a ticket that is still to be opened.</param>
    public async Task<Outcome> UploadAsync(long? ticketId, string? name, Stream content, Actor by, CancellationToken ct)
    {
        if (
            (
                by.May(Act.WorkTickets) || by.May(Act.OpenTickets) || by.May(Act.HandOverComplaints)
                    ? null
                    : Refusals.NotAllowed(Act.WorkTickets)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        Guid? clientId = null;
        if (ticketId is { } id)
        {
            var ticket = await db.Tickets.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(t => t.Id == id, ct);
            if ((ticket is null ? Refusals.NotFound : ticket.CannotTalk()) is { } cannot)
            {
                return cannot;
            }

            clientId = ticket!.ClientId;
        }

        var clean = FileTypes.CleanName(name);
        var stored = await files.SaveAsync(content, TicketAttachment.MaxBytes, FileTypes.HeadBytes, ct);
        var (type, wrong) = FileTypes.Judge(clean, stored.Head, stored.Bytes);
        wrong ??= type!.StartsWith("application/vnd.openxml", StringComparison.Ordinal) ? CheckParts(clean, stored.StoredName) : null;
        if (wrong is not null)
        {
            files.Delete(stored.StoredName);
            return wrong;
        }

        var file = TicketAttachment.Upload(clean, type!, stored.Bytes, stored.Sha256, stored.StoredName, by, now);
        db.Add(file);
        db.Entry(file).Property(f => f.TicketId).CurrentValue = ticketId;
        db.Add(
            AuditEntry.For(
                "Tickets",
                ticketId is { } known ? TicketReference.Of(known) : file.Id.ToString(),
                "Uploaded a file",
                by,
                now,
                clientId ?? by.ClientId,
                after: Audit.Diff.Of("sha256", file.Sha256)
            )
        );
        await db.SaveChangesAsync(ct);
        return new Outcome.Done(file.Id.ToString());
    }

    /// <summary>Takes back a file that was not sent.</summary>
    public async Task<Outcome> DiscardAsync(Guid id, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var file = await db.TicketAttachments.SingleOrDefaultAsync(f => f.Id == id && f.UserId == by.UserId && f.MessageId == null, ct);
        if (file is null)
        {
            return Refusals.NotFound;
        }

        db.Remove(file);
        db.Add(AuditEntry.For("Tickets", file.Id.ToString(), "Discarded a file", by, clock.GetUtcNow().UtcDateTime, by.ClientId));
        await db.SaveChangesAsync(ct);
        files.Delete(file.StoredName);
        return new Outcome.Done();
    }

    /// <returns>The file and its bytes, to be disposed of by the caller; null when it is not there for this person.</returns>
    public async Task<AttachmentContent?> OpenAsync(Guid id, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var internals = by.SeesInternals();
        var file = await db
            .TicketAttachments.AsNoTracking()
            .Where(f => f.Id == id)
            .Where(f =>
                (f.MessageId == null && f.UserId == by.UserId)
                || (
                    f.MessageId != null
                    && db.Tickets.VisibleTo(by).Any(t => t.Id == f.TicketId)
                    && (internals || db.TicketMessages.Any(m => m.Id == f.MessageId && m.Kind != MessageKind.Note))
                )
            )
            .SingleOrDefaultAsync(ct);
        return file is null
            ? null
            : new AttachmentContent(file.Name, file.ContentType, file.Bytes, file.Sha256, files.Open(file.StoredName));
    }

    /// <summary>This person's pending files for a ticket, or for one still to be opened: a reload loses none.</summary>
    public async Task<IReadOnlyList<AttachmentRow>> ListPendingAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .TicketAttachments.Where(f => ids.Contains(f.Id) && f.UserId == by.UserId && f.MessageId == null)
            .OrderBy(f => f.AtUtc)
            .ThenBy(f => f.Id)
            .Select(f => new AttachmentRow(f.Id, f.Name, f.ContentType, f.Bytes))
            .ToListAsync(ct);
    }

    /// <summary>This person's files for a ticket that are not sent yet.</summary>
    public async Task<IReadOnlyList<AttachmentRow>> ListPendingAsync(long ticketId, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .TicketAttachments.Where(f => f.TicketId == ticketId && f.UserId == by.UserId && f.MessageId == null)
            .OrderBy(f => f.AtUtc)
            .ThenBy(f => f.Id)
            .Select(f => new AttachmentRow(f.Id, f.Name, f.ContentType, f.Bytes))
            .ToListAsync(ct);
    }

    /// <summary>Removes what was uploaded and not sent before <paramref name="beforeUtc"/>. Safe to run twice; returns how many.</summary>
    public async Task<int> SweepAsync(DateTime beforeUtc, int batch, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var old = await db
            .TicketAttachments.Where(f => f.MessageId == null && f.AtUtc < beforeUtc)
            .OrderBy(f => f.AtUtc)
            .Take(batch)
            .ToListAsync(ct);
        if (old.Count == 0)
        {
            return 0;
        }

        db.RemoveRange(old);
        db.Add(AuditEntry.For("Tickets", "files", $"Removed {old.Count} files that were never sent", by, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(ct);
        old.ForEach(f => files.Delete(f.StoredName));
        return old.Count;
    }

    private Refusal? CheckParts(string name, string storedName)
    {
        try
        {
            using var zip = new ZipArchive(files.Open(storedName), ZipArchiveMode.Read);
            var part = name.EndsWith(".docx", StringComparison.OrdinalIgnoreCase) ? "word/" : "xl/";
            var whole =
                zip.Entries.Count <= MaxParts
                && zip.Entries.Sum(e => e.Length) <= MaxUnpacked
                && zip.GetEntry("[Content_Types].xml") is not null
                && zip.Entries.Any(e => e.FullName.StartsWith(part, StringComparison.Ordinal))
                && !zip.Entries.Any(e => e.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
            return whole ? null : new Refusal("file.package", $"{name} is not a plain document. Save it again without macros.", "File");
        }
        catch (InvalidDataException)
        {
            return new Refusal("file.broken", $"{name} is damaged. Save it again and send that.", "File");
        }
    }
}

/// <param name="Content">To be disposed of.</param>
public sealed record AttachmentContent(string Name, string ContentType, long Bytes, string Sha256, Stream Content);

public sealed record AttachmentRow(Guid Id, string Name, string ContentType, long Bytes);
