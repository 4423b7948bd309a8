using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Partners;

namespace Plum.Data.Partners;

internal sealed class PartnerCustomerConfiguration : IEntityTypeConfiguration<PartnerCustomer>
{
    public void Configure(EntityTypeBuilder<PartnerCustomer> customer)
    {
        customer.ToTable("PartnerCustomers");
        customer.Property(c => c.Number).HasMaxLength(PartnerCustomer.NumberMaxLength).InAnyCase();
        customer.Property(c => c.Name).HasMaxLength(PartnerCustomer.NameMaxLength).InAnyCase();
        customer.Property(c => c.Email).HasMaxLength(PartnerCustomer.EmailMaxLength).InAnyCase();
        customer.Property(c => c.Version).IsConcurrencyToken();
        customer.HasOne<PartnerInstitution>().WithMany().HasForeignKey(c => c.PartnerId).OnDelete(DeleteBehavior.Restrict);

        // Each number once in an institution, under any race; an institution's customers, by name.
        customer.HasIndex(c => new { c.PartnerId, c.Number }).IsUnique();
        customer.HasIndex(c => new
        {
            c.PartnerId,
            c.Name,
            c.Id,
        });
    }
}
