using Plum.Domain.Shared;

namespace Plum.Domain.Ledger;

/// <summary>
/// A place where money of one currency stands. What it holds is the sum of its postings; the columns here are that sum, kept by the same
/// transaction that writes the postings, so that a limit can be checked and taken in one statement.
/// </summary>
public sealed class LedgerAccount
{
    public const int KeyMaxLength = 120;
    public const int NameMaxLength = 300;

    private LedgerAccount() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>What the account is for, in one unique text; see <see cref="AccountKey"/>.</summary>
    public string Key { get; private init; } = "";
    public AccountKind Kind { get; private init; }
    public string Currency { get; private init; } = "";
    public string Name { get; private init; } = "";
    public Guid? ClientId { get; private init; }
    public Guid? ProgrammeId { get; private init; }
    public long? RecipientId { get; private init; }
    public Guid? SupplierId { get; private init; }
    public Guid? PartnerId { get; private init; }

    /// <summary>True of those that stand for somebody outside, whose debt to Plum is a balance below zero.</summary>
    public bool MayOverdraw { get; private init; }
    public DateTime OpenedAtUtc { get; private init; }

    /// <summary>Minor units: what is posted, less what is posted away.</summary>
    public long Posted { get; private init; }

    /// <summary>Minor units reserved by pending entries, to leave and to come; both at least zero.</summary>
    public long PendingOut { get; private init; }
    public long PendingIn { get; private init; }

    /// <summary>What may still be reserved: money to come does not count.</summary>
    public long Available => Posted - PendingOut;

    public static LedgerAccount Open(AccountTerms terms, DateTime nowUtc) =>
        new()
        {
            Key = terms.Key,
            Kind = terms.Kind,
            Currency = terms.Currency,
            Name = terms.Name.Length <= NameMaxLength ? terms.Name : terms.Name[..NameMaxLength],
            ClientId = terms.ClientId,
            ProgrammeId = terms.ProgrammeId,
            RecipientId = terms.RecipientId,
            SupplierId = terms.SupplierId,
            PartnerId = terms.PartnerId,
            MayOverdraw = terms.Kind is AccountKind.Funding or AccountKind.SupplierClearing or AccountKind.CardRefundsClearing,
            OpenedAtUtc = nowUtc,
        };
}

/// <summary>Money goes from one to the other; the sum over all accounts of a currency is zero.</summary>
public enum AccountKind
{
    /// <summary>Where money comes from: clients' and partners' deposits. Its balance is what was put in, below zero.</summary>
    Funding = 1,
    ProgrammeBudget = 2,

    /// <summary>Points of a programme, or currency, that a recipient may spend.</summary>
    RecipientWallet = 3,

    /// <summary>Of the company, or of a partner institution.</summary>
    GoodwillFund = 4,

    /// <summary>What was paid to a supplier for rewards, less what came back.</summary>
    SupplierClearing = 5,

    /// <summary>What the card acquirer is to pay back to cards.</summary>
    CardRefundsClearing = 6,

    /// <summary>Taken out of a programme's budget for allocation files that are approved, and not yet spent on orders.</summary>
    Allocations = 7,
}

/// <summary>What an account is opened with.</summary>
public sealed record AccountTerms(
    string Key,
    AccountKind Kind,
    string Currency,
    string Name,
    Guid? ClientId = null,
    Guid? ProgrammeId = null,
    long? RecipientId = null,
    Guid? SupplierId = null,
    Guid? PartnerId = null
)
{
    public static AccountTerms Funding(string currency) => new(AccountKey.Funding(currency), AccountKind.Funding, currency, "Deposits");

    public static AccountTerms Budget(Guid clientId, Guid programmeId, string currency, string programme) =>
        new(
            AccountKey.Budget(programmeId, currency),
            AccountKind.ProgrammeBudget,
            currency,
            $"Budget of {programme}",
            clientId,
            programmeId
        );

    public static AccountTerms Wallet(Guid clientId, long recipientId, Guid? programmeId, string currency, string recipient) =>
        new(
            AccountKey.Wallet(recipientId, programmeId, currency),
            AccountKind.RecipientWallet,
            currency,
            $"Wallet of {recipient}",
            clientId,
            programmeId,
            recipientId
        );

    /// <summary>Of a customer of a partner institution, which alone sees it.</summary>
    public static AccountTerms CustomerWallet(Guid partnerId, Guid customerId, string currency, string customer) =>
        new(
            AccountKey.CustomerWallet(customerId, currency),
            AccountKind.RecipientWallet,
            currency,
            $"Wallet of {customer}",
            PartnerId: partnerId
        );

    public static AccountTerms Goodwill(string currency) =>
        new(AccountKey.Goodwill(partnerId: null, currency), AccountKind.GoodwillFund, currency, "Goodwill fund of Plum");

    public static AccountTerms Goodwill(Guid partnerId, string currency, string partner) =>
        new(
            AccountKey.Goodwill(partnerId, currency),
            AccountKind.GoodwillFund,
            currency,
            $"Goodwill fund of {partner}",
            PartnerId: partnerId
        );

    public static AccountTerms Supplier(Guid supplierId, string currency, string supplier) =>
        new(
            AccountKey.Supplier(supplierId, currency),
            AccountKind.SupplierClearing,
            currency,
            $"Clearing with {supplier}",
            SupplierId: supplierId
        );

    public static AccountTerms Allocations(Guid clientId, Guid programmeId, string currency, string programme) =>
        new(
            AccountKey.Allocations(programmeId, currency),
            AccountKind.Allocations,
            currency,
            $"Approved files of {programme}",
            clientId,
            programmeId
        );

    public static AccountTerms CardRefunds(string currency) =>
        new(AccountKey.CardRefunds(currency), AccountKind.CardRefundsClearing, currency, "Card refunds clearing");
}

/// <summary>One text per account, the same wherever it is asked for.</summary>
public static class AccountKey
{
    public static string Funding(string currency) => $"funding/{currency}";

    public static string Budget(Guid programmeId, string currency) => $"budget/{programmeId:n}/{currency}";

    public static string Allocations(Guid programmeId, string currency) => $"allocations/{programmeId:n}/{currency}";

    /// <summary>Points belong to a programme; currency does not.</summary>
    public static string Wallet(long recipientId, Guid? programmeId, string currency) =>
        currency == Currencies.Points && programmeId is { } programme
            ? $"wallet/{recipientId}/{programme:n}/{currency}"
            : $"wallet/{recipientId}/{currency}";

    public static string CustomerWallet(Guid customerId, string currency) => $"wallet/customer/{customerId:n}/{currency}";

    public static string Goodwill(Guid? partnerId, string currency) => $"goodwill/{(partnerId is { } id ? $"{id:n}" : "plum")}/{currency}";

    public static string Supplier(Guid supplierId, string currency) => $"supplier/{supplierId:n}/{currency}";

    public static string CardRefunds(string currency) => $"card-refunds/{currency}";
}
