using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Corrections;
using Plum.Data.Orders;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Corrections;

/// <summary>What must be true once everything due is done: of each request, of the ledger, the orders, the tickets and the audit, and of the supplier's books.</summary>
internal sealed class KilledBooks(CorrectionWorld world, SupplierBooks supplier, IReadOnlyList<(RequestEventKind Kind, long Id)> promised)
{
    private readonly VoucherVault _vault = new(new KilledDesk.OpenProtection());
    private List<ApprovalRequest> _requests = [];
    private ILookup<long, RequestEvent> _events = null!;
    private List<JournalEntry> _journal = [];
    private List<Order> _orders = [];
    private List<OrderPayment> _payments = [];

    public async Task AgreeAsync()
    {
        await using var db = world.Plum.Peek();
        _requests = await db.ApprovalRequests.AsNoTracking().OrderBy(r => r.Id).ToListAsync();
        _events = (await db.RequestEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync()).ToLookup(e => e.RequestId);
        _journal = await db.JournalEntries.AsNoTracking().Include(e => e.Postings).ToListAsync();
        _orders = await db.Orders.AsNoTracking().ToListAsync();
        _payments = await db.OrderPayments.AsNoTracking().ToListAsync();

        Assert.Empty(supplier.Wrong);
        EverythingPromisedIsThere();
        foreach (var request in _requests)
        {
            HasEndedOnce(request);
            HasMovedItsMoneyOnce(request);
        }

        TheSuppliersOrdersAreOurs();
        TheSuppliersCancellationsAreOurs();
        WhatWentBackIsWhatWasExecuted();
        await world.BooksAreRightAsync();
        await TheTicketsFollowAsync(db);
        await TheAuditTellsItAllAsync(db);
    }

    private void EverythingPromisedIsThere()
    {
        Assert.NotEmpty(promised);
        Assert.All(promised, p => Assert.Contains(_events[p.Id], e => e.Kind == p.Kind));
        Assert.Equal(
            promised.Count(p => p.Kind == RequestEventKind.Made),
            promised.Where(p => p.Kind == RequestEventKind.Made).Distinct().Count()
        );
    }

    private void HasEndedOnce(ApprovalRequest request)
    {
        var happened = _events[request.Id].Select(e => e.Kind).ToList();
        Assert.Single(happened, RequestEventKind.Made);
        Assert.True(
            RequestMoves.IsFinal(request.State) || request.State is RequestState.Pending or RequestState.Questioned or RequestState.Failed,
            $"REQ-{request.Id} is {request.State}, and nobody is at it."
        );
        var ends = happened.Where(k =>
            k is RequestEventKind.Executed or RequestEventKind.Rejected or RequestEventKind.Withdrawn or RequestEventKind.Abandoned
        );
        Assert.Equal(RequestMoves.IsFinal(request.State) ? [request.State.ToString()] : [], ends.Select(k => k.ToString()));
        Assert.Equal(request.StepsDone, happened.Count(k => k == RequestEventKind.Approved));
        Assert.True(request.State != RequestState.Executed || request.StepsDone == 1, $"REQ-{request.Id} was executed without a decision.");
    }

    private void HasMovedItsMoneyOnce(ApprovalRequest request)
    {
        var entries = _journal.Where(e => e.RequestId == request.Id).ToList();
        if (entries.Count == 0)
        {
            Assert.Equal(RequestKind.Reissue, request.Kind); // by the same supplier: it moves no money of Plum's
            return;
        }

        var hold = Assert.Single(entries, e => e.Phase == EntryPhase.Pending);
        var resolved = entries.Where(e => e.Id != hold.Id).ToList();
        Assert.All(resolved, e => Assert.Equal(hold.Id, e.ResolvesId));
        EntryPhase[] expected =
            request.State == RequestState.Executed ? [EntryPhase.Settled]
            : RequestMoves.CameToNothing(request.State) ? [EntryPhase.Voided]
            : [];
        Assert.Equal(expected, resolved.Select(e => e.Phase));
    }

