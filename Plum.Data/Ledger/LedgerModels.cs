using Plum.Data.Shared;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Ledger;

public sealed record AccountQuery(AccountKind? Kind = null, string? Currency = null, string? Search = null, int Skip = 0, int Take = 50);

public sealed record AccountRow(
    Guid Id,
    AccountKind Kind,
    string Name,
    string Currency,
    long Posted,
    long PendingOut,
    long PendingIn,
    string? ClientCode
)
{
    public Money Balance => new(Posted, Currency);
    public Money Available => new(Posted - PendingOut, Currency);
}

/// <summary>An account with one page of its postings, newest first.</summary>
public sealed record AccountView(AccountRow Account, bool MayOverdraw, DateTime OpenedAtUtc, Page<PostingRow> Postings);

/// <param name="Resolved">Of a pending one, what became of it; null while it is pending.</param>
/// <param name="Others">The accounts on the other side.</param>
public sealed record PostingRow(
    long EntryId,
    string Key,
    DateTime AtUtc,
    EntryPhase Phase,
    EntryPhase? Resolved,
    string What,
    string Why,
    string Who,
    Money Amount,
    long? RequestId,
    long? TicketId,
    long? OrderId,
    IReadOnlyList<string> Others
);

/// <param name="Kept">The sum of the accounts' balances as they stand on them.</param>
/// <param name="Summed">The same out of the postings, one by one.</param>
public sealed record TrialRow(string Currency, AccountKind Kind, int Accounts, long Kept, long Summed);

/// <summary>Right when every currency sums to zero and every account holds what its postings say.</summary>
public sealed record TrialBalance(IReadOnlyList<TrialRow> Rows, IReadOnlyList<AccountRow> Wrong)
{
    /// <summary>Currency to what it sums to: zero for each, or something is wrong.</summary>
    public IReadOnlyDictionary<string, long> Totals => Rows.GroupBy(r => r.Currency).ToDictionary(g => g.Key, g => g.Sum(r => r.Summed));

    public bool IsRight => Wrong.Count == 0 && Totals.Values.All(total => total == 0);
}
