using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Plum.Domain.Shared;

namespace Plum.Portal.Shared;

/// <summary>A page that shows what its address says, and follows when only the query of it changes: then the router leaves the page alone.</summary>
public abstract class AddressedPage : PlumPage
{
    private string _shown = "";

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    protected Actor By { get; private set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    /// <summary>Reads the address and loads what it asks for.</summary>
    protected abstract Task OnAddressAsync();

    protected override async Task OnInitializedAsync()
    {
        By = await Actor.GetAsync();
        Navigation.LocationChanged += Follow;
    }

    protected override Task OnParametersSetAsync() => ShowAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= Follow;
        }

        base.Dispose(disposing);
    }

    private Task ShowAsync()
    {
        _shown = Navigation.Uri;
        return OnAddressAsync();
    }

    private void Follow(object? sender, LocationChangedEventArgs e)
    {
        if (e.Location != _shown && new Uri(e.Location).AbsolutePath == new Uri(_shown).AbsolutePath)
        {
            _ = InvokeAsync(async () =>
            {
                try
                {
                    await ShowAsync();
                    StateHasChanged();
                }
                catch (Exception fault)
                {
                    await DispatchExceptionAsync(fault); // to the error boundary, as from any event
                }
            });
        }
    }
}
