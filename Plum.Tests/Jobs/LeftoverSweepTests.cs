using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Jobs;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Jobs;

public class LeftoverSweepTests
{
    private static readonly Actor _job = Actor.Job("jobs.leftover-sweep");

    [Theory]
    [EachDatabase]
    public async Task What_is_old_goes_and_what_is_still_of_use_stays(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketOfRecipientAsync();
        var agent = (await plum.HasAccountAsync()).Id;
        await GlanceAsync(plum, ticket.Id);
        await BeginSessionsAsync(plum, agent);
        var (old, sent) = (await UploadAsync(plum, ticket.Id), await UploadAsync(plum, ticket.Id));
        await plum.Get<TicketConversation>()
            .ReplyAsync(
                new ReplyToTicket(ticket.Id, ticket.Version, Guid.NewGuid(), "With a file.") { Files = [sent] },
                PlumDatabase.Agent,
                default
            );
        plum.Clock.Advance(LeftoverSweep.SessionsKept + SignInRules.SessionLasts + TimeSpan.FromMinutes(1));
        await GlanceAsync(plum, ticket.Id);
        await BeginSessionsAsync(plum, agent);
        var fresh = await UploadAsync(plum, ticket.Id);

        var swept = await plum.Get<LeftoverSweep>().SweepAsync(_job, default);

        Assert.Equal(new Swept(Sessions: 2, Glances: 1, UnsentFiles: 1), swept);
        await using var db = plum.Peek();
        Assert.Equal(2, await db.UserSessions.CountAsync());
        Assert.Single(await db.TicketPresences.ToListAsync());
        Assert.Equal([.. new[] { sent, fresh }.Order()], (await db.TicketAttachments.Select(f => f.Id).ToListAsync()).Order());
        Assert.Equal(old.ToString(), (await db.AuditEntries.SingleAsync(a => a.What == "Cleared a file that was never sent")).Subject);
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(plum.Options.DataFolder, "files"), "*", SearchOption.AllDirectories).Count());
        Assert.Equal(new Swept(0, 0, 0), await plum.Get<LeftoverSweep>().SweepAsync(_job, default));
    }

    private static Task GlanceAsync(PlumDatabase plum, long ticket) =>
        plum.Get<PresenceService>().BeatAsync(new PresenceBeat(Guid.NewGuid(), ticket, IsTyping: false), PlumDatabase.Agent, default);

    /// <summary>One that ended by signing out, one that nobody ended.</summary>
    private static async Task BeginSessionsAsync(PlumDatabase plum, Guid user)
    {
        await using var db = plum.CreateDbContext();
        var over = UserSession.Start(user, SignInWay.Password, null, null, plum.Now);
        over.End(plum.Now);
        db.AddRange(over, UserSession.Start(user, SignInWay.Password, null, null, plum.Now));
        await db.SaveChangesAsync();
    }

    private static async Task<Guid> UploadAsync(PlumDatabase plum, long ticket)
    {
        var content = new MemoryStream(Encoding.UTF8.GetBytes("What the shop said."));
        var outcome = await plum.Get<AttachmentService>().UploadAsync(ticket, "shop.txt", content, PlumDatabase.Agent, default);
        return Guid.Parse(Assert.IsType<Outcome.Done>(outcome).Key!);
    }
}
