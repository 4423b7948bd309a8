using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>Where the ticket stands, and every change of that in one click: each can be taken back from the toast, and an end asks for a word first.</summary>
public partial class TicketHeader(TicketService tickets, TicketForms forms)
{
    private IReadOnlyList<OwnerOption> _owners = [];
    private DispositionChoice? _ending;
    private Refusal? _refusal;
    private string? _endNote;
    private bool _mayWork;
    private bool _mayAssign;
    private Guid _ownersOf;

    [Parameter, EditorRequired]
    public TicketSheet Sheet { get; set; } = null!;

    [CascadingParameter]
    private TicketDesk Desk { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        _mayWork = Desk.By.May(Act.WorkTickets);
        _mayAssign = Desk.By.May(Act.AssignTickets);
        if (_mayAssign && _ownersOf != Sheet.Place.ClientId)
        {
            _ownersOf = Sheet.Place.ClientId;
            _owners = await forms.OwnersAsync(Sheet.Place.ClientId, Desk.By, CancellationToken.None);
        }
    }

    private static string StageName(Stage stage) =>
        stage switch
        {
            Stage.Intake => "Intake",
            Stage.InProgress => "In progress",
            _ => "Closed",
        };

    private async Task MoveAsync(ChangeEventArgs e)
    {
        var to = Sheet.Moves.FirstOrDefault(m => m.Code == e.Value as string);
        if (to is null)
        {
            return; // the one it has, or one that the list never offered
        }

        if (to.Stage == Stage.Final)
        {
            (_ending, _endNote, _refusal) = (to, null, null);
            return;
        }

        var from = Sheet.Disposition;
        await Desk.DoAsync(
            by => tickets.MoveAsync(new MoveTicket(Sheet.Id, Sheet.Version, to.Code), by, CancellationToken.None),
            $"{Sheet.Reference} is now {to.Label}.",
            from.Stage == to.Stage
                ? (now, by) => tickets.MoveAsync(new MoveTicket(now.Id, now.Version, from.Code), by, CancellationToken.None)
                : null
        );
    }

    private async Task EndAsync()
    {
        if (_ending is { } to)
        {
            _refusal = await Desk.DoAsync(
                by => tickets.MoveAsync(new MoveTicket(Sheet.Id, Sheet.Version, to.Code, _endNote), by, CancellationToken.None),
                $"{Sheet.Reference} is closed as {to.Label}.",
                next: ("Back to the queue", "/tickets")
            );
            _ending = _refusal?.Field is null ? null : _ending;
        }
    }

    private Task GradeAsync(ChangeEventArgs e) =>
        Enum.TryParse<Severity>(e.Value as string, out var to)
            ? ChangeAsync(new TicketChange.Grade(to), $"Severity is now {to}.", new TicketChange.Grade(Sheet.Severity))
            : Task.CompletedTask;

    private Task WaitAsync(ChangeEventArgs e) =>
        Enum.TryParse<WaitingOn>(e.Value as string, out var to)
            ? ChangeAsync(new TicketChange.Wait(to), $"The ticket waits on {TicketWords.Of(to)}.", new TicketChange.Wait(Sheet.WaitingOn))
            : Task.CompletedTask;

    private Task AssignAsync(ChangeEventArgs e)
    {
        Guid? to = Guid.TryParse(e.Value as string, out var id) ? id : null;
        var name = _owners.FirstOrDefault(o => o.Id == to)?.Name;
        return ChangeAsync(
            new TicketChange.Assign(to),
            to is null ? "The ticket has no owner now." : $"{name} owns the ticket.",
            new TicketChange.Assign(Sheet.OwnerId)
        );
    }

    private Task TakeAsync() =>
        ChangeAsync(
            new TicketChange.Assign(Desk.By.UserId),
            "The ticket is yours.",
            _mayAssign || Sheet.OwnerId is null ? new TicketChange.Assign(Sheet.OwnerId) : null
        );

    private Task AcceptAsync() =>
        Desk.DoAsync(
            by => tickets.AcceptAsync(new AcceptHandover(Sheet.Id, Sheet.Version), by, CancellationToken.None),
            "The handover is accepted: the complaint is ours now."
        );

    private Task ChangeAsync(TicketChange change, string done, TicketChange? back) =>
        Desk.DoAsync(
            by => tickets.ChangeAsync(new ChangeTicket(Sheet.Id, Sheet.Version, change), by, CancellationToken.None),
            done,
            back is null ? null : (now, by) => tickets.ChangeAsync(new ChangeTicket(now.Id, now.Version, back), by, CancellationToken.None)
        );
}
