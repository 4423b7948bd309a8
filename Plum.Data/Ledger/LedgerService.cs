using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Ledger;

/// <summary>What every account holds, and why. Money is moved by requests alone, never here.</summary>
public sealed class LedgerService(IDbContextFactory<PlumDbContext> contexts)
{
    public async Task<Page<AccountRow>> ListAsync(AccountQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadLedger))
        {
            return Page<AccountRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var search = query.Search?.Trim();
        var accounts = db
            .LedgerAccounts.AsNoTracking()
            .VisibleTo(by)
            .Where(a => query.Kind == null || a.Kind == query.Kind)
            .Where(a => query.Currency == null || a.Currency == query.Currency)
            .Where(a => string.IsNullOrEmpty(search) || a.Name.Contains(search));
        return await Rows(db, accounts.OrderBy(a => a.Kind).ThenBy(a => a.Name).ThenBy(a => a.Id)).ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <summary>Of the accounts that the actor sees.</summary>
    public async Task<IReadOnlyList<string>> CurrenciesAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadLedger))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.LedgerAccounts.VisibleTo(by).Select(a => a.Currency).Distinct().OrderBy(c => c).ToListAsync(ct);
    }

    /// <returns>Null when there is none for this person.</returns>
    public async Task<AccountView?> GetAsync(Guid id, int skip, int take, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadLedger))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.LedgerAccounts.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(a => a.Id == id, ct);
        if (account is null)
        {
            return null;
        }

        var row = await Rows(db, db.LedgerAccounts.Where(a => a.Id == id)).SingleAsync(ct);
        var lines = await (
            from posting in db.Postings
            join entry in db.JournalEntries on posting.EntryId equals entry.Id
            where posting.AccountId == id
            orderby posting.Id descending
            select new
            {
                Posting = posting,
                Entry = entry,
                Resolved = db.JournalEntries.Where(e => e.ResolvesId == entry.Id).Select(e => (EntryPhase?)e.Phase).FirstOrDefault(),
            }
        )
            .AsNoTracking()
            .ToPageAsync(skip, take, ct);
        var entries = lines.Rows.Select(l => l.Entry.Id).Distinct().ToList();
        var others = await db
            .Postings.Where(p => entries.Contains(p.EntryId) && p.AccountId != id)
            .Join(db.LedgerAccounts, p => p.AccountId, a => a.Id, (p, a) => new { p.EntryId, a.Name })
            .Distinct()
            .ToListAsync(ct);
        var names = others.ToLookup(o => o.EntryId, o => o.Name);
        return new AccountView(
            row,
            account.MayOverdraw,
            account.OpenedAtUtc,
            new Page<PostingRow>(
                [
                    .. lines.Rows.Select(l => new PostingRow(
                        l.Entry.Id,
                        l.Entry.Key,
                        l.Entry.AtUtc,
                        l.Entry.Phase,
                        l.Resolved,
                        l.Entry.What,
                        l.Entry.Why,
                        l.Entry.Who,
                        new Money(l.Posting.MinorUnits, l.Posting.Currency),
                        l.Entry.RequestId,
                        l.Entry.TicketId,
                        l.Entry.OrderId,
                        [.. names[l.Entry.Id].Order(StringComparer.Ordinal)]
                    )),
                ],
                lines.Total
            )
        );
    }

    /// <summary>Every account that the actor sees, by kind and currency; over all of them the sum of each currency is zero.</summary>
    public async Task<TrialBalance> TryAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadLedger) || by.IsBound)
        {
            return new TrialBalance([], []);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct); // one moment for both readings
        var kept = await Rows(db, db.LedgerAccounts.AsNoTracking().OrderBy(a => a.Name).ThenBy(a => a.Id)).ToListAsync(ct);
        var postings =
            from posting in db.Postings
            join entry in db.JournalEntries on posting.EntryId equals entry.Id
            where entry.Phase == EntryPhase.Posted || entry.Phase == EntryPhase.Settled
            group posting by posting.AccountId into account
            select new { Id = account.Key, Sum = account.Sum(p => p.MinorUnits) };
        var summed = await postings.ToDictionaryAsync(a => a.Id, a => a.Sum, ct);
        var open =
            from posting in db.Postings
            join entry in db.JournalEntries on posting.EntryId equals entry.Id
            where entry.Phase == EntryPhase.Pending && !db.JournalEntries.Any(e => e.ResolvesId == entry.Id)
            group posting by posting.AccountId into account
            select new
            {
                Id = account.Key,
                Out = -account.Sum(p => p.MinorUnits < 0 ? p.MinorUnits : 0),
                In = account.Sum(p => p.MinorUnits > 0 ? p.MinorUnits : 0),
            };
        var pending = await open.ToDictionaryAsync(a => a.Id, a => (a.Out, a.In), ct);
        return new TrialBalance(
            [
                .. kept.GroupBy(a => (a.Currency, a.Kind))
                    .OrderBy(g => g.Key)
                    .Select(g => new TrialRow(
                        g.Key.Currency,
                        g.Key.Kind,
                        g.Count(),
                        g.Sum(a => a.Posted),
                        g.Sum(a => summed.GetValueOrDefault(a.Id))
                    )),
            ],
            [
                .. kept.Where(a =>
                    a.Posted != summed.GetValueOrDefault(a.Id) || (a.PendingOut, a.PendingIn) != pending.GetValueOrDefault(a.Id)
                ),
            ]
        );
    }

    private static IQueryable<AccountRow> Rows(PlumDbContext db, IQueryable<LedgerAccount> accounts) =>
        accounts.Select(a => new AccountRow(
            a.Id,
            a.Kind,
            a.Name,
            a.Currency,
            a.Posted,
            a.PendingOut,
            a.PendingIn,
            db.Clients.Where(c => c.Id == a.ClientId).Select(c => c.Code).FirstOrDefault()
        ));
}
