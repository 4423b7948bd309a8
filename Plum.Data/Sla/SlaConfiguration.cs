using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

internal sealed class BusinessCalendarConfiguration : IEntityTypeConfiguration<BusinessCalendar>
{
    public void Configure(EntityTypeBuilder<BusinessCalendar> calendar)
    {
        calendar.ToTable("BusinessCalendars");
        calendar.Property(c => c.Code).HasMaxLength(BusinessCalendar.CodeMaxLength);
        calendar.Property(c => c.Name).HasMaxLength(BusinessCalendar.NameMaxLength);
        calendar.Property(c => c.Hours).HasJsonConversion();
        calendar.Property(c => c.Version).IsConcurrencyToken();

        // URLs and files name a calendar by its code.
        calendar.HasIndex(c => c.Code).IsUnique();
    }
}

internal sealed class SlaPolicyConfiguration : IEntityTypeConfiguration<SlaPolicy>
{
    public void Configure(EntityTypeBuilder<SlaPolicy> policy)
    {
        policy.ToTable("SlaPolicies");
        policy.Property(p => p.Code).HasMaxLength(SlaPolicy.CodeMaxLength);
        policy.Property(p => p.Name).HasMaxLength(SlaPolicy.NameMaxLength);
        policy.Property(p => p.Version).IsConcurrencyToken();

        // URLs and files name a policy by its code.
        policy.HasIndex(p => p.Code).IsUnique();
    }
}

internal sealed class SlaPolicyVersionConfiguration : IEntityTypeConfiguration<SlaPolicyVersion>
{
    public void Configure(EntityTypeBuilder<SlaPolicyVersion> version)
    {
        version.ToTable("SlaPolicyVersions");
        version.Property(v => v.Terms).HasJsonConversion();
        version.Property(v => v.Note).HasMaxLength(SlaPolicyVersion.NoteMaxLength);
        version.Property(v => v.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        version.HasOne<SlaPolicy>().WithMany().HasForeignKey(v => v.PolicyId).OnDelete(DeleteBehavior.Restrict);

        // A policy's newest version, its history, and that each number is given once.
        version.HasIndex(v => new { v.PolicyId, v.Number }).IsUnique();
    }
}

internal sealed class SlaClockConfiguration : IEntityTypeConfiguration<SlaClock>
{
    public void Configure(EntityTypeBuilder<SlaClock> clock)
    {
        clock.ToTable("SlaClocks");
        clock.HasOne<Ticket>().WithMany().HasForeignKey(c => c.TicketId).OnDelete(DeleteBehavior.Cascade);

        // Two who flag at once: the second finds that it is done.
        clock.Property(c => c.WarnedAtUtc).IsConcurrencyToken();
        clock.Property(c => c.BreachedAtUtc).IsConcurrencyToken();

        // A ticket's clocks, and that each is there once.
        clock
            .HasIndex(c => new
            {
                c.TicketId,
                c.Target,
                c.StartedAtUtc,
            })
            .IsUnique();
    }
}

/// <summary>The columns of the reckoning on the tickets, and what the clients are reckoned by.</summary>
internal sealed class SlaOfTicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.Property(t => t.BreachedTargets).HasConversion<int>();
        ticket.HasOne<SlaPolicyVersion>().WithMany().HasForeignKey(t => t.SlaPolicyVersionId).OnDelete(DeleteBehavior.Restrict);

        // The sweep: what has something to flag by now.
        ticket.HasIndex(t => t.SlaCheckAtUtc).HasFilter("SlaCheckAtUtc IS NOT NULL");
    }
}

internal sealed class SlaOfClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.HasOne<BusinessCalendar>().WithMany().HasForeignKey(c => c.CalendarId).OnDelete(DeleteBehavior.Restrict);
        client.HasOne<SlaPolicy>().WithMany().HasForeignKey(c => c.SlaPolicyId).OnDelete(DeleteBehavior.Restrict);
    }
}
