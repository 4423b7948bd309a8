using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;

namespace Plum.Data.Catalogue;

internal sealed class BrandConfiguration : IEntityTypeConfiguration<Brand>
{
    public void Configure(EntityTypeBuilder<Brand> brand)
    {
        brand.ToTable("Brands");
        brand.Property(b => b.Name).HasMaxLength(Brand.NameMaxLength).InAnyCase();
        brand.Property(b => b.Version).IsConcurrencyToken();

        // One brand, one name.
        brand.HasIndex(b => b.Name).IsUnique();
    }
}

internal sealed class SupplierConfiguration : IEntityTypeConfiguration<Supplier>
{
    public void Configure(EntityTypeBuilder<Supplier> supplier)
    {
        supplier.ToTable("Suppliers");
        supplier.Property(s => s.Code).HasMaxLength(Supplier.CodeMaxLength).InAnyCase();
        supplier.Property(s => s.Name).HasMaxLength(Supplier.NameMaxLength).InAnyCase();
        supplier.Property(s => s.Version).IsConcurrencyToken();

        // Configuration names a supplier by its code.
        supplier.HasIndex(s => s.Code).IsUnique();
    }
}

internal sealed class RewardConfiguration : IEntityTypeConfiguration<Reward>
{
    public void Configure(EntityTypeBuilder<Reward> reward)
    {
        reward.ToTable("Rewards");
        reward.Property(r => r.Code).HasMaxLength(Reward.CodeMaxLength).InAnyCase();
        reward.Property(r => r.Name).HasMaxLength(Reward.NameMaxLength).InAnyCase();
        reward.Property(r => r.Country).HasMaxLength(2);
        reward.Property(r => r.Currency).HasMaxLength(3);
        reward.Property(r => r.Denominations).HasJsonConversion();
        reward.Property(r => r.Version).IsConcurrencyToken();
        reward.HasOne<Brand>().WithMany().HasForeignKey(r => r.BrandId).OnDelete(DeleteBehavior.Restrict);
        reward.HasOne<Supplier>().WithMany().HasForeignKey(r => r.SupplierId).OnDelete(DeleteBehavior.Restrict);

        reward.Property(r => r.Number).ValueGeneratedOnAdd().HasValueGenerator<RewardNumbers>();
        reward.Property(r => r.SupplierProductId).HasMaxLength(Reward.SupplierProductMaxLength);

        // A file's reward column names a reward by its code.
        reward.HasIndex(r => r.Code).IsUnique();

        // What the text index finds, by its number, with all that a search narrows and counts by: no row itself is read for that.
        reward
            .HasIndex(r => new
            {
                r.Number,
                r.Kind,
                r.Country,
                r.Currency,
                r.BrandId,
                r.SupplierId,
                r.DeliveryMinutes,
                r.ValueBands,
                r.IsActive,
            })
            .HasDatabaseName(RewardTextSql.Index);

        // How many of a brand and of a supplier are in use.
        reward.HasIndex(r => new { r.BrandId, r.IsActive });
        reward.HasIndex(r => new { r.SupplierId, r.IsActive });
    }
}

internal sealed class ProgrammeRewardsConfiguration : IEntityTypeConfiguration<ProgrammeRewards>
{
    public void Configure(EntityTypeBuilder<ProgrammeRewards> rewards)
    {
        rewards.ToTable("ProgrammeRewards");
        rewards.Property(p => p.Allowed).HasJsonConversion();
        rewards.Property(p => p.Denied).HasJsonConversion();
        rewards.Property(p => p.Favourites).HasJsonConversion();
        rewards.Property(p => p.Version).IsConcurrencyToken();
        rewards.Ignore(p => p.Rules);
        rewards.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Restrict);

        // A programme has one.
        rewards.HasIndex(p => p.ProgrammeId).IsUnique();
    }
}
