using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plum.Domain.Shared;

namespace Plum.Domain.Ledger;

/// <summary>
/// One movement of money: postings that sum to zero in each currency. Never changed: a mistake is put right by an opposite entry. In two
/// phases, a pending entry reserves, and one later entry resolves it, once.
/// </summary>
public sealed class JournalEntry
{
    public const int KeyMaxLength = 120;
    public const int WhatMaxLength = 100;
    public const int WhyMaxLength = 2000;
    public const int FingerprintLength = 64;

    private readonly List<Posting> _postings = [];

    private JournalEntry() { } // EF Core

    public long Id { get; private init; }

    /// <summary>The idempotency key: the same key with the same data is the same entry; with other data it is refused.</summary>
    public string Key { get; private init; } = "";
    public EntryPhase Phase { get; private init; }

    /// <summary>The pending entry that this one posts, voids or lets expire.</summary>
    public long? ResolvesId { get; private init; }

    /// <summary>The posted entry that this one takes back.</summary>
    public long? RevertsId { get; private init; }
    public string What { get; private init; } = "";
    public string Why { get; private init; } = "";
    public long? RequestId { get; private init; }
    public long? TicketId { get; private init; }
    public long? OrderId { get; private init; }

    /// <summary>SHA-256 of what the entry moves and for what, in hex.</summary>
    public string Fingerprint { get; private init; } = "";
    public DateTime AtUtc { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";
    public IReadOnlyList<Posting> Postings => _postings;

    /// <exception cref="InvalidOperationException">The legs do not balance: a bug of whoever asks, not a refusal.</exception>
    public static JournalEntry Write(EntryTerms terms, EntryPhase phase, JournalEntry? resolves, Actor by, DateTime nowUtc)
    {
        if (phase is not EntryPhase.Voided and not EntryPhase.Expired && Legs.Fault(terms.Legs) is { } fault)
        {
            throw new InvalidOperationException($"{terms.Key}: {fault}");
        }

        var entry = new JournalEntry
        {
            Key = terms.Key,
            Phase = phase,
            ResolvesId = resolves?.Id,
            RevertsId = terms.RevertsId,
            What = terms.What,
            Why = terms.Why,
            RequestId = terms.RequestId,
            TicketId = terms.TicketId,
            OrderId = terms.OrderId,
            Fingerprint = terms.Fingerprint(phase),
            AtUtc = nowUtc,
            UserId = by.UserId,
            Who = by.Name,
        };
        entry._postings.AddRange(terms.Legs.Select((leg, line) => Posting.Of(leg, line)));
        return entry;
    }
}

public enum EntryPhase
{
    /// <summary>In one phase.</summary>
    Posted = 1,

    /// <summary>Reserves; resolved once by one of the next three.</summary>
    Pending = 2,
    Settled = 3,
    Voided = 4,
    Expired = 5,
}

/// <summary>One leg of an entry, as kept.</summary>
public sealed class Posting
{
    private Posting() { } // EF Core

    public long Id { get; private init; }
    public long EntryId { get; private init; }
    public int Line { get; private init; }
    public Guid AccountId { get; private init; }

    /// <summary>Minor units: below zero leaves the account, above zero comes to it.</summary>
    public long MinorUnits { get; private init; }
    public string Currency { get; private init; } = "";

    internal static Posting Of(Leg leg, int line) =>
        new()
        {
            Line = line,
            AccountId = leg.AccountId,
            MinorUnits = leg.Amount.MinorUnits,
            Currency = leg.Amount.Currency,
        };
}

/// <param name="Amount">Below zero leaves the account, above zero comes to it.</param>
public readonly record struct Leg(Guid AccountId, Money Amount);

public static class Legs
{
    /// <summary>Moves an amount from one account to another.</summary>
    public static IReadOnlyList<Leg> Move(Guid from, Guid to, Money amount) =>
        [new(from, amount with { MinorUnits = checked(-amount.MinorUnits) }), new(to, amount)];

    /// <summary>What is wrong with them; null when they balance.</summary>
    public static string? Fault(IReadOnlyList<Leg> legs) =>
        legs.Count < 2 ? "an entry has two legs at least"
        : legs.Any(l => l.Amount.MinorUnits == 0) ? "a leg moves nothing"
        : legs.GroupBy(l => l.Amount.Currency).FirstOrDefault(g => g.Aggregate(0L, (sum, l) => checked(sum + l.Amount.MinorUnits)) != 0)
            is { } open
            ? $"the legs in {open.Key} do not sum to zero"
        : null;
}

/// <summary>What an entry is to move, under which key, and for what.</summary>
public sealed record EntryTerms(
    string Key,
    string What,
    string Why,
    IReadOnlyList<Leg> Legs,
    long? RequestId = null,
    long? TicketId = null,
    long? OrderId = null,
    long? RevertsId = null
)
{
    /// <summary>Equal for the same data alone; the words of the reason are no part of it.</summary>
    public string Fingerprint(EntryPhase phase)
    {
        var text = string.Join(
            '|',
            Legs.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.AccountId:n}:{l.Amount.MinorUnits}:{l.Amount.Currency}"))
                .Prepend(string.Create(CultureInfo.InvariantCulture, $"{phase}:{RequestId}:{OrderId}:{RevertsId}"))
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

public static class LedgerRefusals
{
    public static readonly Refusal KeyReused = new(
        "ledger.key-reused",
        "Another movement of money was recorded under the same key. Nothing was moved; tell an administrator."
    );

    public static readonly Refusal Resolved = new(
        "ledger.resolved",
        "What was reserved for this has been released or used already. Make the request again."
    );

    public static Refusal Insufficient(string account, Money available, Money asked) =>
        new(
            "ledger.insufficient",
            $"{account} has {available} available, and {asked} is asked for. Ask for less, or have it funded.",
            "Amount"
        );
}
