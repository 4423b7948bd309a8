using Plum.Domain.Ledger;
using Plum.Portal.Shared;

namespace Plum.Portal.Ledger;

/// <summary>How accounts and their postings read on their pages.</summary>
public static class LedgerWords
{
    public const string Path = "/ledger";

    public static string Href(Guid accountId) => $"{Path}/accounts/{accountId}";

    public static string Of(AccountKind kind) =>
        kind switch
        {
            AccountKind.Funding => "Deposits",
            AccountKind.ProgrammeBudget => "Programme budget",
            AccountKind.RecipientWallet => "Recipient wallet",
            AccountKind.GoodwillFund => "Goodwill fund",
            AccountKind.SupplierClearing => "Supplier clearing",
            AccountKind.CardRefundsClearing => "Card refunds clearing",
            AccountKind.Allocations => "Approved files",
            _ => kind.ToString(),
        };

    /// <summary>Where a posting stands: of a reservation, what became of it.</summary>
    public static (string Word, Meaning Meaning, string Icon) Of(EntryPhase phase, EntryPhase? resolved) =>
        (phase, resolved) switch
        {
            (EntryPhase.Pending, null) => ("Reserved", Meaning.Info, "clock"),
            (EntryPhase.Pending, EntryPhase.Settled) => ("Reserved, then posted", Meaning.None, "good"),
            (EntryPhase.Pending, EntryPhase.Expired) => ("Reserved, then expired", Meaning.None, "undo"),
            (EntryPhase.Pending, _) => ("Reserved, then freed", Meaning.None, "undo"),
            (EntryPhase.Posted or EntryPhase.Settled, _) => ("Posted", Meaning.Good, "good"),
            _ => ("Freed", Meaning.None, "undo"),
        };
}
