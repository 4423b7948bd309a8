using System.Globalization;

namespace Plum.Portal.Shared;

/// <summary>How values that are not text stand in a draft, and how a field tells a screen reader about itself.</summary>
public static class FormWords
{
    private const string Yes = "yes";

    public static string Of(bool value) => value ? Yes : "no";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static bool IsYes(string text) => text == Yes;

    /// <returns>A number that no rule allows where the text is none, so that the rule's refusal is what is shown.</returns>
    public static int Number(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MinValue;

    public static Guid Key(string text) => Guid.TryParse(text, out var key) ? key : Guid.Empty;

    /// <returns>A value that no rule allows where the text names none.</returns>
    public static T Choice<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, out var choice) && Enum.IsDefined(choice) ? choice : (T)Enum.ToObject(typeof(T), -1);

    internal static Dictionary<string, object> Told(string name, bool required, bool isWrong, bool hasHint)
    {
        var told = new Dictionary<string, object>(StringComparer.Ordinal);
        if (required)
        {
            told["aria-required"] = "true";
        }

        if (isWrong)
        {
            told["aria-invalid"] = "true";
        }

        if (isWrong || hasHint)
        {
            told["aria-describedby"] = string.Join(
                ' ',
                new[] { isWrong ? $"{name}-error" : null, hasHint ? $"{name}-hint" : null }.OfType<string>()
            );
        }

        return told;
    }
}
