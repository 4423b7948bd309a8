using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>What the form of a complaint chooses from, and hands over.</summary>
public sealed class ComplaintDesk(ComplaintService complaints, TicketForms forms, AttachmentService attachments)
{
    public async Task<ComplaintChoices> ChoicesAsync(Actor by, CancellationToken ct) =>
        new(await forms.CategoriesAsync(by, ct), by.ClientId is { } client ? await forms.ProgrammesAsync(client, by, ct) : []);

    /// <param name="ids">Of files that were added before, apart by blanks.</param>
    public Task<IReadOnlyList<AttachmentRow>> PendingAsync(string ids, Actor by, CancellationToken ct) =>
        attachments.ListPendingAsync([.. ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FormWords.Key)], by, ct);

    public Task<Outcome> HandOverAsync(HandOverComplaint command, Actor by) =>
        complaints.HandOverAsync(command, by, CancellationToken.None);
}

public sealed record ComplaintChoices(IReadOnlyList<CategoryChoice> Categories, IReadOnlyList<ProgrammeOption> Programmes);
