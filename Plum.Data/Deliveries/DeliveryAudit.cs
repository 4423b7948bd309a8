using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>The audit lines of this room; one of a delivery stands under its order, as people know that.</summary>
internal static class DeliveryAudit
{
    private const string Room = "Deliveries";

    public static AuditEntry Of(Delivery delivery, string what, Actor by, DateTime nowUtc, string? why = null) =>
        Line(OrderReference.Of(delivery.OrderId), what, by, nowUtc, delivery.ClientId, why);

    public static AuditEntry Line(string subject, string what, Actor by, DateTime nowUtc, Guid? clientId = null, string? why = null) =>
        AuditEntry.For(Room, subject, what, by, nowUtc, clientId, why);
}

internal static class DeliveryWords
{
    public static string Of(DeliveryChannel channel) =>
        channel switch
        {
            DeliveryChannel.Email => "e-mail",
            DeliveryChannel.Sms => "SMS",
            _ => "WhatsApp",
        };
}
