using Microsoft.AspNetCore.Components;
using Plum.Data.Access;

namespace Plum.Portal.Access;

public partial class SecondFactorPage(SignInService signIn, CookieDesk cookies)
{
    private Guid _user;

    [SupplyParameterFromForm(FormName = "code")]
    private CodeForm Input { get; set; } = null!;

    /// <summary>"recovery" when the phone is not at hand.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    private string? Way { get; set; }

    private bool IsRecovery => Way == "recovery";

    private string Other
    {
        get
        {
            var path = AccountPaths.With(AccountPaths.SecondFactor, ReturnUrl);
            return IsRecovery ? path : path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "by=recovery";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new CodeForm();
        if (await CookieDesk.AwaitedAsync(Http) is { } user)
        {
            _user = user;
        }
        else
        {
            Go(AccountPaths.With(AccountPaths.SignIn, ReturnUrl)); // too late, or not by way of the password
        }
    }

    private async Task ProveAsync()
    {
        if (_user == Guid.Empty)
        {
            return; // on the way to the first page already
        }

        var place = CookieDesk.Place(Http);
        var answer = IsRecovery
            ? await signIn.RecoveryCodeAsync(_user, Input.Code, place, CancellationToken.None)
            : await signIn.CodeAsync(_user, Input.Code, place, CancellationToken.None);
        switch (answer)
        {
            case SignInAnswer.Opened opened:
                await cookies.OpenAsync(Http, opened.Who, Input.Zone);
                Go(AccountPaths.Local(ReturnUrl));
                break;
            case SignInAnswer.Refused refused:
                Refusal = refused.Why;
                break;
        }
    }

    public sealed class CodeForm
    {
        public string? Code { get; set; }
        public string? Zone { get; set; }
    }
}
