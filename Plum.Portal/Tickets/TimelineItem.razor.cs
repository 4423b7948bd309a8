using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Notifications;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>One message, or one line of what happened.</summary>
public partial class TimelineItem
{
    [Parameter, EditorRequired]
    public TimelineEntry Entry { get; set; } = null!;

    [Parameter]
    public bool IsNew { get; set; }

    [Parameter]
    public bool Selectable { get; set; }

    [Parameter]
    public bool Selected { get; set; }

    [Parameter]
    public Action<long> OnSelect { get; set; } = _ => { };

    [CascadingParameter]
    private TicketDesk Desk { get; set; } = null!;

    private static string KindName(MessageKind kind) => kind.ToString().ToLowerInvariant();

    private static string Title(MessageKind kind) =>
        kind switch
        {
            MessageKind.Incoming => "wrote to us",
            MessageKind.Reply => "replied",
            MessageKind.Note => "internal note",
            _ => "automatic acknowledgement",
        };

    private static string IconOf(MessageKind kind) =>
        kind switch
        {
            MessageKind.Incoming => "inbox",
            MessageKind.Reply => "reply",
            MessageKind.Note => "note",
            _ => "mail",
        };

    private static string IconOf(TicketEventKind? kind) =>
        kind switch
        {
            TicketEventKind.Moved or TicketEventKind.Reopened => "disposition",
            TicketEventKind.Opened or TicketEventKind.Imported => "ticket",
            TicketEventKind.OwnerChanged => "assign",
            TicketEventKind.Escalated => "escalate",
            TicketEventKind.HandedOver or TicketEventKind.Accepted => "handover",
            TicketEventKind.Linked or TicketEventKind.Unlinked => "link",
            TicketEventKind.Merged or TicketEventKind.MergedFrom => "merge",
            TicketEventKind.Split => "split",
            TicketEventKind.WaitingChanged => "pause",
            TicketEventKind.MailFailed => "bad",
            TicketEventKind.SlaWarned => "warn",
            TicketEventKind.SlaBreached => "bad",
            TicketEventKind.SlaPolicyChanged => "sla",
            TicketEventKind.CsatAsked or TicketEventKind.CsatGiven => "star",
            _ => "edit",
        };

    private static string MailWord(MailState mail) =>
        mail.Status switch
        {
            OutboxStatus.Queued => mail.Error is null ? "queued" : "tried, waits",
            OutboxStatus.Sending => "being sent",
            OutboxStatus.Sent => "sent",
            OutboxStatus.Failed => "failed",
            _ => "unknown if it left",
        };

    private static Meaning MailMeaning(MailState mail) =>
        mail.Status switch
        {
            OutboxStatus.Sent => Meaning.Good,
            OutboxStatus.Failed => Meaning.Bad,
            OutboxStatus.Unknown => Meaning.Warn,
            _ => mail.Error is null ? Meaning.None : Meaning.Warn,
        };
}
