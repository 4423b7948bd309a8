using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>Takes files in at once, as pending ones of this person; they go with what is sent.</summary>
public partial class FilePicker(AttachmentService attachments, CurrentActor actor)
{
    private Refusal? _refusal;
    private bool _uploading;

    /// <summary>Null for a ticket that is still to be opened.</summary>
    [Parameter]
    public long? TicketId { get; set; }

    [Parameter]
    public IReadOnlyList<AttachmentRow> Files { get; set; } = [];

    [Parameter]
    public EventCallback<IReadOnlyList<AttachmentRow>> FilesChanged { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    [Parameter]
    public string? Class { get; set; }

    private async Task UploadAsync(InputFileChangeEventArgs e)
    {
        if (e.FileCount + Files.Count > TicketAttachment.MaxPerMessage)
        {
            _refusal = new Refusal("file.too-many", $"{TicketAttachment.MaxPerMessage} files go with a message. Choose fewer.", "File");
            return;
        }

        (_uploading, _refusal) = (true, null);
        try
        {
            var by = await actor.GetAsync();
            foreach (var file in e.GetMultipleFiles(TicketAttachment.MaxPerMessage))
            {
                // One byte more than is taken, so that the service can say that there was more.
                await using var content = file.OpenReadStream(Math.Max(file.Size, 1) + 1);
                var outcome = await attachments.UploadAsync(TicketId, file.Name, content, by, CancellationToken.None);
                if (outcome is Outcome.Done { Key: { } key })
                {
                    var added = await attachments.ListPendingAsync([Guid.Parse(key)], by, CancellationToken.None);
                    await FilesChanged.InvokeAsync([.. Files, .. added]);
                }
                else if (outcome is Outcome.Refused refused)
                {
                    _refusal = refused.Why with { Field = "File" };
                }
            }
        }
        finally
        {
            _uploading = false;
        }
    }

    private async Task DropAsync(AttachmentRow file)
    {
        await attachments.DiscardAsync(file.Id, await actor.GetAsync(), CancellationToken.None);
        await FilesChanged.InvokeAsync([.. Files.Where(f => f.Id != file.Id)]);
    }
}
