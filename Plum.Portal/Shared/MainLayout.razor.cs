using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using Plum.Domain.Access;

namespace Plum.Portal.Shared;

public partial class MainLayout(IJSRuntime js, Toasts toasts)
{
    private IReadOnlySet<Act> _acts = new HashSet<Act>();
    private PlumErrorBoundary? _boundary;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    /// <summary>False on the pages that stay static (signing in, profile): there is no circuit for what needs one.</summary>
    private bool IsInteractive => AssignedRenderMode is not null;

    protected override async Task OnParametersSetAsync()
    {
        _boundary?.Recover(); // a new page has come
        if (Authentication is not null)
        {
            _acts = PlumClaims.Acts((await Authentication).User);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await js.InvokeAsync<int>("plum.live") > 0)
        {
            toasts.Info("The connection was lost and is back. What you had typed was put back; it is not saved yet.");
        }
    }
}
