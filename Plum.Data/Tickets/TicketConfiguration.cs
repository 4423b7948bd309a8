using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Notifications;
using Plum.Domain.Orders;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

internal sealed class TicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.ToTable("Tickets");
        ticket.Property(t => t.Id).ValueGeneratedNever();
        ticket.Property(t => t.Subject).HasMaxLength(Ticket.SubjectMaxLength);
        ticket.Property(t => t.Disposition).HasMaxLength(Disposition.CodeMaxLength);
        ticket.Property(t => t.SourceReference).HasMaxLength(Ticket.SourceReferenceMaxLength);
        ticket.Property(t => t.Version).IsConcurrencyToken();
        ticket.HasOne<Client>().WithMany().HasForeignKey(t => t.ClientId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Programme>().WithMany().HasForeignKey(t => t.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Category>().WithMany().HasForeignKey(t => t.CategoryId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Disposition>().WithMany().HasForeignKey(t => t.Disposition).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Recipient>().WithMany().HasForeignKey(t => t.RecipientId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Order>().WithMany().HasForeignKey(t => t.OrderId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Ticket>().WithMany().HasForeignKey(t => t.MergedIntoId).OnDelete(DeleteBehavior.Restrict); // its index: what was merged into one
        ticket.HasOne<PlumUser>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TicketEventConfiguration : IEntityTypeConfiguration<TicketEvent>
{
    public void Configure(EntityTypeBuilder<TicketEvent> line)
    {
        line.ToTable("TicketEvents");
        line.Property(e => e.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        line.Property(e => e.From).HasMaxLength(TicketEvent.ValueMaxLength);
        line.Property(e => e.To).HasMaxLength(TicketEvent.ValueMaxLength);
        line.Property(e => e.Note).HasMaxLength(TicketEvent.NoteMaxLength);
        line.HasOne<Ticket>().WithMany().HasForeignKey(e => e.TicketId).OnDelete(DeleteBehavior.Cascade);

        // One ticket's timeline, in order.
        line.HasIndex(e => new { e.TicketId, e.Id });
    }
}

internal sealed class TicketMessageConfiguration : IEntityTypeConfiguration<TicketMessage>
{
    public void Configure(EntityTypeBuilder<TicketMessage> message)
    {
        message.ToTable("TicketMessages");
        message.Property(m => m.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        message.Property(m => m.OutboxKey).HasMaxLength(OutboxMessage.KeyMaxLength);
        message.HasOne<Ticket>().WithMany().HasForeignKey(m => m.TicketId).OnDelete(DeleteBehavior.Cascade);

        // One ticket's conversation, in order.
        message.HasIndex(m => new { m.TicketId, m.Id });
    }
}

internal sealed class CategoryConfiguration : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.ToTable("Categories");
        category.Property(c => c.Name).HasMaxLength(Category.NameMaxLength).InAnyCase();
        category.Property(c => c.FirstDisposition).HasMaxLength(Disposition.CodeMaxLength);
        category.Property(c => c.Version).IsConcurrencyToken();

        // One category, one name.
        category.HasIndex(c => c.Name).IsUnique();
    }
}

internal sealed class DispositionConfiguration : IEntityTypeConfiguration<Disposition>
{
    public void Configure(EntityTypeBuilder<Disposition> disposition)
    {
        disposition.ToTable("Dispositions");
        disposition.HasKey(d => d.Code);
        disposition.Property(d => d.Code).HasMaxLength(Disposition.CodeMaxLength);
        disposition.Property(d => d.Label).HasMaxLength(Disposition.LabelMaxLength).InAnyCase();
        disposition.Property(d => d.ReportsUnder).HasMaxLength(Disposition.CodeMaxLength);
        disposition.Property(d => d.Version).IsConcurrencyToken();
        disposition.HasData(Dispositions.Standard());

        // One label, one disposition: people tell them apart by nothing else.
        disposition.HasIndex(d => d.Label).IsUnique();
    }
}
