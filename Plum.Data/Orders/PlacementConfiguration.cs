using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Orders;

namespace Plum.Data.Orders;

internal sealed class PlacementConfiguration : IEntityTypeConfiguration<OrderPlacement>
{
    public void Configure(EntityTypeBuilder<OrderPlacement> placement)
    {
        placement.ToTable("OrderPlacements");
        placement.HasKey(p => p.OrderId);
        placement.Property(p => p.OrderId).ValueGeneratedNever();
        placement.Property(p => p.Words).HasMaxLength(OrderPlacement.WordsMaxLength);
        placement.Ignore(p => p.Key).Ignore(p => p.IsToLookUp);
        placement.HasOne<Order>().WithOne().HasForeignKey<OrderPlacement>(p => p.OrderId).OnDelete(DeleteBehavior.Restrict);

        // What is to be asked of suppliers now; how far a file's orders are, and which of them were refused; what one batch holds.
        placement.HasIndex(p => new { p.NextAttemptAtUtc, p.OrderId }).HasFilter("State IN ('Waiting', 'Accepted', 'Unknown')");
        placement.HasIndex(p => new
        {
            p.FileId,
            p.State,
            p.OrderId,
        });
        placement.HasIndex(p => p.Claim).HasFilter("Claim IS NOT NULL");
    }
}
