using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>One loaded, tracked ticket that the actor may see, in the context whose save is the command's one transaction.</summary>
internal sealed record TicketScope(PlumDbContext Db, Ticket Ticket, Actor By, DateTime NowUtc)
{
    public string Reference => TicketReference.Of(Ticket.Id);

    public void Event(TicketEventKind kind, string? from = null, string? to = null, string? note = null) =>
        Db.Add(TicketEvent.Of(Ticket.Id, kind, By, NowUtc, from, to, string.IsNullOrWhiteSpace(note) ? null : note.Trim()));

    public void Audit(string what, string? why = null, string? before = null, string? after = null) =>
        Db.Add(
            AuditEntry.For(
                "Tickets",
                Reference,
                what,
                By,
                NowUtc,
                Ticket.ClientId,
                string.IsNullOrWhiteSpace(why) ? null : why.Trim(),
                before,
                after
            )
        );

    /// <summary>The event and the audit line of one field that got another value.</summary>
    public void Changed(TicketEventKind kind, string what, string field, string? from, string? to, string? note)
    {
        Event(kind, from, to, note);
        Audit(what, note, Diff.Of(field, from), Diff.Of(field, to));
    }
}
