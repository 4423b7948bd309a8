using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

/// <summary>Many tickets reckoned in one transaction: the sweep's share of what SlaStep does for one.</summary>
internal static class SlaBatch
{
    /// <summary>Reckons what is due for a check, at most <paramref name="batch"/> tickets. Safe to run twice, and beside people at work.</summary>
    /// <returns>How many were due.</returns>
    /// <exception cref="AggregateException">Some could not be reckoned. They are put off for an hour; all others are done.</exception>
    public static async Task<int> SweepAsync(IDbContextFactory<PlumDbContext> contexts, int batch, DateTime nowUtc, CancellationToken ct)
    {
        List<long> due;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            due = await db
                .Tickets.AsNoTracking()
                .Where(t => t.SlaCheckAtUtc <= nowUtc)
                .OrderBy(t => t.SlaCheckAtUtc)
                .ThenBy(t => t.Id)
                .Select(t => t.Id)
                .Take(batch)
                .ToListAsync(ct);
        }

        if (due.Count == 0 || await TryAsync(contexts, due, nowUtc, ct) is null)
        {
            return due.Count;
        }

        // One of them failed, or somebody was at work on it: each by itself, so that it holds up no other.
        var failures = new List<Exception>();
        foreach (var id in due)
        {
            if (await TryAsync(contexts, [id], nowUtc, ct) is { } failure and not DbUpdateConcurrencyException)
            {
                failures.Add(new InvalidOperationException($"{TicketReference.Of(id)} could not be reckoned.", failure));
                await using var db = await contexts.CreateDbContextAsync(ct);
                await db
                    .Tickets.Where(t => t.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.SlaCheckAtUtc, nowUtc.AddHours(1)), ct);
            }
        }

        return failures.Count == 0 ? due.Count : throw new AggregateException(failures);
    }

    /// <summary>
    /// After a change that asked for <paramref name="asked"/> tickets: does the first of them before the person has the answer, which
    /// is all of them in most houses. What is left, the sweep does within seconds.
    /// </summary>
    public static async Task StartAsync(IDbContextFactory<PlumDbContext> contexts, int asked, DateTime nowUtc, CancellationToken ct)
    {
        const int Batch = 200;
        const int Most = 2000;
        for (var done = 0; done < Math.Min(asked, Most); done += Batch)
        {
            try
            {
                await SweepAsync(contexts, Batch, nowUtc, ct);
            }
            catch (AggregateException)
            {
                return; // the change itself is saved; the job comes back to what failed, and says so
            }
        }
    }

    private static async Task<Exception?> TryAsync(
        IDbContextFactory<PlumDbContext> contexts,
        List<long> ids,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        try
        {
            await ReckonAsync(contexts, ids, nowUtc, ct);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return failure;
        }
    }

    private static async Task ReckonAsync(IDbContextFactory<PlumDbContext> contexts, List<long> ids, DateTime nowUtc, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var tickets = await db.Tickets.AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(ct);
        var settings = await SlaSettings.OfAsync(db, [.. tickets.Select(t => t.ClientId).Distinct()], ct);
        var finals = await SlaStep.FinalsAsync(db, ct);
        var events = await EventsAsync(db, ids, ct);
        var clocks = (await db.SlaClocks.Where(c => ids.Contains(c.TicketId)).ToListAsync(ct)).ToLookup(c => c.TicketId);
        var flags = new List<SlaFlag>();
        foreach (var ticket in tickets)
        {
            if (!SlaStep.IsSettled(ticket) && settings.TryGetValue(ticket.ClientId, out var own))
            {
                flags.AddRange(await SlaStep.EnterAsync(db, ticket, events[ticket.Id], [.. clocks[ticket.Id]], own, finals, nowUtc, ct));
            }
            else
            {
                ticket.StopChecking();
            }
        }

        SlaNotices.Queue(db, flags, nowUtc);
        await db.SaveChangesAsync(ct);
        foreach (var ticket in tickets)
        {
            if (await StandAsync(db, ticket, ct) == 0)
            {
                throw new DbUpdateConcurrencyException($"{TicketReference.Of(ticket.Id)} was changed meanwhile.");
            }
        }

        await transaction.CommitAsync(ct);
    }

    public static async Task<ILookup<long, TicketEvent>> EventsAsync(
        PlumDbContext db,
        IReadOnlyCollection<long> ids,
        CancellationToken ct
    ) =>
        (
            await db
                .TicketEvents.AsNoTracking()
                .Where(e => ids.Contains(e.TicketId) && SlaStep.Moving.Contains(e.Kind))
                .OrderBy(e => e.Id)
                .ToListAsync(ct)
        ).ToLookup(e => e.TicketId);

    /// <summary>
    /// ExecuteUpdate, so that the ticket's version stays: a clock that ran on is nobody's edit, and must not tell an agent in the
    /// middle of one that their copy is stale. The version in the condition makes it miss when somebody else was first.
    /// </summary>
    private static Task<int> StandAsync(PlumDbContext db, Ticket ticket, CancellationToken ct) =>
        db
            .Tickets.Where(t => t.Id == ticket.Id && t.Version == ticket.Version)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(t => t.SlaPolicyVersionId, ticket.SlaPolicyVersionId)
                        .SetProperty(t => t.NextTarget, ticket.NextTarget)
                        .SetProperty(t => t.NextDueAtUtc, ticket.NextDueAtUtc)
                        .SetProperty(t => t.NextWarnAtUtc, ticket.NextWarnAtUtc)
                        .SetProperty(t => t.SlaCheckAtUtc, ticket.SlaCheckAtUtc)
                        .SetProperty(t => t.IsSlaPaused, ticket.IsSlaPaused)
                        .SetProperty(t => t.BreachedTargets, ticket.BreachedTargets)
                        .SetProperty(t => t.FirstResponseWorkingMinutes, ticket.FirstResponseWorkingMinutes)
                        .SetProperty(t => t.FirstResolutionWorkingMinutes, ticket.FirstResolutionWorkingMinutes)
                        .SetProperty(t => t.ResolutionWorkingMinutes, ticket.ResolutionWorkingMinutes)
                        .SetProperty(t => t.FirstResolutionGrossMinutes, ticket.FirstResolutionGrossMinutes)
                        .SetProperty(t => t.ResolutionGrossMinutes, ticket.ResolutionGrossMinutes),
                ct
            );
}
