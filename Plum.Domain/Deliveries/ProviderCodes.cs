using Plum.Domain.Notifications;

namespace Plum.Domain.Deliveries;

/// <summary>Twilio's error codes, for SMS and WhatsApp (twilio.com/docs/api/errors).</summary>
public static class TwilioCodes
{
    private static readonly Dictionary<string, Verdict> Table = new(StringComparer.Ordinal)
    {
        ["20003"] = Verdict.Sender, // authentication
        ["20404"] = Verdict.Sender, // no such account
        ["20429"] = Verdict.Passing, // too many requests
        ["21211"] = Verdict.Recipient, // not a number
        ["21408"] = Verdict.Route, // region not enabled
        ["21606"] = Verdict.Sender, // From is not ours
        ["21610"] = Verdict.Never, // opted out
        ["21612"] = Verdict.Route, // not reachable from this sender
        ["21614"] = Verdict.Recipient, // not a mobile number
        ["21656"] = Verdict.Route, // content variables do not fit the template
        ["30001"] = Verdict.Passing, // queue full
        ["30002"] = Verdict.Sender, // account suspended
        ["30003"] = Verdict.Passing, // unreachable
        ["30004"] = Verdict.Route, // blocked
        ["30005"] = Verdict.Recipient, // unknown number
        ["30006"] = Verdict.Recipient, // landline
        ["30007"] = Verdict.Route, // filtered
        ["30008"] = new Verdict(DeliveryFault.Passing, MostTries: 3), // unknown: a few times
        ["63016"] = Verdict.Route, // outside the 24 h window: a template
        ["63018"] = Verdict.Passing, // WhatsApp rate limit
        ["63024"] = Verdict.Recipient, // not a WhatsApp number
    };

    public static Verdict Of(string? code) => Table.GetValueOrDefault(code ?? "", Verdict.Unknown);
}

/// <summary>The WhatsApp Cloud API's (developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).</summary>
public static class WhatsAppCodes
{
    private static readonly Dictionary<string, Verdict> Table = new(StringComparer.Ordinal)
    {
        ["2"] = Verdict.Passing, // service
        ["190"] = Verdict.Sender, // token
        ["368"] = Verdict.Sender, // blocked for policy
        ["130429"] = Verdict.Passing, // throughput
        ["130472"] = Verdict.Route, // part of an experiment
        ["131026"] = Verdict.Recipient, // undeliverable
        ["131031"] = Verdict.Sender, // account locked
        ["131042"] = Verdict.Sender, // payment
        ["131047"] = Verdict.Route, // 24 h window: a template
        ["131048"] = Verdict.Sender, // spam limit
        ["131049"] = new Verdict(DeliveryFault.Passing, MostTries: 3, FirstWait: TimeSpan.FromHours(12)), // kept healthy: wait long
        ["131056"] = Verdict.Passing, // pair limit
        ["132000"] = Verdict.Route, // number of parameters
        ["132001"] = Verdict.Route, // no such template or language
        ["132015"] = Verdict.Route, // template paused
    };

    public static Verdict Of(string? code) => Table.GetValueOrDefault(code ?? "", Verdict.Unknown);
}

/// <summary>What a mail server's answer comes to for a delivery: see <see cref="MailCodes"/>.</summary>
public static class SmtpCodes
{
    public static Verdict Of(MailFault fault) =>
        fault switch
        {
            MailFault.Passing => Verdict.Passing,
            MailFault.Full => Verdict.Full,
            MailFault.Address => Verdict.Recipient,
            MailFault.Policy => Verdict.Route,
            MailFault.Sender => Verdict.Sender,
            _ => Verdict.Unknown,
        };

    /// <param name="text">A reply or a diagnostic: <c>550 5.1.1 no such user</c>.</param>
    public static Verdict OfText(string? text) =>
        int.TryParse(text.AsSpan(0, Math.Min(3, text?.Length ?? 0)), out var reply) && reply is >= 400 and < 600
            ? Of(MailCodes.Judge(reply, text!))
        : text is { Length: > 0 } && (text[0] is '4' or '5') ? Of(MailCodes.Judge(text[0] == '4' ? 450 : 550, text))
        : Verdict.Unknown;
}

/// <summary>Amazon SES: the type of a bounce, or a complaint (docs.aws.amazon.com/ses, notification contents).</summary>
public static class SesCodes
{
    public static Verdict Of(string? bounceType, string? diagnostic) =>
        bounceType switch
        {
            "Complaint" => Verdict.Never,
            "Permanent" => SmtpCodes.OfText(diagnostic) is { Fault: DeliveryFault.Route } route ? route : Verdict.Recipient,
            "Transient" => SmtpCodes.OfText(diagnostic) is { MostTries: not null } full ? full : Verdict.Passing,
            _ => Verdict.Unknown,
        };
}

/// <summary>SendGrid's event webhook (www.twilio.com/docs/sendgrid, event webhook reference).</summary>
public static class SendGridCodes
{
    public static Verdict Of(string? happening, string? type, string? status) =>
        (happening, type) switch
        {
            ("bounce", "blocked") => Verdict.Route,
            ("bounce", _) => SmtpCodes.OfText(status) is { Fault: not DeliveryFault.Unknown } known ? known : Verdict.Recipient,
            ("dropped" or "spamreport" or "unsubscribe" or "group_unsubscribe", _) => Verdict.Never,
            ("deferred", _) => Verdict.Passing,
            _ => Verdict.Unknown,
        };
}
