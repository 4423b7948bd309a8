namespace Plum.Data.Deliveries;

/// <param name="PortalUrl">Where recipients' links lead: the portal's own address, without a slash at its end.</param>
public sealed record DeliveryOptions(string PortalUrl = "http://localhost:5000")
{
    public string LinkOf(string token) => $"{PortalUrl}/r/{token}";
}
