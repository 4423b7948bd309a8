using System.Globalization;
using System.Text;
using System.Text.Json;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Portal.Orders;

namespace Plum.Portal.Approvals;

/// <summary>What a payload says, by kind of request. What no kind tells of is read field by field; keys, which say nothing to a person, are left out.</summary>
public static class PayloadWords
{
    public static IReadOnlyList<(string Label, string Value)> Of(RequestKind kind, string currency, string payload, CultureInfo culture)
    {
        try
        {
            return kind switch
            {
                RequestKind.LimitChange => [.. Limits(payload, culture)],
                RequestKind.Refund => [.. Refund(Read<CorrectionPayload.Refund>(payload), currency, culture)],
                RequestKind.Cancellation => [.. Cancellation(Read<CorrectionPayload.Cancellation>(payload), currency, culture)],
                RequestKind.Reissue => [.. Reissue(Read<CorrectionPayload.Reissue>(payload), culture)],
                RequestKind.GoodwillCredit => [.. Goodwill(Read<CorrectionPayload.Goodwill>(payload), culture)],
                RequestKind.Allocation => [.. Allocation(Read<AllocationPayload>(payload), culture)],
                _ => [.. Fields(payload, culture)],
            };
        }
        catch (JsonException)
        {
            return [("Payload", payload)];
        }
    }

    /// <summary>The allocation file that is asked for, such as IPA-1023; null of any other kind.</summary>
    public static string? FileOf(RequestKind kind, string payload) =>
        kind == RequestKind.Allocation ? Read<AllocationPayload>(payload).Reference : null;

    private static T Read<T>(string payload) => JsonSerializer.Deserialize<T>(payload, JsonSerializerOptions.Web)!;

    private static IEnumerable<(string, string)> Refund(CorrectionPayload.Refund refund, string currency, CultureInfo culture) =>
        [.. Order(refund.Order), .. Parts(refund.Parts, currency, culture), ("Voucher", Voucher(refund.Order, refund.CancelsFirst))];

    private static IEnumerable<(string, string)> Cancellation(
        CorrectionPayload.Cancellation cancellation,
        string currency,
        CultureInfo culture
    ) =>
        [
            .. Order(cancellation.Order),
            .. Parts(cancellation.Parts, currency, culture),
            ("Supplier's fee", cancellation.Fee.MinorUnits == 0 ? "none" : cancellation.Fee.Format(culture)),
        ];

    private static IEnumerable<(string, string)> Reissue(CorrectionPayload.Reissue reissue, CultureInfo culture) =>
        [
            .. Order(reissue.Order),
            ("Issued anew", $"{reissue.ProductName}, {reissue.Value.Format(culture)}"),
            ("Old voucher", Voucher(reissue.Order, reissue.CancelsFirst)),
        ];

    private static IEnumerable<(string, string)> Goodwill(CorrectionPayload.Goodwill goodwill, CultureInfo culture) =>
        [("Into the wallet of", goodwill.RecipientName), ("Credited", goodwill.Amount.Format(culture))];

    private static IEnumerable<(string, string)> Allocation(AllocationPayload asked, CultureInfo culture) =>
        [
            ("File", $"{asked.Reference}, {asked.FileName}"),
            ("Rows", asked.Sum.Rows.ToString("N0", culture)),
            ("In all", new Money(asked.Sum.Total, asked.Sum.Currency).Format(culture)),
            ("Largest row", new Money(asked.Sum.Largest, asked.Sum.Currency).Format(culture)),
            ("Fingerprint of the file", asked.Sha256),
        ];

    /// <summary>As it was when it was asked for: when it has changed since, nothing is done.</summary>
    private static IEnumerable<(string, string)> Order(OrderStanding order) =>
        [("Order then", $"{OrderReference.Of(order.OrderId)}, {OrderWords.Of(order.Status).ToLowerInvariant()}")];

    private static IEnumerable<(string, string)> Parts(IEnumerable<RefundPart> parts, string currency, CultureInfo culture) =>
        parts.Select(p => ($"Back to {OrderWords.Of(p.Tender).ToLowerInvariant()}", new Money(p.MinorUnits, currency).Format(culture)));

