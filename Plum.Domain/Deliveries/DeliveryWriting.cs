using System.Net;
using System.Text.RegularExpressions;
using Plum.Domain.Clients;

namespace Plum.Domain.Deliveries;

/// <summary>Makes the message of a template and what fills it. Values are escaped wherever they stand in markup.</summary>
public static partial class DeliveryWriting
{
    /// <summary>The wording: the programme's in the language, the programme's in its own language, the built-in one; each first by the whole tag and then by the language alone.</summary>
    public static Wording Choose(
        IReadOnlyCollection<Wording> ofProgramme,
        DeliveryChannel channel,
        string? language,
        string programmeLanguage
    )
    {
        var own = ofProgramme.Where(w => w.Channel == channel).ToList();
        return (language is null ? null : Match(own, language))
            ?? Match(own, programmeLanguage)
            ?? BuiltInWording.Of(channel, language ?? programmeLanguage);
    }

    public static OutgoingMessage Write(DeliveryMaterial of, Wording wording)
    {
        var values = of.Values(wording.Language);
        var texts = wording.Texts;
        var subject =
            of.Channel == DeliveryChannel.Email ? Neat(TemplateText.Fill(texts.Subject ?? "", values)).ReplaceLineEndings(" ") : "";
        var template =
            of.Channel == DeliveryChannel.WhatsApp && texts.ProviderName is { Length: > 0 } name
                ? new ProviderTemplate(
                    name,
                    wording.Language.Replace('-', '_'),
                    [.. texts.Variables.Select(v => TemplateText.Fill(v, values))]
                )
                : null;
        return new OutgoingMessage(
            of.Key,
            of.DeliveryId,
            of.ClientId,
            of.Channel,
            of.To,
            wording.Language,
            subject,
            Neat(TemplateText.Fill(texts.Body, values)),
            of.Channel == DeliveryChannel.Email ? Html(subject, texts.Body, values, wording.Language) : null,
            template,
            of.IsRepeat
        );
    }

    private static Wording? Match(List<Wording> own, string language) =>
        own.Find(w => string.Equals(w.Language, language, StringComparison.OrdinalIgnoreCase))
        ?? own.Find(w => string.Equals(w.Language, LanguageTag.Primary(language), StringComparison.OrdinalIgnoreCase))
        ?? own.Find(w => LanguageTag.Primary(w.Language) == LanguageTag.Primary(language));

    // A value that is empty leaves no hole.
    private static string Neat(string text) => Holes().Replace(text.ReplaceLineEndings("\n"), "\n\n").Trim();

    private static string Html(string subject, string body, IReadOnlyDictionary<string, string> values, string language)
    {
        var direction = LanguageTag.IsRightToLeft(language) ? "rtl" : "ltr";
        var text = HtmlHoles().Replace(TemplateText.FillHtml(body.ReplaceLineEndings("\n"), values, "link"), "<br><br>");
        return $$"""
            <!doctype html>
            <html lang="{{WebUtility.HtmlEncode(language)}}" dir="{{direction}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{{WebUtility.HtmlEncode(subject)}}</title>
            <style>
            :root { color-scheme: light dark; }
            body { margin: 0; padding: 24px 16px; background: #f4f3f6; color: #1d1a22; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
            main { max-width: 560px; margin: 0 auto; padding: 24px; background: #fff; border: 1px solid #dcd8e2; border-radius: 8px; }
            h1 { margin: 0 0 16px; font-size: 20px; line-height: 1.3; }
            p { margin: 0; }
            .link { color: #7a2352; font-weight: 600; }
            @media (prefers-color-scheme: dark) { body { background: #17151b; color: #eceaf0; } main { background: #211e27; border-color: #3b3644; } .link { color: #f0a6cd; } }
            </style>
            </head>
            <body><main><h1>{{WebUtility.HtmlEncode(subject)}}</h1><p>{{text.Trim()}}</p></main></body>
            </html>
            """;
    }

    [GeneratedRegex(@"\n[ \t]*(\n[ \t]*)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Holes();

    [GeneratedRegex(@"(<br>)(<bdi></bdi>|[ \t]|<br>)*<br>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HtmlHoles();
}

/// <summary>The texts of one channel in one language.</summary>
/// <param name="TemplateId">Null of a built-in one.</param>
public sealed record Wording(DeliveryChannel Channel, string Language, TemplateTexts Texts, Guid? TemplateId = null);
