using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Portal.Access;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

/// <summary>One's own account, as a browser without scripts sees it.</summary>
public sealed partial class AccountPagesTests : IAsyncLifetime
{
    private const string NewPassword = "seven green umbrellas";
    private PlumDatabase _plum = null!;
    private PlumPortal _portal = null!;

    [GeneratedRegex("https://localhost(/account/set-password[?]token=[A-Za-z0-9_-]+)")]
    private static partial Regex Link { get; }

    public async ValueTask InitializeAsync()
    {
        _plum = await PlumDatabase.CreateAsync();
        _portal = new PlumPortal(_plum);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _plum.DisposeAsync();
    }

    [Fact]
    public async Task A_new_portal_is_set_up_once_with_the_code_from_its_log()
    {
        var visitor = await _portal.Visit().OpenAsync("/account/sign-in");
        Assert.Equal("/account/setup", visitor.SentTo);
        await visitor.FollowAsync();
        (string, string)[] fields =
        [
            ("Input.Name", "Ada Admin"),
            ("Input.Email", "ada@plum.example"),
            ("Input.NewPassword", NewPassword),
            ("Input.Again", NewPassword),
        ];

        await visitor.SubmitAsync("setup", [.. fields, ("Input.Code", "guessed")]);
        Assert.Equal(AccessRefusals.WrongSetupCode.Message, visitor.Said);
        Assert.Equal("Ada Admin", visitor.Page.QuerySelector("#name")!.GetAttribute("value")); // what was typed stays
        await visitor.SubmitAsync("setup", [.. fields, ("Input.Code", "THE setup code"), ("Input.Again", "another one")]);
        Assert.Equal(AccessRefusals.Again.Message, visitor.Said);
        await visitor.SubmitAsync("setup", [.. fields, ("Input.Code", "THE setup code")]);
        Assert.Equal("/account/sign-in?said=set-up", visitor.SentTo);

        await visitor.FollowAsync();
        await visitor.SubmitAsync("sign-in", ("Input.Email", "ada@plum.example"), ("Input.Password", NewPassword));
        Assert.Equal("/", visitor.SentTo);
        Assert.Equal("/account/sign-in", (await _portal.Visit().OpenAsync("/account/setup")).SentTo);
    }

