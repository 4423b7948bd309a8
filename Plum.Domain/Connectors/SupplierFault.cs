namespace Plum.Domain.Connectors;

/// <summary>What went wrong at a supplier, by what is to be done about it.</summary>
public enum SupplierFaultClass
{
    /// <summary>What we asked for cannot be: a person changes the product, the value or the contact.</summary>
    FixRequest = 1,

    /// <summary>Our account there is too low: somebody tops it up.</summary>
    Funds = 2,

    /// <summary>Sold out: later, or another reward.</summary>
    Stock = 3,

    /// <summary>Too many calls: again after <see cref="SupplierFault.After"/>.</summary>
    RateLimited = 4,

    /// <summary>It passes: again under the same reference.</summary>
    Transient = 5,

    /// <summary>Nobody knows what it means, or nobody but the supplier can mend it: a person decides. Never done again by itself.</summary>
    Unknown = 6,

    /// <summary>Our own address, token or account there: nothing is sent to this supplier until somebody mends it.</summary>
    StopSender = 7,
}

/// <param name="Code">The supplier's own, or <c>http.502</c> and the like where it gave none. Plum's own begin with the gateway's name.</param>
/// <param name="Words">The supplier's words, as they are shown to a person; never a code, PIN or token.</param>
/// <param name="After">How long to wait; only when rate limited.</param>
public sealed record SupplierFault(string Code, SupplierFaultClass Class, string Words, TimeSpan? After = null)
{
    public const int CodeMaxLength = 60;
    public const int WordsMaxLength = 500;

    /// <summary>One line of at most <see cref="WordsMaxLength"/> characters, whatever the other side wrote.</summary>
    public static string OneLine(string? words)
    {
        var line = string.Join(
            ' ',
            new string([.. (words ?? "").Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return line.Length <= WordsMaxLength ? line : $"{line[..(WordsMaxLength - 1)]}…";
    }
}
