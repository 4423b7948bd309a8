using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Access;

namespace Plum.Portal.Access;

public partial class ForgottenPage(AccountService accounts, PortalAddress address, ILogger<ForgottenPage> log)
{
    private bool _sent;

    [SupplyParameterFromForm(FormName = "forgotten")]
    private AddressForm Input { get; set; } = null!;

    protected override void OnInitialized() => Input ??= new AddressForm();

    private async Task SendAsync()
    {
        Refusal = AccessRefusals.ForEmail(Input.Email);
        if (Refusal is not null)
        {
            return;
        }

        var portal = address.Of(Asked);
        if (portal is null)
        {
            log.LogError("A new password was asked for and no link could be sent: set Portal:Url");
        }

        await accounts.RequestNewPasswordAsync(new RequestNewPassword(Input.Email!, portal), By, CancellationToken.None);
        _sent = true;
    }

    public sealed class AddressForm
    {
        public string? Email { get; set; }
    }
}
