using Plum.Domain.Clients;

namespace Plum.Portal.Clients;

/// <summary>How clients and programmes read on their pages.</summary>
public static class ClientWords
{
    public static string Of(ReportCadence cadence) =>
        cadence switch
        {
            ReportCadence.Monthly => "Every month",
            ReportCadence.Quarterly => "Every quarter",
            _ => "",
        };

    public static string Of(DeliveryChannel channel) =>
        channel switch
        {
            DeliveryChannel.Email => "E-mail",
            DeliveryChannel.Sms => "SMS",
            DeliveryChannel.WhatsApp => "WhatsApp",
            _ => "",
        };

    public static string Days(int days) => days == 1 ? "1 day" : $"{days} days";

    public static string Link(string code) => $"/clients/{Uri.EscapeDataString(code)}";
}
