using Plum.Domain.Clients;

namespace Plum.Domain.Deliveries;

/// <summary>
/// Addresses at which nothing arrives in the sandbox, whatever its rule: so that one row among thousands can be made to fail. They belong to nobody:
/// the domain is reserved by RFC 2606, the numbers are those that Twilio gives out for trials.
/// </summary>
public static class SandboxAddresses
{
    public const string NoMailbox = "@bounce.example";
    public const string NoMobile = "+15005550009";

    /// <returns>The provider's code with which it is refused; null when it is like any other.</returns>
    public static string? CodeOf(DeliveryChannel channel, string to) =>
        channel == DeliveryChannel.Email
            ? (to.EndsWith(NoMailbox, StringComparison.OrdinalIgnoreCase) ? "5.1.1" : null)
            : (to == NoMobile ? "21614" : null);
}
