using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Audit;

namespace Plum.Data.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("AuditEntries");
        entry.Property(e => e.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        entry.Property(e => e.What).HasMaxLength(AuditEntry.WhatMaxLength);
        entry.Property(e => e.Room).HasMaxLength(AuditEntry.RoomMaxLength);
        entry.Property(e => e.Subject).HasMaxLength(AuditEntry.SubjectMaxLength);
        entry.Property(e => e.Why).HasMaxLength(AuditEntry.WhyMaxLength);

        // The explorer: everything about one row, in order.
        entry.HasIndex(e => new
        {
            e.Room,
            e.Subject,
            e.Id,
        });
    }
}
