using Plum.Domain.Notifications;

namespace Plum.Portal.Notifications;

/// <summary>Where no mail server is configured: everything is taken and nothing leaves the machine. The outbox page shows what would have been read.</summary>
public sealed class SandboxMailer : IMailer
{
    public const string Receipt = "Kept in the sandbox; nothing left this machine";

    public Task<MailOutcome> SendAsync(Mail mail, CancellationToken ct) => Task.FromResult<MailOutcome>(new MailOutcome.Taken(Receipt));
}
