using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

public sealed partial class TicketService
{
    public Task<Outcome> MoveAsync(MoveTicket command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            new ChangeTicket(command.TicketId, command.SeenVersion, new TicketChange.Move(command.Disposition), command.Note),
            by,
            ct
        );

    public Task<Outcome> ChangeAsync(ChangeTicket command, Actor by, CancellationToken ct) =>
        contexts.OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            on => TicketStep.ApplyAsync(on, command.Change, command.Note, ct),
            ct
        );

    /// <summary>Several changes of one ticket as one: all of them, or none.</summary>
    public Task<Outcome> EditAsync(EditTicket command, Actor by, CancellationToken ct) =>
        contexts.OnTicketAsync(
            command.TicketId,
            command.SeenVersion,
            Act.WorkTickets,
            by,
            clock.GetUtcNow().UtcDateTime,
            async on =>
            {
                foreach (var change in command.Changes)
                {
                    if (await TicketStep.ApplyAsync(on, change, command.Note, ct) is { } refusal)
                    {
                        return refusal;
                    }
                }

                return null;
            },
            ct
        );
}

public sealed record MoveTicket(long TicketId, int SeenVersion, string Disposition, string? Note = null);

/// <param name="Note">Why, for whoever reads the timeline; may be null.</param>
public sealed record ChangeTicket(long TicketId, int SeenVersion, TicketChange Change, string? Note = null);

public sealed record EditTicket(long TicketId, int SeenVersion, IReadOnlyList<TicketChange> Changes, string? Note = null);
