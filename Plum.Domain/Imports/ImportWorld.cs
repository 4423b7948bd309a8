using System.Security.Cryptography;
using System.Text;
using Plum.Domain.Tickets;

namespace Plum.Domain.Imports;

/// <summary>What a file's values can be mapped to: the client's and the house's lists, as they are now.</summary>
public sealed class ImportWorld
{
    private static readonly (string Value, string Label)[] YesNo = [(Yes, "Yes"), (No, "No")];

    public const string Yes = nameof(Yes);
    public const string No = nameof(No);

    private readonly Dictionary<ImportField, Dictionary<string, string>> _byName = [];

    public ImportWorld(
        string timeZoneId,
        IReadOnlyList<ImportCategory> categories,
        IReadOnlyList<Disposition> dispositions,
        IReadOnlyList<(Guid Id, string Code, string Name)> programmes
    )
    {
        TimeZoneId = timeZoneId;
        Categories = categories.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        Dispositions = dispositions.Where(d => d.IsActive).ToDictionary(d => d.Code, StringComparer.OrdinalIgnoreCase);
        Programmes = programmes.ToDictionary(p => p.Code, StringComparer.OrdinalIgnoreCase);
    }

    public string TimeZoneId { get; }
    public IReadOnlyDictionary<string, ImportCategory> Categories { get; }
    public IReadOnlyDictionary<string, Disposition> Dispositions { get; }
    public IReadOnlyDictionary<string, (Guid Id, string Code, string Name)> Programmes { get; }

    /// <summary>What a choice may be: our value, and how it is called.</summary>
    public IReadOnlyList<(string Value, string Label)> Choices(ImportField field) =>
        field switch
        {
            ImportField.Channel => [.. Enum.GetValues<IntakeChannel>().Select(c => (c.ToString(), Words(c.ToString())))],
            ImportField.Severity => [.. Enum.GetNames<Severity>().Select(s => (s, s))],
            ImportField.Disposition => [.. Dispositions.Values.OrderBy(d => d.SortOrder).Select(d => (d.Code, d.Label))],
            ImportField.Category => [.. Categories.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(n => (n, n))],
            ImportField.Programme =>
            [
                .. Programmes.Values.OrderBy(p => p.Code, StringComparer.Ordinal).Select(p => (p.Code, $"{p.Code} {p.Name}")),
            ],
            ImportField.Timely or ImportField.Disputed => YesNo,
            _ => [],
        };

    /// <summary>Our value for one that is written the same, by value or by label, without regard to case; null when there is none.</summary>
    public string? Same(ImportField field, string text)
    {
        if (!_byName.TryGetValue(field, out var names))
        {
            names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (value, label) in Choices(field))
            {
                names[value] = value;
                names.TryAdd(label, value);
            }

            foreach (var programme in field == ImportField.Programme ? Programmes.Values : [])
            {
                names.TryAdd(programme.Name, programme.Code);
            }

            if (field is ImportField.Timely or ImportField.Disputed)
            {
                foreach (
                    var (word, value) in (ReadOnlySpan<(string, string)>)
                        [("Y", Yes), ("True", Yes), ("1", Yes), ("N", No), ("False", No), ("0", No)]
                )
                {
                    names[word] = value;
                }
            }

            _byName[field] = names;
        }

        return names.GetValueOrDefault(text.Trim());
    }

    /// <summary>Our value for one that people often write so: a proposal for the mapping, nothing that is applied unseen.</summary>
    public string? Alike(ImportField field, string text)
    {
        var word = ImportHeaders.Normalise(text);
        var proposed = field switch
        {
            ImportField.Channel => word switch
            {
                "postalmail" or "mail" or "letter" or "post" or "snailmail" => nameof(IntakeChannel.Post),
                "email" or "emails" => nameof(IntakeChannel.Email),
                "telephone" or "call" or "phonecall" or "voice" or "tel" => nameof(IntakeChannel.Phone),
                "website" or "online" or "webform" or "portal" or "internet" or "selfservice" => nameof(IntakeChannel.Web),
                "livechat" or "whatsapp" or "messenger" => nameof(IntakeChannel.Chat),
                "twitter" or "facebook" or "x" or "socialmedia" or "instagram" => nameof(IntakeChannel.Social),
                "referred" or "referral" or "regulator" => nameof(IntakeChannel.Referral),
                _ => null,
            },
            ImportField.Severity => word switch
            {
                "critical" or "urgent" or "1" or "sev1" or "1critical" => nameof(Severity.P1),
                "high" or "2" or "sev2" or "2high" => nameof(Severity.P2),
                "medium" or "moderate" or "normal" or "3" or "sev3" or "3moderate" => nameof(Severity.P3),
                "low" or "minor" or "4" or "sev4" or "4low" => nameof(Severity.P4),
                _ => null,
            },
            ImportField.Disposition when word.StartsWith("closed", StringComparison.Ordinal) => word.EndsWith(
                "withmonetaryrelief",
                StringComparison.Ordinal
            )
                ? Tickets.Dispositions.RefundProcessed
                : Tickets.Dispositions.Resolved,
            ImportField.Disposition => word switch
            {
                "resolved" or "solved" or "done" or "complete" or "completed" or "fixed" => Tickets.Dispositions.Resolved,
                "refunded" or "refund" => Tickets.Dispositions.RefundProcessed,
                "rejected" or "declined" => Tickets.Dispositions.VendorRejection,
                "cancelled" or "canceled" => Tickets.Dispositions.CancellationRequested,
                _ => null,
            },
            _ => null,
        };
        return proposed is null ? null : Same(field, proposed);
    }

    /// <summary>Of all of it: a commit goes by the lists that the check went by, or not at all.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder(TimeZoneId);
        foreach (var category in Categories.Values.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            text.Append('\n').Append(category.Name).Append('|').Append(category.Severity).Append('|').Append(category.FirstDisposition);
        }

        foreach (var disposition in Dispositions.Values.OrderBy(d => d.Code, StringComparer.Ordinal))
        {
            text.Append('\n').Append(disposition.Code).Append('|').Append(disposition.Label).Append('|').Append(disposition.Stage);
        }

        foreach (var programme in Programmes.Values.OrderBy(p => p.Code, StringComparer.Ordinal))
        {
            text.Append('\n').Append(programme.Code).Append('|').Append(programme.Name);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Words(string name) => name == nameof(IntakeChannel.ClientForm) ? "Client form" : name;
}

/// <param name="Id">Null for one that the commit is to make.</param>
public sealed record ImportCategory(Guid? Id, string Name, Severity Severity, string FirstDisposition);
