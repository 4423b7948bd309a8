using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Access;

public class SessionServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task A_session_stands_while_something_is_done_in_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var session = (await plum.SignInAsync(ana)).SessionId;
        var sessions = plum.Get<SessionService>();

        plum.Clock.Advance(TimeSpan.FromHours(1.5));
        Assert.True(await sessions.StandsAsync(session, ana.Id, seen: true, default));
        plum.Clock.Advance(TimeSpan.FromHours(1.5));
        Assert.True(await sessions.StandsAsync(session, ana.Id, seen: false, default)); // an open page alone does not count
        plum.Clock.Advance(TimeSpan.FromHours(0.5));
        Assert.False(await sessions.StandsAsync(session, ana.Id, seen: true, default));
    }

    [Theory]
    [EachDatabase]
    public async Task A_session_that_is_signed_out_opens_nothing_even_with_its_cookie(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var session = (await plum.SignInAsync(ana)).SessionId;
        var sessions = plum.Get<SessionService>();

        Assert.IsType<Outcome.Done>(await sessions.EndAsync(session, PlumDatabase.As(ana), default));
        Assert.IsType<Outcome.Done>(await sessions.EndAsync(session, PlumDatabase.As(ana), default)); // twice does no harm

        Assert.False(await sessions.StandsAsync(session, ana.Id, seen: true, default));
        await using var db = plum.Peek();
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.What == "Signed out"));
    }

    [Theory]
    [EachDatabase]
    public async Task Nobody_ends_or_uses_somebody_elses_session(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (ana, bo) = (await plum.HasAccountAsync(), await plum.HasAccountAsync("Bo Other"));
        var session = (await plum.SignInAsync(ana)).SessionId;
        var sessions = plum.Get<SessionService>();

        Assert.Equal(new Outcome.Refused(Refusals.NotFound), await sessions.EndAsync(session, PlumDatabase.As(bo), default));
        Assert.False(await sessions.StandsAsync(session, bo.Id, seen: true, default));
        Assert.True(await sessions.StandsAsync(session, ana.Id, seen: true, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Signing_out_everywhere_else_leaves_this_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasAccountAsync();
        var (old, here) = ((await plum.SignInAsync(ana)).SessionId, (await plum.SignInAsync(ana)).SessionId);
        var (sessions, by) = (plum.Get<SessionService>(), PlumDatabase.As(ana));

        Assert.IsType<Outcome.Done>(await sessions.EndOthersAsync(here, by, default));

        Assert.False(await sessions.StandsAsync(old, ana.Id, seen: false, default));
        Assert.Equal([(here, true)], (await sessions.ListAsync(here, by, default)).Select(s => (s.Id, s.IsThis)));
    }

    [Theory]
    [EachDatabase]
    public async Task Rights_are_those_of_this_moment_when_the_database_is_asked(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync();
        var ana = await plum.HasAccountAsync();
        var claims = PlumDatabase.As(ana, Role.OpsLead); // what an old cookie may still say
        var actors = plum.Get<ActorService>();

        var now = await actors.NowAsync(claims, default);
        Assert.Equal(RoleActs.Of([Role.Agent]).Order(), now.Acts.Order());

        await using (var db = plum.Peek())
        {
            (await db.Users.SingleAsync()).ClientId = acme.Id;
            await db.SaveChangesAsync();
        }

        Assert.Equal(acme.Id, (await actors.NowAsync(claims, default)).ClientId);

        await using (var db = plum.Peek())
        {
            (await db.Users.SingleAsync()).DisabledAtUtc = plum.Now;
            await db.SaveChangesAsync();
        }

        Assert.Empty((await actors.NowAsync(claims, default)).Acts);
        var job = Actor.Job("night");
        Assert.Equal(job, await actors.NowAsync(job, default));
    }
}
