namespace Plum.Domain.Reports;

/// <summary>What each figure means, in the words that every report prints at its end. The code that counts is <see cref="CountedTickets"/>.</summary>
public static class KpiDefinitions
{
    public const string Volumes = "Volumes";
    public const string FirstResponse = "First response";
    public const string Resolution = "Resolution";
    public const string Adherence = "SLA adherence";
    public const string Backlog = "Backlog ageing";
    public const string Repeats = "Repeats and duplicates";
    public const string Reopened = "Reopened";
    public const string Escalations = "Escalations";
    public const string Handovers = "Handovers";
    public const string Satisfaction = "Satisfaction";
    public const string Money = "Refunds and goodwill";
    public const string Mix = "Disposition mix";

    public static IReadOnlyList<Definition> For(ReportFrame frame) =>
        [
            new(
                "Period and comparison",
                $"Whole days in the time zone {frame.TimeZoneId}. Figures are compared with the month before, escalations with the equally long stretch just before. A comparison is given in percent of the earlier figure, or in percentage points for a percentage. Figures are those known when the report was made, and do not change afterwards."
            ),
            new(
                "Tickets",
                "A ticket counts from the moment at which the complaint was made at its source. Tickets merged into another count in no figure."
            ),
            new(
                Volumes,
                "Tickets created in the period, by category, intake channel, brand and programme as they stood when the report was made."
            ),
            new(
                FirstResponse,
                "Time from creation to the first public reply by a person; automatic acknowledgements and internal notes are no reply. Tickets first answered in the period count, whenever they were created. Unanswered are those open at the end of the period without a reply by then."
            ),
            new(
                Resolution,
                "Time from creation until the ticket was final, for tickets that became final in the period, whenever they were created. First: the first time it became final. Full: the last time, if it still was final at the end of the period. Working time is net: it leaves out the time in which the clock stood still, because the ticket waited on its recipient (or on the supplier, where the SLA policy says so) or was final before it was reopened. Gross working time and calendar time contain it."
            ),
            new(
                "Working and calendar time",
                "Working time runs inside the client's business hours, holidays excepted. Calendar time is by the wall clock."
            ),
            new(
                "Median, 90th percentile, mean",
                "The median and the 90th percentile are interpolated between the two nearest values at position (n - 1) x p, as a spreadsheet's PERCENTILE.INC does. The mean is the sum divided by the number."
            ),
            new(
                Adherence,
                "Of all targets (first response, next response, resolution) that were met or fell due in the period, the share met in time. A target still open and past due is a breach; one not yet due counts on neither side. A target counts once, in the period in which it was decided. Tickets with all targets met: of tickets with at least one target decided in the period, those whose every such target was met."
            ),
            new(
                Backlog,
                "Tickets open at the end of the period, as their history shows, by age since creation. Waiting: the ticket waits on its recipient, a supplier or a checker; such tickets are shown apart."
            ),
            new(
                Mix,
                "Tickets created in the period by the standard disposition in which each stood at its end. Dispositions of one's own count under the standard one that they report under."
            ),
            new(
                Repeats,
                $"A repeat is a ticket of the same recipient and category, or on the same order, created within {frame.RepeatDays} days after the last resolution of an earlier one; the rate is over tickets created. A like ticket created while an earlier one was open is a duplicate, and is counted apart. Tickets that name neither recipient nor order cannot be recognised as either."
            ),
            new(
                Reopened,
                $"Of tickets resolved in the period, those reopened within {frame.ReopenDays} days after that resolution. Until {frame.ReopenDays} days after the period the figure can still grow, and is marked so."
            ),
            new(
                Escalations,
                "Times a ticket was raised to a higher level within Plum, by the date it was raised, and per 100 tickets created in the same stretch."
            ),
            new(
                Handovers,
                "Complaints that the client handed over, by the date of acceptance, from which Plum owns them. Time to acceptance is by the wall clock."
            ),
            new(
                Money,
                "Refunds, cancellations that gave money back, and goodwill credits by the date at which they were carried out, in the currency in which each was given; currencies are never added. Of a cancellation counts what went back: its value less what the supplier kept. Money given on tickets that were merged later counts too."
            ),
            new(
                Satisfaction,
                "Share of 4 and 5 among answers on a scale of 1 to 5, by the date of the answer, with the number of answers. Response rate: of surveys sent in the period, the share answered by its end."
            ),
            new("No data", "There was nothing to measure. It means neither 0 nor 100%."),
        ];
}
