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

    /// <summary>Missing or too long; null when the text will do.</summary>
    public static Refusal? ForText(string field, string? text, int maxLength, bool required = true) =>
        string.IsNullOrWhiteSpace(text)
            ? required
                ? new Refusal("shared.missing", $"{field} is missing. Fill it in.", field)
                : null
            : text.Trim().Length > maxLength
                ? new Refusal("shared.too-long", $"{field} has {text.Trim().Length} characters. Keep it to {maxLength}.", field)
                : null;
}
