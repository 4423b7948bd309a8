using System.Globalization;

namespace Plum.Portal.Deliveries;

/// <summary>The account at Twilio; off until <c>Messaging:Twilio:AccountSid</c> is set.</summary>
/// <param name="From">The number that an SMS comes from; or else the messaging service.</param>
/// <param name="WhatsAppFrom">The number that a WhatsApp message comes from; null sends none by Twilio.</param>
public sealed record TwilioOptions(
    Uri Url,
    string AccountSid,
    string AuthToken,
    string? From,
    string? MessagingServiceSid,
    string? WhatsAppFrom,
    int PerSecond,
    TimeSpan Timeout
)
{
    /// <returns>Null while it is not configured.</returns>
    /// <exception cref="InvalidOperationException">A setting cannot be used; the message says which and how it should be.</exception>
    public static TwilioOptions? Of(IConfiguration configuration)
    {
        var settings = new MessagingSettings(configuration.GetSection("Messaging:Twilio"));
        if (settings.Text("AccountSid") is not { } account)
        {
            return null;
        }

        var options = new TwilioOptions(
            settings.Address("Url", "https://api.twilio.com"),
            account,
            settings.Secret("AuthToken"),
            settings.Text("From"),
            settings.Text("MessagingServiceSid"),
            settings.Text("WhatsAppFrom"),
            settings.Number("PerSecond", 10, 1000),
            TimeSpan.FromSeconds(settings.Number("TimeoutSeconds", 30, 300))
        );
        return (options.From ?? options.MessagingServiceSid ?? options.WhatsAppFrom) is null
            ? throw new InvalidOperationException(
                "Messaging:Twilio has nothing to send from. Set From or MessagingServiceSid for SMS, WhatsAppFrom for WhatsApp."
            )
            : options;
    }

    /// <summary>Without the secrets: it may stand in a log.</summary>
    public override string ToString() => $"Twilio at {Url}";
}

/// <summary>The WhatsApp Cloud API; off until <c>Messaging:WhatsApp:PhoneNumberId</c> is set.</summary>
/// <param name="AppSecret">Signs the callbacks.</param>
/// <param name="VerifyToken">What Meta shows when the callback's address is entered there.</param>
public sealed record WhatsAppOptions(
    Uri Url,
    string Version,
    string PhoneNumberId,
    string Token,
    string AppSecret,
    string VerifyToken,
    int PerSecond,
    TimeSpan Timeout
)
{
    /// <inheritdoc cref="TwilioOptions.Of"/>
    public static WhatsAppOptions? Of(IConfiguration configuration)
    {
        var settings = new MessagingSettings(configuration.GetSection("Messaging:WhatsApp"));
        return settings.Text("PhoneNumberId") is not { } number
            ? null
            : new WhatsAppOptions(
                settings.Address("Url", "https://graph.facebook.com"),
                settings.Text("Version") ?? "v23.0",
                number.All(char.IsAsciiDigit)
                    ? number
                    : throw new InvalidOperationException(
                        "Messaging:WhatsApp:PhoneNumberId is no number. Use the id that Meta shows beside the phone."
                    ),
                settings.Secret("Token"),
                settings.Secret("AppSecret"),
                settings.Secret("VerifyToken"),
                settings.Number("PerSecond", 40, 1000),
                TimeSpan.FromSeconds(settings.Number("TimeoutSeconds", 30, 300))
            );
    }

    /// <summary>Without the secrets: it may stand in a log.</summary>
    public override string ToString() => $"WhatsApp Cloud API at {Url}";
}

/// <summary>Who tells what became of e-mail; each off until set.</summary>
/// <param name="SendGridKey">The public key that SendGrid shows for its signed event webhook, in base64.</param>
/// <param name="SesTopic">The ARN of the SNS topic that SES publishes to.</param>
/// <param name="SesCertificate">The certificate that signs the topic's messages, as a file; null fetches it, if that is allowed.</param>
/// <param name="SesMayFetch">Whether Plum may fetch Amazon's certificate and confirm the subscription: else nothing leaves.</param>
public sealed record MailEventOptions(string? SendGridKey, string? SesTopic, string? SesCertificate, bool SesMayFetch)
{
    public static MailEventOptions Of(IConfiguration configuration) =>
        new(
            new MessagingSettings(configuration.GetSection("Messaging:SendGrid")).Text("PublicKey"),
            new MessagingSettings(configuration.GetSection("Messaging:Ses")).Text("TopicArn"),
            new MessagingSettings(configuration.GetSection("Messaging:Ses")).Text("CertificatePath"),
            configuration.GetValue("Messaging:Ses:MayFetch", defaultValue: false)
        );
}

/// <summary>Reads settings and says which is wrong.</summary>
internal sealed class MessagingSettings(IConfigurationSection section)
{
    public string? Text(string name) => section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public string Secret(string name) =>
        Text(name) switch
        {
            null => throw new InvalidOperationException($"{section.Path}:{name} is missing."),
            { Length: < 8 } => throw new InvalidOperationException($"{section.Path}:{name} is too short to be what the provider gave."),
            var secret when !secret.All(c => c is > ' ' and < '\u007f') => throw new InvalidOperationException(
                $"{section.Path}:{name} holds blanks or other characters that it cannot have."
            ),
            var secret => secret,
        };

    public Uri Address(string name, string usual) =>
        Uri.TryCreate(Text(name) ?? usual, UriKind.Absolute, out var address)
        && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))
            ? address
            : throw new InvalidOperationException($"{section.Path}:{name} is '{Text(name)}'. Use an https address: secrets go there.");

    public int Number(string name, int usual, int most) =>
        Text(name) is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : throw new InvalidOperationException($"{section.Path}:{name} is '{text}'. Use a whole number from 1 to {most}.");
}
