using System.Globalization;
using Plum.Domain.Shared;

namespace Plum.Domain.Allocations;

/// <summary>Recognises headers by the words that people use for them, in the languages of the clients' spreadsheets.</summary>
public static class AllocationHeaders
{
    /// <summary>Of the columns that bad rows come back with. None of them is ever mapped.</summary>
    public const string Line = "Plum line";
    public const string Version = "Plum version";
    public const string Errors = "Plum errors";

    private static readonly HashSet<string> Ours = [.. new[] { Line, Version, Errors }.Select(HeaderText.Normalise)];

    // English; German; French; Spanish; as in India, in Latin letters and in Devanagari.
    private static readonly Dictionary<AllocationField, string> Words = new()
    {
        [AllocationField.Reference] =
            "reference|ref|reference no|reference number|external id|external reference|transaction id|txn id|row id|line id|unique id|id|"
            + "referenz|referenznummer|vorgangsnummer|reference externe|numero de reference|referencia|numero de referencia|"
            + "sr no|s no|serial no|utr|संदर्भ|क्रमांक",
        [AllocationField.Name] =
            "name|recipient|recipient name|full name|employee name|beneficiary|beneficiary name|customer name|"
            + "empfanger|empfaenger|empfangername|mitarbeitername|nom complet|nom|destinataire|beneficiaire|nombre completo|nombre|"
            + "destinatario|beneficiario|नाम|पूरा नाम",
        [AllocationField.Email] =
            "email|e mail|email id|email address|mail|mail id|recipient email|work email|company email|official email|"
            + "e mail adresse|mailadresse|adresse e mail|courriel|adresse mail|mel|correo|correo electronico|correo e|"
            + "dirección de correo|ईमेल|ई मेल",
        [AllocationField.Phone] =
            "phone|mobile|phone number|phone no|mobile number|mobile no|mob no|contact|contact no|contact number|cell|cell phone|"
            + "telephone|whatsapp number|whatsapp no|msisdn|telefon|telefonnummer|handy|handynummer|mobilnummer|rufnummer|"
            + "numero de telephone|portable|tel|mobil|telefono|numero de telefono|movil|celular|मोबाइल|मोबाइल नंबर|फ़ोन|फोन",
        [AllocationField.EmployeeNumber] =
            "employee number|employee id|employee no|employee code|emp id|emp no|emp code|staff id|staff number|personnel number|"
            + "personalnummer|mitarbeiternummer|matricule|numero de employe|numero de empleado|legajo|कर्मचारी आईडी|कर्मचारी संख्या",
        [AllocationField.Country] =
            "country|country code|nation|recipient country|land|landercode|laendercode|pays|code pays|pais|codigo de pais|देश",
        [AllocationField.Language] = "language|lang|locale|language code|sprache|langue|idioma|lengua|भाषा",
        [AllocationField.Channel] =
            "channel|delivery channel|delivery method|delivery mode|send by|mode|kanal|versandart|zustellung|canal|mode d envoi|"
            + "canal de envio|metodo de envio|माध्यम",
        [AllocationField.Reward] =
            "reward|reward code|product|product code|sku|gift card|gift card code|brand|voucher|voucher type|denomination code|"
            + "pramie|praemie|gutschein|produkt|artikelnummer|recompense|carte cadeau|produit|code produit|recompensa|premio|"
            + "tarjeta regalo|producto|codigo de producto|इनाम|उपहार",
        [AllocationField.Value] =
            "value|amount|reward value|denomination|face value|price|betrag|wert|summe|montant|valeur|importe|monto|valor|cantidad|"
            + "amt|राशि|मूल्य",
        [AllocationField.Currency] = "currency|currency code|ccy|wahrung|waehrung|devise|monnaie|moneda|divisa|मुद्रा",
        [AllocationField.Message] =
            "message|personal message|note|comment|greeting|remarks|text|nachricht|gruss|grusstext|botschaft|mensaje|nota|commentaire|"
            + "mot|संदेश|टिप्पणी",
    };

    private static readonly Dictionary<AllocationField, string[]> Synonyms = Words.ToDictionary(
        w => w.Key,
        w => w.Value.Split('|').Select(HeaderText.Normalise).Where(n => n.Length > 0).Distinct().ToArray()
    );

    // First names and surnames of their own, joined.
    private static readonly string[] First = ["firstname", "givenname", "forename", "vorname", "prenom", "nombre", "primernombre"];
    private static readonly string[] Last =
    [
        "lastname",
        "surname",
        "familyname",
        "nachname",
        "familienname",
        "nomdefamille",
        "apellido",
        "apellidos",
    ];

    public static bool IsOurs(string header) => Ours.Contains(HeaderText.Normalise(header));

    /// <summary>A first mapping to look at and correct: what was mapped for this programme before, then columns by their synonyms.</summary>
    public static AllocationMapping Suggest(IReadOnlyList<string> headers, AllocationMapping? remembered, CultureInfo? culture = null)
    {
        var byName = headers
            .Where(h => !IsOurs(h))
            .DistinctBy(HeaderText.Normalise)
            .ToDictionary(HeaderText.Normalise, StringComparer.Ordinal);
        var (sources, taken) = (new List<AllocationSource>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var source in remembered?.Sources ?? [])
        {
            if (source.Columns.All(c => byName.ContainsKey(HeaderText.Normalise(c))))
            {
                var columns = source.Columns.Select(c => byName[HeaderText.Normalise(c)]).ToList();
                sources.Add(source with { Columns = columns });
                taken.UnionWith(columns);
            }
        }

        foreach (var facts in AllocationFields.All.Where(f => sources.All(s => s.Field != f.Field)))
        {
            if (facts.Field == AllocationField.Name && TwoNames(byName, taken) is { } both)
            {
                sources.Add(new AllocationSource(facts.Field, both));
                taken.UnionWith(both);
            }
            else if (Synonyms[facts.Field].FirstOrDefault(n => byName.TryGetValue(n, out var h) && !taken.Contains(h)) is { } found)
            {
                sources.Add(new AllocationSource(facts.Field, [byName[found]]));
                taken.Add(byName[found]);
            }
        }

        return new AllocationMapping(
            [.. sources.OrderBy(s => s.Field)],
            remembered?.DecimalComma ?? culture?.NumberFormat.NumberDecimalSeparator == ","
        );
    }

    private static List<string>? TwoNames(Dictionary<string, string> byName, HashSet<string> taken)
    {
        var first = First.Where(byName.ContainsKey).Select(n => byName[n]).FirstOrDefault(h => !taken.Contains(h));
        var last = Last.Where(byName.ContainsKey).Select(n => byName[n]).FirstOrDefault(h => !taken.Contains(h));
        return first is not null && last is not null ? [first, last] : null;
    }

    /// <summary>A first row that holds somebody's address is no header.</summary>
    public static bool LooksLikeData(IReadOnlyList<string> headers) =>
        headers.Any(h =>
            Refusals.IsEmail(h.Trim()) || (h.Count(char.IsAsciiDigit) >= 8 && h.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-'))
        );
}
