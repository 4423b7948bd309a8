using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

public partial class AuthenticatorPage(AccountService accounts, SessionService sessions)
{
    private AccountView? _account;
    private AuthenticatorView? _offer;
    private IReadOnlyList<string> _codes = [];

    [SupplyParameterFromForm(FormName = "prove")]
    private CodeForm Input { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new CodeForm();
        if (!await sessions.IsConfirmedAsync(Session, By, Http.RequestAborted))
        {
            Go(AccountPaths.With(AccountPaths.Confirm, AccountPaths.Authenticator));
            return;
        }

        _account = await accounts.GetAsync(By, Http.RequestAborted);
        if (_account is { HasSecondFactor: false })
        {
            _offer = await accounts.OfferAuthenticatorAsync(Session, By, CancellationToken.None);
        }
    }

    private async Task ProveAsync()
    {
        var (outcome, codes) = await accounts.ProveAuthenticatorAsync(Session, Input.Code, By, CancellationToken.None);
        Take(outcome, codes);
    }

    private async Task RenewAsync()
    {
        var (outcome, codes) = await accounts.RenewRecoveryCodesAsync(Session, By, CancellationToken.None);
        Take(outcome, codes);
    }

    private async Task RemoveAsync()
    {
        var outcome = await accounts.RemoveAuthenticatorAsync(Session, By, CancellationToken.None);
        if (outcome is Outcome.Done)
        {
            Go($"{AccountPaths.Security}?said={SecurityPage.AppRemoved}");
            return;
        }

        Take(outcome, []);
    }

    private void Take(Outcome outcome, IReadOnlyList<string> codes)
    {
        _codes = codes;
        switch (outcome)
        {
            case Outcome.Refused refused:
                Refusal = refused.Why;
                break;
            case Outcome.Stale:
                Go(AccountPaths.Authenticator); // changed elsewhere in the same moment: begin again
                break;
        }
    }

    public sealed class CodeForm
    {
        public string? Code { get; set; }
    }
}
