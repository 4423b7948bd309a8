using System.Globalization;

namespace Plum.Domain.Reports;

/// <summary>A selection in words: the heading of the list that a number opens.</summary>
public static class SelectionWords
{
    /// <summary>Such as <c>Open tickets, 3 to 7 days, Vendor rejection</c>.</summary>
    public static string Of(Selection selection, ReportFrame frame)
    {
        var period = frame.In(selection.In);
        var days = string.Create(CultureInfo.InvariantCulture, $"{period.FirstDay:yyyy-MM-dd} to {period.LastDay:yyyy-MM-dd}");
        return string.Join(", ", [Of(selection.Of), .. selection.Where.Select(w => FacetNames.Of(w.Key, w.Value)), days]);
    }

    /// <summary>What of the ticket was counted, and when that was; nulls where the ticket itself was.</summary>
    public static (string? What, DateTime? AtUtc) Detail(Counted counted, Population of) =>
        counted switch
        {
            { Target: { } target } => ($"{target.Target} {(target.IsMet ? "met" : "breached")}", target.AtUtc),
            { Escalation: { } raised } => ($"Escalated to {raised.To}", raised.AtUtc),
            { Given: { } given } => ($"{(given.As == MoneyGiven.Refund ? "Refunded" : "Credited")} {given.Amount}", given.AtUtc),
            { Resolution: { } resolution } => ("Resolved", resolution.AtUtc),
            { Ticket: { Reply: { } reply } } when of == Population.Replied => ("First response", reply.AtUtc),
            { Ticket: { CsatScore: { } score, CsatAtUtc: { } at } } when of is Population.Responses or Population.Satisfied => (
                $"Answered {score} of 5",
                at
            ),
            { Ticket: { AcceptedAtUtc: { } accepted } } when of == Population.Accepted => ("Accepted", accepted),
            _ => (null, null),
        };

    public static string Of(Population of) =>
        of switch
        {
            Population.Created => "Tickets created",
            Population.Replied => "Tickets first answered",
            Population.Unanswered => "Open and unanswered",
            Population.FirstResolved => "Resolved for the first time",
            Population.Resolved => "Tickets resolved",
            Population.ResolvedAtAll => "Tickets resolved at least once",
            Population.Reopened => "Reopened",
            Population.Open => "Open tickets",
            Population.Identified => "Tickets that name a recipient or an order",
            Population.Repeats => "Repeat complaints",
            Population.Duplicates => "Duplicates",
            Population.Targets => "Targets met or fallen due",
            Population.TargetsMet => "Targets met",
            Population.TargetsMissed => "Targets breached",
            Population.TargetTickets => "Tickets with a target met or fallen due",
            Population.AllTargetsMet => "Tickets with all targets met",
            Population.MergedLeftOut => "Merged tickets left out",
            Population.Escalations => "Escalations",
            Population.Offered => "Complaints handed over",
            Population.Accepted => "Handovers accepted",
            Population.SurveysAsked => "Surveys sent",
            Population.SurveysAnswered => "Surveys sent and answered",
            Population.Responses => "Answers to surveys",
            Population.Satisfied => "Answers of 4 or 5",
            Population.Refunds => "Refunds",
            Population.Goodwill => "Goodwill credits",
            _ => throw new ArgumentOutOfRangeException(nameof(of), of, null),
        };
}
