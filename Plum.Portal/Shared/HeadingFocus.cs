using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Plum.Portal.Shared;

/// <summary>
/// Puts the focus on the heading of each page that one comes to. The framework's own FocusOnNavigate would take it out of a field into which
/// somebody quick types already, whose letters would then be lost.
/// </summary>
public sealed class HeadingFocus(IJSRuntime js) : ComponentBase
{
    private Type? _last;

    [Parameter, EditorRequired]
    public Type Page { get; set; } = null!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_last != Page)
        {
            _last = Page;
            try
            {
                await js.InvokeVoidAsync("plum.focusHeading");
            }
            catch (JSDisconnectedException)
            {
                // The browser is gone.
            }
        }
    }
}
