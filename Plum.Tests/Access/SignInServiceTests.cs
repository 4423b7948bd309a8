using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

public class SignInServiceTests
{
    private static readonly SignInPlace Here = new("2001:db8::1", "Test");

    [Theory]
    [EachDatabase]
    public async Task The_right_password_starts_a_session_and_leaves_a_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();

        var answer = await plum.Get<SignInService>().PasswordAsync(" ANA.Agent@plum.example ", PlumDatabase.Password, Here, default);

        var who = Assert.IsType<SignInAnswer.Opened>(answer).Who;
        Assert.Equal((ana.Id, "Ana Agent", Role.Agent), (who.UserId, who.Name, Assert.Single(who.Roles)));
        await using var db = plum.Peek();
        var session = await db.UserSessions.SingleAsync();
        Assert.Equal(
            (who.SessionId, ana.Id, SignInWay.Password, "2001:db8::1", plum.Now),
            (session.Id, session.UserId, session.Way, session.Address, session.StartedAtUtc)
        );
        Assert.Equal([(ana.Id.ToString(), "Signed in", "Ana Agent")], await LinesAsync(plum));
        Assert.Equal(plum.Now, (await db.Users.SingleAsync()).LastSignInAtUtc);
    }

    [Theory]
    [EachDatabase]
    public async Task Unknown_wrong_locked_disabled_and_not_yet_accepted_are_answered_alike(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var signIn = plum.Get<SignInService>();
        var locked = await plum.HasAccountAsync("Lou Locked");
        var disabled = await plum.HasAccountAsync("Dee Disabled");
        var invited = await plum.HasAccountAsync("Ivy Invited", password: null);
        var demonstration = await plum.HasAccountAsync("Dan Demo");
        await using (var db = plum.Peek())
        {
            (await db.Users.SingleAsync(u => u.Id == disabled.Id)).DisabledAtUtc = plum.Now;
            (await db.Users.SingleAsync(u => u.Id == demonstration.Id)).IsDemonstration = true;
            await db.SaveChangesAsync();
        }

        for (var i = 0; i < SignInRules.Attempts; i++)
        {
            await signIn.PasswordAsync(locked.Email, "wrong wrong wrong", Here, default);
        }

        var answers = new List<SignInAnswer>
        {
            await signIn.PasswordAsync("nobody@plum.example", PlumDatabase.Password, Here, default),
            await signIn.PasswordAsync(null, null, Here, default),
            await signIn.PasswordAsync((await plum.HasAccountAsync()).Email, "wrong wrong wrong", Here, default),
            await signIn.PasswordAsync(locked.Email, PlumDatabase.Password, Here, default),
            await signIn.PasswordAsync(disabled.Email, PlumDatabase.Password, Here, default),
            await signIn.PasswordAsync(invited.Email, "", Here, default),
            await signIn.PasswordAsync(demonstration.Email, PlumDatabase.Password, Here, default),
            await signIn.PasswordAsync(invited.Email, new string('x', 100_000), Here, default),
        };

        Assert.All(answers, a => Assert.Equal(new SignInAnswer.Refused(AccessRefusals.WrongSignIn), a));
        await using var after = plum.Peek();
        Assert.Empty(await after.UserSessions.ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Five_wrong_passwords_lock_for_fifteen_minutes_and_the_sixth_right_one_opens_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var signIn = plum.Get<SignInService>();
        for (var i = 0; i < 5; i++)
        {
            await signIn.PasswordAsync(ana.Email, "wrong wrong wrong", Here, default);
        }

        plum.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.IsType<SignInAnswer.Refused>(await signIn.PasswordAsync(ana.Email, PlumDatabase.Password, Here, default));
        plum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SignInAnswer.Opened>(await signIn.PasswordAsync(ana.Email, PlumDatabase.Password, Here, default));

        Assert.Equal(
            [
                "Sign-in failed",
                "Sign-in failed",
                "Sign-in failed",
                "Sign-in failed",
                "Sign-in failed",
                "Locked after failed sign-ins",
                "Signed in",
            ],
            (await LinesAsync(plum)).Select(l => l.What)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Signing_in_forgets_the_failures_before_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var signIn = plum.Get<SignInService>();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                await signIn.PasswordAsync(ana.Email, "wrong wrong wrong", Here, default);
            }

            Assert.IsType<SignInAnswer.Opened>(await signIn.PasswordAsync(ana.Email, PlumDatabase.Password, Here, default));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Guesses_all_at_once_get_no_more_tries_than_guesses_one_by_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var signIn = plum.Get<SignInService>();

        await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => signIn.PasswordAsync(ana.Email, "wrong wrong wrong", Here, default)))
        );

        await using var db = plum.Peek();
        Assert.Equal(SignInRules.Attempts, (await db.Users.SingleAsync()).AccessFailedCount);
        Assert.Equal(SignInRules.Attempts, await db.AuditEntries.CountAsync(a => a.What == "Sign-in failed")); // so many were judged
    }

    [Theory]
    [EachDatabase]
    public async Task With_an_app_the_password_alone_opens_nothing_and_the_code_does(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (secret, _) = await plum.HasSecondFactorAsync(ana);
        var signIn = plum.Get<SignInService>();

        var first = await signIn.PasswordAsync(ana.Email, PlumDatabase.Password, Here, default);
        var wrong = await signIn.CodeAsync(ana.Id, "000000", Here, default);
        var right = await signIn.CodeAsync(ana.Id, SecondFactor.CodeAt(secret, plum.Now), Here, default);
        var again = await signIn.CodeAsync(ana.Id, SecondFactor.CodeAt(secret, plum.Now), Here, default);

        Assert.Equal(new SignInAnswer.CodeWanted(ana.Id), first);
        Assert.Equal(new SignInAnswer.Refused(AccessRefusals.WrongCode), wrong);
        Assert.IsType<SignInAnswer.Opened>(right);
        Assert.Equal(new SignInAnswer.Refused(AccessRefusals.WrongCode), again); // seen over a shoulder, it opens nothing more
    }

    [Theory]
    [EachDatabase]
    public async Task The_same_code_twice_at_once_opens_one_session(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (secret, _) = await plum.HasSecondFactorAsync(ana);
        var signIn = plum.Get<SignInService>();
        var code = SecondFactor.CodeAt(secret, plum.Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => signIn.CodeAsync(ana.Id, code, Here, default))));

        Assert.Single(answers.OfType<SignInAnswer.Opened>());
    }

    [Theory]
    [EachDatabase]
    public async Task Codes_cannot_be_tried_for_ever_by_whoever_has_the_password(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (secret, _) = await plum.HasSecondFactorAsync(ana);
        var signIn = plum.Get<SignInService>();
        for (var i = 0; i < SignInRules.Attempts; i++)
        {
            await signIn.PasswordAsync(ana.Email, PlumDatabase.Password, Here, default); // right, and must not wipe the count
            await signIn.CodeAsync(ana.Id, "000000", Here, default);
        }

        var code = SecondFactor.CodeAt(secret, plum.Now);
        Assert.Equal(new SignInAnswer.Refused(AccessRefusals.WrongSignIn), await signIn.CodeAsync(ana.Id, code, Here, default));
    }

    [Theory]
    [EachDatabase]
    public async Task A_recovery_code_opens_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (_, codes) = await plum.HasSecondFactorAsync(ana);
        var signIn = plum.Get<SignInService>();

        var first = await signIn.RecoveryCodeAsync(ana.Id, codes[0], Here, default);
        var second = await signIn.RecoveryCodeAsync(ana.Id, codes[0], Here, default);
        var other = await signIn.RecoveryCodeAsync(ana.Id, codes[1], Here, default);

        Assert.IsType<SignInAnswer.Opened>(first);
        Assert.Equal(new SignInAnswer.Refused(AccessRefusals.WrongRecoveryCode), second);
        Assert.IsType<SignInAnswer.Opened>(other);
        Assert.Equal(8, (await plum.Get<AccountService>().GetAsync(PlumDatabase.As(ana), default))!.RecoveryCodesLeft);
    }

    [Theory]
    [EachDatabase]
    public async Task A_code_for_an_account_without_an_app_opens_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();

        Assert.IsType<SignInAnswer.Refused>(await plum.Get<SignInService>().CodeAsync(ana.Id, "123456", Here, default));
        Assert.IsType<SignInAnswer.Refused>(await plum.Get<SignInService>().RecoveryCodeAsync(ana.Id, "", Here, default));
    }

    [Theory]
    [EachDatabase]
    public async Task A_passkey_of_a_disabled_account_opens_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var signIn = plum.Get<SignInService>();
        Assert.IsType<SignInAnswer.Opened>(await signIn.PasskeyAsync(ana.Id, Here, default));
        await using (var db = plum.Peek())
        {
            (await db.Users.SingleAsync()).DisabledAtUtc = plum.Now;
            await db.SaveChangesAsync();
        }

        Assert.Equal(new SignInAnswer.Refused(AccessRefusals.WrongPasskey), await signIn.PasskeyAsync(ana.Id, Here, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Confirming_takes_the_password_and_counts_the_wrong_ones(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var session = (await plum.SignInAsync(ana)).SessionId;
        var (signIn, sessions, by) = (plum.Get<SignInService>(), plum.Get<SessionService>(), PlumDatabase.As(ana));
        plum.Clock.Advance(SignInRules.ConfirmationLasts);
        Assert.False(await sessions.IsConfirmedAsync(session, by, default));

        Assert.Equal(
            new Outcome.Refused(AccessRefusals.WrongPassword),
            await signIn.ConfirmAsync(session, "wrong wrong wrong", by, default)
        );
        Assert.IsType<Outcome.Done>(await signIn.ConfirmAsync(session, PlumDatabase.Password, by, default));
        Assert.True(await sessions.IsConfirmedAsync(session, by, default));

        var bo = await plum.HasAccountAsync("Bo Other");
        Assert.IsType<Outcome.Refused>(await signIn.ConfirmAsync(session, PlumDatabase.Password, PlumDatabase.As(bo), default)); // not theirs
        Assert.False(await sessions.IsConfirmedAsync(session, PlumDatabase.As(bo), default));
    }

    private static async Task<List<(string Subject, string What, string Who)>> LinesAsync(PlumDatabase plum)
    {
        await using var db = plum.Peek();
        return
        [
            .. (await db.AuditEntries.Where(a => a.Room == "Access").OrderBy(a => a.Id).ToListAsync()).Select(a =>
                (a.Subject, a.What, a.Who)
            ),
        ];
    }
}
