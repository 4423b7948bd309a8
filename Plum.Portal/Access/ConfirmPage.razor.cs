using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

public partial class ConfirmPage(SignInService signIn)
{
    [SupplyParameterFromForm(FormName = "confirm")]
    private ConfirmForm Input { get; set; } = null!;

    protected override void OnInitialized() => Input ??= new ConfirmForm();

    private async Task ConfirmAsync()
    {
        if (await signIn.ConfirmAsync(Session, Input.Password, By, CancellationToken.None) is Outcome.Refused refused)
        {
            Refusal = refused.Why;
            return;
        }

        Go(AccountPaths.IsLocal(ReturnUrl) ? ReturnUrl! : AccountPaths.Security);
    }

    public sealed class ConfirmForm
    {
        public string? Password { get; set; }
    }
}
