namespace Plum.Domain.Connectors;

/// <summary>Until when a supplier is to be left alone, for all nodes: it said so, its pace asks for it, or our own account there has to be mended.</summary>
public sealed class SupplierPace
{
    public const int WordsMaxLength = 500;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5),
    ];

    private SupplierPace() { } // EF Core

    public Guid SupplierId { get; private init; }
    public DateTime? RestsUntilUtc { get; private set; }

    /// <summary>Since when nothing is sent at all; a person lets it go on.</summary>
    public DateTime? StoppedAtUtc { get; private set; }
    public string? Words { get; private set; }

    /// <summary>How often in a row it was asked and gave no answer that counts.</summary>
    public int Silences { get; private set; }

    public static SupplierPace Of(Guid supplierId) => new() { SupplierId = supplierId };

    public bool Rests(DateTime nowUtc) => StoppedAtUtc is not null || RestsUntilUtc > nowUtc;

    public void Rest(DateTime untilUtc, string? words) => (RestsUntilUtc, Words) = (untilUtc, words);

    /// <summary>It is away: growing waits for all that it is asked, the last one again and again.</summary>
    public void Miss(DateTime nowUtc, string words)
    {
        Rest(nowUtc + Waits[Math.Min(Silences, Waits.Length - 1)], words.Length <= WordsMaxLength ? words : words[..WordsMaxLength]);
        Silences++;
    }

    public void Hear() => Silences = 0;

    public void Stop(DateTime nowUtc, string words) => (StoppedAtUtc, Words) = (nowUtc, words);

    public void GoOn() => (RestsUntilUtc, StoppedAtUtc, Words, Silences) = (null, null, null, 0);
}
