using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>How categories and dispositions read on their pages.</summary>
public static class TaxonomyWords
{
    public static string Of(Stage stage) =>
        stage switch
        {
            Stage.Intake => "Intake",
            Stage.InProgress => "In progress",
            Stage.Final => "Final",
            _ => "",
        };

    public static Meaning MeaningOf(Stage stage) =>
        stage switch
        {
            Stage.Intake => Meaning.Info,
            Stage.InProgress => Meaning.Warn,
            Stage.Final => Meaning.Good,
            _ => Meaning.None,
        };

    public static string IconOf(Stage stage) =>
        stage switch
        {
            Stage.Intake => "inbox",
            Stage.InProgress => "clock",
            _ => "check",
        };

    /// <summary>The open tickets that carry it, in the queue.</summary>
    public static string OpenTickets(TicketFilter filter) =>
        $"{TicketQueueAddress.Path}?view={StandardViews.All}&{TicketFilterText.Line(filter with { Open = true })}";
}
