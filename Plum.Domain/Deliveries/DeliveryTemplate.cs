using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Deliveries;

/// <summary>What a programme writes to its recipients, by channel and language.</summary>
public sealed class DeliveryTemplate : IVersioned
{
    public const int SubjectMaxLength = 200;
    public const int BodyMaxLength = 8000;
    public const int ProviderNameMaxLength = 200;
    public const int MostVariables = 10;

    private DeliveryTemplate() { } // EF Core

    public Guid Id { get; private init; }
    public Guid ProgrammeId { get; private init; }
    public DeliveryChannel Channel { get; private init; }
    public string Language { get; private init; } = "";

    /// <summary>Of an e-mail.</summary>
    public string? Subject { get; private set; }
    public string Body { get; private set; } = "";

    /// <summary>Of WhatsApp: the name under which the provider approved the text; null sends the text itself.</summary>
    public string? ProviderName { get; private set; }

    /// <summary>Of WhatsApp: what fills the provider's template, in order, each a text with placeholders.</summary>
    public IReadOnlyList<string> Variables { get; private set; } = [];
    public int Version { get; private set; }

    public static DeliveryTemplate Write(Guid programmeId, DeliveryChannel channel, string language, TemplateTexts texts)
    {
        RefusedException.ThrowIf(LanguageTag.Cannot("Language", language));
        var template = new DeliveryTemplate
        {
            ProgrammeId = programmeId,
            Channel = channel,
            Language = language.Trim(),
        };
        template.Change(texts);
        return template;
    }

    public void Change(TemplateTexts texts)
    {
        RefusedException.ThrowIf(TemplateRefusals.Each(Channel, texts).FirstOrDefault());
        Subject = Channel == DeliveryChannel.Email ? texts.Subject!.Trim() : null;
        Body = texts.Body.Trim();
        var named = Channel == DeliveryChannel.WhatsApp && !string.IsNullOrWhiteSpace(texts.ProviderName);
        ProviderName = named ? texts.ProviderName!.Trim() : null;
        Variables = named ? [.. texts.Variables.Select(v => v.Trim())] : [];
    }
}

/// <summary>What a person writes.</summary>
public sealed record TemplateTexts(string? Subject, string Body, string? ProviderName, IReadOnlyList<string> Variables);

public static class TemplateRefusals
{
    public static readonly Refusal Taken = new(
        "template.taken",
        "This programme has a template for this channel and language already. Change that one.",
        "Language"
    );

    /// <summary>All that is wrong, in the order of the form.</summary>
    public static IEnumerable<Refusal> Each(DeliveryChannel channel, TemplateTexts texts)
    {
        if (!Enum.IsDefined(channel))
        {
            yield return new Refusal("template.channel", "Choose e-mail, SMS or WhatsApp.", "Channel");
            yield break;
        }

        if (channel == DeliveryChannel.Email)
        {
            if (
                (
                    Refusals.ForText("Subject", texts.Subject, DeliveryTemplate.SubjectMaxLength)
                    ?? (
                        texts.Subject!.Trim().Any(char.IsControl)
                            ? new Refusal("template.subject-lines", "The subject is one line. Remove the line breaks.", "Subject")
                            : null
                    )
                    ?? TemplateText.Cannot("Subject", texts.Subject)
                ) is
                { } subject
            )
            {
                yield return subject;
            }
        }

        if (
            (Refusals.ForText("Body", "Text", texts.Body, DeliveryTemplate.BodyMaxLength) ?? TemplateText.Cannot("Body", texts.Body)) is
            { } body
        )
        {
            yield return body;
        }
        else if (!TemplateText.Names(texts.Body).Contains("link", StringComparer.Ordinal) && string.IsNullOrWhiteSpace(texts.ProviderName))
        {
            yield return new Refusal("template.no-link", "The text has no {{link}}: nobody could open the reward. Add it.", "Body");
        }

        if (channel != DeliveryChannel.WhatsApp)
        {
            yield break;
        }

        if (
            Refusals.ForText(
                "ProviderName",
                "Template name",
                texts.ProviderName,
                DeliveryTemplate.ProviderNameMaxLength,
                required: false
            ) is
            { } name
        )
        {
            yield return name;
        }

        if (texts.Variables.Count > DeliveryTemplate.MostVariables)
        {
            yield return new Refusal(
                "template.variables",
                $"A template has at most {DeliveryTemplate.MostVariables} variables.",
                "Variables"
            );
        }

        foreach (var wrong in texts.Variables.Select(v => TemplateText.Cannot("Variables", v)).OfType<Refusal>())
        {
            yield return wrong;
        }
    }
}
