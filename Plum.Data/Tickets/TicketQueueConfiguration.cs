using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

internal sealed class TicketQueueConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        // The queue of one import, from its page and for its undoing. Recipients, orders and owners have theirs as foreign keys.
        ticket.HasIndex(t => t.ImportId).HasFilter("ImportId IS NOT NULL");
    }
}
