using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Plum.Data.Access;

internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.TryAddSingleton(new AccessOptions());
        services.TryAddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.TryAddSingleton<IPasswordHasher<PlumUser>, PasswordHasher<PlumUser>>();

        return services
            .AddSingleton<AccountService>()
            .AddSingleton<AccountTokens>()
            .AddSingleton<ActorService>()
            .AddSingleton<Passwords>()
            .AddSingleton<SecondFactor>()
            .AddSingleton<SessionService>()
            .AddSingleton<SignInService>()
            .AddSingleton<UserService>();
    }
}
