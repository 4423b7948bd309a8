using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Imports;
using Plum.Domain.Orders;
using Plum.Domain.Tickets;

namespace Plum.Data.Imports;

internal sealed class TicketImportConfiguration : IEntityTypeConfiguration<TicketImport>
{
    public void Configure(EntityTypeBuilder<TicketImport> import)
    {
        import.ToTable("TicketImports");
        import.Property(i => i.FileName).HasMaxLength(TicketImport.FileNameMaxLength);
        import.Property(i => i.Sha256).HasMaxLength(64).IsFixedLength();
        import.Property(i => i.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        import.Property(i => i.Error).HasMaxLength(TicketImport.ErrorMaxLength);
        import.Property(i => i.Form).HasJsonConversion();
        import.Property(i => i.Mapping).HasJsonConversion();
        import.Property(i => i.Check).HasJsonOrNull();
        import.Property(i => i.Version).IsConcurrencyToken();
        import.HasOne<Client>().WithMany().HasForeignKey(i => i.ClientId).OnDelete(DeleteBehavior.Restrict);

        // URLs and commands name an import by its number.
        import.HasIndex(i => i.Number).IsUnique();

        // A client's imports, newest first: the list, and the mapping that was used last.
        import.HasIndex(i => new { i.ClientId, i.Number });

        // The same file twice for one client is noticed, unless the first was undone or thrown away.
        import.HasIndex(i => new { i.ClientId, i.Sha256 }).IsUnique().HasFilter("State <> 'Undone' AND State <> 'Discarded'");
    }
}

internal sealed class ImportedTicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.HasOne<TicketImport>().WithMany().HasForeignKey(t => t.ImportId).OnDelete(DeleteBehavior.Restrict);

        // One complaint of the client's old system is one ticket, whichever file brings it.
        ticket.HasIndex(t => new { t.ClientId, t.SourceReference }).IsUnique().HasFilter("SourceReference IS NOT NULL");
    }
}

internal sealed class ImportedRecipientConfiguration : IEntityTypeConfiguration<Recipient>
{
    public void Configure(EntityTypeBuilder<Recipient> recipient)
    {
        recipient.HasOne<TicketImport>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Restrict);

        // The recipients that one import made, for its undoing.
        recipient.HasIndex(r => r.ImportId).HasFilter("ImportId IS NOT NULL");
    }
}
