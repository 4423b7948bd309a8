using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Bench.Shared;
using Plum.Data.Approvals;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Bench.Approvals;

/// <summary>A decision with ten thousand others waiting, the checker's queue over a long history, and everybody at the same request at once.</summary>
internal static class Decisions
{
    public static async Task DecideAsync(string cache, int small, int pending, int runs)
    {
        await using var world = await World.CopyOfAsync(cache, small);
        try
        {
            var requests = await Requests.SeedAsync(world, checkers: 2, pending, past: 0);
            var approvals = world.Get<ApprovalService>();
            var plum = await Runs.OfAsync(
                runs,
                async run =>
                {
                    var (id, version, print) = requests.Pending[run];
                    Done(await approvals.ApproveAsync(new ApproveRequest(id, version, print), requests.Checkers[run % 2], default));
                },
                warmUps: 0
            );
            using var connection = world.Open();
            var floor = await Runs.OfAsync(
                runs,
                run =>
                {
                    ByHand(connection, requests.Pending[runs + run].Id);
                    return Task.CompletedTask;
                },
                warmUps: 0
            );
            Figures.Print("a decision, others waiting", pending, plum, "p95 300 ms", floor: floor);
        }
        finally
        {
            Remove(world);
        }
    }

    public static async Task QueueAsync(string cache, int small, int past, int runs)
    {
        await using var world = await World.CopyOfAsync(cache, small);
        try
        {
            const int waiting = 1000;
            var requests = await Requests.SeedAsync(world, checkers: 2, waiting, past);
            var (queue, by) = (world.Get<ApprovalQueue>(), requests.Checkers[0]);
            var plum = await Runs.OfAsync(
                runs,
                async _ =>
                {
                    // What the page reads.
                    var query = new RequestQuery();
                    var total = (await queue.TotalsAsync(query, by, default)).Sum(t => t.Count);
                    var rows = (await queue.ListAsync(query, by, default)).Rows.Count;
                    var counts = await queue.CountAsync(by, default);
                    if (
                        (total, rows, counts[RequestShelf.ToDecide]) is var (all, page, shelf)
                        && (all < waiting || page != 50 || shelf != all)
                    )
                    {
                        throw new InvalidOperationException($"{all} wait, {shelf} by the count; the page has {page}.");
                    }
                },
                warmUps: 5
            );
            using var connection = world.Open();
            var floor = await Runs.OfAsync(
                runs,
                _ =>
                {
                    Read(
                        connection,
                        "SELECT * FROM ApprovalRequests WHERE State = 'Pending' AND PartnerId IS NULL ORDER BY DueAtUtc, Id LIMIT 50"
                    );
                    Read(
                        connection,
                        "SELECT Kind, AmountCurrency, COUNT(*), SUM(AmountMinorUnits) FROM ApprovalRequests WHERE State = 'Pending' AND PartnerId IS NULL GROUP BY Kind, AmountCurrency"
                    );
                    Read(connection, "SELECT COUNT(*) FROM ApprovalRequests WHERE State = 'Pending' AND PartnerId IS NULL");
                    Read(connection, "SELECT COUNT(*) FROM ApprovalRequests WHERE State IN ('Failed', 'Unknown')");
                    return Task.CompletedTask;
                },
                warmUps: 5
            );
            Figures.Print("checker's queue, first page", past, plum, "p95 50 ms", floor: floor);
        }
        finally
        {
            Remove(world);
        }
    }

