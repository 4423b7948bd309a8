using System.Globalization;
using Plum.Domain.Shared;

namespace Plum.Data.Tickets;

public static class TicketQueueRefusals
{
    public static readonly Refusal NothingSelected = new(
        "ticket.none-selected",
        "None of the tickets selected is there any more. Select others."
    );

    public static readonly Refusal NoChange = new("ticket.no-change", "Choose what is to change.");

    public static Refusal TooMany(int count, int most) =>
        new(
            "ticket.too-many-selected",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count:N0} tickets are selected, and {most:N0} can be changed at once. Narrow the filter."
            )
        );

    public static Refusal WorkbookTooLong(int count, int most) =>
        new(
            "ticket.workbook-too-long",
            string.Create(
                CultureInfo.InvariantCulture,
                $"These are {count:N0} tickets, and a workbook takes {most:N0}. Download the CSV, which takes all."
            )
        );

    /// <summary>The ticket has already what was to be set.</summary>
    public static bool IsSoAlready(Refusal refusal) => refusal.Code is "ticket.unchanged" or "ticket.same-disposition";
}
