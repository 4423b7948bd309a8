using Plum.Domain.Connectors;
using Plum.Domain.Shared;

namespace Plum.Data.Connectors;

/// <param name="Search">The start of our reference or the supplier's.</param>
public sealed record SandboxListQuery(int Skip = 0, int Take = 50, SandboxState? State = null, string? Search = null);

/// <param name="Last4">Of the voucher; its code is not shown here.</param>
/// <param name="Unrefunded">It was cancelled, and the money did not go back.</param>
public sealed record SandboxRow(
    long Id,
    string Reference,
    string SupplierReference,
    string Supplier,
    string Product,
    Money Value,
    int Quantity,
    int Available,
    SandboxState State,
    string Contact,
    string? Last4,
    DateTime PlacedAtUtc,
    DateTime? ReadyAtUtc,
    DateTime? CancellableUntilUtc,
    DateTime? CancelledAtUtc,
    Money Refunded,
    Money Fee,
    bool Unrefunded,
    int Resends,
    bool IsAdopted
);

/// <param name="Version">0 for the usual rule that nobody has changed yet.</param>
public sealed record SandboxRuleRow(string Reference, SandboxBehaviour Behaviour, int? CancelWithinHours, int FeePercent, int Version)
{
    public bool IsGeneral => Reference == SandboxRule.Everything;
}

/// <param name="Reference">Ours, of one order; <see cref="SandboxRule.Everything"/> for all that have no rule of their own.</param>
/// <param name="SeenVersion">Null for a rule that is new.</param>
public sealed record SetSandboxRule(string Reference, int? SeenVersion, SandboxBehaviour Behaviour, int? CancelWithinHours, int FeePercent);

public sealed record RemoveSandboxRule(string Reference, int SeenVersion);

public sealed record ChangeSandboxOrder(long Id, SandboxDeed Deed);

/// <summary>What a person makes the supplier do with an order.</summary>
public enum SandboxDeed
{
    Deliver = 1,
    Cancel = 2,

    /// <summary>As the recipient would, in the shop.</summary>
    Redeem = 3,
}
