using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Portal.Access;
using Plum.Portal.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

/// <summary>What the host promises of every answer and every page.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task Every_answer_carries_the_headers_that_bind_the_browser()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasAccountAsync();
        await using var portal = new PlumPortal(plum);

        foreach (var path in new[] { "/account/sign-in", "/users", "/no-such-page", "/css/tokens.css" })
        {
            var headers = (await portal.Visit().OpenAsync(path)).Answer.Headers;
            Assert.Equal(
                "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
                headers.GetValues("Content-Security-Policy").Single()
            );
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", headers.GetValues("Referrer-Policy").Single());
            Assert.False(headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Outside_Development_the_answers_insist_on_HTTPS_and_the_cookies_on_this_host()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ana = await plum.HasAccountAsync();
        await using var portal = new PlumPortal(plum, "Production", ("Portal:Url", "https://plum.example"), ("https_port", "443"));
        using var plain = portal.CreateClient(new() { BaseAddress = new Uri("http://plum.example"), AllowAutoRedirect = false });
        using var secure = portal.CreateClient(new() { BaseAddress = new Uri("https://plum.example"), AllowAutoRedirect = false });

        var redirected = await plain.GetAsync("/account/sign-in");
        var page = await secure.GetAsync("/account/sign-in");

        Assert.Equal(
            (HttpStatusCode.TemporaryRedirect, "https://plum.example/account/sign-in"),
            (redirected.StatusCode, redirected.Headers.Location!.ToString())
        );
        Assert.StartsWith("max-age=", page.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        var form = page.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-plum-form=", form, StringComparison.Ordinal);
        Assert.All(
            ["; secure", "; samesite=strict", "; httponly", "; path=/"],
            part => Assert.Contains(part, form, StringComparison.OrdinalIgnoreCase)
        );

        var visitor = portal.Visit();
        await visitor.SignInAsync(ana.Email!, PlumDatabase.Password);
        var session = visitor.Answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-plum=", StringComparison.Ordinal));
        Assert.All(
            ["; secure", "; samesite=lax", "; httponly", "; path=/"],
            part => Assert.Contains(part, session, StringComparison.OrdinalIgnoreCase)
        );
        Assert.DoesNotContain("expires", session, StringComparison.OrdinalIgnoreCase); // gone with the browser
    }

    [Fact]
    public async Task The_hub_opens_for_people_who_are_signed_in_and_from_this_origin_alone()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ana = await plum.HasAccountAsync();
        await using var portal = new PlumPortal(plum);
        var stranger = portal.Visit();
        await stranger.PostAsync("/_blazor/negotiate?negotiateVersion=1", new Dictionary<string, string>());
        Assert.StartsWith("/account/sign-in", stranger.SentTo, StringComparison.Ordinal);

        var visitor = await portal.VisitAsync(ana);
        await visitor.PostAsync("/_blazor/negotiate?negotiateVersion=1", new Dictionary<string, string>());
        Assert.Equal("200", visitor.Status);
        await visitor.PostAsync(
            "/_blazor/negotiate?negotiateVersion=1",
            new Dictionary<string, string>(),
            ("Origin", "https://other.localhost")
        );
        Assert.Equal("403", visitor.Status);
    }

    [Fact]
    public async Task Every_endpoint_is_for_people_who_are_signed_in_unless_it_says_otherwise()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = new PlumPortal(plum);
        var endpoints = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var open = endpoints
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !path.StartsWith("/_", StringComparison.Ordinal) && !Path.HasExtension(path))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "/account/forgotten",
                "/account/passkeys/options",
                "/account/second-factor",
                "/account/set-password",
                "/account/setup",
                "/account/sign-in",
                "/account/sign-out",
                "/api-docs",
                "/api/v1/allocations/{reference}",
                "/api/v1/allocations/{reference}/errors",
                "/api/v1/allocations/{reference}/rows",
                "/api/v1/allocations/{reference}/submit",
                "/api/v1/programmes/{code}/allocations",
                "/connectors/xoxoday/webhook",
                "/deliveries/callbacks/sendgrid",
                "/deliveries/callbacks/ses",
                "/deliveries/callbacks/twilio",
                "/deliveries/callbacks/whatsapp",
                "/error",
                "/not-found",
                "/r/{token}",
            ],
            open
        );
        Assert.NotNull(
            portal.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AuthorizationOptions>>().Value.FallbackPolicy
        );
    }

    [Fact]
    public async Task A_page_that_the_role_may_not_open_is_denied_and_not_shown()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await using var portal = new PlumPortal(plum);
        var agent = await portal.VisitAsync(await plum.HasAccountAsync());
        var admin = await portal.VisitAsync(await plum.HasAccountAsync("Ada Admin", Role.Administrator));

        Assert.Equal("/account/denied?returnUrl=%2Fusers", (await agent.OpenAsync("/users")).SentTo);
        Assert.Equal("Your role may not open this page", (await agent.FollowAsync()).Heading);
        Assert.Equal("200", (await admin.OpenAsync("/users")).Status);
    }

    [Fact]
    public async Task An_open_page_notices_within_seconds_that_its_session_has_ended()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ana = await plum.HasAccountAsync();
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        var principal = PlumClaims.Of(await plum.SignInAsync(ana), browserZone: null);
        using var watch = new SessionWatch(
            NullLoggerFactory.Instance,
            plum.Get<SessionService>(),
            new PageActivity(),
            TimeSpan.FromMilliseconds(20)
        );
        var signedOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watch.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        watch.AuthenticationStateChanged += async state =>
        {
            if ((await state).User.Identity?.IsAuthenticated != true)
            {
                signedOut.SetResult();
            }
        };
        Assert.False(signedOut.Task.IsCompleted);

        await plum.Get<UserService>().DisableAsync(new DisableUser(ana.Id, "Left", 0), admin, default);

        await signedOut.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(CurrentActor.Of((await watch.GetAuthenticationStateAsync()).User).Acts);
        Assert.True(SignInRules.SessionChecked <= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Doing_something_on_an_open_page_keeps_its_session_from_idling_out()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var principal = PlumClaims.Of(await plum.SignInAsync(await plum.HasAccountAsync()), browserZone: null);
        var activity = new PageActivity();
        using var watch = new SessionWatch(NullLoggerFactory.Instance, plum.Get<SessionService>(), activity, SignInRules.SessionChecked);

        plum.Clock.Advance(TimeSpan.FromHours(1.5));
        activity.Note();
        Assert.True(await watch.StandsAsync(principal, default));
        plum.Clock.Advance(TimeSpan.FromHours(1.5));
        Assert.True(await watch.StandsAsync(principal, default)); // and nothing was done since
        plum.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await watch.StandsAsync(principal, default));
    }

    [Fact]
    public void One_person_opens_so_many_pages_and_closing_one_makes_room()
    {
        var pages = new OpenPages();
        var (ana, bo) = (Guid.NewGuid(), Guid.NewGuid());
        for (var i = 0; i < SignInRules.OpenPages; i++)
        {
            Assert.True(pages.TryOpen(ana));
        }

        Assert.False(pages.TryOpen(ana));
        Assert.False(pages.TryOpen(ana)); // being refused counts for nothing
        Assert.True(pages.TryOpen(bo));
        pages.Close(ana);
        Assert.True(pages.TryOpen(ana));
        Assert.False(pages.TryOpen(ana));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)] // one household
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Addresses_are_counted_by_who_may_hold_them(string one, string other, bool same) =>
        Assert.Equal(same, SignInLimit.Key(IPAddress.Parse(one)) == SignInLimit.Key(IPAddress.Parse(other)));

    [Theory]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
        "Edge on Windows"
    )]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/604.1",
        "Safari on iPhone"
    )]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("curl/8", "A browser")]
    [InlineData(null, "A browser")]
    public void A_browser_is_called_what_a_person_calls_it(string? userAgent, string name) => Assert.Equal(name, Browsers.Name(userAgent));
}
