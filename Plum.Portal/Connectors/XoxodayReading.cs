using System.Globalization;
using System.Text.Json;
using Plum.Domain.Catalogue;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using static Plum.Data.Connectors.JsonFields;

namespace Plum.Portal.Connectors;

/// <summary>The provider's JSON, read; what cannot be read is null, never a guess.</summary>
internal static class XoxodayReading
{
    /// <returns><c>data.OPERATION.data</c> of an answer whose status is 1; null else.</returns>
    public static JsonElement? Operation(JsonElement root, string operation) =>
        Object(root, "data") is { } data
        && Object(data, operation) is { } named
        && Amount(named, "status") == 1
        && named.TryGetProperty("data", out var found)
        && found.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? found
            : null;

    /// <returns>Null unless the currency is one of ours and the amount has no more digits than it.</returns>
    public static Money? MoneyOf(decimal? amount, string? currency)
    {
        if (amount is null || !Currencies.Exists(currency) || Math.Abs(amount.Value) > 1_000_000_000_000m)
        {
            return null;
        }

        var minor = amount.Value * Currencies.Scale(currency!);
        return minor == decimal.Truncate(minor) ? new Money((long)minor, currency!) : null;
    }

    /// <returns>Null when it has no number: then it is not an order.</returns>
    public static SupplierOrder? Order(JsonElement data)
    {
        if (Text(data, "orderId") is not { } orderId || SupplierOrderRules.CannotBeKey("orderId", orderId) is not null)
        {
            return null;
        }

        var currency = Text(data, "currencyCode");
        var vouchers = Items(data, "vouchers").Select(Voucher).OfType<SupplierVoucher>().ToList();
        var charged = MoneyOf(Amount(data, "amountCharged"), currency);
        var order = SupplierStatuses.Order(Text(data, "orderStatus"));
        return new SupplierOrder(
            Text(data, "poNumber"),
            orderId,
            Amount(data, "quantity") is > 0 and <= 10_000 and var quantity ? (int)quantity : null,
            charged,
            order,
            SupplierStatuses.Delivery(Text(data, "deliveryStatus")),
            new Stated<SupplierVoucherState>(
                order.Meaning == SupplierOrderState.Cancelled ? SupplierVoucherState.Cancelled
                : vouchers.Count > 0 ? SupplierVoucherState.Live
                : SupplierVoucherState.None
            ),
            new Stated<SupplierMoneyState>(
                order.Meaning == SupplierOrderState.Cancelled ? SupplierMoneyState.Unknown // it does not say whether it paid back
                : charged is null ? SupplierMoneyState.Unknown
                : charged.Value.MinorUnits > 0 ? SupplierMoneyState.Charged
                : SupplierMoneyState.None
            ),
            vouchers
        );
    }

    /// <returns>Null when a part that is needed cannot be read.</returns>
    public static SupplierProduct? Product(JsonElement data)
    {
        var (id, name, currency) = (Text(data, "productId"), Text(data, "name"), Text(data, "currencyCode"));
        if (id is null || name is null || !Currencies.Exists(currency))
        {
            return null;
        }

        long? Minor(decimal? amount) => MoneyOf(amount, currency)?.MinorUnits;
        var isOpen = string.Equals(Text(data, "valueType"), "open_value", StringComparison.OrdinalIgnoreCase);
        var fixedValues = (Text(data, "valueDenominations") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(v => decimal.TryParse(v, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var d) ? Minor(d) : null)
            .ToList();
        var (min, max) = (Minor(Amount(data, "minValue")), Minor(Amount(data, "maxValue")));
        if (isOpen ? min is null || max is null : fixedValues.Count == 0 || fixedValues.Contains(null))
        {
            return null;
        }

        return new SupplierProduct(
            id,
            SupplierFault.OneLine(name),
            SupplierFault.OneLine(Text(data, "brand") ?? name),
            (Text(data, "countryCode") ?? "").ToUpperInvariant(),
            currency!,
            isOpen ? [] : [.. fixedValues.Select(v => v!.Value).Order()],
            min ?? 0,
            max ?? 0,
            string.Equals(Text(data, "deliveryType"), "delayed", StringComparison.OrdinalIgnoreCase),
            data.TryGetProperty("isPhoneNumberMandatory", out var phone)
                && (phone.ValueKind == JsonValueKind.True || Text(data, "isPhoneNumberMandatory") is "1" or "true"),
            Amount(data, "orderQuantityLimit") is > 0 and <= 10_000 and var most ? (int)most : null,
            Kind(Text(data, "categories")),
            Amount(data, "tatInDays") is > 0 and <= 366 and var days ? (int)Math.Ceiling(days * 24 * 60) : 0
        );
    }

    /// <summary>What the catalogue's reader is told of a product that could not be read.</summary>
    public static string Unreadable(JsonElement data) =>
        SupplierFault.OneLine(
            $"Product {Text(data, "productId") ?? "without a number"}, {Text(data, "name") ?? "without a name"}, {Text(data, "currencyCode") ?? "without a currency"}: its values or its currency cannot be read."
        );

    /// <summary>Its categories are words of its own, apart by commas; what none of them says is a gift card.</summary>
    private static RewardKind Kind(string? categories)
    {
        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (categories?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
                {
                    return true;
                }
            }

            return false;
        }

        return Says("experience") ? RewardKind.Experience
            : Says("merchandise", "merch") ? RewardKind.Merchandise
            : Says("prepaid", "wallet", "visa", "mastercard") ? RewardKind.PrepaidWallet
            : Says("subscription") ? RewardKind.Subscription
            : RewardKind.GiftCard;
    }

    private static SupplierVoucher? Voucher(JsonElement data) =>
        Text(data, "voucherCode") is not { } code
            ? null
            : new SupplierVoucher(
                code,
                Text(data, "pin"),
                Text(data, "type")?.ToLowerInvariant() switch
                {
                    "url" => SupplierVoucherKind.Url,
                    "urlpin" => SupplierVoucherKind.UrlAndPin,
                    "codepin" => SupplierVoucherKind.CodeAndPin,
                    _ => Text(data, "pin") is null ? SupplierVoucherKind.Code : SupplierVoucherKind.CodeAndPin,
                },
                MoneyOf(Amount(data, "amount"), Text(data, "currency")),
                DateTime.TryParse(
                    Text(data, "validity"),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var until
                )
                    ? until
                    : null
            );
}
