using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Ledger;

/// <summary>
/// Moves money inside the caller's transaction. The balances are compared and set in the database at once; the entry is saved with the caller's
/// own rows. When the answer is a refusal, the caller ends its transaction without committing.
/// </summary>
internal static class LedgerStep
{
    /// <summary>In one phase.</summary>
    public static Task<Refusal?> PostAsync(this PlumDbContext db, EntryTerms terms, Actor by, DateTime nowUtc, CancellationToken ct) =>
        WriteAsync(db, terms, EntryPhase.Posted, pending: null, by, nowUtc, ct);

    /// <summary>First phase: nobody else can spend it from now on.</summary>
    public static Task<Refusal?> ReserveAsync(this PlumDbContext db, EntryTerms terms, Actor by, DateTime nowUtc, CancellationToken ct) =>
        WriteAsync(db, terms, EntryPhase.Pending, pending: null, by, nowUtc, ct);

    /// <summary>Second phase: moves what <paramref name="terms"/> say, at most what is pending on each account, and frees the rest.</summary>
    public static async Task<Refusal?> SettleAsync(
        this PlumDbContext db,
        string pendingKey,
        EntryTerms terms,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    ) => await WriteAsync(db, terms, EntryPhase.Settled, await PendingAsync(db, pendingKey, ct), by, nowUtc, ct);

    /// <summary>Second phase: frees what is pending. Nothing happens when there is no such entry: not all requests reserve.</summary>
    /// <param name="phase"><see cref="EntryPhase.Voided"/> or <see cref="EntryPhase.Expired"/>.</param>
    public static async Task<Refusal?> ReleaseAsync(
        this PlumDbContext db,
        string pendingKey,
        EntryPhase phase,
        string why,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        if (await FindPendingAsync(db, pendingKey, ct) is not { } pending)
        {
            return null;
        }

        var terms = new EntryTerms(
            $"{pendingKey}/released",
            phase == EntryPhase.Expired ? "Reservation expired" : "Reservation released",
            why,
            [],
            pending.RequestId,
            pending.TicketId,
            pending.OrderId
        );
        return await WriteAsync(db, terms, phase, pending, by, nowUtc, ct);
    }

    private static async Task<Refusal?> WriteAsync(
        PlumDbContext db,
        EntryTerms terms,
        EntryPhase phase,
        JournalEntry? pending,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Begin a transaction before moving money.");
        }

        var entry = JournalEntry.Write(terms, phase, pending, by, nowUtc);
        var former = await db.JournalEntries.AsNoTracking().SingleOrDefaultAsync(e => e.Key == terms.Key, ct);
        if (former is not null)
        {
            return former.Fingerprint == entry.Fingerprint ? null : LedgerRefusals.KeyReused;
        }

        if (pending is not null && await db.JournalEntries.AnyAsync(e => e.ResolvesId == pending.Id, ct))
        {
            return LedgerRefusals.Resolved;
        }

        if (phase == EntryPhase.Settled)
        {
            MustCover(pending!, terms);
        }

        foreach (var change in BalanceChange.Of(entry, pending))
        {
            if (await TakeAsync(db, change, ct) is { } refused)
            {
                return refused;
            }
        }

        db.Add(entry);
        return null;
    }

    /// <summary>ExecuteUpdate: compared and set in one statement, so that no two can spend the same; its audit is the journal entry.</summary>
    private static async Task<Refusal?> TakeAsync(PlumDbContext db, BalanceChange change, CancellationToken ct)
    {
        var (posted, pendingOut, pendingIn) = (change.Posted, change.PendingOut, change.PendingIn);
        var less = posted - pendingOut;
        var taken = await db
            .LedgerAccounts.Where(a =>
                a.Id == change.AccountId
                && (a.MayOverdraw || less >= 0 || a.Posted - a.PendingOut + less >= 0)
                && a.Currency == change.Currency
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Posted, a => a.Posted + posted)
                        .SetProperty(a => a.PendingOut, a => a.PendingOut + pendingOut)
                        .SetProperty(a => a.PendingIn, a => a.PendingIn + pendingIn),
                ct
            );
        if (taken == 1)
        {
            return null;
        }

        var account = await db.LedgerAccounts.AsNoTracking().SingleAsync(a => a.Id == change.AccountId, ct);
        return account.Currency == change.Currency
            ? LedgerRefusals.Insufficient(account.Name, new Money(account.Available, account.Currency), new Money(-less, account.Currency))
            : throw new InvalidOperationException($"{account.Key} does not hold {change.Currency}.");
    }

    private static void MustCover(JournalEntry pending, EntryTerms terms)
    {
        foreach (var leg in terms.Legs)
        {
            var reserved = pending.Postings.Where(p => p.AccountId == leg.AccountId).Sum(p => p.MinorUnits);
            if (Math.Sign(reserved) != Math.Sign(leg.Amount.MinorUnits) || Math.Abs(reserved) < Math.Abs(leg.Amount.MinorUnits))
            {
                throw new InvalidOperationException($"{terms.Key} settles more than {pending.Key} reserved.");
            }
        }
    }

    private static async Task<JournalEntry> PendingAsync(PlumDbContext db, string key, CancellationToken ct) =>
        await FindPendingAsync(db, key, ct) ?? throw new InvalidOperationException($"Nothing was reserved under {key}.");

    private static Task<JournalEntry?> FindPendingAsync(PlumDbContext db, string key, CancellationToken ct) =>
        db
            .JournalEntries.AsNoTracking()
            .Include(e => e.Postings)
            .SingleOrDefaultAsync(e => e.Key == key && e.Phase == EntryPhase.Pending, ct);

    /// <summary>What an entry does to one account; accounts in the order of their ids, so that two entries never wait for each other.</summary>
    private sealed record BalanceChange(Guid AccountId, string Currency, long Posted, long PendingOut, long PendingIn)
    {
        public static IEnumerable<BalanceChange> Of(JournalEntry entry, JournalEntry? pending) =>
            entry
                .Postings.Select(p =>
                    entry.Phase == EntryPhase.Pending ? Reserving(p, 1) : new(p.AccountId, p.Currency, p.MinorUnits, 0, 0)
                )
                .Concat((pending?.Postings ?? []).Select(p => Reserving(p, -1)))
                .GroupBy(c => (c.AccountId, c.Currency))
                .OrderBy(g => g.Key.AccountId)
                .Select(g => new BalanceChange(
                    g.Key.AccountId,
                    g.Key.Currency,
                    g.Sum(c => c.Posted),
                    g.Sum(c => c.PendingOut),
                    g.Sum(c => c.PendingIn)
                ));

        private static BalanceChange Reserving(Posting posting, int sign) =>
            posting.MinorUnits < 0
                ? new(posting.AccountId, posting.Currency, 0, -posting.MinorUnits * sign, 0)
                : new(posting.AccountId, posting.Currency, 0, 0, posting.MinorUnits * sign);
    }
}
