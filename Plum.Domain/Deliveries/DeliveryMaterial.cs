using System.Globalization;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Deliveries;

/// <summary>What one message is made of.</summary>
/// <param name="Language">The recipient's, else the programme's.</param>
/// <param name="LastDay">On which the link still works.</param>
public sealed record DeliveryMaterial(
    string Key,
    long DeliveryId,
    Guid ClientId,
    DeliveryChannel Channel,
    string To,
    string Language,
    string? Message,
    string Recipient,
    string Reward,
    string Brand,
    Money Value,
    string Programme,
    string Client,
    string Link,
    DateOnly LastDay,
    bool IsRepeat = false
)
{
    /// <summary>By placeholder; see <see cref="TemplateText.Placeholders"/>.</summary>
    /// <param name="language">Of the template: numbers and days are written its way.</param>
    public IReadOnlyDictionary<string, string> Values(string language)
    {
        var culture = LanguageTag.CultureOf(language);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = OneLine(Recipient),
            ["reward"] = OneLine(Reward),
            ["brand"] = OneLine(Brand),
            ["value"] = Value.Format(culture),
            ["programme"] = OneLine(Programme),
            ["client"] = OneLine(Client),
            ["message"] = Message ?? "",
            ["link"] = Link,
            ["expires"] = LastDay.ToString("D", culture),
        };
    }

    /// <summary>For a preview, where nobody has ordered anything yet.</summary>
    public static DeliveryMaterial Sample(DeliveryChannel channel, string language, string programme, string client, DateOnly lastDay) =>
        new(
            DeliveryKey.Of(0, 0),
            0,
            Guid.Empty,
            channel,
            channel == DeliveryChannel.Email ? "alex@example.com" : "+441632960001",
            language,
            "Thank you for a great year!",
            "Alex Morgan",
            "Gift card",
            "Example Store",
            new Money(2500, "EUR"),
            programme,
            client,
            "https://plum.example/r/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            lastDay
        );

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
