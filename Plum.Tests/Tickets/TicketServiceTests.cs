using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class TicketServiceTests
{
    [Theory]
    [EachDatabase]
    public async Task Opening_gives_the_next_reference_and_saves_event_and_audit_line_with_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);

        var first = await plum.HasTicketAsync();
        var second = await plum.HasTicketAsync();

        Assert.Equal((1001, 1002), (first.Id, second.Id));
        Assert.Equal((Dispositions.VoucherNotReceived, Stage.Intake, plum.Now), (first.Disposition, first.Stage, first.CreatedAtUtc));
        await using var db = plum.Peek();
        Assert.Equal(
            [
                (1001L, TicketEventKind.Opened, Dispositions.VoucherNotReceived),
                (1002L, TicketEventKind.Opened, Dispositions.VoucherNotReceived),
            ],
            (await db.TicketEvents.OrderBy(e => e.Id).ToListAsync()).Select(e => (e.TicketId, e.Kind, e.To!))
        );
        Assert.Equal(
            ["PLM-1001 Opened by Lea Lead", "PLM-1002 Opened by Lea Lead"],
            await db
                .AuditEntries.Where(a => a.Room == "Tickets")
                .OrderBy(a => a.Id)
                .Select(a => $"{a.Subject} {a.What} by {a.Who}")
                .ToListAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Moving_saves_the_ticket_its_event_and_its_audit_line_together(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromMinutes(5));

        var outcome = await plum.Get<TicketService>()
            .MoveAsync(new MoveTicket(ticket.Id, ticket.Version, Dispositions.Resolved, "Sent again"), PlumDatabase.Agent, default);

        Assert.Equal(new Outcome.Done("PLM-1001"), outcome);
        await using var db = plum.Peek();
        var saved = await db.Tickets.SingleAsync();
        var line = await db.TicketEvents.SingleAsync(e => e.Kind == TicketEventKind.Moved);
        var audit = await db.AuditEntries.SingleAsync(a => a.What == "Moved");
        Assert.Equal(
            (Dispositions.Resolved, Stage.Final, plum.Now, plum.Now),
            (saved.Disposition, saved.Stage, saved.ResolvedAtUtc, saved.FirstResolvedAtUtc)
        );
        Assert.Equal(
            (Dispositions.VoucherNotReceived, Dispositions.Resolved, "Sent again", plum.Now),
            (line.From, line.To, line.Note, line.AtUtc)
        );
        Assert.Equal(
            ("PLM-1001", "Ada Agent", """{"disposition":"VoucherNotReceived"}""", """{"disposition":"Resolved"}"""),
            (audit.Subject, audit.Who, audit.Before, audit.After)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_people_is_told_that_their_copy_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        var tickets = plum.Get<TicketService>();
        await tickets.MoveAsync(new MoveTicket(ticket.Id, ticket.Version, Dispositions.VendorRejection), PlumDatabase.Agent, default);

        var outcome = await tickets.MoveAsync(
            new MoveTicket(ticket.Id, ticket.Version, Dispositions.Resolved),
            PlumDatabase.Agent,
            default
        );

        Assert.IsType<Outcome.Stale>(outcome);
        await using var db = plum.Peek();
        Assert.Equal(Dispositions.VendorRejection, (await db.Tickets.SingleAsync()).Disposition);
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.What == "Moved")); // the stale attempt left no line
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_work_tickets_is_refused(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();

        var outcome = await plum.Get<TicketService>()
            .MoveAsync(new MoveTicket(ticket.Id, ticket.Version, Dispositions.Resolved), PlumDatabase.Reader, default);

        Assert.Equal(new Outcome.Refused(Refusals.NotAllowed(Act.WorkTickets)), outcome);
    }

    [Theory]
    [EachDatabase]
    public async Task Another_clients_ticket_does_not_exist(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync("ACME");
        var nord = await plum.HasClientAsync("NORD");
        var theirs = await plum.HasTicketAsync(nord);
        var bound = PlumDatabase.Bound(acme, Role.Agent);

        var moved = await plum.Get<TicketService>()
            .MoveAsync(new MoveTicket(theirs.Id, theirs.Version, Dispositions.Resolved), bound, default);
        var opened = await plum.Get<TicketService>()
            .OpenAsync(new OpenTicket(nord.Id, theirs.CategoryId, "For another", IntakeChannel.Phone), bound, default);

        Assert.Equal(new Outcome.Refused(Refusals.NotFound), moved);
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), opened);
    }
}
