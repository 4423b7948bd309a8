using Plum.Data.Deliveries;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Portal.Shared;

namespace Plum.Portal.Deliveries;

public static class DeliveryPageWords
{
    public const string Path = "/deliveries";
    public const string Sandbox = "/sandbox/messages";

    public static string Messages(Guid programme) => $"/programmes/{programme}/messages";

    public static string Of(DeliveryChannel channel) =>
        channel switch
        {
            DeliveryChannel.Email => "E-mail",
            DeliveryChannel.Sms => "SMS",
            _ => "WhatsApp",
        };

    public static string IconOf(DeliveryChannel channel) =>
        channel switch
        {
            DeliveryChannel.Email => "mail",
            _ => "phone",
        };

    public static string Of(DeliveryState state) =>
        state switch
        {
            DeliveryState.Queued => "Queued",
            DeliveryState.Sending => "Being sent",
            DeliveryState.Sent => "Sent",
            DeliveryState.Delivered => "Delivered",
            DeliveryState.Failed => "Failed",
            _ => "Withdrawn",
        };

    /// <summary>Where one stands; that its recipient has opened it is the last word.</summary>
    public static string Of(DeliveryRow row) => row is { State: DeliveryState.Delivered, OpenedAtUtc: not null } ? "Opened" : Of(row.State);

    public static Meaning MeaningOf(DeliveryState state) =>
        state switch
        {
            DeliveryState.Delivered => Meaning.Good,
            DeliveryState.Failed => Meaning.Bad,
            DeliveryState.Sent or DeliveryState.Sending => Meaning.Info,
            _ => Meaning.None,
        };

    /// <summary>What is to be done about it.</summary>
    public static string Of(DeliveryFault fault) =>
        fault switch
        {
            DeliveryFault.Passing => "Tried often enough",
            DeliveryFault.Recipient => "Correct the address",
            DeliveryFault.Route => "Use another channel",
            DeliveryFault.Never => "Wants no messages",
            DeliveryFault.Sender => "Our account at the provider",
            DeliveryFault.InDoubt => "May have arrived",
            _ => "Unknown code: look at it",
        };

    public static string Of(SandboxManner manner) =>
        manner switch
        {
            SandboxManner.Deliver => "Delivers at once",
            SandboxManner.DeliverLate => "Takes it, and tells of the delivery later",
            SandboxManner.RefuseAll => "Refuses each with the code",
            SandboxManner.RefuseEverySecond => "Refuses every second with the code",
            SandboxManner.FailAfterwards => "Takes it, and tells later that it failed",
            SandboxManner.TellTwice => "Tells of the delivery twice",
            SandboxManner.TellOutOfOrder => "Tells in the wrong order",
            SandboxManner.BounceAfterDelivery => "Delivers, and bounces afterwards",
            _ => "Takes it, and its answer is lost",
        };
}
