using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Portal.Access;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

/// <summary>Signing in as a browser does it.</summary>
public sealed class SignInPageTests : IAsyncLifetime
{
    private PlumDatabase _plum = null!;
    private PlumPortal _portal = null!;
    private PlumUser _ana = null!;

    public async ValueTask InitializeAsync()
    {
        _plum = await PlumDatabase.CreateAsync();
        _ana = await _plum.HasAccountAsync("Ana Agent", Role.Agent);
        _portal = new PlumPortal(_plum);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _plum.DisposeAsync();
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_comes_back_to_where_they_wanted()
    {
        var visitor = await _portal.Visit().OpenAsync("/account/profile?said=saved");
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fprofile%3Fsaid%3Dsaved", visitor.SentTo);
        await visitor.FollowAsync();
        await visitor.SubmitAsync("sign-in", ("Input.Email", _ana.Email!), ("Input.Password", PlumDatabase.Password));

        Assert.Equal("/account/profile?said=saved", visitor.SentTo);
        await visitor.FollowAsync();
        Assert.Equal("Your profile", visitor.Heading);
    }

    [Fact]
    public async Task Nobody_is_sent_to_another_host()
    {
        foreach (
            var returnUrl in new[]
            {
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "javascript:alert(1)",
                "evil.example",
                "",
            }
        )
        {
            var visitor = _portal.Visit();
            await visitor.SignInAsync(_ana.Email!, PlumDatabase.Password, returnUrl);
            Assert.Equal((returnUrl, "302", "/"), (returnUrl, visitor.Status, visitor.SentTo));
        }
    }

    [Fact]
    public async Task An_unknown_address_a_wrong_password_and_a_disabled_account_read_alike()
    {
        var dee = await _plum.HasAccountAsync("Dee Disabled");
        await using (var db = _plum.Peek())
        {
            (await db.Users.SingleAsync(u => u.Id == dee.Id)).DisabledAtUtc = _plum.Now;
            await db.SaveChangesAsync();
        }

        var texts = new List<string>();
        foreach (
            var (email, password) in new[]
            {
                ("nobody@plum.example", PlumDatabase.Password),
                (_ana.Email!, "wrong wrong wrong"),
                (dee.Email!, PlumDatabase.Password),
            }
        )
        {
            var visitor = _portal.Visit();
            await visitor.SignInAsync(email, password);
            Assert.Equal("200", visitor.Status);
            texts.Add(visitor.Said);
        }

        Assert.Equal([AccessRefusals.WrongSignIn.Message], texts.Distinct());
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour()
    {
        var visitor = _portal.Visit();
        for (var i = 0; i < SignInRules.Attempts; i++)
        {
            await visitor.SignInAsync(_ana.Email!, "wrong wrong wrong");
        }

        await visitor.SignInAsync(_ana.Email!, PlumDatabase.Password);
        Assert.Equal("200", visitor.Status);

        _plum.Clock.Advance(TimeSpan.FromMinutes(SignInRules.LockMinutes));
        await visitor.SignInAsync(_ana.Email!, PlumDatabase.Password);
        Assert.Equal("302", visitor.Status);
    }

    [Fact]
    public async Task One_address_gets_so_many_attempts_a_minute_over_all_accounts()
    {
        var visitor = await _portal.Visit().OpenAsync("/account/sign-in");
        for (var i = 0; i < SignInRules.AttemptsPerAddress; i++)
        {
            await visitor.PostAsync("/account/sign-in", new Dictionary<string, string> { ["_handler"] = "none" });
            Assert.NotEqual("429", visitor.Status);
        }

        await visitor.PostAsync("/account/sign-in", new Dictionary<string, string> { ["_handler"] = "none" });

        Assert.Equal(("429", "Too many attempts from your address"), (visitor.Status, visitor.Heading));
        await visitor.OpenAsync("/account/sign-in");
        Assert.Equal("200", visitor.Status); // looking is free
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var visitor = await _portal.Visit().OpenAsync("/account/sign-in");

        await visitor.PostAsync(
            "/account/sign-in",
            new Dictionary<string, string>
            {
                ["_handler"] = "sign-in",
                ["Input.Email"] = _ana.Email!,
                ["Input.Password"] = PlumDatabase.Password,
            }
        );

        Assert.Equal("400", visitor.Status);
        await using var db = _plum.Peek();
        Assert.Empty(await db.UserSessions.ToListAsync());
    }

    [Fact]
    public async Task A_form_of_another_origin_is_refused()
    {
        var visitor = await _portal.Visit().OpenAsync("/account/sign-in");
        foreach (var origin in new[] { "https://evil.example", "https://other.localhost", "https://localhost:444", "null" })
        {
            await visitor.PostAsync("/account/sign-in", new Dictionary<string, string> { ["_handler"] = "sign-in" }, ("Origin", origin));
            Assert.Equal((origin, "403"), (origin, visitor.Status));
        }

        await visitor.PostAsync(
            "/account/sign-in",
            new Dictionary<string, string> { ["_handler"] = "sign-in" },
            ("Origin", "https://localhost")
        );
        Assert.Equal("400", visitor.Status); // ours, and without its token
    }

    [Fact]
    public async Task Signing_out_ends_the_session_even_for_a_copy_of_its_cookie()
    {
        var visitor = await _portal.VisitAsync(_ana);
        await visitor.OpenAsync("/account/profile");
        var token = visitor.Page.QuerySelector("form[action='/account/sign-out'] input")!.GetAttribute("value")!;
        Guid session;
        await using (var db = _plum.Peek())
        {
            session = (await db.UserSessions.SingleAsync()).Id;
        }

        await visitor.PostAsync("/account/sign-out", new Dictionary<string, string> { ["__RequestVerificationToken"] = token });

        Assert.Equal("/account/sign-in?said=signed-out", visitor.SentTo);
        Assert.False(await _portal.Services.GetRequiredService<SessionService>().StandsAsync(session, _ana.Id, seen: true, default));
        await visitor.OpenAsync("/account/profile");
        Assert.StartsWith("/account/sign-in", visitor.SentTo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_from_another_site_does_nothing()
    {
        var visitor = await _portal.VisitAsync(_ana);

        await visitor.PostAsync("/account/sign-out", new Dictionary<string, string>());

        Assert.Equal("/", visitor.SentTo);
        await visitor.OpenAsync("/account/profile");
        Assert.Equal("200", visitor.Status);
    }

    [Fact]
    public async Task A_disabled_person_is_out_at_the_next_request()
    {
        var visitor = await _portal.VisitAsync(_ana);
        var admin = PlumDatabase.As(await _plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);

        await _portal.Services.GetRequiredService<UserService>().DisableAsync(new DisableUser(_ana.Id, "Left", 0), admin, default);

        await visitor.OpenAsync("/account/profile");
        Assert.StartsWith("/account/sign-in", visitor.SentTo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_by_itself_when_nothing_is_done_and_after_a_working_day()
    {
        var visitor = await _portal.VisitAsync(_ana);
        for (var hour = 0; hour < 11; hour++)
        {
            _plum.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal("200", (await visitor.OpenAsync("/account/profile")).Status);
        }

        _plum.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("302", (await visitor.OpenAsync("/account/profile")).Status);

        var other = await _portal.VisitAsync(_ana);
        _plum.Clock.Advance(SignInRules.SessionIdles);
        Assert.Equal("302", (await other.OpenAsync("/account/profile")).Status);
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_ends_the_session_before()
    {
        var visitor = await _portal.VisitAsync(_ana);
        await visitor.OpenAsync("/account/sign-in?returnUrl=/account/security");
        Assert.Equal("/account/security", visitor.SentTo); // signed in already

        await using var db = _plum.Peek();
        var first = await db.UserSessions.SingleAsync();
        var anonymous = await _portal.Visit().OpenAsync("/account/sign-in");
        await visitor.PostAsync("/account/sign-in", new Dictionary<string, string> { ["_handler"] = "sign-in" });
        Assert.Equal("400", visitor.Status); // the form of one browser is not the form of another
        Assert.Null(first.EndedAtUtc);
        Assert.Equal("200", anonymous.Status);
    }

    [Fact]
    public async Task With_an_app_the_code_is_asked_for_and_an_old_one_is_not_taken()
    {
        var accounts = _portal.Services.GetRequiredService<AccountService>();
        var (secret, codes) = await _plum.HasSecondFactorAsync(_ana, _portal.Services);
        var visitor = _portal.Visit();
        await visitor.SignInAsync(_ana.Email!, PlumDatabase.Password, "/account/security");
        Assert.Equal("/account/second-factor?returnUrl=%2Faccount%2Fsecurity", visitor.SentTo);
        await visitor.FollowAsync();

        await visitor.SubmitAsync("code", ("Input.Code", "000000"));
        Assert.Equal(("200", AccessRefusals.WrongCode.Message), (visitor.Status, visitor.Said));
        await visitor.SubmitAsync("code", ("Input.Code", SecondFactor.CodeAt(secret, _plum.Now)));
        Assert.Equal("/account/security", visitor.SentTo);

        var second = _portal.Visit();
        await second.SignInAsync(_ana.Email!, PlumDatabase.Password);
        await second.FollowAsync();
        await second.SubmitAsync("code", ("Input.Code", SecondFactor.CodeAt(secret, _plum.Now)));
        Assert.Equal(AccessRefusals.WrongCode.Message, second.Said); // the same code once more

        await second.OpenAsync("/account/second-factor?by=recovery");
        await second.SubmitAsync("code", ("Input.Code", codes[0]));
        Assert.Equal("/", second.SentTo);

        var third = _portal.Visit();
        await third.SignInAsync(_ana.Email!, PlumDatabase.Password);
        await third.OpenAsync("/account/second-factor?by=recovery");
        await third.SubmitAsync("code", ("Input.Code", codes[0]));
        Assert.Equal(AccessRefusals.WrongRecoveryCode.Message, third.Said);
        Assert.Equal(9, (await accounts.GetAsync(PlumDatabase.As(_ana), default))!.RecoveryCodesLeft);
    }

    [Fact]
    public async Task The_password_alone_opens_no_page_and_holds_for_five_minutes()
    {
        var (secret, _) = await _plum.HasSecondFactorAsync(_ana, _portal.Services);
        var visitor = _portal.Visit();
        await visitor.SignInAsync(_ana.Email!, PlumDatabase.Password);

        await visitor.OpenAsync("/account/profile");
        Assert.StartsWith("/account/sign-in", visitor.SentTo, StringComparison.Ordinal);

        await visitor.OpenAsync("/account/second-factor");
        _plum.Clock.Advance(SignInRules.SecondFactorWithin + TimeSpan.FromSeconds(1));
        await visitor.SubmitAsync("code", ("Input.Code", SecondFactor.CodeAt(secret, _plum.Now)));
        Assert.Equal("/account/sign-in", visitor.SentTo);
        Assert.Equal("302", (await _portal.Visit().OpenAsync("/account/second-factor")).Status); // not by way of the password
    }

    [Fact]
    public async Task A_passkey_that_proves_nothing_opens_nothing()
    {
        foreach (
            var credential in new[]
            {
                "{}",
                "[]",
                "not json",
                "",
                """{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"AAAA","authenticatorData":"AAAA","signature":"AAAA"}}""",
            }
        )
        {
            var visitor = await _portal.Visit().OpenAsync("/account/sign-in");
            await visitor.SubmitAsync("passkey", ("Proof.Credential", credential));
            Assert.Equal((credential, "200", AccessRefusals.WrongPasskey.Message), (credential, visitor.Status, visitor.Said));
        }
    }

    [Fact]
    public async Task Outside_Development_no_demonstration_account_is_shown_or_opens()
    {
        await using (var db = _plum.Peek())
        {
            (await db.Users.SingleAsync()).IsDemonstration = true;
            await db.SaveChangesAsync();
        }

        await _plum.HasAccountAsync("Ada Admin", Role.Administrator); // else there is nobody, and the portal wants to be set up
        var visitor = await _portal.Visit().OpenAsync("/account/sign-in");
        Assert.Empty(visitor.Page.QuerySelectorAll(".account-demo"));

        await visitor.SubmitAsync("sign-in", ("Input.Email", _ana.Email!), ("Input.Password", PlumDatabase.Password));
        Assert.Equal(AccessRefusals.WrongSignIn.Message, visitor.Said);
    }
}
