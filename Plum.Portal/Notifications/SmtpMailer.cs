using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Utils;
using Plum.Domain.Notifications;

namespace Plum.Portal.Notifications;

/// <summary>Hands a mail to an SMTP server (RFC 5321). One connection a message: the outbox sends few, and each stands for itself.</summary>
public sealed class SmtpMailer(MailOptions options, TimeProvider clock) : IMailer
{
    public async Task<MailOutcome> SendAsync(Mail mail, CancellationToken ct)
    {
        if (OutboxMessage.CannotQueue(mail.Key, mail.To, mail.Subject, mail.Body) is { } cannot)
        {
            return new MailOutcome.Refused(MailFault.Address, cannot.Message);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Timeout);
        using var client = new SmtpClient();
        var handed = new Handed();
        try
        {
            using var message = Compose(mail);
            await client.ConnectAsync(options.Host!, options.Port, options.Security, patience.Token);
            if (options.UserName is not null)
            {
                await client.AuthenticateAsync(options.UserName, options.Password ?? "", patience.Token);
            }

            var answer = await client.SendAsync(message, patience.Token, handed);
            await QuitAsync(client);
            return new MailOutcome.Taken(answer);
        }
        catch (SmtpCommandException answer)
        {
            return new MailOutcome.Refused(
                MailCodes.Judge((int)answer.StatusCode, answer.Message),
                $"{(int)answer.StatusCode} {answer.Message}"
            );
        }
        catch (MailKit.Security.AuthenticationException fault)
        {
            return new MailOutcome.Refused(MailFault.Sender, $"The mail server does not accept our name and password: {fault.Message}");
        }
        catch (ServiceNotAuthenticatedException fault)
        {
            return new MailOutcome.Refused(MailFault.Sender, $"The mail server wants a name and password: {fault.Message}");
        }
        catch (SslHandshakeException fault)
        {
            return new MailOutcome.Refused(
                MailFault.Sender,
                $"The mail server's certificate or its TLS cannot be used: {fault.Message.Split('\n')[0]}"
            );
        }
        catch (NotSupportedException fault)
        {
            return new MailOutcome.Refused(MailFault.Sender, $"The mail server cannot do what is configured: {fault.Message}");
        }
        catch (Exception fault)
            when (fault is IOException or SocketException or ProtocolException or ServiceNotConnectedException
                || (fault is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            var reason =
                fault is OperationCanceledException
                    ? $"The mail server did not answer within {options.Timeout.TotalSeconds:0} seconds."
                    : $"The connection to the mail server failed: {fault.Message}";

            // Once a byte of the text has gone out, the server may have taken it and only its answer was lost.
            return handed.Any ? new MailOutcome.Unknown(reason) : new MailOutcome.Refused(MailFault.Passing, reason);
        }
    }

    /// <summary>Taken is taken: a farewell that fails changes nothing.</summary>
    private static async Task QuitAsync(SmtpClient client)
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await client.DisconnectAsync(quit: true, soon.Token);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ProtocolException or OperationCanceledException)
        {
            // See above.
        }
    }

    private MimeMessage Compose(Mail mail)
    {
        var domain = options.From.Domain;
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = clock.GetUtcNow(),
            MessageId = $"{Local(mail.Key)}@{domain}",
        };
        message.From.Add(options.From);
        message.To.Add(new MailboxAddress(name: null, mail.To));
        if (options.ReplyTo is not null)
        {
            message.ReplyTo.Add(options.ReplyTo);
        }

        if (mail.Thread is { } thread)
        {
            var root = $"{Local(thread)}@{domain}"; // never sent itself: what all mails of one ticket have in common
            message.InReplyTo = root;
            message.References.Add(root);
        }

        var body = new BodyBuilder { TextBody = mail.Body, HtmlBody = mail.Html };
        foreach (var file in mail.Files)
        {
            using var content = file.Open();
            body.Attachments.Add(file.Name, content, ContentType.Parse(file.ContentType));
        }

        message.Body = body.ToMessageBody();
        return message;
    }

    /// <summary>The part of a Message-ID before the @: the key itself where it may stand there, else its hash. The same key, the same ID, always.</summary>
    internal static string Local(string key) =>
        key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
        && key[0] != '.'
        && key[^1] != '.'
        && !key.Contains("..", StringComparison.Ordinal)
            ? key
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private sealed class Handed : ITransferProgress
    {
        public bool Any { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Any |= bytesTransferred > 0;

        public void Report(long bytesTransferred) => Any |= bytesTransferred > 0;
    }
}
