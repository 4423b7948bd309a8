using System.Text.RegularExpressions;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Notifications;

namespace Plum.Portal.Deliveries;

/// <summary>
/// Rewards by the same mail server as all else (see SmtpMailer). A mail server knows no keys: the Message-ID is made of ours, and an answer that was
/// lost goes to a person.
/// </summary>
public sealed partial class EmailSender(IMailer mailer, int perSecond) : IDeliverySender
{
    public const string SenderName = "smtp";
    private const int SubjectMaxLength = OutboxMessage.SubjectMaxLength;

    public string Name => SenderName;

    public IReadOnlySet<DeliveryChannel> Channels { get; } = new HashSet<DeliveryChannel> { DeliveryChannel.Email };

    public bool HonoursKeys => false;

    public SendPace Pace { get; } = new(perSecond, AtOnce: 8);

    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        var subject = message.Subject.Length > SubjectMaxLength ? message.Subject[..SubjectMaxLength] : message.Subject;
        var mail = new Mail(message.Key, message.To, subject, message.Text, Thread: null, []) { Html = message.Html };
        return await mailer.SendAsync(mail, ct) switch
        {
            MailOutcome.Taken taken => new SendOutcome.Taken(NumberOf(taken.Receipt), taken.Receipt),
            MailOutcome.Refused refused => new SendOutcome.Refused(SmtpCodes.Of(refused.Fault), CodeOf(refused.Reason), refused.Reason),
            MailOutcome.Unknown unknown => new SendOutcome.InDoubt(unknown.Reason),
            var other => throw new ArgumentOutOfRangeException(nameof(message), other, message: null),
        };
    }

    /// <summary>The server's own number of the message, which SES names in its notifications: the last word of <c>Ok 0102018f…</c>.</summary>
    private static string? NumberOf(string receipt) => receipt.Trim().Split(' ')[^1] is { Length: > 8 } number ? number : null;

    private static string CodeOf(string reason) =>
        Enhanced().Match(reason) is { Success: true } match ? match.Value
        : reason.Length >= 3 && reason.AsSpan(0, 3).ContainsAnyExceptInRange('0', '9') is false ? reason[..3]
        : "connection";

    [GeneratedRegex(@"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Enhanced();
}
