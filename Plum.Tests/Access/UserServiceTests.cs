using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

public partial class UserServiceTests
{
    private static readonly Uri Portal = new("https://plum.example");

    [GeneratedRegex("https://plum.example/account/set-password[?]token=([A-Za-z0-9_-]+)")]
    private static partial Regex Link { get; }

    [Theory]
    [EachDatabase]
    public async Task Somebody_invited_sets_a_password_and_sees_their_client_alone(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);

        var outcome = await plum.Get<UserService>()
            .InviteAsync(new InviteUser("bo@acme.example", "Bo Bound", [Role.Agent], acme.Id, null, Portal), admin, default);

        var id = Guid.Parse(Assert.IsType<Outcome.Done>(outcome).Key!);
        await using var db = plum.Peek();
        var mail = await db.Outbox.SingleAsync();
        Assert.Equal(("bo@acme.example", "You are invited to Plum"), (mail.To, mail.Subject));
        var accounts = plum.Get<AccountService>();
        Assert.IsType<Outcome.Done>(
            await accounts.SetPasswordAsync(new SetPassword(Link.Match(mail.Body).Groups[1].Value, PlumDatabase.Password), admin, default)
        );
        var bo = await db.Users.SingleAsync(u => u.Id == id);
        var who = await plum.SignInAsync(bo);
        Assert.Equal((acme.Id, Role.Agent), (who.ClientId, Assert.Single(who.Roles)));
        var actor = await plum.Get<ActorService>().NowAsync(PlumDatabase.As(bo), default);
        Assert.True(actor.Sees(acme.Id));
        Assert.False(actor.Sees(nord.Id));
        Assert.Equal(["Invited", "Invitation accepted", "Signed in"], await LinesAsync(plum, id));
    }

    [Theory]
    [EachDatabase]
    public async Task An_invitation_lasts_seven_days_and_a_second_one_ends_the_first(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        var (users, accounts) = (plum.Get<UserService>(), plum.Get<AccountService>());
        var id = Guid.Parse(Assert.IsType<Outcome.Done>(await users.InviteAsync(Invitation("bo@plum.example"), admin, default)).Key!);
        var first = await LastLinkAsync(plum);
        Assert.NotNull(await accounts.WhoseLinkAsync(first, default));

        plum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<Outcome.Done>(await users.InviteAgainAsync(new InviteAgain(id, Portal), admin, default));
        var second = await LastLinkAsync(plum);

        Assert.Null(await accounts.WhoseLinkAsync(first, default));
        plum.Clock.Advance(SignInRules.InvitationLasts - TimeSpan.FromSeconds(1));
        Assert.NotNull(await accounts.WhoseLinkAsync(second, default));
        plum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await accounts.WhoseLinkAsync(second, default));
    }

    [Theory]
    [EachDatabase]
    public async Task An_invitation_that_cannot_be_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        var good = Invitation("bo@plum.example");

        Assert.Equal(("access.email-form", "Email"), await RefusedAsync(good with { Email = "bo" }));
        Assert.Equal(("shared.missing", "Name"), await RefusedAsync(good with { Name = " " }));
        Assert.Equal(("access.no-role", "Roles"), await RefusedAsync(good with { Roles = [] }));
        Assert.Equal(("access.unbound", "Client"), await RefusedAsync(good with { Roles = [Role.Partner] }));
        Assert.Equal(("access.no-address", null), await RefusedAsync(good with { Portal = null }));
        Assert.Equal(("shared.not-found", null), await RefusedAsync(good with { ClientId = Guid.NewGuid() }));
        Assert.Equal(("access.email-taken", "Email"), await RefusedAsync(good with { Email = "ADA.admin@plum.example" }));
        await using var db = plum.Peek();
        Assert.Equal((1, 0), (await db.Users.CountAsync(), await db.Outbox.CountAsync()));

        async Task<(string, string?)> RefusedAsync(InviteUser command)
        {
            var why = Assert.IsType<Outcome.Refused>(await plum.Get<UserService>().InviteAsync(command, admin, default)).Why;
            return (why.Code, why.Field);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task The_same_address_invited_twice_at_once_becomes_one_account(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        var users = plum.Get<UserService>();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => users.InviteAsync(Invitation("bo@plum.example"), admin, default)))
        );

        Assert.Single(outcomes.OfType<Outcome.Done>());
        Assert.Equal(3, outcomes.Count(o => o == new Outcome.Refused(AccessRefusals.EmailTaken)));
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_manage_users_sees_none_and_changes_none(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (users, lead) = (plum.Get<UserService>(), PlumDatabase.Lead);
        var refused = new Outcome.Refused(Refusals.NotAllowed(Act.ManageUsers));

        Assert.Equal(0, (await users.ListAsync(new UserListQuery(0, 50), lead, default)).Total);
        Assert.Null(await users.GetAsync(ana.Id, lead, default));
        Assert.Empty((await users.ChoicesAsync(lead, default)).Clients);
        Assert.Equal(refused, await users.InviteAsync(Invitation("x@plum.example"), lead, default));
        Assert.Equal(refused, await users.InviteAgainAsync(new InviteAgain(ana.Id, Portal), lead, default));
        Assert.Equal(refused, await users.ChangeRolesAsync(new ChangeRoles(ana.Id, [Role.OpsLead], null, null, 0), lead, default));
        Assert.Equal(refused, await users.DisableAsync(new DisableUser(ana.Id, "Left", 0), lead, default));
        Assert.Equal(refused, await users.EnableAsync(new EnableUser(ana.Id, 0), lead, default));
        Assert.Equal(refused, await users.UnlockAsync(new UnlockUser(ana.Id), lead, default));
        Assert.Equal(refused, await users.ResetSecondFactorAsync(new ResetSecondFactor(ana.Id, "Lost", 0), lead, default));
        Assert.Equal(refused, await users.EndSessionsAsync(new EndSessions(ana.Id), lead, default));
        Assert.Equal(refused, await users.AddPartnerAsync(new AddPartner("Bank"), lead, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Somebody_who_is_not_there_is_not_found(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        var (users, nobody) = (plum.Get<UserService>(), Guid.NewGuid());
        var notFound = new Outcome.Refused(Refusals.NotFound);

        Assert.Null(await users.GetAsync(nobody, admin, default));
        Assert.Equal(notFound, await users.InviteAgainAsync(new InviteAgain(nobody, Portal), admin, default));
        Assert.Equal(notFound, await users.ChangeRolesAsync(new ChangeRoles(nobody, [Role.Agent], null, null, 0), admin, default));
        Assert.Equal(notFound, await users.DisableAsync(new DisableUser(nobody, "Left", 0), admin, default));
        Assert.Equal(notFound, await users.EnableAsync(new EnableUser(nobody, 0), admin, default));
        Assert.Equal(notFound, await users.EndSessionsAsync(new EndSessions(nobody), admin, default));
    }

    [Theory]
    [EachDatabase]
    public async Task An_administrator_of_a_minute_ago_is_refused_by_what_the_database_says_now(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var former = PlumDatabase.As(await plum.HasAccountAsync("Fay Former"), Role.Administrator); // the cookie says administrator, the database agent

        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.ManageUsers)),
            await plum.Get<UserService>().DisableAsync(new DisableUser(ana.Id, "Revenge", 0), former, default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Disabling_ends_the_sessions_and_enabling_opens_the_door_again(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        var session = (await plum.SignInAsync(ana)).SessionId;
        var (users, sessions) = (plum.Get<UserService>(), plum.Get<SessionService>());
        Assert.True(await sessions.StandsAsync(session, ana.Id, seen: false, default));

        Assert.IsType<Outcome.Done>(await users.DisableAsync(new DisableUser(ana.Id, " Left the company ", 0), admin, default));

        Assert.False(await sessions.StandsAsync(session, ana.Id, seen: false, default));
        Assert.Equal(
            new Outcome.Refused(AccessRefusals.DisabledAlready),
            await users.DisableAsync(new DisableUser(ana.Id, "Again", 1), admin, default)
        );
        Assert.IsType<Outcome.Done>(await users.EnableAsync(new EnableUser(ana.Id, 1), admin, default));
        Assert.Equal(new Outcome.Refused(AccessRefusals.NotDisabled), await users.EnableAsync(new EnableUser(ana.Id, 2), admin, default));
        await plum.SignInAsync(ana);
        Assert.False(await sessions.StandsAsync(session, ana.Id, seen: false, default)); // the old session does not rise again
        await using var db = plum.Peek();
        Assert.Equal("Left the company", (await db.AuditEntries.SingleAsync(a => a.What == "Disabled")).Why);
    }

    [Theory]
    [EachDatabase]
    public async Task Changing_roles_ends_the_sessions_and_says_what_they_were(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        var session = (await plum.SignInAsync(ana)).SessionId;
        var users = plum.Get<UserService>();

        Assert.IsType<Outcome.Done>(
            await users.ChangeRolesAsync(new ChangeRoles(ana.Id, [Role.SeniorAgent, Role.Checker], null, null, 0), admin, default)
        );

        Assert.False(await plum.Get<SessionService>().StandsAsync(session, ana.Id, seen: false, default));
        Assert.Equal([Role.SeniorAgent, Role.Checker], (await users.GetAsync(ana.Id, admin, default))!.Roles);
        Assert.IsType<Outcome.Stale>(await users.ChangeRolesAsync(new ChangeRoles(ana.Id, [Role.Agent], null, null, 0), admin, default));
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Roles changed");
        Assert.Equal(("""{"roles":"Agent"}""", """{"roles":"SeniorAgent, Checker"}"""), (line.Before, line.After));
    }

    [Theory]
    [EachDatabase]
    public async Task Nobody_changes_their_own_roles_nor_disables_themselves(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        await plum.HasAccountAsync("Second Admin", Role.Administrator);
        var users = plum.Get<UserService>();

        Assert.Equal(
            new Outcome.Refused(AccessRefusals.OwnRoles),
            await users.ChangeRolesAsync(new ChangeRoles(admin.UserId!.Value, [Role.Agent], null, null, 0), admin, default)
        );
        Assert.Equal(
            new Outcome.Refused(AccessRefusals.OwnAccount),
            await users.DisableAsync(new DisableUser(admin.UserId!.Value, "Holiday", 0), admin, default)
        );
        Assert.Equal(
            new Outcome.Refused(AccessRefusals.OwnSecondFactor),
            await users.ResetSecondFactorAsync(new ResetSecondFactor(admin.UserId!.Value, "Lost", 0), admin, default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_last_administrator_who_can_sign_in_stays_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var last = await plum.HasAccountAsync("Ada Admin", Role.Administrator);
        await plum.HasAccountAsync("Ivy Invited", Role.Administrator, password: null); // cannot sign in yet
        var users = plum.Get<UserService>();
        var job = Actor.Job("operator");
        var refused = new Outcome.Refused(AccessRefusals.LastAdministrator);

        Assert.Equal(refused, await users.DisableAsync(new DisableUser(last.Id, "Left", 0), job, default));
        Assert.Equal(refused, await users.ChangeRolesAsync(new ChangeRoles(last.Id, [Role.Auditor], null, null, 0), job, default));

        await plum.HasAccountAsync("Second Admin", Role.Administrator);
        Assert.IsType<Outcome.Done>(await users.DisableAsync(new DisableUser(last.Id, "Left", 0), job, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Two_administrators_who_disable_each_other_at_once_leave_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (a, b) = (
            await plum.HasAccountAsync("Ada Admin", Role.Administrator),
            await plum.HasAccountAsync("Bea Admin", Role.Administrator)
        );
        var users = plum.Get<UserService>();

        var outcomes = await Task.WhenAll(
            Task.Run(() => users.DisableAsync(new DisableUser(b.Id, "Coup", 0), PlumDatabase.As(a, Role.Administrator), default)),
            Task.Run(() => users.DisableAsync(new DisableUser(a.Id, "Coup", 0), PlumDatabase.As(b, Role.Administrator), default))
        );

        Assert.Single(outcomes.OfType<Outcome.Done>());
        await using var db = plum.Peek();
        Assert.Equal(1, await db.Users.CountAsync(u => u.DisabledAtUtc == null));
    }

    [Theory]
    [EachDatabase]
    public async Task A_lost_phone_is_replaced_by_an_administrator(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        await plum.HasSecondFactorAsync(ana);
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        var users = plum.Get<UserService>();
        var seen = (await users.GetAsync(ana.Id, admin, default))!;
        Assert.True(seen.HasSecondFactor);

        Assert.Equal(
            "shared.missing",
            Assert
                .IsType<Outcome.Refused>(
                    await users.ResetSecondFactorAsync(new ResetSecondFactor(ana.Id, "", seen.Version), admin, default)
                )
                .Why.Code
        );
        Assert.IsType<Outcome.Done>(
            await users.ResetSecondFactorAsync(
                new ResetSecondFactor(ana.Id, "Lost phone, proved by passport", seen.Version),
                admin,
                default
            )
        );

        await plum.SignInAsync(ana);
    }

    [Theory]
    [EachDatabase]
    public async Task The_list_is_filtered_by_text_role_and_state_and_its_pages_do_not_overlap(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var admin = PlumDatabase.As(await plum.HasAccountAsync("Ada Admin", Role.Administrator), Role.Administrator);
        await plum.HasAccountAsync("Ana Agent");
        await plum.HasAccountAsync("Ivy 100% Invited", password: null);
        var dee = await plum.HasAccountAsync("Dee Disabled");
        var users = plum.Get<UserService>();
        await users.DisableAsync(new DisableUser(dee.Id, "Left", 0), admin, default);

        Assert.Equal(["Ada Admin", "Ana Agent", "Dee Disabled", "Ivy 100% Invited"], await NamesAsync(new UserListQuery(0, 50)));
        Assert.Equal(["Ana Agent"], await NamesAsync(new UserListQuery(0, 50, Search: "ana.AGENT@")));
        Assert.Equal(["Ivy 100% Invited"], await NamesAsync(new UserListQuery(0, 50, Search: "100%")));
        Assert.Empty(await NamesAsync(new UserListQuery(0, 50, Search: "A_a")));
        Assert.Equal(["Ada Admin"], await NamesAsync(new UserListQuery(0, 50, Role: Role.Administrator)));
        Assert.Equal(["Dee Disabled"], await NamesAsync(new UserListQuery(0, 50, State: UserState.Disabled)));
        Assert.Equal(["Ivy 100% Invited"], await NamesAsync(new UserListQuery(0, 50, State: UserState.Invited)));
        Assert.Equal(["Ada Admin", "Ana Agent"], await NamesAsync(new UserListQuery(0, 50, State: UserState.Active)));
        Assert.Equal(["Ada Admin", "Ana Agent"], await NamesAsync(new UserListQuery(0, 2)));
        Assert.Equal(["Dee Disabled", "Ivy 100% Invited"], await NamesAsync(new UserListQuery(2, 2)));

        async Task<string[]> NamesAsync(UserListQuery query) =>
            [.. (await users.ListAsync(query, admin, default)).Rows.Select(r => r.Name)];
    }

    private static InviteUser Invitation(string email) => new(email, "Bo New", [Role.Agent], null, null, Portal);

    private static async Task<string> LastLinkAsync(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        return Link.Match((await db.Outbox.OrderByDescending(m => m.Id).FirstAsync()).Body).Groups[1].Value;
    }

    private static async Task<List<string>> LinesAsync(PlumDatabase plum, Guid subject)
    {
        await using var db = plum.Peek();
        var key = subject.ToString();
        return await db.AuditEntries.Where(a => a.Subject == key).OrderBy(a => a.Id).Select(a => a.What).ToListAsync();
    }
}
