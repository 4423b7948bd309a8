namespace Plum.Domain.Connectors;

/// <summary>Until when a supplier is to be left alone, for all nodes: it said so, its pace asks for it, or our own account there has to be mended.</summary>
public sealed class SupplierPace
{
    public const int WordsMaxLength = 500;

    private SupplierPace() { } // EF Core

    public Guid SupplierId { get; private init; }
    public DateTime? RestsUntilUtc { get; private set; }

    /// <summary>Since when nothing is sent at all; a person lets it go on.</summary>
    public DateTime? StoppedAtUtc { get; private set; }
    public string? Words { get; private set; }

    public static SupplierPace Of(Guid supplierId) => new() { SupplierId = supplierId };

    public bool Rests(DateTime nowUtc) => StoppedAtUtc is not null || RestsUntilUtc > nowUtc;

    public void Rest(DateTime untilUtc, string? words) => (RestsUntilUtc, Words) = (untilUtc, words);

    public void Stop(DateTime nowUtc, string words) => (StoppedAtUtc, Words) = (nowUtc, words);

    public void GoOn() => (RestsUntilUtc, StoppedAtUtc, Words) = (null, null, null);
}
