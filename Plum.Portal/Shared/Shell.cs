using Microsoft.AspNetCore.Components.Server;
using MudBlazor;
using MudBlazor.Services;
using Plum.Portal.Drafts;

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
                hub.MaximumReceiveMessageSize = 256 * 1024; // a long text typed into a field, whole at each change; files go by HTTP
                hub.EnableDetailedErrors = false;
            });
        services.Configure<CircuitOptions>(circuit =>
        {
            circuit.DetailedErrors = false;
            circuit.DisconnectedCircuitMaxRetained = 200;
            circuit.MaxBufferedUnacknowledgedRenderBatches = 10;
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
        return services
            .AddSingleton<PrerenderedValues>()
            .AddScoped<Toasts>()
            .AddScoped<Confirmations>()
            .AddScoped<KeptForms>()
            .AddTransient<DraftKeeper>();
    }

    /// <summary>Goes first, so that a fault of whatever comes after it has its page.</summary>
    public static WebApplication UsePlumShell(this WebApplication app)
    {
        app.UseExceptionHandler(Routes.Error, createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute(Routes.NotFound, createScopeForStatusCodePages: true);
        return app;
    }

    public static WebApplication MapPlumShell(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                options.ContentSecurityFrameAncestorsPolicy = "'none'";
                options.DisableWebSocketCompression = true; // personal data beside what others wrote: no CRIME, no BREACH
            });
        return app;
    }
}
