using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Audit;

namespace Plum.Data.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        // SQL Server refuses OUTPUT on a table with triggers; EF Core goes another way when it knows of them.
        entry.ToTable("AuditEntries", table => table.HasTrigger(AuditTriggers.Entries));
        entry.Property(e => e.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        entry.Property(e => e.What).HasMaxLength(AuditEntry.WhatMaxLength);
        entry.Property(e => e.Room).HasMaxLength(AuditEntry.RoomMaxLength);
        entry.Property(e => e.Subject).HasMaxLength(AuditEntry.SubjectMaxLength);
        entry.Property(e => e.Why).HasMaxLength(AuditEntry.WhyMaxLength);

        // The explorer: everything about one row; everything that one person did; one client's lines; one institution's; a span of time.
        entry.HasIndex(e => new
        {
            e.Room,
            e.Subject,
            e.Id,
        });
        entry.HasIndex(e => new { e.UserId, e.Id });
        entry.HasIndex(e => new { e.ClientId, e.Id });
        entry.HasIndex(e => new { e.PartnerId, e.Id }).HasFilter("PartnerId IS NOT NULL");
        entry.HasIndex(e => e.AtUtc);
    }
}

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> seal)
    {
        seal.ToTable("AuditSeals", table => table.HasTrigger(AuditTriggers.Seals));
        seal.HasKey(s => s.Position);
        seal.Property(s => s.Position).ValueGeneratedNever();
        seal.Property(s => s.Hash).HasMaxLength(32).IsFixedLength();

        // Each entry is sealed once. No foreign key: an entry that is gone must be found, not hindered.
        seal.HasIndex(s => s.EntryId).IsUnique();
    }
}
