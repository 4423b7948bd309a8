using Microsoft.AspNetCore.Components.Server;
using MudBlazor;
using MudBlazor.Services;

namespace Plum.Portal.Shared;

/// <summary>What every page stands on: components, their hub, toasts, confirmations.</summary>
public static class Shell
{
    public static IServiceCollection AddPlumShell(this IServiceCollection services)
    {
        services
            .AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(hub =>
            {
                hub.MaximumReceiveMessageSize = 64 * 1024; // a reply of 20,000 characters in one message; files go by HTTP
                hub.EnableDetailedErrors = false;
            });
        services.Configure<CircuitOptions>(circuit =>
        {
            circuit.DetailedErrors = false;
            circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(10);
            circuit.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);
        });
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.PreventDuplicates = false;
            mud.SnackbarConfiguration.NewestOnTop = true;
            mud.SnackbarConfiguration.MaxDisplayedSnackbars = 4;
            mud.SnackbarConfiguration.VisibleStateDuration = 6000;
            mud.SnackbarConfiguration.ShowTransitionDuration = 120;
            mud.SnackbarConfiguration.HideTransitionDuration = 120;
        });
        services.AddCascadingAuthenticationState();
        return services.AddScoped<Toasts>().AddScoped<Confirmations>();
    }

    public static WebApplication MapPlumShell(this WebApplication app)
    {
        app.UseExceptionHandler(Routes.Error, createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute(Routes.NotFound, createScopeForStatusCodePages: true);
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        return app;
    }
}
