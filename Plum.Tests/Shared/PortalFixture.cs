using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plum.Data.Access;
using Plum.Data.Demonstration;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

/// <summary>
/// Journeys share one portal and one browser: each is a <see cref="Journey"/> with <c>[Collection(PortalCollection.Name)]</c>, and makes what it changes for
/// itself, since the others see it.
/// </summary>
[CollectionDefinition(Name)]
public sealed class PortalCollection : ICollectionFixture<PortalFixture>, ICollectionFixture<Browser>
{
    public const string Name = "Portal";
}

/// <summary>The real portal on a free port, with a data folder of its own, a small demonstration and its accounts, and its jobs running.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    private const int Tickets = 400;
    private const ulong Seed = 7;

    private readonly string _folder = Directory.CreateTempSubdirectory("plum-portal-").FullName;
    private WebApplicationFactory<Program> _factory = null!;

    /// <summary>With the host name localhost: passkeys want it.</summary>
    public Uri Address { get; private set; } = null!;

    public T Get<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    public Uri At(string path) => new(Address, path);

    public async ValueTask InitializeAsync()
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Development"); // for the demonstration accounts
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("Data:Folder", _folder);
            host.UseSetting("Demonstration:Tickets", "0");
            host.UseSetting("Access:AttemptsPerAddress", "10000"); // every journey signs in, all from here
            host.UseSetting("Logging:LogLevel:Default", "Warning");
        });
        _factory.UseKestrel();
        _factory.StartServer();
        Address = new UriBuilder(_factory.ClientOptions.BaseAddress) { Host = "localhost" }.Uri;
        var seeded = await Get<DemonstrationService>()
            .SeedAsync(
                new SeedDemonstration(Tickets, Seed, WithAccounts: true),
                Actor.Job("test"),
                progress: null,
                TestContext.Current.CancellationToken
            );
        Assert.IsType<Outcome.Done>(seeded);
    }

    /// <summary>Signs the page in as the demonstration's person of that role: through the form, as a person does. Ends on Home, ready.</summary>
    public async Task SignInAsAsync(IPage page, Role role, Binding binding = Binding.None)
    {
        var account = DemonstrationAccounts.All.First(a => a.Role == role && a.Binding == binding);
        await page.GotoAsync(At("/account/sign-in").ToString());
        await page.GetByLabel("E-mail address").FillAsync(account.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(DemonstrationAccounts.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Your menu, {account.Name}" }).WaitForAsync();
        await Browser.ReadyAsync(page);
    }

    public async ValueTask DisposeAsync()
    {
        var database = Get<DatabaseOptions>();
        await _factory.DisposeAsync();
        using (var pooled = new SqliteConnection(database.ConnectionString))
        {
            SqliteConnection.ClearPool(pooled);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
