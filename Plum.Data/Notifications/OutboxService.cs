using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Notifications;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Notifications;

/// <summary>What the outside is to hear: read by people, claimed and recorded by the sender.</summary>
public sealed class OutboxService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<Page<OutboxRow>> ListAsync(OutboxQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOutbox))
        {
            return new Page<OutboxRow>([], 0);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var search = query.Search?.Trim();
        var ticket = TicketReference.Parse(search);
        var messages = Visible(db, by)
            .Where(m => query.Status == null || m.Status == query.Status)
            .Where(m =>
                string.IsNullOrEmpty(search)
                || (ticket != null && m.TicketId == ticket)
                || m.To.StartsWith(search)
                || m.Subject.Contains(search)
            );
        var rows = await messages
            .OrderByDescending(m => m.Id)
            .Skip(Math.Max(0, query.Skip))
            .Take(Math.Clamp(query.Take, 1, 200))
            .Select(m => new OutboxRow(m.Id, m.To, m.Subject, m.Status, m.Fault, m.Attempts, m.QueuedAtUtc, m.SentAtUtc, m.TicketId))
            .ToListAsync(ct);
        return new Page<OutboxRow>(rows, await messages.CountAsync(ct));
    }

    /// <summary>How many there are in each state.</summary>
    public async Task<IReadOnlyDictionary<OutboxStatus, int>> CountAsync(Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return by.May(Act.ReadOutbox)
            ? await Visible(db, by)
                .GroupBy(m => m.Status)
                .Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, ct)
            : new Dictionary<OutboxStatus, int>();
    }

    /// <returns>The message as its reader sees it; null when there is none for this person.</returns>
    public async Task<OutboxView?> GetAsync(long id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadOutbox))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var message = await Visible(db, by).SingleOrDefaultAsync(m => m.Id == id, ct);
        return message is null
            ? null
            : new OutboxView(
                message.Id,
                message.Key,
                message.To,
                message.Subject,
                message.Body,
                message.HoldsSecret,
                message.Status,
                message.Fault,
                message.Error,
                message.Receipt,
                message.Attempts,
                message.QueuedAtUtc,
                message.NextAttemptAtUtc,
                message.SentAtUtc,
                message.TicketId,
                [.. message.Files.Select(f => f.Name)],
                message.CannotResend()
            );
    }

    /// <summary>Sends a failed message again under its key, to a corrected address if one is given. Of two who ask at once one is told that it is done already.</summary>
    public async Task<Outcome> ResendAsync(ResendMessage command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.ResendMessages) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var message = await Visible(db, by).AsTracking().SingleOrDefaultAsync(m => m.Id == command.Id, ct);
        if (message is null)
        {
            return Refusals.NotFound;
        }

        var to = string.IsNullOrWhiteSpace(command.To) ? null : command.To.Trim();
        if (
            (message.CannotResend() ?? (to is null ? null : OutboxMessage.CannotQueue(message.Key, to, message.Subject, message.Body))) is
            { } cannot
        )
        {
            return cannot;
        }

        message.Resend(to, now);
        db.Add(
            AuditEntry.For(
                "Notifications",
                message.TicketId is { } id ? TicketReference.Of(id) : message.Key,
                to is null ? "Sent a message again" : "Sent a message again, to another address",
                by,
                now,
                message.ClientId
            )
        );
        return await db.SaveAsync(new Outcome.Done(message.Key), ct);
    }

    /// <summary>
    /// Takes the next message that is due, for this caller alone: the status and the number of attempts are compared and set in one statement, so two
    /// senders never hold the same. Record what became of it within <see cref="OutboxMessage.ClaimLifetime"/>.
    /// </summary>
    /// <returns>Null when nothing is due.</returns>
    public async Task<ClaimedMessage?> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        while (true)
        {
            var due = await db
                .Outbox.AsNoTracking()
                .Where(m => m.Status == OutboxStatus.Queued && m.NextAttemptAtUtc <= now)
                .OrderBy(m => m.NextAttemptAtUtc)
                .ThenBy(m => m.Id)
                .FirstOrDefaultAsync(ct);
            if (due is null)
            {
                return null;
            }

            // ExecuteUpdate: a claim, by compare-and-set.
            var mine = await db
                .Outbox.Where(m => m.Id == due.Id && m.Status == OutboxStatus.Queued && m.Attempts == due.Attempts)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(m => m.Status, OutboxStatus.Sending)
                            .SetProperty(m => m.Attempts, due.Attempts + 1)
                            .SetProperty(m => m.NextAttemptAtUtc, now + OutboxMessage.ClaimLifetime),
                    ct
                );
            if (mine == 1)
            {
                return new ClaimedMessage(due.Id, due.Key, due.To, due.Subject, due.Body, due.TicketId, due.Files);
            }
        }
    }

    /// <summary>Keeps what became of a claimed message. A reply that did not go through is told on its ticket.</summary>
    /// <param name="jitter">0 to 1; see <see cref="RetryPlan"/>.</param>
    public async Task RecordAsync(long id, MailOutcome outcome, double jitter, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var message = await db.Outbox.SingleAsync(m => m.Id == id, ct);
        if (message.Status != OutboxStatus.Sending)
        {
            return; // it took so long that the claim was given up; a person decides already
        }

        message.Record(outcome, now, jitter);
        Tell(db, message, by, now);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Gives up the claims of senders that died in the middle: nobody knows whether those messages left. Safe to run twice.</summary>
    public async Task<int> GiveUpLostAsync(Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var lost = await db
            .Outbox.Where(m => m.Status == OutboxStatus.Sending && m.NextAttemptAtUtc <= now)
            .OrderBy(m => m.Id)
            .Take(100)
            .ToListAsync(ct);
        foreach (var message in lost)
        {
            message.Record(new MailOutcome.Unknown("The sender stopped in the middle. The message may have left."), now, jitter: 0);
            Tell(db, message, by, now);
        }

        await db.SaveChangesAsync(ct);
        return lost.Count;
    }

    private static void Tell(PlumDbContext db, OutboxMessage message, Actor by, DateTime now)
    {
        if (message is { TicketId: { } ticket, Status: OutboxStatus.Failed or OutboxStatus.Unknown })
        {
            db.Add(TicketEvent.Of(ticket, TicketEventKind.MailFailed, by, now, to: message.Status.ToString(), note: message.Error));
        }
    }

    private static IQueryable<OutboxMessage> Visible(PlumDbContext db, Actor by) =>
        db.Outbox.AsNoTracking().Where(m => by.PartnerId == null && (by.ClientId == null || m.ClientId == by.ClientId));
}

public sealed record OutboxQuery(int Skip = 0, int Take = 50, OutboxStatus? Status = null, string? Search = null);

public sealed record OutboxRow(
    long Id,
    string To,
    string Subject,
    OutboxStatus Status,
    MailFault? Fault,
    int Attempts,
    DateTime QueuedAtUtc,
    DateTime? SentAtUtc,
    long? TicketId
);

public sealed record OutboxView(
    long Id,
    string Key,
    string To,
    string Subject,
    string Body,
    bool HoldsSecret,
    OutboxStatus Status,
    MailFault? Fault,
    string? Error,
    string? Receipt,
    int Attempts,
    DateTime QueuedAtUtc,
    DateTime NextAttemptAtUtc,
    DateTime? SentAtUtc,
    long? TicketId,
    IReadOnlyList<string> Files,
    Refusal? CannotResend
);

/// <param name="To">A corrected address; null keeps the one it has.</param>
public sealed record ResendMessage(long Id, string? To = null);

public sealed record ClaimedMessage(
    long Id,
    string Key,
    string To,
    string Subject,
    string Body,
    long? TicketId,
    IReadOnlyList<OutboxFile> Files
);
