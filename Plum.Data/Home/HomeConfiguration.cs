using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Tickets;

namespace Plum.Data.Home;

internal sealed class HomeConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket) =>
        // What came in lately by category and supplier, of all clients: answered from the index alone.
        ticket.HasIndex(t => new
        {
            t.CreatedAtUtc,
            t.SupplierId,
            t.CategoryId,
            t.ClientId,
            t.MergedIntoId,
        });
}
