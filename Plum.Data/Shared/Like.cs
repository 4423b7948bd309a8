namespace Plum.Data.Shared;

/// <summary>Patterns for <c>EF.Functions.Like</c>, which compares without case on both databases; what a person types is never a wildcard.</summary>
internal static class Like
{
    public const string Escape = "\\";

    public static string Containing(string text) => $"%{Literal(text)}%";

    public static string StartingWith(string text) => $"{Literal(text)}%";

    private static string Literal(string text) =>
        text.Trim()
            .Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal)
            .Replace("_", Escape + "_", StringComparison.Ordinal)
            .Replace("[", Escape + "[", StringComparison.Ordinal);
}
