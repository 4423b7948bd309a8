using Plum.Data.Sla;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

/// <summary>What the policy's page asks and does, on the authority of the person at the screen. Scoped; components only.</summary>
public sealed class PolicyDesk(
    SlaPolicyService policies,
    SlaPreviewing previewing,
    CurrentActor actor,
    Confirmations confirm,
    Toasts toasts
)
{
    public async Task<SlaPolicyView?> FindAsync(string code, CancellationToken ct) =>
        await policies.FindAsync(code, await actor.GetAsync(), ct);

    public async Task<SlaPreview> PreviewAsync(Guid policyId, SlaTerms terms, CancellationToken ct) =>
        await previewing.OfTermsAsync(policyId, terms, await actor.GetAsync(), ct);

    public async Task<Outcome> DrawAsync(DrawPolicy command)
    {
        var outcome = await policies.DrawAsync(command, await actor.GetAsync(), CancellationToken.None);
        return Told(outcome, $"{command.Name.Trim()} can be given to clients now.");
    }

    /// <summary>Asks first when open tickets would be reckoned again; null when the person thought better of it.</summary>
    public async Task<Outcome?> ChangeAsync(SlaPolicyView seen, ChangePolicy command)
    {
        var by = await actor.GetAsync();
        var counts = seen.OpenTickets > 0 && !seen.Terms.Equals(command.Terms);
        if (counts)
        {
            var preview = await previewing.OfTermsAsync(seen.Id, command.Terms, by, CancellationToken.None);
            var verb = $"Save as version {seen.History[0].Number + 1}";
            if (!await confirm.AskAsync($"Change {seen.Name}?", PreviewText.Of(preview), verb))
            {
                return null;
            }
        }

        var outcome = await policies.ChangeAsync(command, by, CancellationToken.None);
        return Told(outcome, counts ? "Saved. Open tickets are reckoned by the new version." : "Saved.");
    }

    private Outcome Told(Outcome outcome, string done)
    {
        if (outcome is Outcome.Done)
        {
            toasts.Done(done);
        }

        return outcome;
    }
}
