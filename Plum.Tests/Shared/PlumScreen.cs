using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Drafts;
using Plum.Portal.Shared;

namespace Plum.Tests.Shared;

/// <summary>A circuit without a browser: one person's components on a real database, with the services of the portal.</summary>
public sealed class PlumScreen : BunitContext
{
    private IRenderedComponent<MudSnackbarProvider> _snackbars = null!;

    /// <summary>Only ever waited out by a test that fails: a machine may be busy.</summary>
    static PlumScreen() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    private PlumScreen() { }

    /// <param name="more">What the page under test needs beside the services of Plum.Data and the shell's.</param>
    public static PlumScreen Of(PlumDatabase plum, Actor person, Role role, Action<IServiceCollection>? more = null)
    {
        var screen = new PlumScreen();
        screen.JSInterop.Mode = JSRuntimeMode.Loose;
        screen.AddBunitPersistentComponentState();
        screen.Services.AddMudServices();
        screen.Services.AddDataProtection();
        screen.Services.AddSingleton<TimeProvider>(plum.Clock);
        screen.Services.AddPlumData(plum.Options);
        screen
            .Services.AddSingleton<PrerenderedValues>()
            .AddScoped<CurrentActor>()
            .AddScoped<Viewer>()
            .AddScoped<Toasts>()
            .AddScoped<Confirmations>()
            .AddScoped<KeptForms>();
        screen.Services.AddTransient<DraftKeeper>();
        more?.Invoke(screen.Services);
        var signedIn = new SignedIn(
            person.UserId!.Value,
            Guid.NewGuid(),
            person.Name,
            "person@plum.example",
            [role],
            person.ClientId,
            person.PartnerId,
            "UTC",
            "en-GB",
            DarkMode: null
        );
        screen
            .AddAuthorization()
            .SetAuthorized(person.Name)
            .SetClaims([.. PlumClaims.Of(signedIn, browserZone: null).Claims.Where(c => c.Type != ClaimTypes.Name)]);
        screen.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        screen.Render<MudPopoverProvider>();
        screen._snackbars = screen.Render<MudSnackbarProvider>();
        return screen;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>What the toasts on the screen say, newest first.</summary>
    public IReadOnlyList<string> Said => [.. _snackbars.FindAll(".toast .says").Select(t => t.TextContent.Trim())];

    /// <summary>Presses Undo in the newest toast that has it.</summary>
    public Task UndoAsync() => _snackbars.FindAll(".toast button").First(b => b.TextContent.Trim() == "Undo").ClickAsync();
}
