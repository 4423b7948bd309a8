using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

/// <summary>Getting in, and seeing to who else does, in a real browser.</summary>
[Collection(PortalCollection.Name)]
public class AccessJourney(PortalFixture portal, Browser browser) : Journey(portal, browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task Every_page_of_access_is_accessible_and_fits_its_window(ColorScheme scheme, int width)
    {
        var user = await HasAccountAsync($"Una {scheme} {width}", Role.Agent);
        var page = await Browser.NewPageAsync(scheme, width);
        foreach (
            var path in new[]
            {
                "/account/sign-in",
                "/account/sign-in?as=ana.agent@plum.example",
                "/account/forgotten",
                "/account/set-password",
            }
        )
        {
            await CheckAsync(page, path);
        }

        await Portal.SignInAsAsync(page, Role.Administrator);
        foreach (
            var path in new[]
            {
                "/account/profile",
                "/account/security",
                "/account/security/password",
                "/account/security/authenticator",
                "/account/confirm",
                "/account/denied",
                "/users",
                "/users?q=nobody-of-that-name",
                "/users/invite",
                $"/users/{user.Id}",
            }
        )
        {
            await CheckAsync(page, path);
        }

        async Task CheckAsync(IPage at, string path)
        {
            await at.GotoAsync(Portal.At(path).ToString());
            await at.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            await Browser.ShootAsync(at, $"access{path.Replace('/', '-').Split('?')[0]}-{scheme}-{width}".ToLowerInvariant());
            Assert.Equal(
                (path, 0, ""),
                (path, await Browser.SidewaysAsync(at), string.Join('\n', await Browser.AccessibilityFaultsAsync(at)))
            );
        }
    }

    [Fact]
    public async Task A_passkey_that_one_adds_signs_one_in_without_a_password()
    {
        var pat = await HasAccountAsync("Pat Passkey", Role.Agent);
        var page = await Browser.NewPageAsync();
        await HoldAuthenticatorAsync(page);
        await SignInAsync(page, pat);

        await page.GotoAsync(Portal.At("/account/security").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("The passkey is added.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Change Passkey 1" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("My laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.GetByText("My laptop").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Your menu, Pat Passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.GetByText("You are signed out.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Your menu, Pat Passkey" }).WaitForAsync();

        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var ways = await db.UserSessions.Where(s => s.UserId == pat.Id).OrderBy(s => s.StartedAtUtc).Select(s => s.Way).ToListAsync();
        Assert.Equal([SignInWay.Password, SignInWay.Passkey], ways);
        var subject = pat.Id.ToString();
        Assert.Equal(
            ["Signed in", "Passkey added", "Passkey renamed", "Signed out", "Signed in"],
            await db.AuditEntries.Where(a => a.Subject == subject).OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
    }

    [Fact]
    public async Task Somebody_whom_an_administrator_disables_is_out_of_the_page_that_they_have_open()
    {
        var dee = await HasAccountAsync("Dee Departing", Role.Agent);
        var hers = await Browser.NewPageAsync();
        await SignInAsync(hers, dee);
        await Browser.ReadyAsync(hers);
        var admins = await Browser.NewPageAsync();
        await Portal.SignInAsAsync(admins, Role.Administrator);

        await admins.GotoAsync(Portal.At("/users?q=Departing").ToString());
        await Browser.ReadyAsync(admins);
        await admins.GetByRole(AriaRole.Link, new() { Name = "Dee Departing" }).ClickAsync();
        await admins.GetByRole(AriaRole.Button, new() { Name = "Disable the account" }).ClickAsync();
        await admins.GetByText("Reason is missing. Fill it in.").WaitForAsync();
        await admins.GetByLabel("Reason, for the audit").FillAsync("Left the company");
        await admins.GetByRole(AriaRole.Button, new() { Name = "Disable the account" }).ClickAsync();
        await admins.GetByText("Dee Departing is disabled and signed out.").WaitForAsync();

        await hers.GetByRole(AriaRole.Heading, new() { Name = "Sign in to go on" }).WaitForAsync(); // nothing was clicked there
        await hers.ReloadAsync();
        await hers.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Exact = true }).WaitForAsync();
    }

    private async Task SignInAsync(IPage page, PlumUser user)
    {
        await page.GotoAsync(Portal.At("/account/sign-in").ToString());
        await page.GetByLabel("E-mail address").FillAsync(user.Email!);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PlumDatabase.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Your menu, {user.DisplayName}" }).WaitForAsync();
    }

    private async Task<PlumUser> HasAccountAsync(string name, Role role)
    {
        await using var db = await Portal.Get<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        var user = Accounts.New($"{name.ToLowerInvariant().Replace(' ', '.')}@plum.example", name, Portal.Get<ILookupNormalizer>());
        user.PasswordHash = Portal.Get<Passwords>().Hash(user, PlumDatabase.Password);
        db.Users.Add(user);
        db.AddRoles(user.Id, [role]);
        await db.SaveChangesAsync();
        return user;
    }

    /// <summary>A fingerprint reader that always says yes.</summary>
    private static async Task HoldAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }
}
