namespace Plum.Portal.Shared;

public partial class Routes
{
    public const string Error = "/error";
    public const string NotFound = "/not-found";
}
