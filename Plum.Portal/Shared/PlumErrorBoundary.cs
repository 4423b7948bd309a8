using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Plum.Portal.Shared;

/// <summary>Keeps the rail and the bar when a page fails; the layout recovers it on the next navigation.</summary>
public sealed class PlumErrorBoundary(ILogger<PlumErrorBoundary> logger) : ErrorBoundaryBase
{
    private string _reference = "";

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = Faults.Reference();
        logger.LogError(exception, "A page failed ({Reference})", _reference);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<PageFailed>(1);
        builder.AddAttribute(2, nameof(PageFailed.Reference), _reference);
        builder.AddAttribute(3, nameof(PageFailed.Again), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
