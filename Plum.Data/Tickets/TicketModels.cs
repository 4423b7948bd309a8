using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <param name="Disposition">An intake disposition; null takes the category's.</param>
/// <param name="Severity">Null takes the category's.</param>
/// <param name="Message">What the recipient said, if anything yet.</param>
/// <param name="Files">Pending attachments of the same person; they go with the message.</param>
/// <param name="FollowsId">The ticket that this one goes on from, because it was closed too long ago to be reopened.</param>
/// <param name="SourceReference">The complaint's number in the client's or the recipient's own books; no two tickets of a client have the same.</param>
public sealed record OpenTicket(
    Guid ClientId,
    Guid CategoryId,
    string Subject,
    IntakeChannel Channel,
    string? Message = null,
    Severity? Severity = null,
    string? Disposition = null,
    Guid? ProgrammeId = null,
    long? RecipientId = null,
    long? OrderId = null,
    IReadOnlyList<Guid>? Files = null,
    long? FollowsId = null,
    string? SourceReference = null
)
{
    /// <summary>When the complaint was made at its source; null is now.</summary>
    internal DateTime? CreatedAtUtc { get; init; }

    /// <summary>Split off another: it does not duplicate that.</summary>
    internal bool IsSplit { get; init; }
}
