using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Data.Connectors;
using Plum.Data.Corrections;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Connectors;
using Plum.Domain.Corrections;
using Plum.Domain.Jobs;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Corrections;

/// <summary>What comes after the approval: word from suppliers, what is given up half done, other fees than were approved, and others at the same ticket.</summary>
public class CorrectionAftermathTests
{
    private static readonly Actor Job = JobActors.Execution;

    [Theory]
    [EachDatabase]
    public async Task A_suppliers_word_has_a_lost_answer_looked_up_at_once(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var hints = world.Plum.Get<SupplierHintService>();
        await world.ApproveAsync(await world.AskAsync(world.Reissue()));
        world.Supplier.Next.Enqueue(null); // the answer of the cancellation is lost
        await world.RunAsync();
        Assert.Equal(["cancel SUP-10001"], world.Supplier.Calls);

        Assert.True(await hints.KeepAsync("Sandbox", new SupplierNotice("other", null, "SUP-77", "cancelled"), default));
        Assert.Equal(1, await world.Plum.Get<RequestHints>().HeedAsync(Job, default));
        await world.RunAsync();
        Assert.Equal(["cancel SUP-10001"], world.Supplier.Calls); // another's word
        Assert.True(await hints.KeepAsync("Sandbox", new SupplierNotice("ours", null, "SUP-10001", "alive and well"), default));
        Assert.Equal(1, await world.Plum.Get<RequestHints>().HeedAsync(Job, default));
        await world.RunAsync();

        Assert.Equal(["cancel SUP-10001", "get SUP-10001", "place REQ-1001/place"], world.Supplier.Calls); // asked, not believed
        Assert.Equal(RequestState.Executed, (await world.RequestAsync(1001)).State);
        Assert.Empty(await hints.WaitingAsync(10, default));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_suppliers_word_about_our_own_reference_is_heeded_once_the_call_under_way_has_ended(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var hints = world.Plum.Get<SupplierHintService>();
        await world.ApproveAsync(await world.AskAsync(world.Reissue()));
        world.Supplier.Next.Enqueue(null);
        await world.RunAsync();
        world.Plum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await world.Plum.Get<RequestRunner>().ClaimAsync(default)); // by a node that is at it, or has died
        await hints.KeepAsync("Sandbox", new SupplierNotice("ours", "REQ-1001/cancel", null, null), default);

        Assert.Equal(0, await world.Plum.Get<RequestHints>().HeedAsync(Job, default));
        Assert.Single(await hints.WaitingAsync(10, default));
        world.Plum.Clock.Advance(ApprovalRequest.ClaimLifetime);
        await world.RunAsync();

        Assert.Equal(1, await world.Plum.Get<RequestHints>().HeedAsync(Job, default));
        Assert.Equal(RequestState.Executed, (await world.RequestAsync(1001)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_given_up_after_the_voucher_was_cancelled_leaves_the_order_cancelled_and_says_so(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        await world.ApproveAsync(await world.AskAsync(world.Reissue()));
        world.Supplier.SellsNothing = new SupplierFault("10024", SupplierFaultClass.Stock, "Sold out");
        await world.RunAsync();
        var failed = await world.RequestAsync(1001);
        Assert.Equal(
            (RequestState.Failed, OrderStatus.Issued, "SUP-10001"),
            (failed.State, (await world.OrderNowAsync()).Status, Assert.Single(world.Supplier.Cancelled))
        );

        Assert.IsType<Outcome.Done>(
            await world.Approvals.AbandonAsync(new AbandonRequest(1001, failed.Version, "They have no more"), world.Maker, default)
        );

        const string remains = "GFT-10001 is cancelled all the same: the supplier had done so. What was paid for it can be refunded.";
        Assert.Equal(OrderStatus.Cancelled, (await world.OrderNowAsync()).Status);
        await using var db = world.Plum.Peek();
        Assert.Equal(
            $"They have no more {remains}",
            await db.RequestEvents.Where(e => e.Kind == RequestEventKind.Abandoned).Select(e => e.Note).SingleAsync()
        );
        Assert.Contains(
            await db.TicketEvents.Where(e => e.Kind == TicketEventKind.CorrectionChanged).Select(e => e.Note!).ToListAsync(),
            note => note.EndsWith(remains, StringComparison.Ordinal)
        );
        Assert.Equal(
            "Cancelled by the supplier for REQ-1001, which was given up",
            await db.OrderEvents.OrderByDescending(e => e.Id).Select(e => e.What).FirstAsync()
        );
        var refund = await world.AskAsync(world.Refund(2500));
        await world.ApproveAsync(refund);
        await world.RunAsync();
        Assert.Equal(RequestState.Executed, (await world.RequestAsync(refund.Id)).State);
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_given_up_before_the_supplier_did_anything_leaves_the_order_as_it_was(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        await world.ApproveAsync(await world.AskAsync(world.Reissue()));
        world.Supplier.Next.Enqueue(new SupplierFault("10018", SupplierFaultClass.FixRequest, "Not today"));
        await world.RunAsync();
        var failed = await world.RequestAsync(1001);

        Assert.IsType<Outcome.Done>(
            await world.Approvals.AbandonAsync(new AbandonRequest(1001, failed.Version, "Not today"), world.Maker, default)
        );

        Assert.Equal(OrderStatus.Issued, (await world.OrderNowAsync()).Status);
        await using var db = world.Plum.Peek();
        Assert.Equal(
            "Not today",
            await db.RequestEvents.Where(e => e.Kind == RequestEventKind.Abandoned).Select(e => e.Note).SingleAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_ticket_waits_on_the_supplier_only_where_the_supplier_has_a_part(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);

        await world.ApproveAsync(await world.AskAsync(world.Goodwill(700)));
        Assert.Equal(WaitingOn.Nobody, (await world.Plum.ReloadAsync(world.Ticket)).WaitingOn);
        await world.RunAsync();
        await world.AskAsync(world.Refund(900)); // a part, within the maker's own limit
        Assert.Equal(WaitingOn.Nobody, (await world.Plum.ReloadAsync(world.Ticket)).WaitingOn);
        await world.RunAsync();
        await world.Plum.HasReopenedAsync(world.Ticket, world.Lead);
        await world.ApproveAsync(await world.AskAsync(world.Refund(1600))); // the rest: the voucher is cancelled first
        Assert.Equal(WaitingOn.Supplier, (await world.Plum.ReloadAsync(world.Ticket)).WaitingOn);
    }

    [Theory]
    [EachDatabase]
    public async Task Another_fee_than_was_approved_is_told_and_what_goes_back_is_as_approved(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        world.Supplier.Terms = new CancellationTerms(null, null, null, new Money(100, "GBP"));
        world.Supplier.Kept = new Money(250, "GBP");
        await world.ApproveAsync(await world.AskAsync(world.Cancellation()));

        await world.RunAsync();

        const string told =
            "GIFTCO kept GBP 2.50, where GBP 1.00 was approved. What goes back is as approved: settle the difference with them.";
        await using var db = world.Plum.Peek();
        Assert.Equal(2400, (await db.OrderPayments.SingleAsync()).Refunded);
        Assert.Equal(told, await db.RequestEvents.Where(e => e.Kind == RequestEventKind.FeeDiffered).Select(e => e.Note).SingleAsync());
        Assert.Contains(
            await db.TicketEvents.Where(e => e.Kind == TicketEventKind.CorrectionChanged).Select(e => e.Note!).ToListAsync(),
            note => note.EndsWith(told, StringComparison.Ordinal)
        );
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_fee_as_approved_is_no_news(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        world.Supplier.Terms = new CancellationTerms(null, null, null, new Money(100, "GBP"));
        world.Supplier.Kept = new Money(100, "GBP");
        await world.ApproveAsync(await world.AskAsync(world.Cancellation()));

        await world.RunAsync();

        await using var db = world.Plum.Peek();
        Assert.False(await db.RequestEvents.AnyAsync(e => e.Kind == RequestEventKind.FeeDiffered));
    }

    [Theory]
    [EachDatabase]
    public async Task A_decision_stands_when_the_ticket_is_edited_in_the_same_instant(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(700));
        var between = new Between(world.Plum, world.Ticket.Id, edits: 2);
        var approvals = new ApprovalService(between, world.Plum.Get<SecondFactor>(), [], world.Plum.Clock);

        var outcome = await approvals.ApproveAsync(
            new ApproveRequest(request.Id, request.Version, request.Fingerprint),
            world.Checker,
            default
        );

        Assert.IsType<Outcome.Done>(outcome);
        Assert.Equal(0, between.Left); // both edits fell between the decision's reading and its writing
        await using var db = world.Plum.Peek();
        Assert.Equal(1, await db.RequestEvents.CountAsync(e => e.Kind == RequestEventKind.Approved));
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.Subject == "REQ-1001" && a.What == "Approved"));
    }

    [Theory]
    [EachDatabase]
    public async Task A_ticket_that_is_edited_all_the_time_lets_the_decision_go_in_the_end(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(700));
        var approvals = new ApprovalService(
            new Between(world.Plum, world.Ticket.Id, edits: 1000),
            world.Plum.Get<SecondFactor>(),
            [],
            world.Plum.Clock
        );

        Assert.IsType<Outcome.Stale>(
            await approvals.ApproveAsync(new ApproveRequest(request.Id, request.Version, request.Fingerprint), world.Checker, default)
        );
        Assert.Equal(RequestState.Pending, (await world.RequestAsync(request.Id)).State);
    }

    /// <summary>
    /// Somebody who edits the ticket between the reading and the writing of whoever else has it. On SQL Server by a connection of their own; SQLite
    /// lets nobody in between, so there the edit is put into the writer's own transaction, and goes with it when that is taken back.
    /// </summary>
    private sealed class Between(PlumDatabase plum, long ticketId, int edits) : IDbContextFactory<PlumDbContext>
    {
        public int Left { get; private set; } = edits;

        public PlumDbContext CreateDbContext()
        {
            var db = plum.CreateDbContext();
            db.SavingChanges += (_, _) =>
            {
                if (Left == 0 || !db.ChangeTracker.Entries<Ticket>().Any(t => t.State == EntityState.Modified))
                {
                    return;
                }

                Left--;
                if (db.Database.IsSqlite())
                {
                    db.Database.ExecuteSql($"UPDATE Tickets SET Version = Version + 1 WHERE Id = {ticketId}");
                }
                else
                {
                    using var other = plum.Peek();
                    other.Database.ExecuteSql($"UPDATE Tickets SET Version = Version + 1 WHERE Id = {ticketId}");
                }
            };
            return db;
        }
    }
}
