using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Drafts;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>One complaint as its client sees it: where it stands, what was said, and the way to say more. It follows what happens meanwhile.</summary>
public partial class ComplaintPage(ComplaintService complaints, AttachmentService attachments, TicketFeed feed, Toasts toasts)
{
    private readonly Loadable<ComplaintView?> _complaint = new();
    private IReadOnlyList<AttachmentRow> _files = [];
    private IDisposable? _listening;
    private DraftArea? _area;
    private Refusal? _refusal;
    private Refusal? _rating;
    private string _message = "";
    private string _comment = "";
    private string _shownFor = "";
    private int? _score;
    private bool _sending;

    [Parameter]
    public string Reference { get; set; } = "";

    protected override async Task OnAddressAsync()
    {
        if (_shownFor == Reference)
        {
            return;
        }

        _shownFor = Reference;
        _listening?.Dispose();
        (_listening, _files, _refusal, _rating, _message, _comment, _score) = (null, [], null, null, "", "", null);
        await ReadAsync();
        if (_complaint.Value is { } complaint && RendererInfo.IsInteractive)
        {
            _files = await attachments.ListPendingAsync(complaint.Id, By, Leaving);
            _listening = feed.Listen(complaint.Id, what => _ = InvokeAsync(() => HeardAsync(what)));
        }
    }

    private Task ReadAsync() =>
        LoadAsync(_complaint, async ct => TicketReference.Parse(Reference) is { } id ? await complaints.ViewAsync(id, By, ct) : null);

    private async Task HeardAsync(TicketsChanged what)
    {
        if (!Leaving.IsCancellationRequested && what.TicketIds.Count > 0)
        {
            await ReadAsync();
            StateHasChanged();
        }
    }

    private async Task SayAsync()
    {
        if (_sending || _complaint.Value is not { } complaint)
        {
            return; // the second of two clicks
        }

        _sending = true;
        var command = new SayOnComplaint(complaint.Id, _message, [.. _files.Select(f => f.Id)]);
        var outcome = await complaints.SayAsync(command, By, CancellationToken.None);
        _refusal = (outcome as Outcome.Refused)?.Why;
        if (toasts.Show(outcome, "Sent. Plum reads it, and answers here."))
        {
            await (_area?.ForgetAsync() ?? Task.CompletedTask);
            (_message, _files) = ("", []);
            await ReadAsync();
        }

        _sending = false;
    }

    private async Task RateAsync()
    {
        if (_sending || _complaint.Value is not { } complaint)
        {
            return;
        }

        _sending = true;
        var outcome = await complaints.RateAsync(new RateComplaint(complaint.Id, _score ?? 0, _comment), By, CancellationToken.None);
        _rating = (outcome as Outcome.Refused)?.Why;
        if (toasts.Show(outcome, "Thank you. Your rating is recorded."))
        {
            await ReadAsync();
        }

        _sending = false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _listening?.Dispose();
        }

        base.Dispose(disposing);
    }
}
