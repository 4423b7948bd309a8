using System.Globalization;
using Plum.Domain.Access;

namespace Plum.Portal.Access;

/// <summary>Roles and whom a person belongs to, while they are being chosen.</summary>
public sealed class RightsForm
{
    private const string ClientMark = "client:";
    private const string PartnerMark = "partner:";

    public HashSet<Role> Roles { get; init; } = [];

    /// <summary>Empty for the house; else which client or partner institution.</summary>
    public string BelongsTo { get; set; } = "";

    public Guid? ClientId => Key(ClientMark);

    public Guid? PartnerId => Key(PartnerMark);

    public static string OfClient(Guid id) => ClientMark + id.ToString("D", CultureInfo.InvariantCulture);

    public static string OfPartner(Guid id) => PartnerMark + id.ToString("D", CultureInfo.InvariantCulture);

    public static RightsForm Of(IEnumerable<Role> roles, Guid? clientId, Guid? partnerId) =>
        new()
        {
            Roles = [.. roles],
            BelongsTo =
                clientId is { } client ? OfClient(client)
                : partnerId is { } partner ? OfPartner(partner)
                : "",
        };

    private Guid? Key(string mark) =>
        BelongsTo.StartsWith(mark, StringComparison.Ordinal) && Guid.TryParse(BelongsTo.AsSpan(mark.Length), out var key) ? key : null;
}
