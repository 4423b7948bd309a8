using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

public partial class PasswordPage(AccountService accounts, SessionService sessions)
{
    [SupplyParameterFromForm(FormName = "password")]
    private NewPasswordForm Input { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new NewPasswordForm();
        if (!await sessions.IsConfirmedAsync(Session, By, Http.RequestAborted))
        {
            Go(AccountPaths.With(AccountPaths.Confirm, AccountPaths.Password));
        }
    }

    private async Task ChangeAsync()
    {
        Refusal = Input.Differ();
        if (Refusal is not null)
        {
            return;
        }

        switch (await accounts.ChangePasswordAsync(new ChangePassword(Session, Input.NewPassword ?? ""), By, CancellationToken.None))
        {
            case Outcome.Done:
                Go($"{AccountPaths.Security}?said={SecurityPage.PasswordChanged}");
                break;
            case Outcome.Refused refused:
                Refusal = refused.Why;
                break;
            default:
                Go(AccountPaths.Password); // changed elsewhere in the same moment: begin again
                break;
        }
    }
}
