using Plum.Data.Connectors;
using Plum.Domain.Shared;

namespace Plum.Portal.Connectors;

/// <summary>What a person does to an order of the sandbox, and the webhook by which the supplier then tells of it.</summary>
public sealed class SandboxDesk(SandboxService sandbox, SandboxGateway gateway, SupplierWebhooks webhooks, TimeProvider clock)
{
    /// <returns>The outcome; and whether the webhook was taken, which one that is badly signed is not.</returns>
    public async Task<(Outcome Outcome, bool Told)> ChangeAsync(ChangeSandboxOrder command, Actor by, CancellationToken ct)
    {
        var outcome = await sandbox.ChangeOrderAsync(command, by, ct);
        if (outcome is not Outcome.Done || await sandbox.NoticeAsync(command.Id, by, ct) is not { } about)
        {
            return (outcome, false);
        }

        var (headers, body) = gateway.Webhook(about.Notice, clock.GetUtcNow().UtcDateTime, about.BadlySigned);
        return (outcome, await webhooks.TakeAsync(gateway, headers, body, ct) == StatusCodes.Status202Accepted);
    }
}
