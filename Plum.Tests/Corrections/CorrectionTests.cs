using Microsoft.EntityFrameworkCore;
using Plum.Data.Corrections;
using Plum.Data.Orders;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Connectors;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Corrections;

public class CorrectionTests
{
    private static string Code(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    [Theory]
    [EachDatabase]
    public async Task A_refund_within_the_makers_limit_goes_back_along_the_way_it_was_paid_at_once(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);

        var preview = await world.Corrections.DryRunAsync(world.Refund(1000), world.Maker, default);
        Assert.Equal((null, 0, "Refund GBP 10.00 to Jane Okafor for GFT-10001"), (preview.CannotBe, preview.Checkers, preview.Title));
        var request = await world.AskAsync(world.Refund(1000));
        Assert.Equal((RequestState.Approved, 0), (request.State, request.StepsNeeded));
        Assert.Equal(Dispositions.RefundPending, await world.DispositionAsync());
        await world.RunAsync();

        Assert.Equal(RequestState.Executed, (await world.RequestAsync(request.Id)).State);
        Assert.Equal(Dispositions.RefundProcessed, await world.DispositionAsync());
        Assert.Empty(world.Supplier.Calls); // a part goes back: the voucher stays as it is
        Assert.Equal((1000, 0), await world.HoldsAsync(AccountKey.Budget(world.Order.ProgrammeId, "GBP")));
        Assert.Equal((-1000, 0), await world.HoldsAsync(AccountKey.Supplier(world.Order.SupplierId, "GBP")));
        await using var db = world.Plum.Peek();
        Assert.Equal(1000, (await db.OrderPayments.SingleAsync()).Refunded);
        Assert.Equal(
            ["Asked for", "Taken for execution", "Executed"],
            await db.AuditEntries.Where(a => a.Subject == "REQ-1001").OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_split_tender_is_refunded_part_by_part_each_to_its_own_source(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        await using (var db = world.Plum.Peek())
        {
            await db.OrderPayments.ExecuteDeleteAsync();
            db.Add(OrderPayment.Capture(world.Order.Id, 1, Tender.Card, new Money(1500, "GBP")));
            db.Add(OrderPayment.Capture(world.Order.Id, 2, Tender.ProgrammeBudget, new Money(1000, "GBP")));
            await db.SaveChangesAsync();
        }

        var request = await world.AskAsync(world.Refund(2500));
        await world.ApproveAsync(request);
        await world.RunAsync();

        Assert.Equal(["cancel SUP-10001"], world.Supplier.Calls); // all of it goes back: the voucher is cancelled first
        Assert.Equal((1500, 0), await world.HoldsAsync(AccountKey.CardRefunds("GBP")));
        Assert.Equal((1000, 0), await world.HoldsAsync(AccountKey.Budget(world.Order.ProgrammeId, "GBP")));
        Assert.Equal(OrderStatus.Refunded, (await world.OrderNowAsync()).Status);
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task Refunds_never_add_up_to_more_than_was_captured(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        await world.AskAsync(world.Refund(1000));
        Assert.Equal("request.open-already", Code(await world.Corrections.AskAsync(world.Refund(1), world.Maker, default)));
        await world.RunAsync();
        await world.Plum.HasReopenedAsync(world.Ticket, world.Lead);

        Assert.Equal("correction.more-than-left", Code(await world.Corrections.AskAsync(world.Refund(1501), world.Maker, default)));
        var rest = await world.AskAsync(world.Refund(1500));
        await world.ApproveAsync(rest);
        await world.RunAsync();

        await world.Plum.HasReopenedAsync(world.Ticket, world.Lead);
        Assert.Equal("correction.refunded", Code(await world.Corrections.AskAsync(world.Refund(1), world.Maker, default)));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task Goodwill_always_waits_for_a_checker_and_its_money_for_nobody_else(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider, fund: 1000);

        var request = await world.AskAsync(world.Goodwill(700));
        Assert.Equal((RequestState.Pending, 1), (request.State, request.StepsNeeded));
        Assert.Equal(WaitingOn.Checker, (await world.Plum.ReloadAsync(world.Ticket)).WaitingOn);
        Assert.Equal((1000, 700), await world.HoldsAsync(AccountKey.Goodwill(null, "GBP")));
        var other = await world.Plum.HasTicketOfRecipientAsync(world.Recipient);
        Assert.Equal(
            "ledger.insufficient",
            Code(await world.Corrections.AskAsync(world.Goodwill(301) with { TicketId = other.Id }, world.Maker, default))
        );

        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request));
        await world.RunAsync();

        Assert.Equal((300, 0), await world.HoldsAsync(AccountKey.Goodwill(null, "GBP")));
        Assert.Equal((700, 0), await world.HoldsAsync(AccountKey.Wallet(world.Recipient.Id, null, "GBP")));
        Assert.Equal(WaitingOn.Nobody, (await world.Plum.ReloadAsync(world.Ticket)).WaitingOn);
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_rejected_request_frees_its_money_and_can_be_made_again_as_another(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider, fund: 1000);
        var request = await world.AskAsync(world.Goodwill(1000));

        Assert.IsType<Outcome.Done>(await world.RejectAsync(request));
        Assert.Equal((1000, 0), await world.HoldsAsync(AccountKey.Goodwill(null, "GBP")));
        var again = await world.AskAsync(world.Goodwill(900) with { ReplacesId = request.Id });

        Assert.Equal((request.Id, RequestState.Pending), (again.ReplacesId!.Value, again.State));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_reissue_cancels_the_old_voucher_first_and_puts_a_new_order_in_its_place(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Reissue());
        await world.ApproveAsync(request);

        await world.RunAsync();

        Assert.Equal(["cancel SUP-10001", $"place REQ-{request.Id}/place"], world.Supplier.Calls);
        var old = await world.OrderNowAsync();
        Assert.Equal((OrderStatus.Cancelled, 10_002L), (old.Status, old.ReissuedAsId!.Value));
        await using var db = world.Plum.Peek();
        var fresh = await db.Orders.SingleAsync(o => o.Id == old.ReissuedAsId);
        Assert.Equal((OrderStatus.Issued, "4242", world.Order.Value), (fresh.Status, fresh.VoucherLast4, fresh.Value));
        var secret = world.Plum.Get<VoucherVault>().Open(fresh.Id, fresh.VoucherSealed!);
        Assert.Equal($"NEW-REQ-{request.Id}/place-4242", secret!.Code);
        Assert.DoesNotContain("NEW-REQ", fresh.VoucherSealed, StringComparison.Ordinal);
        Assert.Equal(2500, (await db.OrderPayments.SingleAsync(p => p.OrderId == fresh.Id)).Captured);
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_cancellation_follows_the_suppliers_terms_and_goes_along_the_chain(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        world.Supplier.Terms = new CancellationTerms(null, null, new Money(2300, "GBP"), new Money(200, "GBP"));

        var preview = await world.Corrections.DryRunAsync(world.Cancellation(), world.Maker, default);
        Assert.Equal((null, new Money(200, "GBP"), 1), (preview.CannotBe, preview.Fee!.Value, preview.Checkers));
        var request = await world.AskAsync(world.Cancellation());
        Assert.Equal(Dispositions.CancellationRequested, await world.DispositionAsync());
        await world.ApproveAsync(request);
        await world.RunAsync();

        Assert.Equal(
            (OrderStatus.Cancelled, Dispositions.RefundProcessed),
            ((await world.OrderNowAsync()).Status, await world.DispositionAsync())
        );
        Assert.Equal((2300, 0), await world.HoldsAsync(AccountKey.Budget(world.Order.ProgrammeId, "GBP")));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task What_the_supplier_does_not_cancel_is_refused_when_it_is_asked_for(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        world.Supplier.Terms = new CancellationTerms("Cancellable until 18:00 yesterday.", null, null, null);

        Assert.Equal("correction.supplier-refuses", Code(await world.Corrections.AskAsync(world.Cancellation(), world.Maker, default)));
        Assert.Equal(Dispositions.VoucherNotReceived, await world.DispositionAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task An_answer_that_was_lost_is_looked_up_and_never_repeated_blindly(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Reissue());
        await world.ApproveAsync(request);
        world.Supplier.Next.Enqueue(null); // the cancellation is done, and its answer lost

        await world.RunAsync();
        Assert.Equal(RequestState.Unknown, (await world.RequestAsync(request.Id)).State);
        Assert.Equal(["cancel SUP-10001"], world.Supplier.Calls);
        world.Supplier.Calls.Clear();
        world.Plum.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RunAsync();

        Assert.Equal(["get SUP-10001", $"place REQ-{request.Id}/place"], world.Supplier.Calls);
        Assert.Equal(RequestState.Executed, (await world.RequestAsync(request.Id)).State);
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task What_the_supplier_refuses_comes_back_to_a_person_with_its_words(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Reissue());
        await world.ApproveAsync(request);
        world.Supplier.Next.Enqueue(new SupplierFault("10018", SupplierFaultClass.FixRequest, "Denomination not sold"));

        await world.RunAsync();
        var failed = await world.RequestAsync(request.Id);
        Assert.Equal((RequestState.Failed, "GIFTCO: Denomination not sold (10018)"), (failed.State, failed.Outcome));
        Assert.Equal(Dispositions.VendorRejection, await world.DispositionAsync());
        Assert.IsType<Outcome.Done>(
            await world.Approvals.RetryAsync(
                new Data.Approvals.RetryRequest(request.Id, failed.Version, "They sell it again"),
                world.Maker,
                default
            )
        );
        await world.RunAsync();

        Assert.Equal(RequestState.Executed, (await world.RequestAsync(request.Id)).State);
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task What_was_approved_is_what_is_executed_or_nothing_is(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Reissue());
        await world.ApproveAsync(request);
        await using (var db = world.Plum.Peek())
        {
            await db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, OrderStatus.Redeemed));
        }

        await world.RunAsync();

        var failed = await world.RequestAsync(request.Id);
        Assert.Equal((RequestState.Failed, CorrectionRefusals.OrderChanged.Message), (failed.State, failed.Outcome));
        Assert.Empty(world.Supplier.Calls);
    }

    [Theory]
    [EachDatabase]
    public async Task A_request_that_was_changed_behind_the_portal_is_neither_decided_nor_executed(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var (pending, approved) = (await world.AskAsync(world.Goodwill(700)), await world.AskAsync(world.Refund(2000)));
        await world.ApproveAsync(approved);
        await using (var db = world.Plum.Peek())
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE ApprovalRequests SET Reason = 'another'");
        }

        Assert.Equal("request.tampered", Code(await world.ApproveAsync(pending)));
        await world.RunAsync();

        Assert.Equal((RequestState.Failed, RequestRefusals.Tampered.Message), await StateAsync(world, approved.Id));
        Assert.Equal((0, 0), await world.HoldsAsync(AccountKey.Budget(world.Order.ProgrammeId, "GBP")));
    }

    [Theory]
    [InlineData(OrderStatus.Placed, "correction.not-issued", null, null)]
    [InlineData(OrderStatus.Issued, null, null, null)]
    [InlineData(OrderStatus.Delivered, null, "correction.delivered", null)]
    [InlineData(OrderStatus.DeliveryFailed, null, null, null)]
    [InlineData(OrderStatus.Redeemed, "correction.redeemed", "correction.redeemed", "correction.redeemed")]
    [InlineData(OrderStatus.Cancelled, "correction.cancelled", "correction.cancelled", null)]
    [InlineData(OrderStatus.Refunded, "correction.refunded", "correction.refunded", "correction.refunded")]
    [InlineData(OrderStatus.Rejected, null, "correction.status", null)]
    [InlineData(OrderStatus.Expired, "correction.expired", "correction.expired", "correction.expired")]
    public async Task Each_is_offered_only_where_it_can_apply(OrderStatus status, string? reissue, string? cancel, string? refund)
    {
        await using var world = await CorrectionWorld.CreateAsync();
        await using (var db = world.Plum.Peek())
        {
            await db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, status));
        }