    [Fact]
    public async Task The_configuration_names_the_first_administrator()
    {
        await using var configured = new PlumPortal(
            _plum,
            "Production",
            ("Access:FirstAdministrator:Email", "root@plum.example"),
            ("Access:FirstAdministrator:Password", NewPassword)
        );

        var visitor = configured.Visit();
        await visitor.SignInAsync("root@plum.example", NewPassword);

        Assert.Equal("/", visitor.SentTo);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_the_link_that_comes()
    {
        var ana = await _plum.HasAccountAsync();
        var visitor = await _portal.Visit().OpenAsync("/account/forgotten");
        await visitor.SubmitAsync("forgotten", ("Input.Email", "no address"));
        Assert.Equal("That is not an e-mail address. Use one such as ana@example.com.", visitor.Said);

        await visitor.SubmitAsync("forgotten", ("Input.Email", "stranger@plum.example"));
        var toAStranger = visitor.Page.QuerySelector("main")!.TextContent;
        await visitor.OpenAsync("/account/forgotten");
        await visitor.SubmitAsync("forgotten", ("Input.Email", ana.Email!));
        Assert.Equal("Look at your mail", visitor.Heading);
        Assert.Equal(toAStranger, visitor.Page.QuerySelector("main")!.TextContent); // nobody learns who has an account

        await visitor.OpenAsync(await LinkAsync());
        Assert.Equal("Choose a password", visitor.Heading);
        Assert.Equal("no-referrer", visitor.Answer.Headers.GetValues("Referrer-Policy").Single());
        await visitor.SubmitAsync("set-password", ("Input.NewPassword", NewPassword), ("Input.Again", NewPassword));
        Assert.Equal("/account/sign-in?said=password-set", visitor.SentTo);

        await visitor.OpenAsync(await LinkAsync());
        Assert.Equal("This link opens nothing any more", visitor.Heading);
        await _portal.VisitAsync(ana, NewPassword);
    }

    [Fact]
    public async Task The_host_that_a_request_names_is_never_put_into_a_message()
    {
        await using var unknown = new PlumPortal(_plum, "Production", ("Portal:Url", ""));
        var ana = await _plum.HasAccountAsync();
        var visitor = await unknown.Visit().OpenAsync("/account/forgotten");

        await visitor.SubmitAsync("forgotten", ("Input.Email", ana.Email!));

        Assert.Equal("Look at your mail", visitor.Heading);
        await using var db = _plum.Peek();
        Assert.Empty(await db.Outbox.ToListAsync());
    }

    [Fact]
    public async Task The_profile_decides_how_times_are_written_from_the_next_page_on()
    {
        var ana = await _plum.HasAccountAsync();
        var visitor = await _portal.VisitAsync(ana);
        await visitor.OpenAsync("/account/profile");
        Assert.Equal("02/03/2026 09:00", visitor.Page.QuerySelector("time")!.TextContent);

        await visitor.SubmitAsync("profile", ("Input.TimeZone", "Asia/Tokyo"), ("Input.Culture", "de-DE"), ("Input.Look", "dark"));
        Assert.Equal("/account/profile?said=saved", visitor.SentTo);
        await visitor.FollowAsync();

        var time = visitor.Page.QuerySelector("time")!;
        Assert.Equal(("02.03.2026 18:00", "2026-03-02 09:00:00 UTC"), (time.TextContent, time.GetAttribute("title")));
        Assert.Equal("dark", visitor.Page.DocumentElement.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task A_profile_that_was_changed_elsewhere_is_not_overwritten()
    {
        var visitor = await _portal.VisitAsync(await _plum.HasAccountAsync());
        await visitor.OpenAsync("/account/profile");
        await visitor.SubmitAsync("profile", ("Input.Name", "First Name"));
        await visitor.OpenAsync("/account/profile");

        await visitor.SubmitAsync("profile", ("Input.Name", "Second Name"), ("Input.Version", "0"));

        Assert.Contains("changed elsewhere", visitor.Said, StringComparison.Ordinal);
        Assert.Equal("Second Name", visitor.Page.QuerySelector("#name")!.GetAttribute("value"));
        await visitor.SubmitAsync("profile", ("Input.Name", "Second Name")); // on top of what is saved now
        Assert.Equal("/account/profile?said=saved", visitor.SentTo);
    }

    [Fact]
    public async Task Changing_what_guards_the_account_asks_for_the_password_once_more()
    {
        var ana = await _plum.HasAccountAsync();
        var elsewhere = await _portal.VisitAsync(ana);
        var visitor = await _portal.VisitAsync(ana);
        _plum.Clock.Advance(SignInRules.ConfirmationLasts);

        await visitor.OpenAsync("/account/security/password");
        Assert.Equal("/account/confirm?returnUrl=%2Faccount%2Fsecurity%2Fpassword", visitor.SentTo);
        await visitor.FollowAsync();
        await visitor.SubmitAsync("confirm", ("Input.Password", "wrong wrong wrong"));
        Assert.Equal(AccessRefusals.WrongPassword.Message, visitor.Said);
        await visitor.SubmitAsync("confirm", ("Input.Password", PlumDatabase.Password));
        Assert.Equal("/account/security/password", visitor.SentTo);
        await visitor.FollowAsync();
        await visitor.SubmitAsync("password", ("Input.NewPassword", "password1234"), ("Input.Again", "password1234"));
        Assert.StartsWith("That password is among the first", visitor.Said, StringComparison.Ordinal);
        await visitor.SubmitAsync("password", ("Input.NewPassword", NewPassword), ("Input.Again", NewPassword));
        Assert.Equal("/account/security?said=password-changed", visitor.SentTo);

        Assert.Equal("200", (await visitor.FollowAsync()).Status);
        Assert.Equal("302", (await elsewhere.OpenAsync("/account/security")).Status);
    }

    [Fact]
    public async Task An_app_is_set_up_with_its_QR_code_and_gives_ten_recovery_codes()
    {
        var ana = await _plum.HasAccountAsync();
        var visitor = await _portal.VisitAsync(ana);
        await visitor.OpenAsync("/account/security/authenticator");
        Assert.StartsWith("M4 4h1v1h-1z", visitor.Page.QuerySelector("svg.qr path")!.GetAttribute("d"), StringComparison.Ordinal);
        byte[] secret;
        await using (var db = _plum.Peek())
        {
            var user = await db.Users.SingleAsync();
            secret = _portal.Services.GetRequiredService<SecondFactor>().Unprotect(user.PendingAuthenticatorKey!);
        }

        Assert.Equal(SecondFactor.Spell(secret), visitor.Page.QuerySelector("details code")!.TextContent);
        await visitor.SubmitAsync("prove", ("Input.Code", "000000"));
        Assert.Equal(AccessRefusals.WrongCode.Message, visitor.Said);
        await visitor.SubmitAsync("prove", ("Input.Code", SecondFactor.CodeAt(secret, _plum.Now)));

        Assert.Equal("Your recovery codes", visitor.Heading);
        Assert.Equal(10, visitor.Page.QuerySelectorAll(".account-codes code").Select(c => c.TextContent).Distinct().Count());
        Assert.Contains("no-store", visitor.Answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        await visitor.OpenAsync("/account/security/authenticator");
        await visitor.SubmitAsync("remove");
        Assert.Equal("/account/security?said=app-removed", visitor.SentTo);
    }

    [Fact]
    public async Task Somebody_elses_passkey_is_not_there()
    {
        var visitor = await _portal.VisitAsync(await _plum.HasAccountAsync());
        var bo = await _plum.HasAccountAsync("Bo Other");
        var session = (await _plum.SignInAsync(bo)).SessionId;
        var passkey = new Microsoft.AspNetCore.Identity.UserPasskeyInfo(
            [1, 2, 3, 4],
            [5],
            DateTimeOffset.UnixEpoch,
            0,
            [],
            true,
            false,
            false,
            [6],
            [7]
        );
        var key = Assert
            .IsType<Plum.Domain.Shared.Outcome.Done>(
                await _plum.Get<AccountService>().AddPasskeyAsync(session, passkey, PlumDatabase.As(bo), default)
            )
            .Key;

        await visitor.OpenAsync($"/account/security/passkeys/{key}");
        Assert.Equal("404", visitor.Status);

        var his = await (await _portal.VisitAsync(bo)).OpenAsync($"/account/security/passkeys/{key}");
        Assert.Equal("Passkey 1", his.Heading);
        await his.SubmitAsync("rename", ("Input.Name", "Blue key"));
        Assert.Equal("/account/security?said=passkey-renamed", his.SentTo);
        await his.OpenAsync($"/account/security/passkeys/{key}");
        await his.SubmitAsync("remove");
        Assert.Equal("/account/security?said=passkey-removed", his.SentTo);
        await using var db = _plum.Peek();
        Assert.Empty(await db.UserPasskeys.ToListAsync());
    }

    [Theory]
    [InlineData("/account/profile", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/a\r\nSet-Cookie: x", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("account", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_path_of_the_portal_is_local(string? url, bool local) => Assert.Equal(local, AccountPaths.IsLocal(url));

    private async Task<string> LinkAsync()
    {
        await using var db = _plum.Peek();
        return Link.Match((await db.Outbox.Where(m => m.Subject == "A new password for Plum").OrderBy(m => m.Id).LastAsync()).Body)
            .Groups[1]
            .Value;
    }
}