    private static string Voucher(OrderStanding order, bool cancelsFirst) =>
        (cancelsFirst, order.VoucherLast4) switch
        {
            (true, { } last) => $"•••• {last} is cancelled at the supplier first",
            (true, null) => "is cancelled at the supplier first",
            _ => "is not live any more",
        };

    private static IEnumerable<(string, string)> Limits(string payload, CultureInfo culture)
    {
        var change = JsonSerializer.Deserialize<LimitChange>(payload, JsonSerializerOptions.Web);
        if (change?.Limit is { } limit)
        {
            string Money(long minorUnits) => minorUnits == 0 ? "nothing" : new Money(minorUnits, limit.Currency).Format(culture);

            return
            [
                ("Role", Roles.Label(limit.Role)),
                ("For", $"{RequestKinds.Words(limit.Kind)} in {limit.Currency}"),
                ("Makes alone", Money(limit.Values.MakeAlone)),
                ("Approves", Money(limit.Values.Approve)),
                ("In a day", Money(limit.Values.PerDay)),
                ("For one person in 24 hours", Money(limit.Values.PerBeneficiary)),
            ];
        }

        return change?.Band is { } band
            ?
            [
                ("For", $"{RequestKinds.Words(band.Kind)} in {band.Currency}"),
                ("Above", new Money(band.Above, band.Currency).Format(culture)),
                ("Checkers", band.Checkers.ToString("N0", culture)),
                ("Authenticator's code", band.AsksSecondFactor ? "asked for once more" : "not asked for"),
            ]
            : [];
    }

    private static List<(string, string)> Fields(string payload, CultureInfo culture)
    {
        using var json = JsonDocument.Parse(payload);
        var lines = new List<(string, string)>();
        Walk(json.RootElement, "", lines, culture);
        return lines;
    }

    private static void Walk(JsonElement element, string label, List<(string, string)> lines, CultureInfo culture)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when Amount(element) is { } amount:
                lines.Add((label, amount.Format(culture)));
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Walk(
                        property.Value,
                        label.Length == 0 ? Words(property.Name) : $"{label}: {Words(property.Name).ToLowerInvariant()}",
                        lines,
                        culture
                    );
                }

                break;
            case JsonValueKind.Array:
                var (number, several) = (0, element.GetArrayLength() > 1);
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item, several ? $"{label} {++number}" : label, lines, culture);
                }

                break;
            case JsonValueKind.String when element.GetString() is { Length: > 0 } text && !Guid.TryParse(text, out _):
                lines.Add((label, text));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                lines.Add((label, element.GetBoolean() ? "yes" : "no"));
                break;
            case JsonValueKind.Number when Reference(label, element.GetInt64()) is { } reference:
                lines.Add(reference);
                break;
        }
    }

    private static Money? Amount(JsonElement element) =>
        element.TryGetProperty("minorUnits", out var units)
        && units.TryGetInt64(out var minorUnits)
        && element.TryGetProperty("currency", out var currency)
        && Currencies.Exists(currency.GetString())
            ? new Money(minorUnits, currency.GetString()!)
            : null;

    /// <summary>A number that people know by another name, or a plain one.</summary>
    private static (string, string)? Reference(string label, long number) =>
        label.EndsWith("rder id", StringComparison.Ordinal) ? (label[..^3], OrderReference.Of(number))
        : label.EndsWith("icket id", StringComparison.Ordinal) ? (label[..^3], Domain.Tickets.TicketReference.Of(number))
        : label.EndsWith(" id", StringComparison.Ordinal) ? null
        : (label, number.ToString(CultureInfo.InvariantCulture));

    /// <summary><c>supplierReference</c> as a person reads it.</summary>
    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (words.Length == 0)
            {
                words.Append(char.ToUpperInvariant(letter));
            }
            else if (char.IsUpper(letter))
            {
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                words.Append(letter);
            }
        }

        return words.ToString();
    }
}
