using Plum.Data.Tickets;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Where a complaint stands, in words for whoever handed it over: nothing of queues, owners or clocks.</summary>
public static class ComplaintWords
{
    public const string Path = "/complaints";

    public static string Link(string reference) => $"{Path}/{reference}";

    public static string Of(ComplaintState state) =>
        state switch
        {
            { MergedIntoId: { } into } => $"Goes on in {TicketReference.Of(into)}",
            { Stage: Stage.Final, Standard: Dispositions.RefundProcessed } => "Closed: refunded",
            { Stage: Stage.Final } => "Closed: resolved",
            { WaitsOnThem: true } => "Waits for your answer",
            { IsAccepted: false, Stage: Stage.Intake } => "Handed over",
            { Standard: Dispositions.CancellationRequested } => "Being cancelled",
            { Standard: Dispositions.RefundPending } => "Refund on its way",
            { Standard: Dispositions.VendorRejection } => "With the supplier",
            { Stage: Stage.InProgress } => "Being worked on",
            _ => "Received",
        };

    /// <summary>As it follows "Plum:", in the conversation.</summary>
    public static string Told(ComplaintState state) =>
        state switch
        {
            { Stage: Stage.Final, Standard: Dispositions.RefundProcessed } => "closed it: the reward is refunded",
            { Stage: Stage.Final } => "closed it: it is resolved",
            { IsAccepted: false, Stage: Stage.Intake } => "received the complaint",
            { Standard: Dispositions.CancellationRequested } => "is having the order cancelled",
            { Standard: Dispositions.RefundPending } => "has set the refund going",
            { Standard: Dispositions.VendorRejection } => "has taken it up with the supplier",
            { Stage: Stage.InProgress } => "is working on it",
            _ => "has taken it on",
        };

    public static Meaning MeaningOf(ComplaintState state) =>
        state switch
        {
            { Stage: Stage.Final } => Meaning.Good,
            { WaitsOnThem: true } => Meaning.Warn,
            { Stage: Stage.InProgress } => Meaning.Info,
            _ => Meaning.None,
        };

    public static string IconOf(ComplaintState state) =>
        state switch
        {
            { MergedIntoId: not null } => "merge",
            { Stage: Stage.Final } => "good",
            { WaitsOnThem: true } => "reply",
            { Stage: Stage.InProgress } => "clock",
            _ => "inbox",
        };
}
