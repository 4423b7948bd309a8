using Microsoft.EntityFrameworkCore;
using Plum.Data.Corrections;
using Plum.Data.Shared;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Partners;

/// <summary>The texts under which a customer's requests and money are found, and the funds of their institution.</summary>
internal static class PartnerKeys
{
    /// <summary>Of requests: whom they benefit.</summary>
    public static string Beneficiary(Guid customerId) => $"customer:{customerId:n}";

    /// <summary>One open goodwill credit a customer.</summary>
    public static string Open(Guid customerId) => $"goodwill:{Beneficiary(customerId)}";

    /// <summary>What the keys of all the customer's wallets begin with.</summary>
    public static string Wallets(Guid customerId) => AccountKey.CustomerWallet(customerId, "");

    public static async Task<List<FundChoice>> FundsAsync(PlumDbContext db, Guid partnerId, CancellationToken ct) =>
        await db
            .LedgerAccounts.AsNoTracking()
            .Where(a => a.Kind == AccountKind.GoodwillFund && a.PartnerId == partnerId)
            .OrderBy(a => a.Currency)
            .ThenBy(a => a.Id)
            .Select(a => new FundChoice(a.Id, a.Name, new Money(a.Posted - a.PendingOut, a.Currency)))
            .ToListAsync(ct);
}
