using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Ledger;

internal static class LedgerAccounts
{
    /// <summary>
    /// The account's id; opens it when it is not there yet. In a transaction of its own, because an account without postings changes nothing:
    /// call it before the one that moves money begins.
    /// </summary>
    public static async Task<Guid> OpenAsync(
        this IDbContextFactory<PlumDbContext> contexts,
        AccountTerms terms,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.AccountIdAsync(terms.Key, ct) is { } there)
        {
            return there;
        }

        var account = LedgerAccount.Open(terms, nowUtc);
        db.Add(account);
        var taken = new Refusal("ledger.account-taken", "Somebody opened this account at the same moment.");
        return await db.SaveAsync(new Outcome.Done(), ct, taken) is Outcome.Done
            ? account.Id
            : await db.LedgerAccounts.AsNoTracking().Where(a => a.Key == terms.Key).Select(a => a.Id).SingleAsync(ct);
    }

    public static Task<Guid?> AccountIdAsync(this PlumDbContext db, string key, CancellationToken ct) =>
        db.LedgerAccounts.Where(a => a.Key == key).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct);

    /// <summary>What the actor may know of: a partner's people their own fund, a client's people the client's accounts.</summary>
    public static IQueryable<LedgerAccount> VisibleTo(this IQueryable<LedgerAccount> accounts, Actor by) =>
        by.PartnerId is { } partner ? accounts.Where(a => a.PartnerId == partner)
        : by.ClientId is { } client ? accounts.Where(a => a.ClientId == client)
        : accounts;
}
