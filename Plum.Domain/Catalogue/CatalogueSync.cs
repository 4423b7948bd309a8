using Plum.Domain.Shared;

namespace Plum.Domain.Catalogue;

public enum CatalogueSyncState
{
    /// <summary>Under way, or waiting to ask again.</summary>
    Running = 1,
    Done = 2,

    /// <summary>Too many products were gone at once to be believed: a person decides.</summary>
    Stopped = 3,

    /// <summary>The supplier would not, or could not be reached.</summary>
    Failed = 4,
}

/// <summary>
/// One reading of a supplier's whole list of products, page by page. Where it stands is kept with what each page brought, in one save, so that
/// it goes on from there after a kill. What the list no longer has is switched off at its end.
/// </summary>
public sealed class CatalogueSync
{
    public const int CursorMaxLength = 500;
    public const int WordsMaxLength = 600;

    /// <summary>Each supplier's list is read this often by itself.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(24);

    /// <summary>Percent of the products there are: when more are gone at once the list is not believed.</summary>
    public const int MostGonePercent = 20;

    /// <summary>A handful may always go.</summary>
    public const int AlwaysMayGo = 4;

    /// <summary>Unanswered so often in a row, it is given up until the next turn.</summary>
    public const int MostTries = 6;

    private CatalogueSync() { } // EF Core

    public long Id { get; private init; }
    public Guid SupplierId { get; private init; }
    public CatalogueSyncState State { get; private set; } = CatalogueSyncState.Running;
    public string StartedBy { get; private init; } = "";
    public DateTime StartedAtUtc { get; private init; }
    public DateTime? FinishedAtUtc { get; private set; }

    /// <summary>Not before then.</summary>
    public DateTime? WaitUntilUtc { get; private set; }

    /// <summary>Of the page to ask for next; null for the first, and after the last.</summary>
    public string? Cursor { get; private set; }

    /// <summary>Whether the whole list was read, and what it lacks is being switched off.</summary>
    public bool IsListed { get; private set; }

    /// <summary>Counted up with each save: two at work do not both save the same page.</summary>
    public int Steps { get; private set; }
    public int Tries { get; private set; }
    public bool TakesDrop { get; private set; }
    public int Seen { get; private set; }
    public int Added { get; private set; }
    public int Changed { get; private set; }

    /// <summary>Names that a person wrote and the sync let stand, though the supplier changed its own.</summary>
    public int Kept { get; private set; }
    public int Gone { get; private set; }
    public int Unreadable { get; private set; }

    /// <summary>The supplier's, or why it stopped.</summary>
    public string? Words { get; private set; }

    public static CatalogueSync Start(Guid supplierId, string by, DateTime nowUtc) =>
        new()
        {
            SupplierId = supplierId,
            StartedBy = by,
            StartedAtUtc = nowUtc,
        };

    /// <param name="next">Null after the last page.</param>
    public void Read(string? next, SyncCounts counts)
    {
        (Cursor, IsListed, Tries, WaitUntilUtc, Words) = (next, next is null, 0, null, null);
        (Seen, Added, Changed, Kept, Unreadable) = (
            Seen + counts.Seen,
            Added + counts.Added,
            Changed + counts.Changed,
            Kept + counts.Kept,
            Unreadable + counts.Unreadable
        );
        Steps++;
    }

    /// <summary>Asks again later, longer each time; given up after <see cref="MostTries"/>.</summary>
    /// <param name="after">What the supplier asks for; null for a wait of ours.</param>
    public void Unanswered(string words, TimeSpan? after, DateTime nowUtc)
    {
        if (++Tries >= MostTries)
        {
            Fail(words, nowUtc);
            return;
        }

        WaitUntilUtc = nowUtc + (after ?? TimeSpan.FromMinutes(Math.Pow(2, Tries - 1)));
        Words = Cut(words);
        Steps++;
    }

    public void Fail(string words, DateTime nowUtc) => End(CatalogueSyncState.Failed, words, nowUtc);

