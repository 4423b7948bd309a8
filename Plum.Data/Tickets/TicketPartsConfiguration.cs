using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

internal sealed class EscalationConfiguration : IEntityTypeConfiguration<Escalation>
{
    public void Configure(EntityTypeBuilder<Escalation> escalation)
    {
        escalation.ToTable("Escalations");
        escalation.Property(e => e.Reason).HasMaxLength(Escalation.ReasonMaxLength);
        escalation.Property(e => e.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        escalation.HasOne<Ticket>().WithMany().HasForeignKey(e => e.TicketId).OnDelete(DeleteBehavior.Cascade);

        // The report: a client's escalations of a period.
        escalation.HasIndex(e => new { e.ClientId, e.AtUtc });
    }
}

internal sealed class HandoverConfiguration : IEntityTypeConfiguration<Handover>
{
    public void Configure(EntityTypeBuilder<Handover> handover)
    {
        handover.ToTable("Handovers");
        handover.Property(h => h.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        handover.Property(h => h.AcceptedBy).HasMaxLength(AuditEntry.WhoMaxLength);
        handover.HasOne<Ticket>().WithMany().HasForeignKey(h => h.TicketId).OnDelete(DeleteBehavior.Cascade);

        // The report, and the client's own list: a client's handovers, newest last.
        handover.HasIndex(h => new { h.ClientId, h.AtUtc });
    }
}

internal sealed class TicketLinkConfiguration : IEntityTypeConfiguration<TicketLink>
{
    public void Configure(EntityTypeBuilder<TicketLink> link)
    {
        link.ToTable("TicketLinks");
        link.Property(l => l.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        link.HasOne<Ticket>().WithMany().HasForeignKey(l => l.TicketId).OnDelete(DeleteBehavior.Cascade);
        link.HasOne<Ticket>().WithMany().HasForeignKey(l => l.OtherId).OnDelete(DeleteBehavior.Restrict); // its index: the link seen from the other side

        // A ticket's links; the same link is not made twice.
        link.HasIndex(l => new
            {
                l.TicketId,
                l.OtherId,
                l.Kind,
            })
            .IsUnique();
    }
}

internal sealed class TicketAttachmentConfiguration : IEntityTypeConfiguration<TicketAttachment>
{
    public void Configure(EntityTypeBuilder<TicketAttachment> file)
    {
        file.ToTable("TicketAttachments");
        file.Property(f => f.Id).ValueGeneratedNever();
        file.Property(f => f.Name).HasMaxLength(TicketAttachment.NameMaxLength);
        file.Property(f => f.ContentType).HasMaxLength(TicketAttachment.TypeMaxLength);
        file.Property(f => f.Sha256).HasMaxLength(TicketAttachment.Sha256Length).IsFixedLength();
        file.Property(f => f.StoredName).HasMaxLength(TicketAttachment.StoredNameMaxLength);
        file.Property(f => f.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        file.HasOne<Ticket>().WithMany().HasForeignKey(f => f.TicketId).OnDelete(DeleteBehavior.Cascade);

        file.HasOne<TicketMessage>().WithMany().HasForeignKey(f => f.MessageId).OnDelete(DeleteBehavior.NoAction); // SQL Server takes one cascade path

        // A ticket's files.
        file.HasIndex(f => new { f.TicketId, f.MessageId });

        // The sweep of what was uploaded and never sent.
        file.HasIndex(f => new { f.MessageId, f.AtUtc });
    }
}

internal sealed class MacroConfiguration : IEntityTypeConfiguration<Macro>
{
    public void Configure(EntityTypeBuilder<Macro> macro)
    {
        macro.ToTable("Macros");
        macro.Property(m => m.Name).HasMaxLength(Macro.NameMaxLength);
        macro.Property(m => m.Body).HasMaxLength(Macro.BodyMaxLength);
        macro.Property(m => m.Version).IsConcurrencyToken();
        macro.HasOne<Client>().WithMany().HasForeignKey(m => m.ClientId).OnDelete(DeleteBehavior.Cascade);
        macro.HasOne<Category>().WithMany().HasForeignKey(m => m.CategoryId).OnDelete(DeleteBehavior.Restrict);

        // One macro, one name.
        macro.HasIndex(m => m.Name).IsUnique();
    }
}

internal sealed class TicketPresenceConfiguration : IEntityTypeConfiguration<TicketPresence>
{
    public void Configure(EntityTypeBuilder<TicketPresence> presence)
    {
        presence.ToTable("TicketPresences");
        presence.Property(p => p.Id).ValueGeneratedNever();
        presence.Property(p => p.Who).HasMaxLength(AuditEntry.WhoMaxLength);

        // Who is on the tickets that a node watches; and the sweep of pages that are gone.
        presence.HasIndex(p => new { p.TicketId, p.SeenAtUtc });
    }
}
