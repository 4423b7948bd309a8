using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Deliveries;

/// <summary>How a programme's rewards reach people, beyond its default channel.</summary>
public sealed class ProgrammeDelivery : IVersioned
{
    public const int MostLinkDays = 730;
    public const int UsualLinkDays = 180;
    public const string UsualLanguage = "en";

    private ProgrammeDelivery() { } // EF Core

    public Guid ProgrammeId { get; private init; }

    /// <summary>Tried by itself once the first channel has failed for good; null tries none.</summary>
    public DeliveryChannel? Fallback { get; private set; }

    /// <summary>BCP 47: of whoever's language is not known, or has no template.</summary>
    public string Language { get; private set; } = UsualLanguage;

    /// <summary>How long the link to the reward works.</summary>
    public int LinkDays { get; private set; } = UsualLinkDays;

    /// <summary>A delivery that failed for good becomes a ticket by itself.</summary>
    public bool OpensTickets { get; private set; }
    public int Version { get; private set; }

    /// <summary>What holds where nobody has said anything.</summary>
    public static ProgrammeDelivery Usual(Guid programmeId) => new() { ProgrammeId = programmeId };

    public void Change(DeliveryChannel? fallback, string language, int linkDays, bool opensTickets)
    {
        RefusedException.ThrowIf(CannotBe(fallback, language, linkDays));
        (Fallback, Language, LinkDays, OpensTickets) = (fallback, language.Trim(), linkDays, opensTickets);
    }

    public static Refusal? CannotBe(DeliveryChannel? fallback, string? language, int linkDays) =>
        Each(fallback, language, linkDays).FirstOrDefault();

    public static IEnumerable<Refusal> Each(DeliveryChannel? fallback, string? language, int linkDays) =>
        new[]
        {
            fallback is null || Enum.IsDefined(fallback.Value)
                ? null
                : new Refusal("delivery.fallback", "Choose e-mail, SMS or WhatsApp, or none.", "Fallback"),
            LanguageTag.Cannot("Language", language),
            linkDays is >= 1 and <= MostLinkDays
                ? null
                : new Refusal("delivery.link-days", $"The link works for 1 to {MostLinkDays} days.", "LinkDays"),
        }.OfType<Refusal>();
}

/// <summary>A language as BCP 47 writes it: <c>de</c>, <c>pt-BR</c>.</summary>
public static class LanguageTag
{
    private static readonly HashSet<string> RightToLeft = new(["ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"]);

    public static Refusal? Cannot(string field, string? tag) =>
        Refusals.ForText(field, "Language", tag, Delivery.LanguageMaxLength)
        ?? (Is(tag!.Trim()) ? null : new Refusal("delivery.language", $"'{tag.Trim()}' is not a language tag such as en or pt-BR.", field));

    public static bool Is(string tag)
    {
        var parts = tag.Split('-');
        return parts[0].Length is 2 or 3
            && parts[0].All(char.IsAsciiLetter)
            && parts.Skip(1).All(p => p.Length is >= 2 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
    }

    /// <summary>The language itself, without its country or script.</summary>
    public static string Primary(string tag) => tag.Split('-')[0].ToLowerInvariant();

    /// <summary>How the language writes numbers and days; the invariant one of a tag that no system knows.</summary>
    public static System.Globalization.CultureInfo CultureOf(string tag)
    {
        try
        {
            return System.Globalization.CultureInfo.GetCultureInfo(tag);
        }
        catch (System.Globalization.CultureNotFoundException)
        {
            return System.Globalization.CultureInfo.InvariantCulture;
        }
    }

    public static bool IsRightToLeft(string tag) =>
        RightToLeft.Contains(Primary(tag)) && !tag.Contains("-Latn", StringComparison.OrdinalIgnoreCase);
}
