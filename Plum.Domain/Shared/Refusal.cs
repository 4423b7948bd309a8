using Plum.Domain.Access;

namespace Plum.Domain.Shared;

/// <summary>A rule's "no", in words the person at the screen can act on.</summary>
/// <param name="Code">Stable key for tests and logs, e.g. <c>ticket.already-resolved</c>. Never shown.</param>
/// <param name="Message">One plain sentence, shown as is.</param>
/// <param name="Field">The field of the form that it belongs beside; null when it concerns the whole.</param>
public sealed record Refusal(string Code, string Message, string? Field = null);

/// <summary>Thrown by an entity when a caller acts in spite of a <see cref="Refusal"/>; domain services turn it into an <see cref="Outcome"/>.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;

    public static void ThrowIf(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new RefusedException(refusal);
        }
    }
}

/// <summary>What became of a command. The cases are all ordinary; anything else is an exception.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <param name="Key">The public reference or key of what was made or changed, where there is one to go to.</param>
    public sealed record Done(string? Key = null) : Outcome;

    public sealed record Refused(Refusal Why) : Outcome;

    /// <summary>Somebody changed the row after it was shown; nothing was saved. Read it again and show what changed.</summary>
    public sealed record Stale : Outcome;

    public static implicit operator Outcome(Refusal why) => new Refused(why);

    public static Outcome FromRefusal(Refusal why) => new Refused(why);
}

/// <summary>The refusals that every room shares.</summary>
public static class Refusals
{
    public static readonly Refusal NotFound = new("shared.not-found", "That does not exist, or is not yours to see. Check the reference.");

    public static Refusal NotAllowed(Act act) =>
        new Refusal("shared.not-allowed", $"Your role does not let you {Acts.Verb(act)}. Ask an administrator.");

    /// <summary>For whoever belongs to one client and would change what all clients share.</summary>
    public static readonly Refusal SharedByAll = new(
        "shared.shared-by-all",
        "All clients share this, and you belong to one. Ask Plum's operations lead."
    );

    /// <summary>Missing or too long; null when the text will do.</summary>
    public static Refusal? ForText(string field, string? text, int maxLength, bool required = true) =>
        ForText(field, field, text, maxLength, required);

    /// <param name="field">The name of the input that it stands beside.</param>
    /// <param name="label">What the form calls that input.</param>
    public static Refusal? ForText(string field, string label, string? text, int maxLength, bool required = true) =>
        string.IsNullOrWhiteSpace(text)
            ? required
                ? new Refusal("shared.missing", $"{label} is missing. Fill it in.", field)
                : null
            : text.Trim().Length > maxLength
                ? new Refusal("shared.too-long", $"{label} has {text.Trim().Length} characters. Keep it to {maxLength}.", field)
                : null;

    /// <summary>An address that mail can be sent to: one @ with something on both sides, and no blank or control character that could end a header.</summary>
    public static Refusal? ForEmail(string field, string label, string? text, int maxLength, bool required = true) =>
        ForText(field, label, text, maxLength, required)
        ?? (
            string.IsNullOrWhiteSpace(text) || IsEmail(text.Trim())
                ? null
                : new Refusal("shared.email", $"'{text.Trim()}' is not an e-mail address. Write it like name@company.com.", field)
        );

    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at == text.LastIndexOf('@')
            && at < text.Length - 1
            && text[at + 1] != '.'
            && text[^1] != '.'
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"');
    }
}
