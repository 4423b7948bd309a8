using System.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace Plum.Portal.Shared;

/// <summary>For a fault while a page is made on the server. It tells a reference that is in the log, never a stack trace.</summary>
public partial class ErrorPage
{
    private string? _reference;

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    protected override void OnInitialized() => _reference = Activity.Current?.TraceId.ToString() ?? HttpContext?.TraceIdentifier;
}
