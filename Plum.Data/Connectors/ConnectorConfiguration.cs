using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;
using Plum.Domain.Connectors;
using Plum.Domain.Orders;

namespace Plum.Data.Connectors;

internal sealed class SupplierPaceConfiguration : IEntityTypeConfiguration<SupplierPace>
{
    public void Configure(EntityTypeBuilder<SupplierPace> pace)
    {
        pace.ToTable("SupplierPaces");
        pace.HasKey(p => p.SupplierId);
        pace.Property(p => p.SupplierId).ValueGeneratedNever();
        pace.Property(p => p.Words).HasMaxLength(SupplierPace.WordsMaxLength);
        pace.HasOne<Domain.Catalogue.Supplier>().WithOne().HasForeignKey<SupplierPace>(p => p.SupplierId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SandboxOrderConfiguration : IEntityTypeConfiguration<SandboxOrder>
{
    public void Configure(EntityTypeBuilder<SandboxOrder> order)
    {
        order.ToTable("SandboxOrders");
        order.Property(o => o.Reference).HasMaxLength(SupplierOrderRules.KeyMaxLength);
        order.Property(o => o.SupplierReference).HasMaxLength(Order.SupplierReferenceMaxLength);
        order.Property(o => o.Fingerprint).HasMaxLength(SandboxOrder.PrintMaxLength);
        order.Property(o => o.Supplier).HasMaxLength(Supplier.CodeMaxLength);
        order.Property(o => o.ProductId).HasMaxLength(SupplierOrderRules.KeyMaxLength);
        order.Property(o => o.Contact).HasMaxLength(SandboxOrder.ContactMaxLength);
        order.Property(o => o.ContactPrint).HasMaxLength(SandboxOrder.PrintMaxLength);
        order.Property(o => o.Last4).HasMaxLength(Order.VoucherLast4Length);
        order.Property(o => o.CancelKey).HasMaxLength(SupplierOrderRules.KeyMaxLength);
        order.Property(o => o.ResendKey).HasMaxLength(SupplierOrderRules.KeyMaxLength);
        order.ComplexProperty(
            o => o.Value,
            value =>
            {
                value.Property(m => m.MinorUnits).HasColumnName("ValueMinorUnits");
                value.Property(m => m.Currency).HasColumnName("ValueCurrency").HasMaxLength(3);
            }
        );

        // Of two who cancel, redeem, deliver or resend one comes first.
        order.Property(o => o.CancelledAtUtc).IsConcurrencyToken();
        order.Property(o => o.RedeemedAtUtc).IsConcurrencyToken();
        order.Property(o => o.ReadyAtUtc).IsConcurrencyToken();
        order.Property(o => o.Resends).IsConcurrencyToken();

        // One order per key, whoever asks at once; and the supplier's own number.
        order.HasIndex(o => o.Reference).IsUnique();
        order.HasIndex(o => o.SupplierReference).IsUnique();
    }
}

internal sealed class SandboxRuleConfiguration : IEntityTypeConfiguration<SandboxRule>
{
    public void Configure(EntityTypeBuilder<SandboxRule> rule)
    {
        rule.ToTable("SandboxRules");
        rule.Property(r => r.Reference).HasMaxLength(SupplierOrderRules.KeyMaxLength);
        rule.Property(r => r.Version).IsConcurrencyToken();

        // The rule of one order, and the one of all others.
        rule.HasIndex(r => r.Reference).IsUnique();
    }
}

internal sealed class SupplierHintConfiguration : IEntityTypeConfiguration<SupplierHint>
{
    public void Configure(EntityTypeBuilder<SupplierHint> hint)
    {
        hint.ToTable("SupplierHints");
        hint.Property(h => h.Gateway).HasMaxLength(SupplierHint.GatewayMaxLength);
        hint.Property(h => h.NoticeId).HasMaxLength(SupplierOrderRules.KeyMaxLength);
        hint.Property(h => h.Reference).HasMaxLength(SupplierOrderRules.KeyMaxLength);
        hint.Property(h => h.SupplierReference).HasMaxLength(Order.SupplierReferenceMaxLength);
        hint.Property(h => h.RawStatus).HasMaxLength(SupplierHint.StatusMaxLength);

        // A webhook counts once.
        hint.HasIndex(h => new { h.Gateway, h.NoticeId }).IsUnique();

        // What is to be read again, oldest first.
        hint.HasIndex(h => new { h.ReadAtUtc, h.Id });
    }
}
