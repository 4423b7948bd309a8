using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

/// <summary>How one signs in: password, app, passkeys, and where one is signed in now.</summary>
public partial class SecurityPage(AccountService accounts, SessionService sessions, PasskeyDesk passkeys)
{
    public const string PasswordChanged = "password-changed";
    public const string AppRemoved = "app-removed";
    public const string PasskeyAdded = "passkey-added";
    public const string PasskeyRenamed = "passkey-renamed";
    public const string PasskeyRemoved = "passkey-removed";
    private const string OthersEnded = "others-ended";

    private AccountView? _account;
    private IReadOnlyList<SessionRow> _sessions = [];
    private string? _said;

    [SupplyParameterFromForm(FormName = "add-passkey")]
    private PasskeyForm Made { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "said")]
    private string? Said { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Made ??= new PasskeyForm();
        _said = IsPost
            ? null
            : Said switch
            {
                PasswordChanged => "Your password is changed. You are signed out everywhere else.",
                AppRemoved => "The authenticator app is taken away. Your password alone signs you in.",
                PasskeyAdded => "The passkey is added. You can sign in with it.",
                PasskeyRenamed => "The passkey has its new name.",
                PasskeyRemoved => "The passkey is removed.",
                OthersEnded => "You are signed out everywhere else.",
                _ => null,
            };
        _account = await accounts.GetAsync(By, Http.RequestAborted);
        _sessions = await sessions.ListAsync(Session, By, Http.RequestAborted);
    }

    private async Task AddPasskeyAsync()
    {
        if (!await sessions.IsConfirmedAsync(Session, By, Http.RequestAborted))
        {
            Go(AccountPaths.With(AccountPaths.Confirm, AccountPaths.Security));
            return;
        }

        if (await passkeys.ReceiveAsync(Made.Credential) is not { } passkey)
        {
            Refusal = AccessRefusals.NoPasskeyMade;
            return;
        }

        if (await accounts.AddPasskeyAsync(Session, passkey, By, CancellationToken.None) is Outcome.Refused refused)
        {
            Refusal = refused.Why;
            return;
        }

        Go($"{AccountPaths.Security}?said={PasskeyAdded}");
    }

    private async Task EndOthersAsync()
    {
        await sessions.EndOthersAsync(Session, By, CancellationToken.None);
        Go($"{AccountPaths.Security}?said={OthersEnded}");
    }

    public sealed class PasskeyForm
    {
        public string? Credential { get; set; }
    }
}
