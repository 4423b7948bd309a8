using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Approvals;

/// <summary>A ticket's timeline tells what became of its requests, and open pages hear of it by the same line.</summary>
internal static class RequestTicket
{
    public static async Task TellAsync(
        PlumDbContext db,
        ApprovalRequest request,
        RequestEventKind kind,
        Actor by,
        DateTime nowUtc,
        string? note,
        CancellationToken ct
    )
    {
        if (request.TicketId is { } id && await db.Tickets.AnyAsync(t => t.Id == id, ct))
        {
            db.Add(
                TicketEvent.Of(
                    id,
                    TicketEventKind.CorrectionChanged,
                    by,
                    nowUtc,
                    RequestReference.Of(request.Id),
                    kind.ToString(),
                    Line(request, note)
                )
            );
        }
    }

    private static string Line(ApprovalRequest request, string? note)
    {
        var line = string.IsNullOrWhiteSpace(note) ? request.Title : $"{request.Title}: {note}";
        return line.Length <= TicketEvent.NoteMaxLength ? line : line[..TicketEvent.NoteMaxLength];
    }
}
