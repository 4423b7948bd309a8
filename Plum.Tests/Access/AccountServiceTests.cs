using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

public partial class AccountServiceTests
{
    private const string NewPassword = "seven green umbrellas";
    private static readonly Uri Portal = new("https://plum.example");
    private static readonly Actor Nobody = new(null, "Nobody", new HashSet<Act>());

    [GeneratedRegex("token=([A-Za-z0-9_-]+)")]
    private static partial Regex TokenInLink { get; }

    [Theory]
    [EachDatabase]
    public async Task The_profile_is_saved_with_what_it_was_and_became(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (accounts, by) = (plum.Get<AccountService>(), PlumDatabase.As(ana));

        var outcome = await accounts.ChangeProfileAsync(new ChangeProfile(" Ana Álvarez ", "Asia/Kolkata", "en-IN", true, 0), by, default);

        Assert.IsType<Outcome.Done>(outcome);
        var view = (await accounts.GetAsync(by, default))!;
        Assert.Equal(
            ("Ana Álvarez", "Asia/Kolkata", "en-IN", true, 1),
            (view.Name, view.TimeZoneId, view.Culture, view.DarkMode, view.Version)
        );
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Profile changed");
        Assert.Equal(
            """{"name":"Ana Agent","timeZone":null,"culture":null,"darkMode":null} {"name":"Ana Álvarez","timeZone":"Asia/Kolkata","culture":"en-IN","darkMode":true}""",
            $"{line.Before} {line.After}"
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_profiles_is_stale_and_a_wrong_one_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var by = PlumDatabase.As(await plum.HasAccountAsync());
        var accounts = plum.Get<AccountService>();
        await accounts.ChangeProfileAsync(new ChangeProfile("First", null, null, null, 0), by, default);

        Assert.IsType<Outcome.Stale>(await accounts.ChangeProfileAsync(new ChangeProfile("Second", null, null, null, 0), by, default));
        Assert.Equal("Name", await FieldAsync(new ChangeProfile("  ", null, null, null, 1)));
        Assert.Equal("Name", await FieldAsync(new ChangeProfile(new string('n', 101), null, null, null, 1)));
        Assert.Equal("TimeZone", await FieldAsync(new ChangeProfile("Ana", "Mars/Olympus", null, null, 1)));
        Assert.Equal("Culture", await FieldAsync(new ChangeProfile("Ana", null, "th-TH", null, 1)));
        Assert.Equal("First", (await accounts.GetAsync(by, default))!.Name);

        async Task<string?> FieldAsync(ChangeProfile command) =>
            Assert.IsType<Outcome.Refused>(await accounts.ChangeProfileAsync(command, by, default)).Why.Field;
    }

    [Theory]
    [EachDatabase]
    public async Task Changing_the_password_needs_a_recent_confirmation_and_ends_the_other_sessions(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (accounts, sessions, by) = (plum.Get<AccountService>(), plum.Get<SessionService>(), PlumDatabase.As(ana));
        var other = (await plum.SignInAsync(ana)).SessionId;
        plum.Clock.Advance(SignInRules.ConfirmationLasts);
        Assert.Equal(
            new Outcome.Refused(AccessRefusals.NotConfirmed),
            await accounts.ChangePasswordAsync(new ChangePassword(other, NewPassword), by, default)
        );

        var here = (await plum.SignInAsync(ana)).SessionId;
        var weak = await accounts.ChangePasswordAsync(new ChangePassword(here, "password"), by, default);
        var done = await accounts.ChangePasswordAsync(new ChangePassword(here, NewPassword), by, default);

        Assert.Equal("NewPassword", Assert.IsType<Outcome.Refused>(weak).Why.Field);
        Assert.IsType<Outcome.Done>(done);
        Assert.False(await sessions.StandsAsync(other, ana.Id, seen: false, default));
        Assert.True(await sessions.StandsAsync(here, ana.Id, seen: false, default));
        await plum.SignInAsync(ana, NewPassword);
        await using var db = plum.Peek();
        Assert.Equal("On your Plum account the password was changed", (await db.Outbox.SingleAsync()).Subject);
    }

    [Theory]
    [EachDatabase]
    public async Task A_link_for_a_forgotten_password_works_once_and_for_two_hours(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var session = (await plum.SignInAsync(ana)).SessionId;
        var accounts = plum.Get<AccountService>();
        await accounts.RequestNewPasswordAsync(new RequestNewPassword("ana.agent@PLUM.example", Portal), Nobody, default);
        var token = await TokenAsync(plum);

        plum.Clock.Advance(SignInRules.ResetLinkLasts - TimeSpan.FromSeconds(1));
        Assert.Equal(ana.Email, await accounts.WhoseLinkAsync(token, default));
        Assert.IsType<Outcome.Refused>(await accounts.SetPasswordAsync(new SetPassword(token, "short"), Nobody, default)); // and is not spent by it
        Assert.IsType<Outcome.Done>(await accounts.SetPasswordAsync(new SetPassword(token, NewPassword), Nobody, default));

        Assert.Equal(
            new Outcome.Refused(AccessRefusals.LinkSpent),
            await accounts.SetPasswordAsync(new SetPassword(token, "another long password"), Nobody, default)
        );
        Assert.Null(await accounts.WhoseLinkAsync(token, default));
        Assert.False(await plum.Get<SessionService>().StandsAsync(session, ana.Id, seen: false, default));
        await plum.SignInAsync(ana, NewPassword);
    }

    [Theory]
    [EachDatabase]
    public async Task A_link_that_is_old_changed_or_made_up_opens_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var accounts = plum.Get<AccountService>();
        await accounts.RequestNewPasswordAsync(new RequestNewPassword(ana.Email!, Portal), Nobody, default);
        var token = await TokenAsync(plum);

        Assert.NotNull(await accounts.WhoseLinkAsync(token, default));
        Assert.Null(await accounts.WhoseLinkAsync(token[..^2], default));
        Assert.Null(await accounts.WhoseLinkAsync("made-up", default));
        Assert.Null(await accounts.WhoseLinkAsync("", default));
        Assert.Null(await accounts.WhoseLinkAsync(new string('A', 5000), default));
        plum.Clock.Advance(SignInRules.ResetLinkLasts);
        Assert.Null(await accounts.WhoseLinkAsync(token, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Asking_again_within_five_minutes_sends_nothing_more_and_for_a_stranger_nothing_at_all(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var dee = await plum.HasAccountAsync("Dee Disabled");
        await using (var db = plum.Peek())
        {
            (await db.Users.SingleAsync(u => u.Id == dee.Id)).DisabledAtUtc = plum.Now;
            await db.SaveChangesAsync();
        }

        var accounts = plum.Get<AccountService>();
        foreach (var email in new[] { ana.Email!, ana.Email!, "stranger@plum.example", dee.Email!, "" })
        {
            await accounts.RequestNewPasswordAsync(new RequestNewPassword(email, Portal), Nobody, default);
        }

        await using var after = plum.Peek();
        Assert.Equal([ana.Email!], await after.Outbox.Select(m => m.To).ToListAsync());
        plum.Clock.Advance(TimeSpan.FromMinutes(5));
        await accounts.RequestNewPasswordAsync(new RequestNewPassword(ana.Email!, Portal), Nobody, default);
        Assert.Equal(2, await after.Outbox.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task The_first_administrator_is_made_once_even_by_two_at_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var accounts = plum.Get<AccountService>();
        Assert.True(await accounts.IsUnclaimedAsync(default));

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(1, 2)
                .Select(n =>
                    Task.Run(() =>
                        accounts.SetUpAsync(new SetUpFirstAdministrator($"Adm {n}", $"adm{n}@plum.example", NewPassword), Nobody, default)
                    )
                )
        );

        Assert.Single(outcomes.OfType<Outcome.Done>());
        Assert.Contains(new Outcome.Refused(AccessRefusals.SetUpAlready), outcomes);
        Assert.False(await accounts.IsUnclaimedAsync(default));
        await using var db = plum.Peek();
        var user = await db.Users.SingleAsync();
        Assert.Equal([Role.Administrator], await db.RolesOfAsync(user.Id, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Demonstration_accounts_alone_leave_a_portal_to_be_set_up(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync();
        await HasDemonstrationAsync(plum, acme.Id);
        await HasDemonstrationAsync(plum, acme.Id); // adds none twice

        await using var db = plum.Peek();
        Assert.Equal(DemonstrationAccounts.All.Count, await db.Users.CountAsync());
        Assert.True(await plum.Get<AccountService>().IsUnclaimedAsync(default));
        Assert.IsType<SignInAnswer.Refused>(
            await plum.Get<SignInService>()
                .PasswordAsync(DemonstrationAccounts.All[0].Email, DemonstrationAccounts.Password, new SignInPlace(null, null), default)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task An_app_is_added_only_after_a_code_of_it_and_taken_away_with_its_recovery_codes(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (accounts, by) = (plum.Get<AccountService>(), PlumDatabase.As(ana));
        var session = (await plum.SignInAsync(ana)).SessionId;
        var offered = (await accounts.OfferAuthenticatorAsync(session, by, default))!;
        Assert.Equal(offered, await accounts.OfferAuthenticatorAsync(session, by, default)); // the same when the page is loaded again

        var (wrong, none) = await accounts.ProveAuthenticatorAsync(session, "000000", by, default);
        Assert.Equal(new Outcome.Refused(AccessRefusals.WrongCode), wrong);
        Assert.Empty(none);
        Assert.False((await accounts.GetAsync(by, default))!.HasSecondFactor);

        await plum.HasSecondFactorAsync(ana);
        Assert.Equal(10, (await accounts.GetAsync(by, default))!.RecoveryCodesLeft);

        var (renewed, codes) = await accounts.RenewRecoveryCodesAsync(session, by, default);
        Assert.IsType<Outcome.Done>(renewed);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.IsType<Outcome.Done>(await accounts.RemoveAuthenticatorAsync(session, by, default));
        var view = (await accounts.GetAsync(by, default))!;
        Assert.Equal((false, 0), (view.HasSecondFactor, view.RecoveryCodesLeft));
        await plum.SignInAsync(ana);
    }

    [Theory]
    [EachDatabase]
    public async Task What_guards_the_account_changes_only_after_a_recent_confirmation(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (accounts, by) = (plum.Get<AccountService>(), PlumDatabase.As(ana));
        var session = (await plum.SignInAsync(ana)).SessionId;
        plum.Clock.Advance(SignInRules.ConfirmationLasts);

        var refused = new Outcome.Refused(AccessRefusals.NotConfirmed);
        Assert.Null(await accounts.OfferAuthenticatorAsync(session, by, default));
        Assert.Equal(refused, (await accounts.ProveAuthenticatorAsync(session, "000000", by, default)).Outcome);
        Assert.Equal(refused, (await accounts.RenewRecoveryCodesAsync(session, by, default)).Outcome);
        Assert.Equal(refused, await accounts.RemoveAuthenticatorAsync(session, by, default));
        Assert.Equal(refused, await accounts.RemovePasskeyAsync(session, "abcd", by, default));
    }

    private static async Task HasDemonstrationAsync(PlumDatabase plum, Guid clientId)
    {
        await using var db = plum.Peek();
        await db.AddDemonstrationAccountsAsync(
            clientId,
            plum.Get<Microsoft.AspNetCore.Identity.IPasswordHasher<PlumUser>>(),
            plum.Get<Microsoft.AspNetCore.Identity.ILookupNormalizer>(),
            Actor.Job("seed"),
            plum.Now,
            default
        );
        await db.SaveChangesAsync();
    }

    private static async Task<string> TokenAsync(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        return TokenInLink.Match((await db.Outbox.OrderByDescending(m => m.Id).FirstAsync()).Body).Groups[1].Value;
    }
}