    /// <summary>Why what is gone may not be switched off by itself; null when it may.</summary>
    /// <param name="live">Products that were there, those that are gone among them.</param>
    public Refusal? CannotDrop(int gone, int live) =>
        TakesDrop || gone <= AlwaysMayGo || gone * 100L <= live * (long)MostGonePercent
            ? null
            : new Refusal(
                "catalogue-sync.drop",
                $"The supplier no longer lists {gone} of {live} products. More than {MostGonePercent}% at once is not believed: none was switched off."
            );

    public void Stop(Refusal why, DateTime nowUtc) => End(CatalogueSyncState.Stopped, why.Message, nowUtc);

    public void SwitchedOff(int count)
    {
        Gone += count;
        Steps++;
    }

    public void Finish(DateTime nowUtc) => End(CatalogueSyncState.Done, null, nowUtc);

    public Refusal? CannotAccept() =>
        State == CatalogueSyncState.Stopped
            ? null
            : new Refusal("catalogue-sync.not-stopped", "It is not stopped: nothing waits to be accepted.");

    /// <summary>A person believes the supplier: it goes on with what is gone.</summary>
    public void Accept()
    {
        RefusedException.ThrowIf(CannotAccept());

        (State, TakesDrop, FinishedAtUtc, Words) = (CatalogueSyncState.Running, true, null, null);
        Steps++;
    }

    private void End(CatalogueSyncState state, string? words, DateTime nowUtc)
    {
        (State, FinishedAtUtc, WaitUntilUtc, Words) = (state, nowUtc, null, Cut(words));
        Steps++;
    }

    private static string? Cut(string? words) => words?.Length > WordsMaxLength ? words[..WordsMaxLength] : words;
}

/// <summary>What one page brought.</summary>
public readonly record struct SyncCounts(int Seen, int Added, int Changed, int Kept, int Unreadable);

/// <summary>A product as its supplier listed it last, and the reward that it is in the catalogue.</summary>
public sealed class SuppliedProduct
{
    public const int FingerprintLength = 64;

    private SuppliedProduct() { } // EF Core

    public long Id { get; private init; }
    public Guid SupplierId { get; private init; }
    public string ProductId { get; private init; } = "";
    public Guid RewardId { get; private init; }

    /// <summary>As the supplier calls it: where the reward's differs, a person wrote that.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Of all that the supplier said of it.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>The sync that saw it last.</summary>
    public long SyncId { get; private set; }
    public bool IsGone { get; private set; }

    /// <summary>Whether its going switched the reward off: then its return switches it on. What a person switched off stays off.</summary>
    public bool WasSwitchedOff { get; private set; }

    public static SuppliedProduct Of(Guid supplierId, string productId, Guid rewardId, string name, string fingerprint, long syncId) =>
        new()
        {
            SupplierId = supplierId,
            ProductId = productId,
            RewardId = rewardId,
            Name = name,
            Fingerprint = fingerprint,
            SyncId = syncId,
        };

    public void Seen(string name, string fingerprint, long syncId) =>
        (Name, Fingerprint, SyncId, IsGone, WasSwitchedOff) = (name, fingerprint, syncId, false, false);

    public void Went(bool switchedOff) => (IsGone, WasSwitchedOff) = (true, switchedOff);
}

/// <summary>A product that a sync could not take, and why.</summary>
public sealed class CatalogueFault
{
    public const int WordsMaxLength = 500;

    private CatalogueFault() { } // EF Core

    public long Id { get; private init; }
    public long SyncId { get; private init; }
    public string? ProductId { get; private init; }
    public string Words { get; private init; } = "";

    public static CatalogueFault Of(long syncId, string? productId, string words) =>
        new()
        {
            SyncId = syncId,
            ProductId = productId?.Length > Reward.SupplierProductMaxLength ? productId[..Reward.SupplierProductMaxLength] : productId,
            Words = words.Length > WordsMaxLength ? words[..WordsMaxLength] : words,
        };
}
