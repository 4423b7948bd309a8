using Plum.Domain.Clients;

namespace Plum.Domain.Deliveries;

/// <summary>What is sent where a programme has written nothing of its own.</summary>
public static class BuiltInWording
{
    private static readonly Dictionary<string, (string Subject, string Mail, string Short)> Table = new(StringComparer.Ordinal)
    {
        ["en"] = (
            "{{client}} has sent you a reward",
            """
            Hello {{name}},

            {{message}}

            {{client}} has sent you {{reward}} from {{brand}}, worth {{value}}.

            Open it here: {{link}}

            The link works until {{expires}}. It is yours alone: please do not pass it on.
            """,
            "{{client}} has sent you {{brand}} worth {{value}}. Open it: {{link}}"
        ),
        ["de"] = (
            "{{client}} hat Ihnen eine Prämie gesendet",
            """
            Guten Tag {{name}},

            {{message}}

            {{client}} hat Ihnen {{reward}} von {{brand}} im Wert von {{value}} gesendet.

            Hier öffnen: {{link}}

            Der Link gilt bis {{expires}}. Er ist nur für Sie: Bitte geben Sie ihn nicht weiter.
            """,
            "{{client}} hat Ihnen {{brand}} im Wert von {{value}} gesendet. Hier öffnen: {{link}}"
        ),
        ["fr"] = (
            "{{client}} vous a envoyé une récompense",
            """
            Bonjour {{name}},

            {{message}}

            {{client}} vous a envoyé {{reward}} de {{brand}}, d'une valeur de {{value}}.

            Ouvrez-la ici : {{link}}

            Le lien est valable jusqu'au {{expires}}. Il vous est personnel : merci de ne pas le transmettre.
            """,
            "{{client}} vous a envoyé {{brand}}, d'une valeur de {{value}}. Ouvrir : {{link}}"
        ),
        ["ar"] = (
            "أرسلت إليك {{client}} مكافأة",
            """
            مرحبًا {{name}}،

            {{message}}

            أرسلت إليك {{client}} {{reward}} من {{brand}} بقيمة {{value}}.

            افتحها هنا: {{link}}

            يعمل الرابط حتى {{expires}}. وهو لك وحدك، فلا تشاركه مع أحد.
            """,
            "أرسلت إليك {{client}} {{brand}} بقيمة {{value}}. افتحها: {{link}}"
        ),
    };

    public static IReadOnlyCollection<string> Languages => Table.Keys;

    public static Wording Of(DeliveryChannel channel, string language)
    {
        var known = Table.ContainsKey(LanguageTag.Primary(language)) ? LanguageTag.Primary(language) : ProgrammeDelivery.UsualLanguage;
        var (subject, mail, brief) = Table[known];
        return new Wording(
            channel,
            known,
            channel == DeliveryChannel.Email
                ? new TemplateTexts(subject, mail, ProviderName: null, [])
                : new TemplateTexts(null, brief, null, [])
        );
    }
}
