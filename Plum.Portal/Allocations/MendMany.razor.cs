using Microsoft.AspNetCore.Components;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>Find and replace, or fill, over many bad rows: counted first, then done.</summary>
public sealed partial class MendMany(MendService mend, Viewer viewer, Toasts toasts) : ComponentBase
{
    private string _column = "";
    private AllocationChangeKind _kind = AllocationChangeKind.Replace;
    private string _find = "";
    private string _value = "";
    private bool _isWhole;
    private bool _busy;
    private MendPreview? _preview;
    private string? _countedFor;

    [Parameter, EditorRequired]
    public AllocationView File { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Only rows with this fault; null is all.</summary>
    [Parameter]
    public string? FaultCode { get; set; }

    /// <summary>Asks for the file as it is now.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    private MendManyRows Command => new(File.Number, File.Version, _kind, _column, _find, _value, _isWhole, FaultCode);

    protected override void OnParametersSet()
    {
        if (_countedFor != FaultCode)
        {
            Forget();
        }
    }

    /// <summary>What was counted was counted for something else.</summary>
    private void Forget() => (_preview, _countedFor) = (null, FaultCode);

    private async Task PreviewAsync()
    {
        _busy = true;
        _preview = await mend.PreviewAsync(Command, By, CancellationToken.None);
        _busy = false;
    }

    private async Task ChangeAsync()
    {
        _busy = true;
        var outcome = await mend.ChangeAsync(Command, By, CancellationToken.None);
        _busy = false;
        Forget();
        toasts.Show(outcome, "The rows are changed and checked again.");
        await Look.InvokeAsync();
    }
}
