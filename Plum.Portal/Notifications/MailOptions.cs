using System.Globalization;
using MailKit.Security;
using MimeKit;

namespace Plum.Portal.Notifications;

/// <summary>How mail leaves: by SMTP when <c>Mail:Smtp:Host</c> is set, else into the sandbox, and not at all.</summary>
/// <param name="Security"><c>StartTls</c> (the default), <c>Tls</c> from the first byte, or <c>None</c> for a relay on the same machine.</param>
/// <param name="Timeout">Of one message from connecting to the server's last word; well below the time after which a claim is given up.</param>
public sealed record MailOptions(
    string? Host,
    int Port,
    SecureSocketOptions Security,
    string? UserName,
    string? Password,
    MailboxAddress From,
    MailboxAddress? ReplyTo,
    TimeSpan Timeout
)
{
    public bool IsSandbox => Host is null;

    /// <exception cref="InvalidOperationException">A setting cannot be used; the message says which and how it should be.</exception>
    public static MailOptions Of(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Mail");
        var smtp = mail.GetSection("Smtp");
        var host = smtp["Host"] is { Length: > 0 } given ? given.Trim() : null;
        var (security, port) = (smtp["Security"] is { Length: > 0 } word ? word : "StartTls") switch
        {
            "StartTls" => (SecureSocketOptions.StartTls, 587),
            "Tls" => (SecureSocketOptions.SslOnConnect, 465),
            "None" => (SecureSocketOptions.None, 25),
            var other => throw new InvalidOperationException($"Mail:Smtp:Security is '{other}'. Use StartTls, Tls or None."),
        };
        if (security == SecureSocketOptions.None && smtp["UserName"] is { Length: > 0 })
        {
            throw new InvalidOperationException(
                "Mail:Smtp:UserName is set and Mail:Smtp:Security is None: the password would be sent in the clear. Use StartTls or Tls."
            );
        }

        return new MailOptions(
            host,
            smtp["Port"] is { Length: > 0 } number
                ? int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed is > 0 and < 65536
                    ? parsed
                    : throw new InvalidOperationException($"Mail:Smtp:Port is '{number}'. Use a number from 1 to 65535.")
                : port,
            security,
            smtp["UserName"] is { Length: > 0 } user ? user : null,
            smtp["Password"],
            Address(
                "Mail:From",
                mail["From"] is { Length: > 0 } from ? from
                    : host is null ? "Plum <service@plum.example>"
                    : null
            ),
            mail["ReplyTo"] is { Length: > 0 } reply ? Address("Mail:ReplyTo", reply) : null,
            TimeSpan.FromSeconds(60)
        );
    }

    private static MailboxAddress Address(string key, string? text) =>
        text is null
            ? throw new InvalidOperationException(
                $"{key} is missing. Give the address that mail comes from: Service <service@example.com>."
            )
        : MailboxAddress.TryParse(text, out var address) && address.Address.Contains('@', StringComparison.Ordinal) ? address
        : throw new InvalidOperationException(
            $"{key} is '{text}', which is no mail address. Use a form such as: Service <service@example.com>."
        );
}
