using Plum.Domain.Partners;
using Plum.Domain.Shared;

namespace Plum.Data.Partners;

internal static class PartnerVisibility
{
    /// <summary>An institution's customers are its own people's to see, and nobody else's: not a client's, and not Plum's.</summary>
    public static IQueryable<PartnerCustomer> VisibleTo(this IQueryable<PartnerCustomer> customers, Actor by) =>
        by.PartnerId is { } partner ? customers.Where(c => c.PartnerId == partner) : customers.Where(_ => false);
}
