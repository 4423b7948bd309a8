using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

internal sealed class CatalogueSyncConfiguration : IEntityTypeConfiguration<CatalogueSync>
{
    public void Configure(EntityTypeBuilder<CatalogueSync> sync)
    {
        sync.ToTable("CatalogueSyncs");
        sync.Property(s => s.Cursor).HasMaxLength(CatalogueSync.CursorMaxLength);
        sync.Property(s => s.Words).HasMaxLength(CatalogueSync.WordsMaxLength);
        sync.Property(s => s.StartedBy).HasMaxLength(200);
        sync.Property(s => s.Steps).IsConcurrencyToken();
        sync.HasOne<Supplier>().WithMany().HasForeignKey(s => s.SupplierId).OnDelete(DeleteBehavior.Restrict);

        // A supplier's last.
        sync.HasIndex(s => new { s.SupplierId, s.Id });

        // Those under way.
        sync.HasIndex(s => s.State);
    }
}

internal sealed class SuppliedProductConfiguration : IEntityTypeConfiguration<SuppliedProduct>
{
    public void Configure(EntityTypeBuilder<SuppliedProduct> product)
    {
        product.ToTable("SuppliedProducts");
        product.Property(p => p.ProductId).HasMaxLength(Reward.SupplierProductMaxLength);
        product.Property(p => p.Name).HasMaxLength(Reward.NameMaxLength);
        product.Property(p => p.Fingerprint).HasMaxLength(SuppliedProduct.FingerprintLength);
        product.HasOne<Supplier>().WithMany().HasForeignKey(p => p.SupplierId).OnDelete(DeleteBehavior.Restrict);
        product.HasOne<Reward>().WithMany().HasForeignKey(p => p.RewardId).OnDelete(DeleteBehavior.Cascade);

        // A page of products that are known already.
        product.HasIndex(p => new { p.SupplierId, p.ProductId }).IsUnique();

        // Those that a sync has not seen.
        product.HasIndex(p => new
        {
            p.SupplierId,
            p.IsGone,
            p.SyncId,
        });
    }
}

internal sealed class CatalogueFaultConfiguration : IEntityTypeConfiguration<CatalogueFault>
{
    public void Configure(EntityTypeBuilder<CatalogueFault> fault)
    {
        fault.ToTable("CatalogueFaults");
        fault.Property(f => f.ProductId).HasMaxLength(Reward.SupplierProductMaxLength);
        fault.Property(f => f.Words).HasMaxLength(CatalogueFault.WordsMaxLength);

        // A sync's.
        fault.HasOne<CatalogueSync>().WithMany().HasForeignKey(f => f.SyncId).OnDelete(DeleteBehavior.Cascade);
    }
}
