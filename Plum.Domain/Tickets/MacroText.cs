using System.Text;
using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>Text with placeholders such as <c>{{recipient.name}}</c>. Filled in one pass: what is put in is never read for placeholders again.</summary>
public static class MacroText
{
    public const string RecipientName = "recipient.name";
    public const string TicketReferenceName = "ticket.reference";
    public const string TicketSubject = "ticket.subject";
    public const string TicketCreated = "ticket.created";
    public const string OrderReferenceName = "order.reference";
    public const string OrderBrand = "order.brand";
    public const string OrderReward = "order.reward";
    public const string OrderValue = "order.value";
    public const string ClientName = "client.name";
    public const string ProgrammeName = "programme.name";
    public const string AgentName = "agent.name";

    /// <summary>Every placeholder with what a preview shows in its place.</summary>
    public static IReadOnlyDictionary<string, string> Examples { get; } =
        new Dictionary<string, string>
        {
            [RecipientName] = "Jane Okafor",
            [TicketReferenceName] = "PLM-8812",
            [TicketSubject] = "My voucher never came",
            [TicketCreated] = "2 March 2026",
            [OrderReferenceName] = "GFT-10293",
            [OrderBrand] = "Harbour Books",
            [OrderReward] = "Gift card",
            [OrderValue] = "GBP 25.00",
            [ClientName] = "Acme Corporation",
            [ProgrammeName] = "Spring thank-you",
            [AgentName] = "Ana Silva",
        };

    /// <summary>Why the text cannot be filled: a placeholder that does not exist, or braces left open. Null when it can.</summary>
    public static Refusal? CannotFill(string text)
    {
        foreach (var (name, range, closed) in Placeholders(text))
        {
            var place = $"at character {range.Start.Value + 1} (line {text.AsSpan(0, range.Start.Value).Count('\n') + 1})";
            if (!closed)
            {
                return new Refusal("macro.unclosed", $"The placeholder {place} is opened with {{{{ and never closed. Add }}}}.", "Body");
            }

            if (!Examples.ContainsKey(name))
            {
                var near = Examples.Keys.MinBy(known => Likeness.EditDistance(known, name))!;
                return new Refusal(
                    "macro.unknown",
                    $"There is no placeholder {{{{{name}}}}} {place}. Did you mean {{{{{near}}}}}?",
                    "Body"
                );
            }
        }

        return null;
    }

    /// <param name="values">What is known; a placeholder without a value stays visible, and is named in <c>Missing</c>.</param>
    public static (string Text, IReadOnlyList<string> Missing) Fill(string text, IReadOnlyDictionary<string, string?> values)
    {
        var filled = new StringBuilder();
        var missing = new List<string>();
        var done = 0;
        foreach (var (name, range, closed) in Placeholders(text))
        {
            filled.Append(text, done, range.Start.Value - done);
            if (closed && values.GetValueOrDefault(name) is { Length: > 0 } value)
            {
                filled.Append(value);
            }
            else
            {
                filled.Append(text.AsSpan()[range]);
                missing.Add(name);
            }

            done = range.End.Value;
        }

        return (filled.Append(text, done, text.Length - done).ToString(), missing);
    }

    /// <summary>Whether a text still holds a placeholder, so that no recipient is ever greeted as one.</summary>
    public static bool IsUnfilled(string text) => Placeholders(text).Any(p => p.Closed && Examples.ContainsKey(p.Name));

    private static IEnumerable<(string Name, Range Range, bool Closed)> Placeholders(string text)
    {
        var at = 0;
        while ((at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
            {
                yield return ("", at..text.Length, false);
                yield break;
            }

            yield return (text[(at + 2)..end].Trim(), at..(end + 2), true);
            at = end + 2;
        }
    }
}
