using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class TicketQueueEditingTests
{
    [Theory]
    [EachDatabase]
    public async Task Each_ticket_is_changed_with_its_own_events_and_audit_lines_as_if_one_had_it_open(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (ticket, ana) = (await plum.HasTicketAsync(), await plum.HasUserAsync("Ana Agent"));
        plum.Clock.Advance(TimeSpan.FromMinutes(5));

        var outcome = await EditAsync(
            plum,
            PlumDatabase.Lead,
            ticket,
            [
                new TicketChange.Move(Dispositions.VendorRejection),
                new TicketChange.Wait(WaitingOn.Supplier),
                new TicketChange.Assign(ana.UserId),
                new TicketChange.Grade(Severity.P1),
            ],
            "The brand's outage"
        );

        Assert.Equal(new Outcome.Done("PLM-1001"), outcome);
        var saved = await plum.ReloadAsync(ticket);
        Assert.Equal(
            (Dispositions.VendorRejection, WaitingOn.Supplier, ana.UserId, Severity.P1, ticket.Version + 1),
            (saved.Disposition, saved.WaitingOn, saved.OwnerId, saved.Severity, saved.Version)
        );
        await using var db = plum.Peek();
        Assert.Equal(
            [
                (TicketEventKind.OwnerChanged, "The brand's outage", plum.Now),
                (TicketEventKind.SeverityChanged, "The brand's outage", plum.Now),
                (TicketEventKind.WaitingChanged, "The brand's outage", plum.Now),
                (TicketEventKind.Moved, "The brand's outage", plum.Now),
            ],
            (await db.TicketEvents.Where(e => e.Note != null).OrderBy(e => e.Id).ToListAsync()).Select(e => (e.Kind, e.Note!, e.AtUtc))
        );
        Assert.Equal(
            ["Assigned", "Severity changed", "Waiting changed", "Moved"],
            await db.AuditEntries.Where(a => a.Why == "The brand's outage").OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task One_refused_change_refuses_the_ticket_and_leaves_nothing_half_saved(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();

        var outcome = await EditAsync(
            plum,
            PlumDatabase.Lead,
            ticket,
            [new TicketChange.Grade(Severity.P1), new TicketChange.Move(Dispositions.RefundProcessed)]
        );

        Assert.Equal("ticket.refund-by-hand", Assert.IsType<Outcome.Refused>(outcome).Why.Code);
        var saved = await plum.ReloadAsync(ticket);
        Assert.Equal((ticket.Severity, ticket.Disposition, ticket.Version), (saved.Severity, saved.Disposition, saved.Version));
        await using var db = plum.Peek();
        Assert.Equal(["Opened"], await db.AuditEntries.Where(a => a.Room == "Tickets").Select(a => a.What).ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task What_a_ticket_has_already_is_passed_over_and_is_told_when_there_is_nothing_else(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync(severity: Severity.P2);

        var none = await EditAsync(plum, PlumDatabase.Lead, ticket, [new TicketChange.Grade(Severity.P2)]);
        var some = await EditAsync(
            plum,
            PlumDatabase.Lead,
            ticket,
            [new TicketChange.Grade(Severity.P2), new TicketChange.Wait(WaitingOn.Recipient)]
        );

        Assert.True(TicketQueueRefusals.IsSoAlready(Assert.IsType<Outcome.Refused>(none).Why));
        Assert.IsType<Outcome.Done>(some);
        await using var db = plum.Peek();
        Assert.Equal(
            ["Opened", "Waiting changed"],
            await db.AuditEntries.Where(a => a.Room == "Tickets").OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_ticket_that_somebody_changed_meanwhile_is_left_as_they_made_it(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        await plum.Get<TicketService>()
            .MoveAsync(new MoveTicket(ticket.Id, ticket.Version, Dispositions.VendorRejection), PlumDatabase.Agent, default);

        var outcome = await EditAsync(plum, PlumDatabase.Lead, ticket, [new TicketChange.Move(Dispositions.Resolved)]);

        Assert.IsType<Outcome.Stale>(outcome);
        Assert.Equal(Dispositions.VendorRejection, (await plum.ReloadAsync(ticket)).Disposition);
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_change_many_at_once_gets_neither_plan_nor_change(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();
        var refusal = Refusals.NotAllowed(Act.BulkEditTickets);

        var (refused, plan) = await PlanAsync(plum, PlumDatabase.Agent, All());

        Assert.Equal((refusal, null), (refused, plan));
        Assert.Equal(
            new Outcome.Refused(refusal),
            await EditAsync(plum, PlumDatabase.Agent, ticket, [new TicketChange.Grade(Severity.P1)])
        );
        Assert.Equal(ticket.Version, (await plum.ReloadAsync(ticket)).Version);
    }

    [Theory]
    [EachDatabase]
    public async Task All_that_match_are_those_that_the_queue_counts_less_the_ones_taken_out(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var world = await TicketQueueWorld.CreateAsync(plum);
        await world.HaveAsync([
            .. Enumerable
                .Range(0, 130)
                .Select(n => new TicketLooks(n % 3 == 0 ? world.Nord : world.Acme, Severity: n % 2 == 0 ? Severity.P1 : Severity.P4)),
        ]);
        var query = new TicketQueueQuery(StandardViews.Open, new Dictionary<string, string> { ["severity"] = "p1" });
        var queue = (await plum.Get<TicketQueueService>().PageAsync(query, world.Me, default))!;
        var first = queue.Rows[0];

        var (_, plan) = await PlanAsync(
            plum,
            world.Me,
            new TicketSelection(query, new Dictionary<long, int?> { [first.Id] = first.Version }, IsAll: true)
        );

        Assert.Equal(65, queue.Total);
        Assert.Equal(64, plan!.Targets.Count);
        Assert.DoesNotContain(first.Id, plan.Targets.Select(t => t.Id));
        await using var db = plum.Peek();
        Assert.Equal(
            await db.Tickets.Where(t => t.Severity == Severity.P1 && t.Id != first.Id).OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(),
            plan.Targets.Select(t => t.Id)
        );
        Assert.Equal(new[] { world.Acme.Id, world.Nord.Id }.Order(), plan.Clients.Order());
    }

    [Theory]
    [EachDatabase]
    public async Task A_ticked_row_goes_by_the_version_that_was_on_the_screen_and_others_by_the_plans(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (seen, unseen) = (await plum.HasTicketAsync(), await plum.HasTicketAsync());
        foreach (var ticket in new[] { seen, unseen })
        {
            await plum.Get<TicketService>()
                .ChangeAsync(new ChangeTicket(ticket.Id, ticket.Version, new TicketChange.Grade(Severity.P1)), PlumDatabase.Lead, default);
        }

        var (_, plan) = await PlanAsync(
            plum,
            PlumDatabase.Lead,
            new TicketSelection(
                new TicketQueueQuery(),
                new Dictionary<long, int?> { [seen.Id] = seen.Version, [unseen.Id] = null },
                IsAll: false
            )
        );

        Assert.Equal([new(seen.Id, seen.Version), new(unseen.Id, unseen.Version + 1)], plan!.Targets);
    }

    [Theory]
    [EachDatabase]
    public async Task The_plan_tells_how_many_may_be_moved_where_and_who_may_own_them_all(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var ana = await plum.HasUserAsync("Ana Agent");
        await plum.HasUserAsync("Abe of Acme", Role.Agent, acme);
        await plum.HasUserAsync("Rae Reader", Role.Checker);
        var (open, rejected, closed) = (await plum.HasTicketAsync(acme), await plum.HasTicketAsync(acme), await plum.HasTicketAsync(nord));
        await plum.Get<TicketService>().MoveAsync(new MoveTicket(rejected.Id, 0, Dispositions.VendorRejection), PlumDatabase.Lead, default);
        await plum.Get<TicketService>().MoveAsync(new MoveTicket(closed.Id, 0, Dispositions.Resolved), PlumDatabase.Lead, default);

        var (_, all) = await PlanAsync(plum, PlumDatabase.Lead, All());
        var (_, acmes) = await PlanAsync(plum, PlumDatabase.Lead, Some(open, rejected));

        Assert.Equal(
            [
                (Dispositions.FailedRedemption, 1),
                (Dispositions.VoucherNotReceived, 0),
                (Dispositions.CancellationRequested, 2),
                (Dispositions.RefundPending, 2),
                (Dispositions.RefundProcessed, 0),
                (Dispositions.VendorRejection, 1),
                (Dispositions.Resolved, 2),
            ],
            all!.Moves.Select(m => (m.Code, m.Allowed))
        );
        Assert.Equal(["Ana Agent"], all.Owners.Select(o => o.Name));
        Assert.Equal(["Abe of Acme", "Ana Agent"], acmes!.Owners.Select(o => o.Name));
        Assert.Equal(ana.UserId, all.Owners[0].Id);
    }

    [Theory]
    [EachDatabase]
    public async Task Somebody_elses_clients_tickets_are_neither_planned_nor_changed(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var (own, theirs) = (await plum.HasTicketAsync(acme), await plum.HasTicketAsync(nord));
        var ada = await plum.HasUserAsync("Ada of Acme", Role.SeniorAgent, acme);

        var (_, all) = await PlanAsync(plum, ada, All());
        var (_, both) = await PlanAsync(plum, ada, Some(own, theirs));
        var (none, _) = await PlanAsync(plum, ada, Some(theirs));
        var outcome = await EditAsync(plum, ada, theirs, [new TicketChange.Grade(Severity.P1)]);

        Assert.Equal([own.Id], all!.Targets.Select(t => t.Id));
        Assert.Equal([own.Id], both!.Targets.Select(t => t.Id));
        Assert.Equal(TicketQueueRefusals.NothingSelected, none);
        Assert.Equal(new Outcome.Refused(Refusals.NotFound), outcome);
        Assert.Equal(theirs.Version, (await plum.ReloadAsync(theirs)).Version);
    }

    private static Task<(Refusal? Refused, TicketEditPlan? Plan)> PlanAsync(PlumDatabase plum, Actor by, TicketSelection selection) =>
        plum.Get<TicketQueueEditing>().PlanAsync(selection, by, default);

    private static Task<Outcome> EditAsync(PlumDatabase plum, Actor by, Ticket seen, TicketChange[] changes, string? note = null) =>
        plum.Get<TicketQueueEditing>().EditAsync(new EditSelectedTicket(seen.Id, seen.Version, changes, note), by, default);

    private static TicketSelection All() => new(new TicketQueueQuery(StandardViews.All), new Dictionary<long, int?>(), IsAll: true);

    private static TicketSelection Some(params Ticket[] tickets) =>
        new(new TicketQueueQuery(StandardViews.All), tickets.ToDictionary(t => t.Id, _ => (int?)null), IsAll: false);
}