        var offers = await world.Plum.Get<CorrectionOffering>().OfAsync(world.Ticket.Id, world.Maker, default);

        Assert.Equal(
            (reissue, cancel, refund, null),
            (offers!.CannotReissue?.Code, offers.CannotCancel?.Code, offers.CannotRefund?.Code, offers.CannotCredit?.Code)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task What_cannot_be_is_refused_and_changes_nothing(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var nord = await world.Plum.HasClientAsync("NORD");
        var theirs = await world.Plum.HasOrderAsync(await world.Plum.HasRecipientAsync(nord, "Nils", "nils@nord.example"));
        var bound = await world.Plum.HasUserAsync("Bo Bound", Role.SeniorAgent, nord);

        foreach (
            var (ask, by, code) in new (AskCorrection, Actor, string)[]
            {
                (world.Refund(0), world.Maker, "correction.not-positive"),
                (world.Refund(-1), world.Maker, "correction.not-positive"),
                (world.Refund(long.MaxValue), world.Maker, "correction.more-than-left"),
                (world.Refund(1) with { Amount = new Money(1, "EUR") }, world.Maker, "correction.currency"),
                (world.Refund(1) with { Reason = " " }, world.Maker, "shared.missing"),
                (world.Refund(1) with { ReasonCode = (ReasonCode)99 }, world.Maker, "correction.reason-code"),
                (world.Refund(1) with { OrderId = theirs.Id }, world.Maker, "shared.not-found"),
                (world.Refund(1) with { OrderId = 999_999 }, world.Maker, "shared.not-found"),
                (world.Refund(1), bound, "shared.not-found"),
                (world.Refund(1), world.Checker, "shared.not-allowed"),
                (world.Goodwill(0), world.Maker, "correction.not-positive"),
                (world.Goodwill(50_001), world.Maker, "policy.per-day"),
                (world.Goodwill(1) with { FundId = Guid.NewGuid() }, world.Maker, "correction.fund"),
                (world.Reissue() with { RewardId = Guid.NewGuid() }, world.Maker, "shared.not-found"),
            }
        )
        {
            Assert.Equal((ask, code), (ask, Code(await world.Corrections.AskAsync(ask, by, default))));
            Assert.Equal((ask, code), (ask, (await world.Corrections.DryRunAsync(ask, by, default)).CannotBe?.Code));
        }

        await using var db = world.Plum.Peek();
        Assert.False(await db.ApprovalRequests.AnyAsync());
        Assert.Equal(Dispositions.VoucherNotReceived, await world.DispositionAsync());
        await world.BooksAreRightAsync();
    }

    private static async Task<(RequestState, string?)> StateAsync(CorrectionWorld world, long id)
    {
        var request = await world.RequestAsync(id);
        return (request.State, request.Outcome);
    }
}
