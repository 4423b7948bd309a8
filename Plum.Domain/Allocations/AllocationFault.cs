namespace Plum.Domain.Allocations;

/// <summary>One thing wrong with one cell of a row.</summary>
/// <param name="Code">Stable, e.g. <c>allocation.phone</c>.</param>
/// <param name="Column">The header; null when the row as a whole is wrong, or no column stands for the field.</param>
/// <param name="Value">As it stands in the file, cut to be shown.</param>
/// <param name="Allowed">What may stand there.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record AllocationFault(string Code, string? Column, string? Value, string Allowed, string Remedy)
{
    private const int Shown = 80;

    public static AllocationFault Of(string code, string? column, string? value, string allowed, string remedy) =>
        new(code, column, value is { Length: > Shown } ? value[..Shown] + "…" : value, allowed, remedy);

    /// <summary>As it stands beside a bad row.</summary>
    public override string ToString() => Column is null ? $"{Allowed} {Remedy}" : $"{Column}: {Allowed} {Remedy}";
}
