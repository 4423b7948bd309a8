namespace Plum.Portal.Partners;

/// <summary>How a partner institution's pages are addressed.</summary>
public static class PartnerWords
{
    public const string Path = "/customers";

    public static string Href(Guid customerId) => $"{Path}/{customerId}";
}
