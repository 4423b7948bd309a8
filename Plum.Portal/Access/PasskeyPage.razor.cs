using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

public partial class PasskeyPage(AccountService accounts, SessionService sessions)
{
    private PasskeyRow? _passkey;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromForm(FormName = "rename")]
    private NameForm Input { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new NameForm();
        _passkey = (await accounts.GetAsync(By, Http.RequestAborted))?.Passkeys.FirstOrDefault(p => p.Id == Id);
        if (_passkey is null)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task RenameAsync() =>
        Take(
            await accounts.RenamePasskeyAsync(new RenamePasskey(Id, Input.Name ?? ""), By, CancellationToken.None),
            SecurityPage.PasskeyRenamed
        );

    private async Task RemoveAsync()
    {
        if (!await sessions.IsConfirmedAsync(Session, By, Http.RequestAborted))
        {
            Go(AccountPaths.With(AccountPaths.Confirm, $"{AccountPaths.Passkeys}/{Id}"));
            return;
        }

        Take(await accounts.RemovePasskeyAsync(Session, Id, By, CancellationToken.None), SecurityPage.PasskeyRemoved);
    }

    private void Take(Outcome outcome, string said)
    {
        if (outcome is Outcome.Refused refused)
        {
            Refusal = refused.Why;
            return;
        }

        Go($"{AccountPaths.Security}?said={said}");
    }

    public sealed class NameForm
    {
        public string? Name { get; set; }
    }
}
