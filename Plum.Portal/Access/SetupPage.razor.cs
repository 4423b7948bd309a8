using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

/// <summary>Makes the first administrator, while nobody can sign in. Outside Development it wants the code from the log.</summary>
public partial class SetupPage(AccountService accounts, SetupCode code, IHostEnvironment environment)
{
    private bool _needsCode;

    [SupplyParameterFromForm(FormName = "setup")]
    private SetupForm Input { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new SetupForm();
        _needsCode = !environment.IsDevelopment();
        if (!await accounts.IsUnclaimedAsync(Http.RequestAborted) && !IsPost)
        {
            Go(AccountPaths.SignIn);
        }
    }

    private async Task MakeAsync()
    {
        Refusal =
            _needsCode && !code.Is(Input.Code) ? AccessRefusals.WrongSetupCode
            : Input.NewPassword != Input.Again ? AccessRefusals.Again
            : null;
        if (Refusal is not null)
        {
            return;
        }

        var command = new SetUpFirstAdministrator(Input.Name ?? "", Input.Email ?? "", Input.NewPassword ?? "");
        if (await accounts.SetUpAsync(command, By, CancellationToken.None) is Outcome.Refused refused)
        {
            Refusal = refused.Why;
            return;
        }

        Go($"{AccountPaths.SignIn}?said={SignInPage.SetUp}");
    }

    public sealed class SetupForm
    {
        public string? Code { get; set; }
        public string? Name { get; set; }
        public string? Email { get; set; }
        public string? NewPassword { get; set; }
        public string? Again { get; set; }
    }
}
