using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

public sealed partial class TicketService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<Outcome> OpenAsync(OpenTicket command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.OpenTickets) ?? TicketRefusals.ForSource(command.Channel)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (refusal, ticket) = await OpeningStep.OpenAsync(db, command with { CreatedAtUtc = null, IsSplit = false }, by, now, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new Outcome.Done(TicketReference.Of(ticket!.Id));
    }
}
