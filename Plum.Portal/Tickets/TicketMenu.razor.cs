using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

public enum TicketAction
{
    Edit,
    Escalate,
    Link,
    Merge,
    Split,
    Reopen,
    Follow,
    Rate,
}

/// <summary>What one does with a ticket more rarely, each in a small form of its own.</summary>
public partial class TicketMenu(
    TicketService tickets,
    TicketLinking linking,
    TicketForms forms,
    SimilarTickets similar,
    NavigationManager navigation
)
{
    private IReadOnlyList<DispositionChoice> _dispositions = [];
    private IReadOnlyList<SimilarTicketRow> _similar = [];
    private TicketAction? _open;
    private Refusal? _refusal;
    private LinkKind _kind = LinkKind.Related;
    private string? _text;
    private string? _choice;
    private string? _other;
    private int _score;

    [Parameter, EditorRequired]
    public TicketSheet Sheet { get; set; } = null!;

    [CascadingParameter]
    private TicketDesk Desk { get; set; } = null!;

    private IEnumerable<(TicketAction Kind, string Label, string Icon, Refusal? Cannot)> Items()
    {
        yield return (TicketAction.Edit, "Edit details", "edit", Sheet.Cannot.Change);
        yield return (
            TicketAction.Escalate,
            Sheet.Level == SupportLevel.L3 ? "Escalate" : $"Escalate to {Sheet.Level + 1}",
            "escalate",
            Sheet.Cannot.Escalate
        );
        yield return (TicketAction.Link, "Link to another ticket", "link", Sheet.Cannot.Change);
        yield return (TicketAction.Merge, "Merge into another ticket", "merge", Sheet.Cannot.Change);
        yield return (TicketAction.Split, "Split messages off", "split", Sheet.Cannot.Change);
        if (!Sheet.IsOpen)
        {
            yield return (TicketAction.Reopen, "Reopen", "undo", Sheet.Cannot.Reopen);
            yield return (TicketAction.Follow, "Open a ticket that follows this one", "plus", Sheet.Cannot.Change);
        }

        yield return (TicketAction.Rate, "Record the recipient's rating", "star", Sheet.Cannot.Rate);
    }

    private static string Title(TicketAction kind) =>
        kind switch
        {
            TicketAction.Edit => "Details of the ticket",
            TicketAction.Escalate => "Escalate",
            TicketAction.Link => "Link to another ticket",
            TicketAction.Merge => "Merge into another ticket",
            TicketAction.Reopen => "Reopen",
            _ => "Record the recipient's rating",
        };

    private async Task OpenAsync(TicketAction kind)
    {
        (_refusal, _text, _choice, _other, _score) = (null, null, null, null, 0);
        switch (kind)
        {
            case TicketAction.Follow:
                navigation.NavigateTo($"/tickets/new?follows={Sheet.Reference}");
                return;
            case TicketAction.Split:
                Desk.StartSplit();
                return;
            case TicketAction.Reopen:
                _dispositions = await forms.DispositionsAsync(Desk.By, CancellationToken.None);
                break;
            case TicketAction.Link or TicketAction.Merge:
                _similar = await similar.FindAsync(
                    new SimilarQuery(
                        Sheet.Place.ClientId,
                        Sheet.Subject,
                        Sheet.Recipient?.Id,
                        Sheet.Order?.Id,
                        Sheet.Place.CategoryId,
                        Sheet.Id
                    ),
                    Desk.By,
                    CancellationToken.None
                );
                break;
        }

        _open = kind;
    }

    private void Close() => _open = null;

    private async Task DoAsync()
    {
        (Func<Actor, Task<Outcome>> command, string done)? act = _open switch
        {
            TicketAction.Escalate => (
                by => tickets.EscalateAsync(new EscalateTicket(Sheet.Id, Sheet.Version, _text ?? ""), by, CancellationToken.None),
                "The ticket is escalated."
            ),
            TicketAction.Reopen => (
                by =>
                    tickets.ReopenAsync(
                        new ReopenTicket(Sheet.Id, Sheet.Version, _text ?? "", string.IsNullOrEmpty(_choice) ? null : _choice),
                        by,
                        CancellationToken.None
                    ),
                "The ticket is open again."
            ),
            TicketAction.Link => (
                by => linking.LinkAsync(new LinkTickets(Sheet.Id, Sheet.Version, _other ?? "", _kind), by, CancellationToken.None),
                "The two tickets are linked."
            ),
            TicketAction.Merge => (
                by => linking.MergeAsync(new MergeTickets(Sheet.Id, Sheet.Version, _other ?? "", _text), by, CancellationToken.None),
                $"{Sheet.Reference} is merged into {_other?.Trim().ToUpperInvariant()}."
            ),
            TicketAction.Rate => (
                by => tickets.RateAsync(new RateTicket(Sheet.Id, Sheet.Version, _score, _text), by, CancellationToken.None),
                "The rating is recorded."
            ),
            _ => null,
        };
        if (act is { } known)
        {
            _refusal = await Desk.DoAsync(known.command, known.done);
            _open = _refusal is null ? null : _open;
        }
    }
}

/// <summary>Why a ticket is shown as like another.</summary>
public static class SimilarWords
{
    public static string Of(SimilarTicketRow row) =>
        row.Reason switch
        {
            SimilarReason.SameOrder => "same order",
            SimilarReason.SameRecipientAndCategory => "same recipient and category",
            SimilarReason.SameRecipient => "same recipient",
            _ => $"subject {row.Percent}% alike",
        };
}
