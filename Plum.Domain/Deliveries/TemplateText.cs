using System.Net;
using System.Text;
using Plum.Domain.Shared;

namespace Plum.Domain.Deliveries;

/// <summary>A text with placeholders such as <c>{{name}}</c>: checked when it is saved, filled when it is sent. It holds no logic and no markup.</summary>
public static class TemplateText
{
    /// <summary>What can stand between the braces, and what it is.</summary>
    public static IReadOnlyDictionary<string, string> Placeholders { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = "the recipient's name",
            ["reward"] = "the reward's name",
            ["brand"] = "its brand",
            ["value"] = "its value with the currency",
            ["programme"] = "the programme's name",
            ["client"] = "the client's name",
            ["message"] = "the sender's own words to this recipient",
            ["link"] = "the recipient's own link to the reward",
            ["expires"] = "the day on which the link ends",
        };

    /// <summary>The first thing wrong with the text, and where; null when it can be sent.</summary>
    public static Refusal? Cannot(string field, string? text)
    {
        var at = 0;
        while (Next(text ?? "", at) is { } found)
        {
            if (found.Name is null)
            {
                return new Refusal(
                    "template.unclosed",
                    $"A placeholder {Where(text!, found.Start)} is not closed. End it with }}}}.",
                    field
                );
            }

            if (!Placeholders.ContainsKey(found.Name))
            {
                return new Refusal(
                    "template.unknown",
                    $"'{{{{{Short(found.Name)}}}}}' {Where(text!, found.Start)} is not a placeholder. Use one of {string.Join(", ", Placeholders.Keys)}.",
                    field
                );
            }

            at = found.End;
        }

        var stray = (text ?? "").IndexOf("}}", StringComparison.Ordinal);
        while (stray >= 0 && IsClosing(text!, stray))
        {
            stray = text!.IndexOf("}}", stray + 2, StringComparison.Ordinal);
        }

        return stray < 0 ? null : new Refusal("template.stray", $"There is a }}}} {Where(text!, stray)} that closes nothing.", field);
    }

    public static IReadOnlySet<string> Names(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; Next(text, at) is { Name: { } name } found; at = found.End)
        {
            names.Add(name);
        }

        return names;
    }

    /// <summary>One pass: what a value holds is never read as a placeholder.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var filled = new StringBuilder(text.Length + 100);
        var at = 0;
        while (Next(text, at) is { Name: { } name } found)
        {
            filled.Append(text, at, found.Start - at).Append(values.GetValueOrDefault(name, ""));
            at = found.End;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>As <see cref="Fill"/>, as HTML: the text and every value escaped, line breaks kept, the link a link.</summary>
    public static string FillHtml(string text, IReadOnlyDictionary<string, string> values, string linkClass)
    {
        var filled = new StringBuilder(text.Length * 2);
        var at = 0;
        while (Next(text, at) is { Name: { } name } found)
        {
            filled.Append(Lines(text[at..found.Start]));
            var value = values.GetValueOrDefault(name, "");
            filled.Append(
                name == "link"
                    ? $"<a class=\"{linkClass}\" href=\"{WebUtility.HtmlEncode(value)}\">{WebUtility.HtmlEncode(value)}</a>"
                    : $"<bdi>{Lines(value)}</bdi>"
            );
            at = found.End;
        }

        return filled.Append(Lines(text[at..])).ToString();
    }

    private static string Lines(string text) =>
        WebUtility.HtmlEncode(text).Replace("\r\n", "<br>", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);

    private static (int Start, int End, string? Name)? Next(string text, int from)
    {
        var start = text.IndexOf("{{", from, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var end = text.IndexOf("}}", start + 2, StringComparison.Ordinal);
        var again = text.IndexOf("{{", start + 2, StringComparison.Ordinal);
        return end < 0 || (again >= 0 && again < end) ? (start, text.Length, null) : (start, end + 2, text[(start + 2)..end].Trim());
    }

    private static bool IsClosing(string text, int close)
    {
        for (var at = 0; Next(text, at) is { Name: not null } found; at = found.End)
        {
            if (found.End - 2 == close)
            {
                return true;
            }
        }

        return false;
    }

    private static string Where(string text, int at)
    {
        var line = text.AsSpan(0, at).Count('\n') + 1;
        var column = at - (at == 0 ? -1 : text.LastIndexOf('\n', at - 1));
        return $"in line {line}, column {column}";
    }

    private static string Short(string name) => name.Length > 30 ? name[..30] + "…" : name;
}
