using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>Whom and what the ticket concerns, and what it has to do with other tickets.</summary>
public partial class TicketAbout(TicketLinking linking)
{
    [Parameter, EditorRequired]
    public TicketSheet Sheet { get; set; } = null!;

    [CascadingParameter]
    private TicketDesk Desk { get; set; } = null!;

    private bool MayUnlink(LinkedTicketRow link) =>
        !link.IsReversed && link.Kind is not null and not LinkKind.SplitFrom && Sheet.Cannot.Change is null && Desk.By.May(Act.WorkTickets);

    private Task UnlinkAsync(LinkedTicketRow link) =>
        link.Kind is { } kind
            ? Desk.DoAsync(
                by => linking.UnlinkAsync(new UnlinkTickets(Sheet.Id, Sheet.Version, link.Id, kind), by, CancellationToken.None),
                $"The link to {link.Reference} is removed.",
                (now, by) => linking.LinkAsync(new LinkTickets(now.Id, now.Version, link.Reference, kind), by, CancellationToken.None)
            )
            : Task.CompletedTask;
}
