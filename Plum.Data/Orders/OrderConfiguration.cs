using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Orders;

namespace Plum.Data.Orders;

internal sealed class RecipientConfiguration : IEntityTypeConfiguration<Recipient>
{
    public void Configure(EntityTypeBuilder<Recipient> recipient)
    {
        recipient.ToTable("Recipients");
        recipient.Property(r => r.Id).ValueGeneratedNever();
        recipient.Property(r => r.Name).HasMaxLength(Recipient.NameMaxLength).InAnyCase();
        recipient.Property(r => r.Email).HasMaxLength(Recipient.EmailMaxLength).InAnyCase();
        recipient.Property(r => r.Phone).HasMaxLength(Recipient.PhoneMaxLength);
        recipient.Property(r => r.EmployeeNumber).HasMaxLength(Recipient.EmployeeNumberMaxLength).InAnyCase();
        recipient.Property(r => r.Country).HasMaxLength(2);
        recipient.Property(r => r.Version).IsConcurrencyToken();
        recipient.HasOne<Client>().WithMany().HasForeignKey(r => r.ClientId).OnDelete(DeleteBehavior.Restrict);

        // Global search and matching at intake.
        recipient.HasIndex(r => r.Email);
        recipient.HasIndex(r => r.Phone);
        recipient.HasIndex(r => new { r.ClientId, r.EmployeeNumber });
        recipient.HasIndex(r => new { r.ClientId, r.Name });

        // Whom an allocation file may not name: few of many.
        recipient.HasIndex(r => new { r.ClientId, r.OptedOutAtUtc }).HasFilter("OptedOutAtUtc IS NOT NULL");
        recipient.HasIndex(r => new { r.ClientId, r.LeftOn }).HasFilter("LeftOn IS NOT NULL");
    }
}

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.ToTable("Orders");
        order.Property(o => o.Id).ValueGeneratedNever();
        order.ComplexProperty(
            o => o.Value,
            value =>
            {
                value.Property(m => m.MinorUnits).HasColumnName("ValueMinorUnits");
                value.Property(m => m.Currency).HasColumnName("ValueCurrency").HasMaxLength(3);
            }
        );
        order.Property(o => o.SupplierReference).HasMaxLength(Order.SupplierReferenceMaxLength).InAnyCase();
        order.Property(o => o.VoucherLast4).HasMaxLength(Order.VoucherLast4Length).InAnyCase();
        order.Property(o => o.Version).IsConcurrencyToken();
        order.HasOne<Client>().WithMany().HasForeignKey(o => o.ClientId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Programme>().WithMany().HasForeignKey(o => o.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Recipient>().WithMany().HasForeignKey(o => o.RecipientId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Reward>().WithMany().HasForeignKey(o => o.RewardId).OnDelete(DeleteBehavior.Restrict);

        // All orders and a client's, newest first; a recipient's orders; the search for a voucher's last digits and a supplier's reference;
        // which programmes have orders.
        order.HasIndex(o => new { o.PlacedAtUtc, o.Id });
        order.HasIndex(o => new
        {
            o.ClientId,
            o.PlacedAtUtc,
            o.Id,
        });
        order.HasIndex(o => new { o.RecipientId, o.Id });
        order.HasIndex(o => new { o.VoucherLast4, o.Id });
        order.HasIndex(o => o.SupplierReference);
        order.HasIndex(o => o.ProgrammeId);
    }
}

internal sealed class OrderEventConfiguration : IEntityTypeConfiguration<OrderEvent>
{
    public void Configure(EntityTypeBuilder<OrderEvent> line)
    {
        line.ToTable("OrderEvents");
        line.Property(e => e.What).HasMaxLength(OrderEvent.WhatMaxLength);
        line.Property(e => e.Note).HasMaxLength(OrderEvent.NoteMaxLength);
        line.Property(e => e.Who).HasMaxLength(Domain.Audit.AuditEntry.WhoMaxLength);
        line.HasOne<Order>().WithMany().HasForeignKey(e => e.OrderId).OnDelete(DeleteBehavior.Cascade);

        // One order's history, in order.
        line.HasIndex(e => new { e.OrderId, e.Id });
    }
}

internal sealed class OrderPaymentConfiguration : IEntityTypeConfiguration<OrderPayment>
{
    public void Configure(EntityTypeBuilder<OrderPayment> payment)
    {
        // The last word on paying back more than was paid, whoever writes.
        payment.ToTable(
            "OrderPayments",
            table =>
            {
                table.HasCheckConstraint("CK_OrderPayments_Refunds", "Refunded <= Captured");
                table.HasCheckConstraint("CK_OrderPayments_Signs", "Captured > 0 AND Refunded >= 0");
            }
        );
        payment.HasKey(p => new { p.OrderId, p.Line });
        payment.Property(p => p.Currency).HasMaxLength(3);
        payment.Ignore(p => p.Left);
        payment.HasOne<Order>().WithMany().HasForeignKey(p => p.OrderId).OnDelete(DeleteBehavior.Cascade);
    }
}
