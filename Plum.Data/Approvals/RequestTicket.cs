using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Data.Tickets;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Approvals;

/// <summary>
/// What a request does to its ticket: a line on the timeline, by which open pages hear of it, whom the ticket waits on, and the disposition along
/// the chain of a reversal.
/// </summary>
internal static class RequestTicket
{
    /// <param name="refunds">Of an execution: whether money went back to whoever paid.</param>
    public static async Task TellAsync(
        PlumDbContext db,
        ApprovalRequest request,
        RequestEventKind kind,
        Actor by,
        DateTime nowUtc,
        string? note,
        CancellationToken ct,
        bool refunds = false
    )
    {
        if (request.TicketId is not { } id || await db.Tickets.SingleOrDefaultAsync(t => t.Id == id, ct) is not { } ticket)
        {
            return;
        }

        var on = new TicketScope(db, ticket, by, nowUtc);
        on.Event(TicketEventKind.CorrectionChanged, RequestReference.Of(request.Id), kind.ToString(), Line(request, note));
        if (ticket.CannotWork() is null)
        {
            await MoveAsync(on, request, kind, refunds, ct);
            var whom = WaitsOn(request);
            if (
                ticket.IsOpen
                && whom != ticket.WaitingOn
                && (whom != WaitingOn.Nobody || ticket.WaitingOn is WaitingOn.Checker or WaitingOn.Supplier)
            )
            {
                TicketStep.WaitOn(on, whom, note: null);
            }
        }

        await SlaStep.ReckonAsync(db, ticket, nowUtc, ct);
    }

    private static WaitingOn WaitsOn(ApprovalRequest request) =>
        request.State switch
        {
            RequestState.Pending => WaitingOn.Checker,
            RequestState.Approved
            or RequestState.Executing
            or RequestState.Unknown when CorrectionPayload.AsksSupplier(CorrectionPayload.Read(request.Kind, request.Payload)) =>
                WaitingOn.Supplier,
            _ => WaitingOn.Nobody,
        };

    private static async Task MoveAsync(TicketScope on, ApprovalRequest request, RequestEventKind kind, bool refunds, CancellationToken ct)
    {
        var to = (request.Kind, kind, request.State) switch
        {
            (RequestKind.Cancellation, RequestEventKind.Made, _) => Dispositions.CancellationRequested,
            (RequestKind.Refund, RequestEventKind.Made or RequestEventKind.Approved, RequestState.Approved) => Dispositions.RefundPending,
            (RequestKind.Refund or RequestKind.Cancellation, RequestEventKind.Executed, _) when refunds => Dispositions.RefundProcessed,
            (RequestKind.Reissue or RequestKind.Cancellation, RequestEventKind.Failed, _) => Dispositions.VendorRejection,
            _ => null,
        };
        if (to is null || to == on.Ticket.Disposition)
        {
            return;
        }

        if (to != Dispositions.RefundProcessed)
        {
            await TicketStep.MoveAsync(on, to, RequestReference.Of(request.Id), ct); // a ticket that cannot go there stays where a person put it
            return;
        }

        var from = on.Ticket.Disposition;
        on.Ticket.ConfirmRefund(await on.Db.Dispositions.AsNoTracking().SingleAsync(d => d.Code == to, ct), on.NowUtc);
        on.Changed(TicketEventKind.Moved, "Moved", "disposition", from, to, RequestReference.Of(request.Id));
    }

    private static string Line(ApprovalRequest request, string? note)
    {
        var line = string.IsNullOrWhiteSpace(note) ? request.Title : $"{request.Title}: {note}";
        return line.Length <= TicketEvent.NoteMaxLength ? line : line[..TicketEvent.NoteMaxLength];
    }
}
