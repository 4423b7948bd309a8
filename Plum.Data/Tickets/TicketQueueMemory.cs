using System.Collections.Concurrent;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>What of one ticket the queue filters and sorts by. Instants in ticks; 0 is none.</summary>
internal struct TicketQueueEntry
{
    public long Id;
    public Guid Client;
    public Guid? Programme;
    public Guid? Owner;
    public Guid? Brand;
    public Guid? Supplier;
    public Guid Category;
    public string Disposition;
    public IntakeChannel Channel;
    public Severity Severity;
    public WaitingOn WaitingOn;
    public SupportLevel Level;
    public Stage Stage;
    public long Created;
    public long Updated;
    public long Due;
    public long Warn;
    public bool IsPaused;
    public bool WasBreached;
}

/// <summary>Every ticket's filter columns, about 60 bytes a ticket. Not safe by itself against a writer: <see cref="TicketQueueIndex"/> guards it.</summary>
internal sealed class TicketQueueMemory
{
    /// <summary>How far apart the first and last ticket may be; numbers are given in a row, so this is close to their count.</summary>
    public const long MostRows = 64_000_000;

    private readonly ConcurrentBag<TicketBits> _spare = [];
    private readonly long _firstId;
    private int _rows;

    public TicketQueueMemory(long firstId) => (_firstId, Texts) = (firstId, new TicketTextCache(this));

    public TicketTextCache Texts { get; }

    public readonly TicketBits Exists = new(0);
    public readonly TicketBits Open = new(0);
    public readonly TicketBits HasDue = new(0);
    public readonly TicketBits Paused = new(0);
    public readonly TicketBits WasBreached = new(0);
    public readonly TicketQueueColumn<Guid> Clients = new();
    public readonly TicketQueueColumn<Guid> Programmes = new();
    public readonly TicketQueueColumn<Guid> Owners = new();
    public readonly TicketQueueColumn<Guid> Brands = new();
    public readonly TicketQueueColumn<Guid> Suppliers = new();
    public readonly TicketQueueColumn<Guid> Categories = new();
    public readonly TicketQueueColumn<string> Dispositions = new();
    public readonly TicketQueueColumn<IntakeChannel> Channels = new();
    public readonly TicketQueueColumn<Severity> Severities = new();
    public readonly TicketQueueColumn<WaitingOn> WaitingOn = new();
    public readonly TicketQueueColumn<SupportLevel> Levels = new();
    public readonly TicketQueueTimes Created = new();
    public readonly TicketQueueTimes Updated = new();
    public readonly TicketQueueTimes Due = new();
    public readonly TicketQueueTimes Warn = new();

    private IEnumerable<TicketBits> Sets => [Exists, Open, HasDue, Paused, WasBreached];

    private IEnumerable<TicketQueueTimes> Times => [Created, Updated, Due, Warn];

    public long IdOf(int row) => _firstId + row;

    /// <summary>-1 for a ticket that is not there.</summary>
    public int RowOf(long id) => id >= _firstId && id - _firstId < _rows && Exists[(int)(id - _firstId)] ? (int)(id - _firstId) : -1;

    /// <summary>A ticket before the first one was not foreseen: the whole has to be read again.</summary>
    public bool Holds(long id) => id >= _firstId && id - _firstId < MostRows;

    public void Put(in TicketQueueEntry ticket)
    {
        var row = checked((int)(ticket.Id - _firstId));
        if (row >= _rows)
        {
            Grow(Math.Max(row + 1, _rows + (_rows / 4)));
        }

        var open = ticket.Stage != Stage.Final;
        Exists[row] = true;
        Open[row] = open;
        HasDue[row] = ticket.Due != 0;
        Paused[row] = ticket.IsPaused;
        WasBreached[row] = ticket.WasBreached;
        Clients.Set(row, ticket.Client, has: true);
        Programmes.Set(row, ticket.Programme.GetValueOrDefault(), ticket.Programme.HasValue);
        Owners.Set(row, ticket.Owner.GetValueOrDefault(), ticket.Owner.HasValue);
        Brands.Set(row, ticket.Brand.GetValueOrDefault(), ticket.Brand.HasValue);
        Suppliers.Set(row, ticket.Supplier.GetValueOrDefault(), ticket.Supplier.HasValue);
        Categories.Set(row, ticket.Category, has: true);
        Dispositions.Set(row, ticket.Disposition, has: true);
        Channels.Set(row, ticket.Channel, has: true);
        Severities.Set(row, ticket.Severity, has: true);
        WaitingOn.Set(row, ticket.WaitingOn, has: true);
        Levels.Set(row, ticket.Level, has: true);
        Created.Set(row, ticket.Created);
        Updated.Set(row, ticket.Updated);
        Due.Set(row, ticket.Due);
        Warn.Set(row, ticket.Warn);
    }

    public void Remove(long id)
    {
        if (RowOf(id) is not -1 and var row)
        {
            foreach (var set in Sets)
            {
                set[row] = false;
            }

            Clients.Forget(row);
            Programmes.Forget(row);
            Owners.Forget(row);
            Brands.Forget(row);
            Suppliers.Forget(row);
            Categories.Forget(row);
            Dispositions.Forget(row);
            Channels.Forget(row);
            Severities.Forget(row);
            WaitingOn.Forget(row);
            Levels.Forget(row);
        }
    }

    public SlaState StateOf(int row, long now) =>
        !HasDue[row] ? (Paused[row] ? SlaState.Paused : SlaState.None)
        : Due[row] <= now ? SlaState.Breached
        : Warn[row] != 0 && Warn[row] <= now ? SlaState.AtRisk
        : SlaState.Running;

    /// <summary>An empty set of the right length; give it back by <see cref="Return"/>.</summary>
    public TicketBits Rent()
    {
        if (!_spare.TryTake(out var set))
        {
            return new TicketBits(_rows);
        }

        if (set.Words.Length != Exists.Words.Length)
        {
            set.Grow(_rows);
        }

        set.Clear();
        return set;
    }

    public void Return(TicketBits set) => _spare.Add(set);

    public void Grow(int rows)
    {
        _rows = (rows + TicketQueueTimes.Block) / TicketQueueTimes.Block * TicketQueueTimes.Block;
        foreach (var set in Sets)
        {
            set.Grow(_rows);
        }

        foreach (var times in Times)
        {
            times.Grow(_rows);
        }

        Clients.Grow(_rows);
        Programmes.Grow(_rows);
        Owners.Grow(_rows);
        Brands.Grow(_rows);
        Suppliers.Grow(_rows);
        Categories.Grow(_rows);
        Dispositions.Grow(_rows);
        Channels.Grow(_rows);
        Severities.Grow(_rows);
        WaitingOn.Grow(_rows);
        Levels.Grow(_rows);
    }
}