    private void TheSuppliersOrdersAreOurs()
    {
        var reissued = _requests.Where(r => r.Kind == RequestKind.Reissue && r.State == RequestState.Executed).ToList();
        Assert.NotEmpty(reissued);
        Assert.Equal(
            reissued.Select(r => $"{RequestReference.Of(r.Id)}/place").Order(StringComparer.Ordinal),
            supplier.Placed.Keys.Order(StringComparer.Ordinal)
        );
        foreach (var request in reissued)
        {
            var key = $"{RequestReference.Of(request.Id)}/place";
            var fresh = Assert.Single(_orders, o => o.SupplierReference == SupplierBooks.ReferenceOf(key));
            Assert.Equal(supplier.Placed[key], _vault.Open(fresh.Id, fresh.VoucherSealed!)?.Code);
            Assert.Equal(fresh.Id, _orders.Single(o => o.Id == request.OrderId).ReissuedAsId);
        }

        Assert.Equal(reissued.Count, _orders.Count(o => o.ReissuedAsId != null));
    }

    private void TheSuppliersCancellationsAreOurs()
    {
        var asked = _requests.ToDictionary(r => $"{RequestReference.Of(r.Id)}/cancel", StringComparer.Ordinal);
        foreach (var (reference, key) in supplier.Cancelled)
        {
            var order = _orders.Single(o => o.SupplierReference == reference);
            Assert.True(
                !order.IsLive || asked[key].State == RequestState.Failed,
                $"GFT-{order.Id} is {order.Status}, but cancelled for REQ-{asked[key].Id}, which is {asked[key].State}."
            );
        }

        Assert.All(
            _orders.Where(o => o.Status is OrderStatus.Cancelled or OrderStatus.Refunded),
            o => Assert.Contains(o.SupplierReference!, supplier.Cancelled.Keys)
        );
    }

    private void WhatWentBackIsWhatWasExecuted()
    {
        var back = new Dictionary<long, long>();
        foreach (var request in _requests.Where(r => r.State == RequestState.Executed))
        {
            foreach (
                var part in CorrectionExecutor.Read(request) switch
                {
                    CorrectionPayload.Cancellation cancellation => cancellation.Parts,
                    CorrectionPayload.Refund refund => refund.Parts,
                    _ => [],
                }
            )
            {
                back[request.OrderId!.Value] = back.GetValueOrDefault(request.OrderId.Value) + part.MinorUnits;
            }
        }

        Assert.NotEmpty(back);
        Assert.All(_payments, p => Assert.Equal(back.GetValueOrDefault(p.OrderId), p.Refunded));
    }

    private async Task TheTicketsFollowAsync(PlumDbContext db)
    {
        var tickets = await db.Tickets.AsNoTracking().ToListAsync();
        var byTicket = _requests.ToLookup(r => r.TicketId);
        Assert.All(
            tickets,
            ticket =>
            {
                var refunded = byTicket[ticket.Id]
                    .Any(r => r.State == RequestState.Executed && r.Kind is RequestKind.Refund or RequestKind.Cancellation);
                Assert.Equal(refunded, ticket.Disposition == Dispositions.RefundProcessed);
                Assert.True(
                    ticket.WaitingOn == WaitingOn.Nobody
                        || byTicket[ticket.Id].Any(r => r.State is RequestState.Pending or RequestState.Questioned),
                    $"PLM-{ticket.Id} waits on {ticket.WaitingOn}, where nothing is under way."
                );
            }
        );
    }

    private async Task TheAuditTellsItAllAsync(PlumDbContext db)
    {
        Assert.Empty(await world.Plum.Get<AuditSealing>().VerifyAsync(PlumDatabase.Auditor, null, default));
        Assert.Equal(0, (await world.Plum.Get<AuditSealing>().StateAsync(PlumDatabase.Auditor, default))!.Waiting);
        var executed = await db
            .AuditEntries.AsNoTracking()
            .Where(a => a.Room == "Approvals" && a.What == "Executed")
            .Select(a => a.Subject)
            .Order()
            .ToListAsync();
        Assert.Equal(
            _requests.Where(r => r.State == RequestState.Executed).Select(r => RequestReference.Of(r.Id)).Order(StringComparer.Ordinal),
            executed.Order(StringComparer.Ordinal)
        );
    }
}
