using Plum.Data.Ledger;
using Plum.Portal.Shared;

namespace Plum.Portal.Ledger;

/// <summary>Whether the ledger is right, and where it is not.</summary>
public partial class TrialPage(LedgerService ledger, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<TrialBalance> _trial = new();
    private readonly (string, string)[] _crumbs = [("Ledger", LedgerWords.Path)];

    protected override Task OnInitializedAsync() => LoadAsync(_trial, async ct => await ledger.TryAsync(await actor.GetAsync(), ct));

    private static string KindHref(TrialRow row) =>
        ListAddress
            .Read(ListAddress.Read(LedgerWords.Path).With("currency", row.Currency))
            .With("kind", row.Kind.ToString().ToLowerInvariant());
}
