using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>A file on a ticket. Its bytes are in the file store under <see cref="StoredName"/>; until it is sent or noted it is its uploader's alone.</summary>
public sealed class TicketAttachment
{
    public const int NameMaxLength = 150;
    public const int TypeMaxLength = 100;
    public const int StoredNameMaxLength = 40;
    public const int Sha256Length = 64;
    public const long MaxBytes = 10 * 1024 * 1024;
    public const int MaxPerMessage = 10;

    private TicketAttachment() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>Null until the ticket that it was uploaded for is opened.</summary>
    public long? TicketId { get; private set; }

    /// <summary>Null while it is pending.</summary>
    public long? MessageId { get; private set; }
    public string Name { get; private init; } = "";

    /// <summary>As found in the bytes, never as the browser said.</summary>
    public string ContentType { get; private init; } = "";
    public long Bytes { get; private init; }

    /// <summary>Lower-case hex.</summary>
    public string Sha256 { get; private init; } = "";
    public string StoredName { get; private init; } = "";
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";
    public DateTime AtUtc { get; private init; }

    public bool IsPending => MessageId is null;

    public static TicketAttachment Upload(
        string name,
        string contentType,
        long bytes,
        string sha256,
        string storedName,
        Actor by,
        DateTime nowUtc
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(nowUtc)),
            Name = name,
            ContentType = contentType,
            Bytes = bytes,
            Sha256 = sha256,
            StoredName = storedName,
            UserId = by.UserId,
            Who = by.Name,
            AtUtc = nowUtc,
        };

    /// <summary>Makes it part of what was said.</summary>
    public void BelongTo(long ticketId, long messageId)
    {
        if (!IsPending)
        {
            throw new InvalidOperationException($"{Name} is part of a message already.");
        }

        (TicketId, MessageId) = (ticketId, messageId);
    }

    /// <summary>The same file on a copy of its message.</summary>
    public TicketAttachment CopyTo(long ticketId, long messageId) =>
        new()
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(AtUtc)),
            TicketId = ticketId,
            MessageId = messageId,
            Name = Name,
            ContentType = ContentType,
            Bytes = Bytes,
            Sha256 = Sha256,
            StoredName = StoredName,
            UserId = UserId,
            Who = Who,
            AtUtc = AtUtc,
        };
}
