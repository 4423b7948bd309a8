using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Plum.Portal.Shared;

/// <summary>The document. Pages are interactive, except those that write cookies (<c>[ExcludeFromInteractiveRouting]</c>).</summary>
public partial class App
{
    private static readonly string[] _sheets =
    [
        "tokens",
        "base",
        "shell",
        "parts",
        "queue",
        "api",
        "approvals",
        "catalogue",
        "reports",
        "sla",
        "access",
        "ticket",
        "forms",
        "overlay",
        "home",
        "allocations",
        "imports",
        "sending",
        "deliveries",
        "mud",
    ];

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    private IComponentRenderMode? Mode => HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;

    /// <summary>What the person chose in this browser, else in their profile; null lets the system decide, in tokens.css.</summary>
    private string? Theme =>
        HttpContext.Request.Cookies["plum-theme"] switch
        {
            "light" => "light",
            "dark" => "dark",
            "system" => null,
            _ => PlumClaims.IsDark(HttpContext.User) switch
            {
                true => "dark",
                false => "light",
                null => null,
            },
        };
}
