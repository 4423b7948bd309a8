using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

/// <summary>Accounts that a test may start from.</summary>
public sealed partial class PlumDatabase
{
    public const string Password = "correct horse battery";

    public async Task<PlumUser> HasAccountAsync(
        string name = "Ana Agent",
        Role role = Role.Agent,
        Client? client = null,
        Guid? partnerId = null,
        string? password = Password
    )
    {
        await using var db = Peek();
        var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@plum.example";
        var user = Accounts.New(email, name, Get<ILookupNormalizer>());
        (user.ClientId, user.PartnerId) = (client?.Id, partnerId);
        user.PasswordHash = password is null ? null : Get<Passwords>().Hash(user, password);
        db.Users.Add(user);
        db.AddRoles(user.Id, [role]);
        await db.SaveChangesAsync();
        return user;
    }

    /// <summary>Somebody with an account, as the actor of a command.</summary>
    public static Actor As(PlumUser user, params Role[] roles) =>
        new(
            user.Id,
            user.DisplayName,
            RoleActs.For(roles, user.ClientId is not null, user.PartnerId is not null),
            user.ClientId,
            user.PartnerId
        );

    /// <summary>Signs in with the password, as the page does, and gives the session.</summary>
    public async Task<SignedIn> SignInAsync(PlumUser user, string password = Password) =>
        Assert
            .IsType<SignInAnswer.Opened>(
                await Get<SignInService>().PasswordAsync(user.Email, password, new SignInPlace("::1", "Test"), default)
            )
            .Who;

    /// <summary>Sets up an authenticator app and gives its secret and the recovery codes.</summary>
    /// <param name="with">The portal's services, when it is the portal that will ask: its keys are its own.</param>
    public async Task<(byte[] Secret, IReadOnlyList<string> Codes)> HasSecondFactorAsync(PlumUser user, IServiceProvider? with = null)
    {
        with ??= _services;
        var session = (await SignInAsync(user)).SessionId;
        var accounts = with.GetRequiredService<AccountService>();
        Assert.NotNull(await accounts.OfferAuthenticatorAsync(session, As(user), default));
        await using var db = Peek();
        var secret = with.GetRequiredService<SecondFactor>().Unprotect((await db.Users.FindAsync(user.Id))!.PendingAuthenticatorKey!);
        var (outcome, codes) = await accounts.ProveAuthenticatorAsync(session, SecondFactor.CodeAt(secret, Now), As(user), default);
        Assert.IsType<Outcome.Done>(outcome);
        Clock.Advance(TimeSpan.FromMinutes(1)); // past the code that was just spent
        return (secret, codes);
    }
}
