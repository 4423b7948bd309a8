using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Orders;

namespace Plum.Data.Allocations;

internal sealed class AllocationFileConfiguration : IEntityTypeConfiguration<AllocationFile>
{
    public void Configure(EntityTypeBuilder<AllocationFile> file)
    {
        file.ToTable("AllocationFiles");
        file.Property(f => f.FileName).HasMaxLength(AllocationFile.FileNameMaxLength);
        file.Property(f => f.Sha256).HasMaxLength(64).IsFixedLength();
        file.Property(f => f.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        file.Property(f => f.GivenKey).HasMaxLength(AllocationFile.GivenKeyMaxLength);
        file.Property(f => f.Error).HasMaxLength(AllocationFile.ErrorMaxLength);
        file.Property(f => f.Form).HasJsonConversion();
        file.Property(f => f.Mapping).HasJsonConversion();
        file.Property(f => f.Change).HasJsonOrNull();
        file.Property(f => f.Version).IsConcurrencyToken();
        file.HasOne<Client>().WithMany().HasForeignKey(f => f.ClientId).OnDelete(DeleteBehavior.Restrict);
        file.HasOne<Programme>().WithMany().HasForeignKey(f => f.ProgrammeId).OnDelete(DeleteBehavior.Restrict);

        // URLs and commands name a file by its number.
        file.HasIndex(f => f.Number).IsUnique();

        // A client's files, newest first; a programme's, for the mapping that was used last.
        file.HasIndex(f => new { f.ClientId, f.Number });
        file.HasIndex(f => new { f.ProgrammeId, f.Number });

        // What the work has to do.
        file.HasIndex(f => new { f.State, f.Number });

        // A call of the API that is made again.
        file.HasIndex(f => f.GivenKey).HasFilter("GivenKey IS NOT NULL");

        // The same file twice for one client is noticed, also when two upload it at once, unless nothing was or will be sent of the first.
        file.HasIndex(f => new { f.ClientId, f.Sha256 }).IsUnique().HasFilter("State <> 'Cancelled'");
    }
}

internal sealed class AllocationRowConfiguration : IEntityTypeConfiguration<AllocationRow>
{
    public void Configure(EntityTypeBuilder<AllocationRow> row)
    {
        row.ToTable("AllocationRows");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Key).HasMaxLength(AllocationRow.KeyMaxLength);
        row.Property(r => r.Reference).HasMaxLength(AllocationRow.ReferenceMaxLength);
        row.Property(r => r.Name).HasMaxLength(Recipient.NameMaxLength);
        row.Property(r => r.Email).HasMaxLength(Recipient.EmailMaxLength);
        row.Property(r => r.Phone).HasMaxLength(Recipient.PhoneMaxLength);
        row.Property(r => r.EmployeeNumber).HasMaxLength(Recipient.EmployeeNumberMaxLength);
        row.Property(r => r.Country).HasMaxLength(2);
        row.Property(r => r.Language).HasMaxLength(AllocationRow.LanguageMaxLength);
        row.Property(r => r.Currency).HasMaxLength(3);
        row.Property(r => r.Message).HasMaxLength(AllocationRow.MessageMaxLength);
        row.Property(r => r.Cells).HasJsonOrNull();
        row.Property(r => r.Original).HasJsonOrNull();
        row.Property(r => r.Faults).HasJsonOrNull();
        row.Property(r => r.Version).IsConcurrencyToken();

        // No foreign keys here: a file, a programme and a reward are never deleted, and a million rows would look each of them up three times.

        // One reference is sent once in a programme, whichever files name it: only rows that are good, or further, hold their key.
        row.HasIndex(r => new { r.ProgrammeId, r.Key }).IsUnique().HasFilter("[Key] IS NOT NULL");

        // The bad rows of a file in its order: the mend grid, page by page; and those left out.
        // SQLite takes an index with a filter only for a query that says the very same.
        row.HasIndex(r => new { r.FileId, r.Id }, "IX_AllocationRows_Bad").HasFilter("State = 'Bad'");
        row.HasIndex(r => new { r.FileId, r.Id }, "IX_AllocationRows_Excluded").HasFilter("State = 'Excluded'");

        // Of an order, the row that it came from.
        row.HasIndex(r => r.OrderId).HasFilter("OrderId IS NOT NULL");
    }
}

internal sealed class AllocationTotalConfiguration : IEntityTypeConfiguration<AllocationTotal>
{
    public void Configure(EntityTypeBuilder<AllocationTotal> total)
    {
        total.ToTable("AllocationTotals");
        total.HasKey(t => new { t.FileId, t.Currency });
        total.Property(t => t.Currency).HasMaxLength(3);
        total.HasOne<AllocationFile>().WithMany().HasForeignKey(t => t.FileId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AllocationFaultCountConfiguration : IEntityTypeConfiguration<AllocationFaultCount>
{
    public void Configure(EntityTypeBuilder<AllocationFaultCount> count)
    {
        count.ToTable("AllocationFaultCounts");
        count.HasKey(c => new { c.FileId, c.Code });
        count.Property(c => c.Code).HasMaxLength(AllocationFaultCount.CodeMaxLength);
        count.HasOne<AllocationFile>().WithMany().HasForeignKey(c => c.FileId).OnDelete(DeleteBehavior.Cascade);
    }
}
