using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Access;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

public sealed class UserPagesTests : IAsyncLifetime
{
    private PlumDatabase _plum = null!;
    private PlumScreen _screen = null!;
    private PlumUser _admin = null!;

    private Actor By => PlumDatabase.As(_admin, Role.Administrator);

    public async ValueTask InitializeAsync()
    {
        _plum = await PlumDatabase.CreateAsync();
        _admin = await _plum.HasAccountAsync("Ada Admin", Role.Administrator);
        _screen = PlumScreen.Of(
            _plum,
            By,
            Role.Administrator,
            services =>
                services.AddSingleton(
                    new PortalAddress(
                        new ConfigurationBuilder().Build(),
                        new HostingEnvironment { EnvironmentName = Environments.Development }
                    )
                )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _screen.DisposeAsync();
        await _plum.DisposeAsync();
    }

    [Fact]
    public async Task The_list_is_what_its_address_says()
    {
        await _plum.HasAccountAsync("Ana Agent");
        await _plum.HasAccountAsync("Ivy Invited", password: null);
        var navigation = _screen.Get<BunitNavigationManager>();
        navigation.NavigateTo("/users?state=Invited");
        var page = _screen.Render<UsersPage>();

        page.WaitForAssertion(() => Assert.Equal(["Ivy Invited"], page.FindAll(".row-link").Select(a => a.TextContent)));
        await page.Find("select[aria-label=State]").ChangeAsync("Active");

        Assert.EndsWith("/users?state=Active", navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["Ada Admin", "Ana Agent"], page.FindAll(".row-link").Select(a => a.TextContent)));
        await page.Find("input[type=search]").ChangeAsync("nobody");
        page.WaitForAssertion(() => Assert.Contains("Nobody like that", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Inviting_keeps_what_was_typed_beside_the_refusal_and_ends_on_the_new_person()
    {
        var acme = await _plum.HasClientAsync();
        var page = _screen.Render<InvitePage>();
        page.WaitForElement("#email");
        await page.Find("#email").ChangeAsync("bo@acme.example");
        await page.Find("form").SubmitAsync();
        Assert.Contains("Name is missing. Fill it in.", page.Markup, StringComparison.Ordinal);

        await page.Find("#name").ChangeAsync("Bo New");
        await Tick(page, "Partner").ChangeAsync(true);
        await page.Find("form").SubmitAsync();
        Assert.Contains(AccessRefusals.Unbound.Message, page.Markup, StringComparison.Ordinal);
        Assert.Equal("bo@acme.example", page.Find("#email").GetAttribute("value"));
        await page.Find("#belongs-to").ChangeAsync(RightsForm.OfClient(acme.Id));
        await page.Find("form").SubmitAsync();

        await using var db = _plum.Peek();
        var bo = await db.Users.SingleAsync(u => u.Email == "bo@acme.example");
        Assert.Equal(acme.Id, bo.ClientId);
        Assert.EndsWith($"/users/{bo.Id}", _screen.Get<BunitNavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_institution_is_added_where_it_is_missed()
    {
        var page = _screen.Render<InvitePage>();
        page.WaitForElement("#email");
        await page.Find(".access-partner").ChangeAsync("Bank of the North");
        await page.Find("details form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Bank of the North", page.Find("#belongs-to optgroup:last-child option").TextContent));
    }

    [Fact]
    public async Task The_second_of_two_administrators_sees_what_the_first_has_saved()
    {
        var ana = await _plum.HasAccountAsync("Ana Agent");
        var page = _screen.Render<UserPage>(p => p.Add(u => u.Id, ana.Id));
        page.WaitForElement("#belongs-to");
        await _plum.Get<UserService>().ChangeRolesAsync(new ChangeRoles(ana.Id, [Role.Checker], null, null, 0), By, default);

        await Tick(page, "Senior agent").ChangeAsync(true);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("changed this while you had it open", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["Checker", "Agent, Senior agent"], page.FindAll(".stale-table td").Select(td => td.TextContent));
        await page.FindAll("button").Single(b => b.TextContent == "Keep mine").ClickAsync();
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("The roles are saved; they are signed out.", _screen.Said));
        Assert.Equal([Role.Agent, Role.SeniorAgent], (await _plum.Get<UserService>().GetAsync(ana.Id, By, default))!.Roles);
    }

    [Fact]
    public void On_ones_own_page_nothing_can_be_taken_away()
    {
        var page = _screen.Render<UserPage>(p => p.Add(u => u.Id, _admin.Id));
        page.WaitForElement("#belongs-to");

        Assert.True(page.Find(".access-roles").HasAttribute("disabled"));
        Assert.DoesNotContain("Disable the account", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Save the roles", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabling_can_be_taken_back_from_the_page()
    {
        var ana = await _plum.HasAccountAsync("Ana Agent");
        var page = _screen.Render<UserPage>(p => p.Add(u => u.Id, ana.Id));
        page.WaitForElement("#reason");
        await page.Find("#reason").ChangeAsync("Left the company");
        await page.FindAll("button").Single(b => b.TextContent == "Disable the account").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Enable the account", page.Markup, StringComparison.Ordinal));

        await page.FindAll("button").Single(b => b.TextContent == "Enable the account").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("The account is enabled.", _screen.Said));
        await _plum.SignInAsync(ana);
    }

    [Fact]
    public void An_address_of_nobody_says_so()
    {
        var page = _screen.Render<UserPage>(p => p.Add(u => u.Id, Guid.NewGuid()));

        page.WaitForAssertion(() => Assert.Contains("There is no such person", page.Markup, StringComparison.Ordinal));
    }

    private static IElement Tick(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page, string role) =>
        page.FindAll(".access-roles label").Single(l => l.QuerySelector("strong")!.TextContent == role).QuerySelector("input")!;
}
