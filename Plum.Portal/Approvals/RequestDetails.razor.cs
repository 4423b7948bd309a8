using Microsoft.AspNetCore.Components;
using Plum.Domain.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>The payload of a request, as a person reads it: one look for each kind, see <see cref="PayloadWords"/>.</summary>
public partial class RequestDetails(Viewer viewer)
{
    [Parameter, EditorRequired]
    public RequestKind Kind { get; set; }

    [Parameter, EditorRequired]
    public string Currency { get; set; } = "";

    [Parameter, EditorRequired]
    public string Payload { get; set; } = "";

    private IReadOnlyList<(string Label, string Value)> Lines { get; set; } = [];

    protected override void OnParametersSet() => Lines = PayloadWords.Of(Kind, Currency, Payload, viewer.Culture);
}
