using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>
/// The queue's filters answered from memory, for SQLite: exact counts of any mixture of filters over a million tickets in under a
/// millisecond, where SQL would read every row that one of them leaves. It holds nothing of its own: each question first reads what
/// changed since the last one, by whichever process, from the ring that triggers write (<see cref="TicketQueueTriggers"/>). SQL Server has
/// the same in its columnstore, and needs none of this.
/// </summary>
public sealed class TicketQueueIndex : IDisposable
{
    private const string Newest = "SELECT coalesce(max(Seq), 0) FROM TicketChanges";

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly ReaderWriterLockSlim _lock = new();
    private TicketQueueMemory? _memory;
    private long _seq;

    /// <summary>From so many tickets on, the commonest words are searched for before somebody asks.</summary>
    private const int Many = 100_000;

    /// <summary>Reads all tickets, if that has not been done: a second or two for a million. The first question would do it too.</summary>
    public async Task WarmAsync(IDbContextFactory<PlumDbContext> contexts, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (db.Database.IsSqlite())
        {
            await CatchUpAsync(db, ct);
            if (_memory!.Exists.Count() > Many)
            {
                _memory.Texts.Warm((SqliteConnection)db.Database.GetDbConnection(), Volatile.Read(ref _seq), ct);
            }
        }
    }

    /// <summary>How many each filter leaves.</summary>
    internal async Task<IReadOnlyList<int>> CountAsync(
        PlumDbContext db,
        IReadOnlyList<TicketFilter> filters,
        TicketQueueMoment moment,
        CancellationToken ct
    )
    {
        await CatchUpAsync(db, ct);
        var counts = new List<int>(filters.Count);
        foreach (var filter in filters)
        {
            counts.Add(Ask(db, filter, moment, (_, set) => set.Count(), ct));
        }

        return counts;
    }

    /// <returns>The numbers of one page in order, and how many there are in all.</returns>
    internal async Task<(IReadOnlyList<long> Ids, int Total)> PageAsync(
        PlumDbContext db,
        TicketFilter filter,
        TicketOrder order,
        int page,
        int size,
        TicketQueueMoment moment,
        CancellationToken ct
    )
    {
        await CatchUpAsync(db, ct);
        var ranks = await TicketQueueRanks.OfAsync(db, order.By, ct);
        return Ask(
            db,
            filter,
            moment,
            (memory, set) =>
            {
                var total = set.Count();
                var skip = Math.Min(page - 1, Math.Max(0, (total - 1) / size)) * size;
                return ((IReadOnlyList<long>)memory.Page(set, order, ranks, skip, size), total);
            },
            ct
        );
    }

    /// <summary>Every number that the filter leaves, rising.</summary>
    internal async Task<IReadOnlyList<long>> AllAsync(PlumDbContext db, TicketFilter filter, TicketQueueMoment moment, CancellationToken ct)
    {
        await CatchUpAsync(db, ct);
        return Ask(db, filter, moment, (memory, set) => set.Rows().Select(memory.IdOf).ToList(), ct);
    }

    private T Ask<T>(
        PlumDbContext db,
        TicketFilter filter,
        TicketQueueMoment moment,
        Func<TicketQueueMemory, TicketBits, T> answer,
        CancellationToken ct
    )
    {
        var memory = _memory!;
        var within = memory.Texts.Find((SqliteConnection)db.Database.GetDbConnection(), Volatile.Read(ref _seq), filter, moment.By, ct);
        _lock.EnterReadLock();
        try
        {
            within?.Grow(memory.Exists.Words.Length << 6); // the tickets may have become more meanwhile
            var set = memory.Find(filter, moment, within);
            var result = answer(memory, set);
            memory.Return(set);
            if (within is not null)
            {
                memory.Return(within);
            }

            return result;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private async Task CatchUpAsync(PlumDbContext db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct); // closed with the context; until then the pages of the cache stay warm
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        if (_memory is not null && Number(connection, Newest, ct) == Volatile.Read(ref _seq))
        {
            return;
        }

        await _reading.WaitAsync(ct);
        try
        {
            Read(connection, ct);
        }
        finally
        {
            _reading.Release();
        }
    }

    private void Read(SqliteConnection connection, CancellationToken ct)
    {
        var seq = Number(connection, Newest, ct); // before the tickets: what is written meanwhile is read again next time
        var reachesBack =
            _memory is not null && seq >= _seq && Number(connection, "SELECT coalesce(min(Seq), 0) FROM TicketChanges", ct) <= _seq + 1;
        if (!reachesBack || !Follow(connection, ct))
        {
            var first = Number(connection, "SELECT coalesce(min(Id), 1) FROM Tickets", ct);
            var rows = Number(connection, "SELECT coalesce(max(Id), 0) FROM Tickets", ct) - first + 1;
            var memory = new TicketQueueMemory(first);
            memory.Grow((int)Math.Clamp(rows, 1, TicketQueueMemory.MostRows));
            TicketQueueReading.Tickets(connection, since: null, (in TicketQueueEntry t) => memory.Put(t), ct);
            _lock.EnterWriteLock();
            _memory = memory;
            _lock.ExitWriteLock();
        }

        Volatile.Write(ref _seq, seq);
    }

    /// <returns>False when the whole has to be read again.</returns>
    private bool Follow(SqliteConnection connection, CancellationToken ct)
    {
        var gone = new HashSet<long>();
        TicketQueueReading.Numbers(connection, "SELECT TicketId FROM TicketChanges WHERE Seq > ?1", [_seq], id => gone.Add(id), ct);
        var changed = new List<TicketQueueEntry>(gone.Count);
        TicketQueueReading.Tickets(
            connection,
            _seq,
            (in TicketQueueEntry t) =>
            {
                changed.Add(t);
                gone.Remove(t.Id);
            },
            ct
        );
        if (changed.Exists(t => !_memory!.Holds(t.Id)))
        {
            return false;
        }

        _lock.EnterWriteLock();
        try
        {
            changed.ForEach(t => _memory!.Put(t));
            foreach (var id in gone)
            {
                _memory!.Remove(id);
            }
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        return true;
    }

    private static long Number(SqliteConnection connection, string sql, CancellationToken ct)
    {
        var number = 0L;
        TicketQueueReading.Numbers(connection, sql, [], n => number = n, ct);
        return number;
    }

    public void Dispose()
    {
        _reading.Dispose();
        _lock.Dispose();
    }
}
