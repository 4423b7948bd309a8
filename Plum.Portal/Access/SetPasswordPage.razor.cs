using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

/// <summary>Where the link of an invitation and of a forgotten password leads.</summary>
public partial class SetPasswordPage(AccountService accounts, CookieDesk cookies)
{
    private string? _whose;

    [SupplyParameterFromForm(FormName = "set-password")]
    private NewPasswordForm Input { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "token")]
    private string? Token { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new NewPasswordForm();
        Http.Response.Headers["Referrer-Policy"] = "no-referrer"; // the token is in the address
        _whose = await accounts.WhoseLinkAsync(Token, Http.RequestAborted);
    }

    private async Task SetAsync()
    {
        if (_whose is null)
        {
            return;
        }

        Refusal = Input.Differ();
        if (Refusal is not null)
        {
            return;
        }

        var outcome = await accounts.SetPasswordAsync(new SetPassword(Token!, Input.NewPassword ?? ""), By, CancellationToken.None);
        if (outcome is Outcome.Refused refused)
        {
            Refusal = refused.Why;
            return;
        }

        await cookies.CloseAsync(Http); // whoever was signed in in this browser
        Go($"{AccountPaths.SignIn}?said={SignInPage.PasswordSet}");
    }
}
