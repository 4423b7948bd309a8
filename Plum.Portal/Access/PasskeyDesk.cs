using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Plum.Data.Access;

namespace Plum.Portal.Access;

/// <summary>The WebAuthn ceremonies, done by Identity; what they prove is told to the services.</summary>
public sealed class PasskeyDesk(SignInManager<PlumUser> ceremonies, UserManager<PlumUser> users)
{
    private const int CredentialMaxLength = 20_000;

    /// <summary>What the browser needs to ask for a passkey of this portal, whoever's.</summary>
    public Task<string> AskAsync() => ceremonies.MakePasskeyRequestOptionsAsync(null);

    /// <summary>What the browser needs to make one for somebody.</summary>
    public async Task<string?> OfferAsync(Guid userId)
    {
        var user = await users.FindByIdAsync(userId.ToString());
        return user is null
            ? null
            : await ceremonies.MakePasskeyCreationOptionsAsync(
                new PasskeyUserEntity
                {
                    Id = user.Id.ToString(),
                    Name = user.Email!,
                    DisplayName = user.DisplayName,
                }
            );
    }

    /// <returns>Whose passkey it is; null when the browser has proved nothing.</returns>
    public async Task<Guid?> ProveAsync(string? credential)
    {
        if (!IsPlausible(credential))
        {
            return null;
        }

        try
        {
            var proof = await ceremonies.PerformPasskeyAssertionAsync(credential!);
            if (!proof.Succeeded)
            {
                return null;
            }

            var kept = await users.AddOrUpdatePasskeyAsync(proof.User, proof.Passkey); // its new signature count
            return kept.Succeeded ? proof.User.Id : null;
        }
        catch (InvalidOperationException) // no ceremony was begun in this browser, or another one
        {
            return null;
        }
    }

    /// <returns>The passkey that the browser made; null when it is none that can be trusted.</returns>
    public async Task<UserPasskeyInfo?> ReceiveAsync(string? credential)
    {
        if (!IsPlausible(credential))
        {
            return null;
        }

        try
        {
            var made = await ceremonies.PerformPasskeyAttestationAsync(credential!);
            return made.Succeeded ? made.Passkey : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>JSON of a sensible size; what it says is for the ceremony to judge.</summary>
    private static bool IsPlausible(string? credential)
    {
        if (credential is not { Length: > 1 and <= CredentialMaxLength })
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(credential);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
