using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Corrections;
using Plum.Domain.Orders;

namespace Plum.Data.Corrections;

internal sealed class SupplierCallConfiguration : IEntityTypeConfiguration<SupplierCall>
{
    public void Configure(EntityTypeBuilder<SupplierCall> call)
    {
        call.ToTable("SupplierCalls");
        call.HasKey(c => c.Key);
        call.Property(c => c.Key).HasMaxLength(SupplierCall.KeyMaxLength);
        call.Property(c => c.SupplierReference).HasMaxLength(SupplierCall.ReferenceMaxLength);
        call.Property(c => c.Words).HasMaxLength(SupplierCall.WordsMaxLength);
        call.Property(c => c.VoucherLast4).HasMaxLength(Order.VoucherLast4Length);

        // What a request asked of suppliers: its execution and its evidence.
        call.HasIndex(c => c.RequestId);
    }
}
