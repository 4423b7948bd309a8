using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>The client's side of a ticket: hand a complaint over, add to it, see where it stands. Nothing internal is read here.</summary>
public sealed partial class ComplaintService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<Outcome> HandOverAsync(HandOverComplaint command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.HandOverComplaints) is { } refused)
        {
            return refused;
        }

        if (by.ClientId is not { } clientId)
        {
            return new Refusal("complaint.client", "Only somebody who belongs to a client hands complaints over. Open a ticket instead.");
        }

        if (
            (
                Refusals.ForText("Message", command.Message, TicketMessage.BodyMaxLength - 500)
                ?? Refusals.ForText("Recipient", command.RecipientEmail, Recipient.EmailMaxLength, required: false)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        long? orderId = null;
        if (!string.IsNullOrWhiteSpace(command.Order))
        {
            orderId = OrderReference.Parse(command.Order);
            if (orderId is null || !await db.Orders.AnyAsync(o => o.Id == orderId && o.ClientId == clientId, ct))
            {
                return new Refusal(
                    "complaint.order",
                    $"There is no order {command.Order.Trim()} of yours. Check it, or leave it empty.",
                    "Order"
                );
            }
        }

        var email = command.RecipientEmail?.Trim().ToLowerInvariant();
        var recipients = string.IsNullOrEmpty(email)
            ? []
            : await db
                .Recipients.Where(r => r.ClientId == clientId && r.Email == email)
                .OrderBy(r => r.Id)
                .Select(r => r.Id)
                .Take(2)
                .ToListAsync(ct);

        // Somebody we do not know by that address (it may be the very failure): kept in the words, for the agent to find out.
        var message =
            string.IsNullOrEmpty(email) || recipients.Count == 1 || orderId is not null
                ? command.Message
                : $"{command.Message}\n\nRecipient: {email}";
        var open = new OpenTicket(
            clientId,
            command.CategoryId,
            command.Subject,
            IntakeChannel.ClientForm,
            message,
            ProgrammeId: command.ProgrammeId,
            RecipientId: recipients.Count == 1 ? recipients[0] : null,
            OrderId: orderId,
            Files: command.Files
        );
        var (refusal, ticket) = await OpeningStep.OpenAsync(db, open, by, now, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new Outcome.Done(TicketReference.Of(ticket!.Id));
    }

    /// <summary>A further message of the client on its own complaint.</summary>
    public async Task<Outcome> SayAsync(SayOnComplaint command, Actor by, CancellationToken ct) =>
        by.ClientId is null
            ? Refusals.NotFound
            : await contexts.OnTicketAsync(
                command.TicketId,
                seenVersion: null,
                Act.HandOverComplaints,
                by,
                clock.GetUtcNow().UtcDateTime,
                on => TicketConversation.HearAsync(on, command.Body, IntakeChannel.ClientForm, command.Files ?? [], ct),
                ct
            );
}

/// <param name="Order">Its reference, if the client knows it.</param>
/// <param name="RecipientEmail">Whose reward it is about, if there is no order.</param>
public sealed record HandOverComplaint(
    Guid CategoryId,
    string Subject,
    string Message,
    string? Order = null,
    string? RecipientEmail = null,
    Guid? ProgrammeId = null,
    IReadOnlyList<Guid>? Files = null
);

public sealed record SayOnComplaint(long TicketId, string Body, IReadOnlyList<Guid>? Files = null);
