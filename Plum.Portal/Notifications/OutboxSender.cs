using Plum.Data.Notifications;
using Plum.Data.Shared;
using Plum.Domain.Notifications;
using Plum.Domain.Shared;

namespace Plum.Portal.Notifications;

/// <summary>Sends what is due, one after the other: claim, hand over, record. Killed at any point, it repeats nothing that may have left.</summary>
public sealed class OutboxSender(OutboxService outbox, IMailer mailer, FileStore files, ILogger<OutboxSender> logger)
{
    /// <returns>How many were tried; and why it stopped early, which only a fault of our own side makes it do.</returns>
    public async Task<(int Tried, string? Stopped)> SendDueAsync(int most, Actor by, CancellationToken ct)
    {
        await outbox.GiveUpLostAsync(by, ct);
        for (var tried = 0; tried < most; tried++)
        {
            ct.ThrowIfCancellationRequested();
            if (await outbox.ClaimAsync(ct) is not { } message)
            {
                return (tried, null);
            }

            var outcome = await TryAsync(message, ct);
            await outbox.RecordAsync(message.Id, outcome, Random.Shared.NextDouble(), by, CancellationToken.None); // what has left is written down
            if (outcome is MailOutcome.Refused { Fault: MailFault.Sender } refused)
            {
                logger.LogError("No mail leaves: {Reason}", refused.Reason);
                return (tried + 1, refused.Reason);
            }
        }

        return (most, null);
    }

    private async Task<MailOutcome> TryAsync(ClaimedMessage message, CancellationToken ct)
    {
        try
        {
            return await mailer.SendAsync(
                new Mail(
                    message.Key,
                    message.To,
                    message.Subject,
                    message.Body,
                    message.TicketId is { } id ? $"ticket.{id}" : null,
                    [.. message.Files.Select(f => new MailFile(f.Name, f.ContentType, () => files.Open(f.StoredName)))]
                ),
                ct
            );
        }
        catch (FileNotFoundException fault)
        {
            return new MailOutcome.Refused(MailFault.Policy, $"A file that goes with it is no longer there: {fault.Message}");
        }
    }
}
