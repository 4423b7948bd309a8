using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Plum.Portal.Shared;

/// <summary>A modal dialog of the browser's own: it holds the focus, closes on Esc, and gives the focus back where it was.</summary>
public partial class Sheet(IJSRuntime js)
{
    private readonly string _id = $"sheet-{Guid.NewGuid():n}";
    private ElementReference _dialog;
    private bool _shown;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;

    /// <summary>Without a header; the title is its accessible name.</summary>
    [Parameter]
    public bool Bare { get; set; }

    /// <summary>Whether a click beside it closes it.</summary>
    [Parameter]
    public bool Light { get; set; } = true;

    [Parameter]
    public string? Class { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open && !_shown)
        {
            _shown = true;
            await js.InvokeVoidAsync("plum.sheet.open", _dialog);
        }
        else if (!Open && _shown)
        {
            await js.InvokeVoidAsync("plum.sheet.close", _dialog);
            _shown = false;
            StateHasChanged();
        }
    }

    private Task CloseAsync() => Open ? OpenChanged.InvokeAsync(false) : Task.CompletedTask;
}
