using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Access;

namespace Plum.Portal.Access;

public partial class SignInPage(
    SignInService signIn,
    AccountService accounts,
    CookieDesk cookies,
    PasskeyDesk passkeys,
    AccessOptions options
)
{
    public const string SignedOut = "signed-out";
    public const string PasswordSet = "password-set";
    public const string SetUp = "set-up";

    private IReadOnlyList<DemonstrationAccount> _demonstration = [];
    private string? _knownPassword;
    private string? _said;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private PasswordForm Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "passkey")]
    private PasskeyForm Proof { get; set; } = null!;

    /// <summary>Why one has come here: a word of ours, never a text from the address.</summary>
    [SupplyParameterFromQuery(Name = "said")]
    private string? Said { get; set; }

    /// <summary>The demonstration account to fill in.</summary>
    [SupplyParameterFromQuery(Name = "as")]
    private string? As { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new PasswordForm();
        Proof ??= new PasskeyForm();
        if (!IsPost && Http.User.Identity?.IsAuthenticated == true)
        {
            Go(AccountPaths.Local(ReturnUrl));
            return;
        }

        if (!IsPost && await accounts.IsUnclaimedAsync(Http.RequestAborted))
        {
            Go(AccountPaths.Setup);
            return;
        }

        _said = Said switch
        {
            SignedOut => "You are signed out.",
            PasswordSet => "Your password is set. Sign in with it.",
            SetUp => "Plum is set up. Sign in as its administrator.",
            _ => null,
        };
        if (options.AllowDemonstration)
        {
            _demonstration = await accounts.DemonstrationAsync(Http.RequestAborted);
            if (!IsPost && _demonstration.FirstOrDefault(a => a.Email == As) is { } chosen)
            {
                (Input.Email, _knownPassword) = (chosen.Email, DemonstrationAccounts.Password);
            }
        }
    }

    private async Task SignInAsync()
    {
        var answer = await signIn.PasswordAsync(Input.Email, Input.Password, CookieDesk.Place(Http), CancellationToken.None);
        if (answer is SignInAnswer.CodeWanted wanted)
        {
            await CookieDesk.AwaitCodeAsync(Http, wanted.UserId);
            Go(AccountPaths.With(AccountPaths.SecondFactor, ReturnUrl));
            return;
        }

        await FinishAsync(answer, Input.Zone);
    }

    private async Task PasskeyAsync() =>
        await FinishAsync(
            await passkeys.ProveAsync(Proof.Credential) is { } user
                ? await signIn.PasskeyAsync(user, CookieDesk.Place(Http), CancellationToken.None)
                : new SignInAnswer.Refused(AccessRefusals.WrongPasskey),
            Proof.Zone
        );

    private async Task FinishAsync(SignInAnswer answer, string? zone)
    {
        switch (answer)
        {
            case SignInAnswer.Opened opened:
                await cookies.OpenAsync(Http, opened.Who, zone);
                Go(AccountPaths.Local(ReturnUrl));
                break;
            case SignInAnswer.Refused refused:
                Refusal = refused.Why;
                break;
        }
    }

    private string Fill(DemonstrationAccount account)
    {
        var query = QueryString.Create("as", account.Email);
        return AccountPaths.SignIn + (AccountPaths.IsLocal(ReturnUrl) ? query.Add("returnUrl", ReturnUrl!) : query);
    }

    public sealed class PasswordForm
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
        public string? Zone { get; set; }
    }

    public sealed class PasskeyForm
    {
        public string? Credential { get; set; }
        public string? Zone { get; set; }
    }
}
