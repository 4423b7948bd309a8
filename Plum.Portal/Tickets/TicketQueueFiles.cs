using System.Text;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>What the queue hands out as files.</summary>
public static class TicketQueueFiles
{
    private const string Edits = "/tickets/edits";
    private const string Csv = "text/csv; charset=utf-8";

    public static string HrefOf(TicketQueueRun run) => $"{Edits}/{run.Id}.csv";

    public static void MapTicketQueueFiles(this IEndpointRouteBuilder app) =>
        app.MapGet(
                Edits + "/{id:guid}.csv",
                (Guid id, HttpContext http, TicketQueueRuns runs) =>
                    runs.Of(CurrentActor.Of(http.User).UserId) is { } run && run.Id == id
                        ? Results.Bytes(Lines(run), Csv, "plum-ticket-changes.csv")
                        : Results.NotFound()
            )
            .RequireAuthorization(nameof(Act.BulkEditTickets));

    /// <summary>Each ticket that was come to, by number, and what became of it.</summary>
    internal static byte[] Lines(TicketQueueRun run)
    {
        var text = new StringBuilder("Ticket,Result,Why\r\n");
        foreach (var line in run.Lines)
        {
            text.Append(CsvText.Line(line.Reference, TicketRunWords.Of(line.Result), line.Why)).Append("\r\n");
        }

        foreach (var left in run.Left.Skip(run.Left.Count - (run.Total - run.Seen)))
        {
            text.Append(CsvText.Line(Plum.Domain.Tickets.TicketReference.Of(left), "not reached", run.Why)).Append("\r\n");
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}
