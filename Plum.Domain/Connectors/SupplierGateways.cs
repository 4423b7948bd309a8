namespace Plum.Domain.Connectors;

/// <summary>What configuration says of it.</summary>
/// <param name="BySupplier">The supplier's code to the gateway's name.</param>
public sealed record SupplierRoutes(IReadOnlyDictionary<string, string>? BySupplier = null);

/// <summary>Which gateway serves which supplier: the sandbox, unless configuration names another.</summary>
public sealed class SupplierGateways
{
    public const string Sandbox = "Sandbox";

    private readonly Dictionary<string, ISupplierGateway> _gateways;
    private readonly Dictionary<string, string> _bySupplier;

    /// <exception cref="InvalidOperationException">A supplier is given to a gateway that is not there; the message says which.</exception>
    public SupplierGateways(IEnumerable<ISupplierGateway> gateways, SupplierRoutes routes)
    {
        _gateways = gateways.ToDictionary(g => g.Name, StringComparer.OrdinalIgnoreCase);
        _bySupplier = new Dictionary<string, string>(
            routes.BySupplier ?? new Dictionary<string, string>(),
            StringComparer.OrdinalIgnoreCase
        );
        if (
            _bySupplier.Where(s => !_gateways.ContainsKey(s.Value)).Select(s => (KeyValuePair<string, string>?)s).FirstOrDefault() is
            { } lost
        )
        {
            throw new InvalidOperationException(
                $"Connectors:Suppliers:{lost.Key} is '{lost.Value}', which is not configured. There is: {string.Join(", ", _gateways.Keys.Order(StringComparer.Ordinal))}."
            );
        }
    }

    public ISupplierGateway Of(string supplierCode) => _gateways[_bySupplier.GetValueOrDefault(supplierCode, Sandbox)];

    public ISupplierGateway? Named(string name) => _gateways.GetValueOrDefault(name);

    /// <summary>The codes of the suppliers that configuration gives to that gateway.</summary>
    public IReadOnlyList<string> SuppliersOf(string name) =>
        [
            .. _bySupplier
                .Where(s => string.Equals(s.Value, name, StringComparison.OrdinalIgnoreCase))
                .Select(s => s.Key)
                .Order(StringComparer.Ordinal),
        ];
}
