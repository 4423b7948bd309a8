namespace Plum.Domain.Connectors;

/// <summary>
/// What suppliers' words mean. Their lists are open: without regard to case, blanks, hyphens and underscores, and what stands here nowhere is Unknown.
/// </summary>
public static class SupplierStatuses
{
    private static readonly Dictionary<string, SupplierOrderState> Orders = new(StringComparer.Ordinal)
    {
        ["accepted"] = SupplierOrderState.Processing,
        ["apicreating"] = SupplierOrderState.Processing,
        ["awaitingfunds"] = SupplierOrderState.Processing,
        ["campaigncreated"] = SupplierOrderState.Complete,
        ["canceled"] = SupplierOrderState.Cancelled,
        ["cancelled"] = SupplierOrderState.Cancelled,
        ["complete"] = SupplierOrderState.Complete,
        ["completed"] = SupplierOrderState.Complete,
        ["executed"] = SupplierOrderState.Complete,
        ["failed"] = SupplierOrderState.Failed,
        ["inprogress"] = SupplierOrderState.Processing,
        ["open"] = SupplierOrderState.Processing,
        ["pending"] = SupplierOrderState.Processing,
        ["pendingapproval"] = SupplierOrderState.Processing,
        ["pendingsettlement"] = SupplierOrderState.Processing,
        ["processing"] = SupplierOrderState.Processing,
        ["refunded"] = SupplierOrderState.Cancelled,
        ["successful"] = SupplierOrderState.Complete,
    };

    private static readonly Dictionary<string, SupplierDeliveryState> Deliveries = new(StringComparer.Ordinal)
    {
        ["canceled"] = SupplierDeliveryState.Cancelled,
        ["cancelled"] = SupplierDeliveryState.Cancelled,
        ["complaint"] = SupplierDeliveryState.Failed,
        ["completed"] = SupplierDeliveryState.Delivered,
        ["delayed"] = SupplierDeliveryState.Pending,
        ["delivered"] = SupplierDeliveryState.Delivered,
        ["failed"] = SupplierDeliveryState.Failed,
        ["inprogress"] = SupplierDeliveryState.Pending,
        ["pending"] = SupplierDeliveryState.Pending,
        ["processing"] = SupplierDeliveryState.Pending,
        ["scheduled"] = SupplierDeliveryState.Pending,
        ["succeeded"] = SupplierDeliveryState.Delivered,
        ["temporarilyundeliverable"] = SupplierDeliveryState.Pending,
        ["undeliverable"] = SupplierDeliveryState.Failed,
        ["unsent"] = SupplierDeliveryState.Pending,
        ["unsubscribed"] = SupplierDeliveryState.Failed,
    };

    public static Stated<SupplierOrderState> Order(string? raw) =>
        new(Orders.GetValueOrDefault(Plain(raw), SupplierOrderState.Unknown), raw);

    public static Stated<SupplierDeliveryState> Delivery(string? raw) =>
        new(Deliveries.GetValueOrDefault(Plain(raw), SupplierDeliveryState.Unknown), raw);

    private static string Plain(string? raw) => new([.. (raw ?? "").Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