    /// <summary>Everybody at the same request at the same moment, one request after the other; then two nodes execute.</summary>
    public static async Task RaceAsync(string cache, int small, int rounds, int checkers)
    {
        await using var world = await World.CopyOfAsync(cache, small);
        try
        {
            var requests = await Requests.SeedAsync(world, checkers, rounds, past: 0);
            var approvals = world.Get<ApprovalService>();
            var (times, watch) = (new List<double>(rounds), Stopwatch.StartNew());
            foreach (var (id, version, print) in requests.Pending)
            {
                var started = Stopwatch.GetTimestamp();
                var outcomes = await AtOnceAsync(
                    requests.Checkers,
                    by => approvals.ApproveAsync(new ApproveRequest(id, version, print), by, default)
                );
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                if (outcomes.Count(o => o is Outcome.Done) != 1 || outcomes.Count(o => o is Outcome.Refused) != checkers - 1)
                {
                    throw new InvalidOperationException(
                        $"REQ-{id}: {string.Join("; ", outcomes.GroupBy(o => o.ToString()).Select(g => $"{g.Count()} x {g.Key}"))}"
                    );
                }
            }

            var decided = watch.Elapsed;
            var runner = world.Get<RequestRunner>();
            await AtOnceAsync(
                [World.By, World.By],
                async by =>
                {
                    while (await runner.RunNextAsync(by, default)) { }

                    return by;
                }
            );
            Figures.Print($"a decision, {checkers} at once", rounds, Runs.Of(times), "one decision each");
            await CheckAsync(world, requests);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"    {rounds:N0} requests, {checkers} checkers each: decided in {decided.TotalSeconds:N1} s, executed by two nodes in {(watch.Elapsed - decided).TotalSeconds:N1} s; one decision, one execution, one posting each; trial balance zero"
                )
            );
        }
        finally
        {
            Remove(world);
        }
    }

    private static async Task CheckAsync(World world, Requests requests)
    {
        var ids = requests.Pending.Select(r => r.Id).ToList();
        await using var db = await world.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var events = await db
            .RequestEvents.Where(e => ids.Contains(e.RequestId))
            .GroupBy(e => new { e.RequestId, e.Kind })
            .Select(g => new { g.Key.Kind, Count = g.Count() })
            .ToListAsync();
        var posted = await db.JournalEntries.CountAsync(e =>
            e.RequestId != null && ids.Contains(e.RequestId.Value) && e.ResolvesId != null
        );
        var trial = await world.Get<LedgerService>().TryAsync(World.By with { Acts = new HashSet<Act> { Act.ReadLedger } }, default);
        foreach (var kind in new[] { RequestEventKind.Approved, RequestEventKind.Executed })
        {
            var each = events.Where(e => e.Kind == kind).ToList();
            Must(each.Count == ids.Count && each.TrueForAll(e => e.Count == 1), $"{each.Count} of {ids.Count} are {kind} once");
        }

        Must(posted == ids.Count, $"{posted} postings for {ids.Count} requests");
        Must(trial.Wrong.Count == 0, $"{trial.Wrong.Count} accounts differ from their postings");
        Must(trial.Totals.All(t => t.Value == 0), "the trial balance is not zero");

        static void Must(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new InvalidOperationException(otherwise);
            }
        }
    }

    private static async Task<T[]> AtOnceAsync<T>(IReadOnlyList<Actor> who, Func<Actor, Task<T>> what)
    {
        using var start = new Barrier(who.Count);
        return await Task.WhenAll(
            who.Select(by =>
                Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            return what(by);
                        },
                        default,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                    .Unwrap()
            )
        );
    }

    /// <summary>The rows of a decision: the request, its event, the ticket's line, the audit's; one transaction.</summary>
    private static void ByHand(SqliteConnection connection, long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA synchronous = FULL;
            BEGIN IMMEDIATE;
            UPDATE ApprovalRequests SET State = 'Approved', StepsDone = 1, Version = Version + 1, NextAttemptAtUtc = datetime('now') WHERE Id = $id AND Version = 0;
            INSERT INTO RequestEvents (RequestId, Kind, AtUtc, Who, Step) VALUES ($id, 'Approved', datetime('now'), 'Bench', 1);
            INSERT INTO TicketEvents (TicketId, AtUtc, Kind, Who, Note) SELECT TicketId, datetime('now'), 'CorrectionChanged', 'Bench', Title FROM ApprovalRequests WHERE Id = $id;
            UPDATE Tickets SET Version = Version + 1, UpdatedAtUtc = datetime('now') WHERE Id = (SELECT TicketId FROM ApprovalRequests WHERE Id = $id);
            INSERT INTO AuditEntries (AtUtc, Who, What, Room, Subject) VALUES (datetime('now'), 'Bench', 'Approved', 'Approvals', 'REQ');
            COMMIT;
            """;
        command.Parameters.AddWithValue("$id", id);
        command.ExecuteNonQuery();
    }

    private static void Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // of the constants above
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
        }
    }

    private static void Done(Outcome outcome)
    {
        if (outcome is not Outcome.Done)
        {
            throw new InvalidOperationException(outcome.ToString());
        }
    }

    private static void Remove(World world)
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(world.Folder, recursive: true);
    }
}
