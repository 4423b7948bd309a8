using Plum.Domain.Clients;
using Plum.Domain.Notifications;
using Plum.Domain.Shared;

namespace Plum.Domain.Deliveries;

/// <summary>Getting one order to one recipient over one channel, through one or more attempts.</summary>
/// <remarks>The sender writes states by the thousand, past this class and by its rules; see Plum.Data/Deliveries/DeliveryDispatch.</remarks>
public sealed partial class Delivery : IVersioned
{
    public const int AddressMaxLength = 254;
    public const int LanguageMaxLength = 20;
    public const int MessageMaxLength = 500;
    public const int ProviderMaxLength = 40;
    public const int CodeMaxLength = 60;
    public const int WordsMaxLength = 500;

    private Delivery() { } // EF Core

    public long Id { get; private init; }
    public Guid ClientId { get; private init; }
    public Guid ProgrammeId { get; private init; }
    public long OrderId { get; private init; }

    /// <summary>0 for the first delivery of an order; each that takes another's place counts on. One order has each turn once.</summary>
    public int Turn { get; private init; }
    public long RecipientId { get; private init; }

    /// <summary>The allocation file that the order came from.</summary>
    public Guid? AllocationFileId { get; private init; }
    public DeliveryChannel Channel { get; private init; }

    /// <summary>A mail address in lower case, or a phone number in E.164.</summary>
    public string Address { get; private set; } = "";

    /// <summary>BCP 47; null is the programme's.</summary>
    public string? Language { get; private init; }

    /// <summary>The sender's own words to this recipient.</summary>
    public string? Message { get; private init; }

    /// <summary>The template of the last attempt; null is the built-in one.</summary>
    public Guid? TemplateId { get; private set; }
    public DeliveryState State { get; private set; }
    public DateTime QueuedAtUtc { get; private init; }

    /// <summary>When its next attempt is due; while it is being sent, until when the claim holds.</summary>
    public DateTime DueAtUtc { get; private set; }

    /// <summary>The number of the last attempt.</summary>
    public int Attempts { get; private set; }

    /// <summary>Attempts since it was queued or last resent by a person.</summary>
    public int Tries { get; private set; }

    /// <summary>Whose it is while it is being sent.</summary>
    public Guid? Claim { get; private set; }
    public string? Provider { get; private set; }
    public DateTime? SentAtUtc { get; private set; }
    public DateTime? DeliveredAtUtc { get; private set; }
    public DateTime? OpenedAtUtc { get; private set; }
    public DateTime? FailedAtUtc { get; private set; }
    public DeliveryFault? Fault { get; private set; }

    /// <summary>The provider's own code.</summary>
    public string? Code { get; private set; }
    public string? Words { get; private set; }

    /// <summary>The ticket that its failure has become.</summary>
    public long? TicketId { get; private set; }
    public int Version { get; private set; }

    public static Delivery Queue(QueuedDelivery ask, DateTime nowUtc)
    {
        RefusedException.ThrowIf(DeliveryRefusals.ForAddress(ask.Channel, ask.Address));

        return new Delivery
        {
            ClientId = ask.ClientId,
            ProgrammeId = ask.ProgrammeId,
            OrderId = ask.OrderId,
            Turn = ask.Turn,
            RecipientId = ask.RecipientId,
            AllocationFileId = ask.AllocationFileId,
            Channel = ask.Channel,
            Address = DeliveryRefusals.Neat(ask.Channel, ask.Address),
            Language = ask.Language,
            Message = ask.Message,
            State = DeliveryState.Queued,
            QueuedAtUtc = nowUtc,
            DueAtUtc = ask.DueAtUtc ?? nowUtc,
        };
    }
}

/// <summary>One order that is to reach its recipient.</summary>
/// <param name="DueAtUtc">Not before; null is at once.</param>
public sealed record QueuedDelivery(
    Guid ClientId,
    Guid ProgrammeId,
    long OrderId,
    long RecipientId,
    DeliveryChannel Channel,
    string Address,
    string? Language = null,
    string? Message = null,
    Guid? AllocationFileId = null,
    DateTime? DueAtUtc = null,
    int Turn = 0
);

/// <summary>How an attempt is named to the outside: <c>dlv.1042.1</c>. It is the idempotency key, and comes back in callbacks.</summary>
public static class DeliveryKey
{
    private const string Prefix = "dlv.";

    public static string Of(long deliveryId, int attempt) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{deliveryId}.{attempt}");

    public static (long DeliveryId, int Attempt)? Parse(string? text)
    {
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = text.AsSpan(Prefix.Length);
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var dot = rest.IndexOf('.');
        return
            dot > 0
            && long.TryParse(rest[..dot], System.Globalization.NumberStyles.None, culture, out var id)
            && int.TryParse(rest[(dot + 1)..], System.Globalization.NumberStyles.None, culture, out var attempt)
            ? (id, attempt)
            : null;
    }
}

public static class DeliveryRefusals
{
    public static readonly Refusal NotFailed = new("delivery.not-failed", "Only a delivery that failed can be mended and sent again.");

    public static readonly Refusal OrderGone = new(
        "delivery.order-gone",
        "Its order is no longer to be delivered: it was cancelled, refunded, redeemed or has expired."
    );

    public static readonly Refusal OptedOut = new(
        "delivery.opted-out",
        "The recipient has opted out of messages. They must opt in again before anything is sent."
    );

    public static readonly Refusal SameChannel = new(
        "delivery.same-channel",
        "It went by this channel already. Choose another.",
        "Channel"
    );

    /// <summary>Whether the channel can carry to this address at all.</summary>
    public static Refusal? ForAddress(DeliveryChannel channel, string? address) =>
        channel switch
        {
            DeliveryChannel.Email => Refusals.ForText("Address", address, Delivery.AddressMaxLength)
                ?? (
                    MailAddressRule.IsAddress(address!.Trim())
                        ? null
                        : new Refusal(
                            "delivery.email",
                            $"'{address.Trim()}' is not an e-mail address. Write it like name@company.com.",
                            "Address"
                        )
                ),
            DeliveryChannel.Sms or DeliveryChannel.WhatsApp => Refusals.ForText("Address", address, Delivery.AddressMaxLength)
                ?? (
                    IsE164(address!.Trim())
                        ? null
                        : new Refusal(
                            "delivery.phone",
                            $"'{address.Trim()}' is not a phone number. Give a plus, the country code and the number: +919812345678.",
                            "Address"
                        )
                ),
            _ => new Refusal("delivery.channel", "Choose e-mail, SMS or WhatsApp.", "Channel"),
        };

    public static string Neat(DeliveryChannel channel, string address) =>
        channel == DeliveryChannel.Email ? address.Trim().ToLowerInvariant() : address.Trim();

    private static bool IsE164(string phone) =>
        phone.Length is >= 8 and <= 16 && phone[0] == '+' && phone[1] != '0' && phone.Skip(1).All(char.IsAsciiDigit);
}
