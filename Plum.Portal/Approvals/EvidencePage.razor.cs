using Microsoft.AspNetCore.Components;
using Plum.Data.Approvals;
using Plum.Domain.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>The evidence of one request, from what was asked to what was posted, as the PDF has it.</summary>
public partial class EvidencePage(EvidenceService evidence, Viewer viewer)
{
    private readonly Loadable<EvidenceDocument> _document = new();
    private (string, string)[] _crumbs = [];
    private long _id;

    [Parameter]
    public string Reference { get; set; } = "";

    protected override Task OnAddressAsync()
    {
        _id = RequestReference.Parse(Reference) ?? 0;
        _crumbs = [("Approvals", ApprovalWords.Path), (Reference, ApprovalWords.Href(_id))];
        return LoadAsync(_document, ReadAsync);
    }

    private async Task<EvidenceDocument> ReadAsync(CancellationToken ct) =>
        await evidence.GetAsync(_id, By, ct) is { } found ? EvidenceDocument.Write(found, viewer.Culture) : null!;
}
