using Plum.Domain.Clients;

namespace Plum.Domain.Deliveries;

/// <summary>Hands one message to one provider. One call, one try: retries are the dispatch's.</summary>
public interface IDeliverySender
{
    /// <summary>As in configuration and on attempts: <c>twilio</c>.</summary>
    string Name { get; }

    IReadOnlySet<DeliveryChannel> Channels { get; }

    /// <summary>Whether the same key twice gives one message. Where not, what is in doubt goes to a person.</summary>
    bool HonoursKeys { get; }

    SendPace Pace { get; }

    /// <summary>Never throws for what a provider may answer or a network may do; a bug still throws.</summary>
    Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken ct);
}

/// <summary>One that is on this machine and takes a batch at once.</summary>
public interface IBatchDeliverySender : IDeliverySender
{
    /// <returns>In the order of the messages.</returns>
    Task<IReadOnlyList<SendOutcome>> SendAllAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken ct);
}

/// <param name="PerSecond">How many messages may begin in a second.</param>
/// <param name="AtOnce">How many may be under way.</param>
public sealed record SendPace(int PerSecond, int AtOnce);

/// <param name="Html">Of an e-mail; its text stands beside it.</param>
/// <param name="Template">A WhatsApp template that the provider has approved; null sends the text.</param>
public sealed record OutgoingMessage(
    string Key,
    long DeliveryId,
    Guid ClientId,
    DeliveryChannel Channel,
    string To,
    string? Language,
    string Subject,
    string Text,
    string? Html,
    ProviderTemplate? Template,
    bool IsRepeat = false
);

/// <param name="Name">Twilio's content SID, or the template's name at Meta.</param>
public sealed record ProviderTemplate(string Name, string Language, IReadOnlyList<string> Variables);

/// <summary>What became of one try.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <param name="IsDelivered">The provider knows already that it arrived.</param>
    public sealed record Taken(string? ProviderMessageId, string RawStatus, bool IsDelivered = false) : SendOutcome;

    /// <summary>It has certainly not left.</summary>
    public sealed record Refused(Verdict Verdict, string Code, string Words, TimeSpan? RetryAfter = null) : SendOutcome;

    /// <summary>It may have left: the answer was lost.</summary>
    public sealed record InDoubt(string Words) : SendOutcome;
}
