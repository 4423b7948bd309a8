using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <param name="Disposition">An intake disposition; null takes the category's.</param>
/// <param name="Severity">Null takes the category's.</param>
/// <param name="Message">What the recipient said, if anything yet.</param>
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
    long? OrderId = null
);
