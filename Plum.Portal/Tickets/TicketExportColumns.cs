using System.Globalization;
using Plum.Data.Tickets;
using Plum.Domain.Orders;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

/// <param name="Value">A text, or an instant in UTC; null for none.</param>
internal sealed record TicketExportColumn(string Name, double Width, Func<TicketRow, DateTime, object?> Value);

/// <summary>What of a ticket an export holds: all that the queue can show, in words and in the codes that programs go by.</summary>
internal static class TicketExportColumns
{
    public static IReadOnlyList<TicketExportColumn> All { get; } =
    [
        new("Ticket", 12, (t, _) => t.Reference),
        new("Subject", 48, (t, _) => t.Subject),
        new("Disposition", 22, (t, _) => t.DispositionLabel),
        new("Disposition code", 22, (t, _) => t.Disposition),
        new("Open", 7, (t, _) => t.IsOpen ? "yes" : "no"),
        new("Severity", 9, (t, _) => t.Severity.ToString()),
        new("Client", 24, (t, _) => t.ClientName),
        new("Client code", 12, (t, _) => t.ClientCode),
        new("Programme", 24, (t, _) => t.Programme),
        new("Recipient", 24, (t, _) => t.Recipient),
        new("Order", 14, (t, _) => t.OrderId is { } order ? OrderReference.Of(order) : null),
        new("Brand", 20, (t, _) => t.Brand),
        new("Category", 28, (t, _) => t.Category),
        new("Channel", 13, (t, _) => TicketQueueWords.Of(t.Channel)),
        new("Owner", 20, (t, _) => t.Owner),
        new("Waiting on", 12, (t, _) => t.WaitingOn == WaitingOn.Nobody ? null : t.WaitingOn.ToString()),
        new("Level", 7, (t, _) => t.Level.ToString()),
        new("SLA", 12, (t, now) => t.SlaAt(now) is { } state ? TicketQueueWords.Of(state) : "Closed"),
        new("Next target", 16, (t, _) => t.NextTarget is { } target ? SlaWords.Named(target) : null),
        new("Due (UTC)", 20, (t, _) => t.NextDueAtUtc),
        new("Breached", 24, (t, _) => t.BreachedTargets == SlaTargets.None ? null : t.BreachedTargets.ToString()),
        new("Created (UTC)", 20, (t, _) => t.CreatedAtUtc),
        new("Updated (UTC)", 20, (t, _) => t.UpdatedAtUtc),
        new("Resolved (UTC)", 20, (t, _) => t.ResolvedAtUtc),
        new("Repeat", 8, (t, _) => t.IsRepeat ? "yes" : null),
        new("Duplicate", 10, (t, _) => t.IsDuplicate ? "yes" : null),
    ];

    public static string? Text(object? value) =>
        value is DateTime utc ? utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : (string?)value;
}
