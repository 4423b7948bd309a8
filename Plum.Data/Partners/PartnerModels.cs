using Plum.Data.Approvals;
using Plum.Data.Corrections;
using Plum.Domain.Corrections;
using Plum.Domain.Shared;

namespace Plum.Data.Partners;

public sealed record CustomerQuery(string? Search = null, int Skip = 0, int Take = 50);

public sealed record CustomerRow(Guid Id, string Number, string Name, string? Email, int Version);

/// <param name="Wallets">What the customer holds, one a currency.</param>
/// <param name="Requests">Those that the reader may see, newest first.</param>
/// <param name="Funds">What goodwill can be granted from; none for whoever may not ask for it.</param>
/// <param name="CannotGrant">Why goodwill cannot be asked for now.</param>
public sealed record CustomerView(
    CustomerRow Customer,
    string Institution,
    DateTime AddedAtUtc,
    IReadOnlyList<Money> Wallets,
    IReadOnlyList<RequestRow> Requests,
    IReadOnlyList<FundChoice> Funds,
    Refusal? CannotGrant
);

public sealed record AddCustomer(string Number, string Name, string? Email);

public sealed record CorrectCustomer(Guid Id, string Name, string? Email, int SeenVersion);

/// <param name="FundId">A goodwill fund of one's own institution.</param>
/// <param name="ReplacesId">The request that came to nothing and that this one takes the place of.</param>
public sealed record GrantGoodwill(
    Guid CustomerId,
    Guid FundId,
    Money Amount,
    ReasonCode ReasonCode,
    string Reason,
    long? ReplacesId = null
);

/// <summary>What stands before an institution's maker when they begin.</summary>
public sealed record PartnerHome(string Institution, int Customers, int UnderWay, IReadOnlyList<FundChoice> Funds);
