using Plum.Domain.Shared;

namespace Plum.Domain.Audit;

/// <summary>One line of who did what to which row, saved in the same transaction as the change it tells of. Never updated.</summary>
public sealed class AuditEntry
{
    public const int WhoMaxLength = 200;
    public const int WhatMaxLength = 100;
    public const int RoomMaxLength = 40;
    public const int SubjectMaxLength = 100;
    public const int WhyMaxLength = 2000;

    private AuditEntry() { } // EF Core

    public long Id { get; private init; }
    public DateTime AtUtc { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";
    public string What { get; private init; } = "";
    public string Room { get; private init; } = "";

    /// <summary>The public reference (<c>PLM-8812</c>) or key of the row.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>The client that the row belongs to, so that a bound reader sees its own lines only.</summary>
    public Guid? ClientId { get; private init; }

    /// <summary>The partner institution on whose behalf it was done, or whose row it is; null of Plum's own.</summary>
    public Guid? PartnerId { get; private init; }

    public string? Why { get; private init; }

    /// <summary>Changed fields only, as a JSON object of field to value; null where there was nothing before.</summary>
    public string? Before { get; private init; }
    public string? After { get; private init; }

    public static AuditEntry For(
        string room,
        string subject,
        string what,
        Actor by,
        DateTime nowUtc,
        Guid? clientId = null,
        string? why = null,
        string? before = null,
        string? after = null,
        Guid? partnerId = null
    ) =>
        new()
        {
            AtUtc = nowUtc,
            UserId = by.UserId,
            Who = by.Name,
            What = what,
            Room = room,
            Subject = subject,
            ClientId = clientId,
            PartnerId = partnerId ?? by.PartnerId,
            Why = why,
            Before = before,
            After = after,
        };
}
