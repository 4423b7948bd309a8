using System.Globalization;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

public static class ViewersCulture
{
    /// <summary>
    /// Dates and numbers in the viewer's writing, for components that know no better; a circuit keeps the culture of the request that opened it.
    /// The words stay English.
    /// </summary>
    public static void UseViewersCulture(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                CultureInfo.CurrentCulture = Viewer.CultureOf(http.User);
                return next(http);
            }
        );
}
