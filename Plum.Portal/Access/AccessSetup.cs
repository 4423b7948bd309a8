using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Portal.Api;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

/// <summary>Who gets in, how, and for how long.</summary>
public static class AccessSetup
{
    public static IServiceCollection AddPlumAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new AccessOptions(provider.GetRequiredService<IHostEnvironment>().IsDevelopment()));
        services.AddSingleton<OpenPages>().AddSingleton<PortalAddress>().AddSingleton<SetupCode>();
        services.AddScoped<PageActivity>().AddScoped<CurrentActor>().AddScoped<CookieDesk>().AddScoped<PasskeyDesk>().AddScoped<Viewer>();
        services.AddScoped<CircuitHandler, PageCircuit>();
        services.AddScoped<AuthenticationStateProvider, SessionWatch>();
        services.AddHostedService<FirstAdministrator>();

        services.Configure<KestrelServerOptions>(o => o.AddServerHeader = false);
        AddKeys(services, configuration);
        AddCookies(services);
        AddPasskeys(services, configuration);
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000); // OWASP's figure for PBKDF2 with HMAC-SHA512

        return services
            .AddAuthorization(AddPolicies)
            .AddSignInLimit(configuration.GetValue("Access:AttemptsPerAddress", SignInRules.AttemptsPerAddress));
    }

    /// <summary>A policy for each act, of its name; and whatever says nothing is for people who are signed in.</summary>
    private static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var act in Enum.GetValues<Act>())
        {
            options.AddPolicy(act.ToString(), policy => policy.RequireAssertion(context => PlumClaims.Acts(context.User).Contains(act)));
        }

        foreach (var several in Policies.OfSeveralActs)
        {
            options.AddPolicy(
                several,
                policy => policy.RequireAssertion(context => Policies.Allows(several, PlumClaims.Acts(context.User)))
            );
        }

        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }

    private static void AddKeys(IServiceCollection services, IConfiguration configuration)
    {
        var keys = services.AddDataProtection().SetApplicationName("Plum");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IServiceProvider>((o, provider) => o.XmlRepository = ActivatorUtilities.CreateInstance<KeyRing>(provider));

        if (configuration["Access:KeyCertificate:Path"] is { Length: > 0 } path)
        {
            keys.ProtectKeysWithCertificate(
                X509CertificateLoader.LoadPkcs12FromFile(path, configuration["Access:KeyCertificate:Password"])
            );
        }
    }

    private static void AddCookies(IServiceCollection services)
    {
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddIdentityCookies();
        authentication.AddCookie(CookieDesk.Pending);
        services.AddScoped<SessionGate>();

        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IHostEnvironment>(
                (o, environment) =>
                {
                    o.LoginPath = AccountPaths.SignIn;
                    o.AccessDeniedPath = AccountPaths.Denied;
                    o.ReturnUrlParameter = "returnUrl";
                    o.ExpireTimeSpan = SignInRules.SessionLasts;
                    o.SlidingExpiration = false;
                    o.EventsType = typeof(SessionGate);
                    Guard(o.Cookie, "plum", environment);
                }
            );
        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme)
            .Configure<IHostEnvironment>((o, environment) => Guard(o.Cookie, "plum-passkey", environment));
        services
            .AddOptions<CookieAuthenticationOptions>(CookieDesk.Pending)
            .Configure<IHostEnvironment>(
                (o, environment) =>
                {
                    o.ExpireTimeSpan = SignInRules.SecondFactorWithin;
                    o.SlidingExpiration = false;
                    Guard(o.Cookie, "plum-pending", environment);
                }
            );
        services
            .AddOptions<AntiforgeryOptions>()
            .Configure<IHostEnvironment>(
                (o, environment) =>
                {
                    Guard(o.Cookie, "plum-form", environment);
                    o.Cookie.SameSite = SameSiteMode.Strict;
                }
            );
    }

    /// <summary>Outside Development the name itself demands HTTPS, this host alone and every path (RFC 6265bis, 4.1.3.2).</summary>
    private static void Guard(CookieBuilder cookie, string name, IHostEnvironment environment)
    {
        cookie.Name = environment.IsDevelopment() ? name : "__Host-" + name;
        cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax; // a link in a message must arrive signed in
        cookie.Path = "/";
        cookie.IsEssential = true;
    }

    private static void AddPasskeys(IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<PlumUser>().AddEntityFrameworkStores<PlumDbContext>().AddSignInManager();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.UserVerificationRequirement = "required"; // a passkey stands for both factors
            o.ResidentKeyRequirement = "required"; // and names its account, so that nobody types an address
            o.ServerDomain = PortalAddress.Configured(configuration)?.Host; // else the host that was asked for
        });
    }

    public static WebApplication UsePlumAccess(this WebApplication app)
    {
        app.UseTrustedProxies();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }

        app.UseSecurityHeaders();
        app.UseApiGate();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseViewersCulture();
        app.UseAuthorization();
        return app;
    }
}
