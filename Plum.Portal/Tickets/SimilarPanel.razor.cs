using Microsoft.AspNetCore.Components;
using Plum.Data.Drafts;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The tickets that a new one may already be, and the way to go on in one of them with what is typed.</summary>
public partial class SimilarPanel(SimilarTickets similar, DraftService drafts, CurrentActor actor, NavigationManager navigation)
{
    private IReadOnlyList<SimilarTicketRow> _found = [];
    private SimilarQuery? _asked;
    private Actor? _by;

    /// <summary>What is known so far; null while there is too little.</summary>
    [Parameter, EditorRequired]
    public SimilarQuery? Query { get; set; }

    /// <summary>What the recipient said, as typed so far.</summary>
    [Parameter]
    public string Message { get; set; } = "";

    /// <summary>What was typed is taken along to another ticket: the form is not wanted any more.</summary>
    [Parameter]
    public EventCallback Left { get; set; }

    private bool MayAnswer => _by?.May(Act.WorkTickets) == true;

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == Query)
        {
            return;
        }

        _asked = Query;
        _by ??= await actor.GetAsync();
        var found = Query is null ? [] : await similar.FindAsync(Query, _by, CancellationToken.None);
        if (_asked == Query)
        {
            _found = found;
        }
    }

    /// <summary>The message waits there as what the recipient told us, beside whatever was begun before.</summary>
    private async Task GoOnInAsync(SimilarTicketRow row)
    {
        if (Message.Trim().Length > 0)
        {
            var key = Composer.DraftKey(row.Reference, ComposerKind.Heard);
            var begun = await drafts.ReadAsync(key, _by!, CancellationToken.None);
            var text =
                begun is null || begun.Text.Contains(Message.Trim(), StringComparison.Ordinal)
                    ? Message
                    : $"{begun.Text.TrimEnd()}\n\n{Message}";
            await drafts.KeepAsync(new KeepDraft(key, text), _by!, CancellationToken.None);
        }

        await Left.InvokeAsync();
        navigation.NavigateTo($"/tickets/{row.Reference}");
    }

    private static string Why(SimilarTicketRow row) =>
        row.Reason switch
        {
            SimilarReason.SameOrder => "Same order",
            SimilarReason.SameRecipientAndCategory => "Same recipient and category",
            SimilarReason.SameRecipient => "Same recipient",
            _ => $"Subject {row.Percent}% alike",
        };
}
