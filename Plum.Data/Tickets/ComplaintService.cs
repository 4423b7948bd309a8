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
    /// <summary>Room is left for what the form adds to the words.</summary>
    public const int MessageMaxLength = TicketMessage.BodyMaxLength - 500;

    /// <summary>Everything that is wrong with the form itself, each beside its field.</summary>
    public static IEnumerable<Refusal> Wrong(HandOverComplaint command) =>
        new[]
        {
            command.CategoryId == Guid.Empty ? TicketRefusals.NoCategory : null,
            string.IsNullOrWhiteSpace(command.Order) || OrderReference.Parse(command.Order) is not null
                ? null
                : new Refusal("complaint.order-form", "An order's reference looks like GFT-10293. Correct it, or leave it empty.", "Order"),
            Refusals.ForEmail("Recipient", "The recipient's address", command.RecipientEmail, Recipient.EmailMaxLength, required: false),
            TicketRefusals.ForSubject(command.Subject),
            Refusals.ForText("Message", "What happened", command.Message, MessageMaxLength),
        }.OfType<Refusal>();

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

        if (Wrong(command).FirstOrDefault() is { } wrong)
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

    /// <summary>A further message of the client on its own complaint. On a closed one it opens it again, or nobody would read it.</summary>
    public async Task<Outcome> SayAsync(SayOnComplaint command, Actor by, CancellationToken ct) =>
        by.ClientId is null
            ? Refusals.NotFound
            : await contexts.OnTicketAsync(
                command.TicketId,
                seenVersion: null,
                Act.HandOverComplaints,
                by,
                clock.GetUtcNow().UtcDateTime,
                async on =>
                {
                    if (
                        (
                            on.Ticket.CannotTalk() ?? Refusals.ForText("Message", "Your message", command.Body, TicketMessage.BodyMaxLength)
                        ) is
                        { } cannot
                    )
                    {
                        return cannot;
                    }

                    if (!on.Ticket.IsOpen)
                    {
                        var window = await on
                            .Db.Clients.Where(c => c.Id == on.Ticket.ClientId)
                            .Select(c => c.ReopenWindowDays)
                            .SingleAsync(ct);
                        if (
                            (
                                CannotReopen(on.Ticket, window, on.NowUtc)
                                ?? await TicketService.ReopenAsync(on, disposition: null, "The client wrote again.", ct)
                            ) is
                            { } closed
                        )
                        {
                            return closed;
                        }
                    }

                    return await TicketConversation.HearAsync(on, command.Body, IntakeChannel.ClientForm, command.Files ?? [], ct);
                },
                ct
            );

    /// <summary>How content the client is with what became of a complaint that it handed over.</summary>
    public async Task<Outcome> RateAsync(RateComplaint command, Actor by, CancellationToken ct) =>
        by.ClientId is null
            ? Refusals.NotFound
            : await contexts.OnTicketAsync(
                command.TicketId,
                seenVersion: null,
                Act.HandOverComplaints,
                by,
                clock.GetUtcNow().UtcDateTime,
                on => Task.FromResult(CannotRate(on.Ticket, command.Score) ?? TicketService.Rate(on, command.Score, command.Comment)),
                ct
            );

    private static Refusal? CannotReopen(Ticket ticket, int windowDays, DateTime nowUtc) =>
        ticket.IsOpen || nowUtc <= ticket.ResolvedAtUtc!.Value.AddDays(windowDays)
            ? null
            : new Refusal(
                "complaint.closed",
                $"It was closed more than {windowDays} days ago. Hand over a new complaint, and name {TicketReference.Of(ticket.Id)} in it."
            );

    private static Refusal? CannotRate(Ticket ticket, int score) =>
        ticket.HandedOverAtUtc is null
            ? new Refusal("complaint.not-yours-to-rate", "Only a complaint that you handed over is yours to rate; here the recipient does.")
        : ticket.IsOpen ? new Refusal("complaint.rate-open", "It is still being worked on. Rate it once it is closed.")
        : ticket.CannotRate(score);
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

/// <param name="Score">1 to 5.</param>
public sealed record RateComplaint(long TicketId, int Score, string? Comment = null);
