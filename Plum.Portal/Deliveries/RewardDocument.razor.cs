using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Deliveries;
using Plum.Domain.Deliveries;

namespace Plum.Portal.Deliveries;

/// <summary>A whole document of its own, without script and without a circuit.</summary>
public partial class RewardDocument
{
    private RewardWords _words = RewardWords.Of(ProgrammeDelivery.UsualLanguage);

    /// <summary>Null when there is nothing to open.</summary>
    [Parameter]
    public RewardGlance? Glance { get; set; }

    /// <summary>Null until it is opened.</summary>
    [Parameter]
    public RewardContents? Contents { get; set; }

    protected override void OnParametersSet() => _words = RewardWords.Of(Glance?.Language ?? ProgrammeDelivery.UsualLanguage);
}

/// <summary>The words of the reward page, in the languages that have built-in messages.</summary>
public sealed record RewardWords(
    string Language,
    string FromWords,
    string For,
    string Reward,
    string Open,
    string UntilWords,
    string Code,
    string Pin,
    string ValidWords,
    string Reference,
    string NoCode,
    string GoneTitle,
    string GoneWhy
)
{
    private static readonly Dictionary<string, RewardWords> Table = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            "en",
            "A reward from {0}",
            "For",
            "Reward",
            "Show my voucher",
            "You can open it until {0}.",
            "Voucher code",
            "PIN",
            "Valid until {0}",
            "Reference",
            "There is no code to enter: it is brought to you as arranged.",
            "This link does not open a reward",
            "It may have ended, or been replaced by a newer one. Look for a later message, or ask whoever sent it to you."
        ),
        ["de"] = new(
            "de",
            "Eine Prämie von {0}",
            "Für",
            "Prämie",
            "Meinen Gutschein anzeigen",
            "Sie können sie bis {0} öffnen.",
            "Gutscheincode",
            "PIN",
            "Gültig bis {0}",
            "Referenz",
            "Es gibt keinen Code einzugeben: Sie erhalten sie wie vereinbart.",
            "Dieser Link öffnet keine Prämie",
            "Er ist vielleicht abgelaufen oder durch einen neueren ersetzt. Suchen Sie eine spätere Nachricht oder fragen Sie den Absender."
        ),
        ["fr"] = new(
            "fr",
            "Une récompense de {0}",
            "Pour",
            "Récompense",
            "Afficher mon bon",
            "Vous pouvez l'ouvrir jusqu'au {0}.",
            "Code du bon",
            "PIN",
            "Valable jusqu'au {0}",
            "Référence",
            "Il n'y a pas de code à saisir : elle vous parvient comme convenu.",
            "Ce lien n'ouvre aucune récompense",
            "Il est peut-être expiré ou remplacé par un plus récent. Cherchez un message plus récent ou demandez à l'expéditeur."
        ),
        ["ar"] = new(
            "ar",
            "مكافأة من {0}",
            "إلى",
            "المكافأة",
            "اعرض قسيمتي",
            "يمكنك فتحها حتى {0}.",
            "رمز القسيمة",
            "الرقم السري",
            "صالحة حتى {0}",
            "المرجع",
            "لا يوجد رمز لإدخاله: ستصلك كما هو متفق عليه.",
            "هذا الرابط لا يفتح أي مكافأة",
            "ربما انتهت صلاحيته أو استُبدل برابط أحدث. ابحث عن رسالة أحدث أو اسأل من أرسله إليك."
        ),
    };

    public string Direction => LanguageTag.IsRightToLeft(Language) ? "rtl" : "ltr";

    public CultureInfo Culture => LanguageTag.CultureOf(Language);

    public static RewardWords Of(string language) => Table.GetValueOrDefault(LanguageTag.Primary(language)) ?? Table["en"];

    public string From(string client) => string.Format(Culture, FromWords, client);

    public string Until(DateOnly day) => string.Format(Culture, UntilWords, day.ToString("D", Culture));

    public string Valid(DateOnly day) => string.Format(Culture, ValidWords, day.ToString("D", Culture));
}
