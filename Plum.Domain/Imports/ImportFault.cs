namespace Plum.Domain.Imports;

/// <summary>One thing wrong with one row.</summary>
/// <param name="Code">Stable, e.g. <c>import.date</c>.</param>
/// <param name="Line">Of the file, from 1; a row that spans lines is where it begins.</param>
/// <param name="Column">The header; null when the row as a whole is wrong.</param>
/// <param name="Value">As it stands in the file, cut to be shown.</param>
/// <param name="Message">What is allowed, and what to do: shown as is.</param>
public sealed record ImportFault(string Code, long Line, string? Column, string? Value, string Message)
{
    private const int Shown = 80;

    public static ImportFault Of(string code, long line, string? column, string? value, string message) =>
        new(code, line, column, value is { Length: > Shown } ? value[..Shown] + "…" : value, message);

    /// <summary>As it stands beside a rejected row.</summary>
    public override string ToString() => Column is null ? Message : $"{Column}: {Message}";
}
