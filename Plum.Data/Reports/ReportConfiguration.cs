using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Clients;
using Plum.Domain.Reports;
using Plum.Domain.Tickets;

namespace Plum.Data.Reports;

internal sealed class ReportConfiguration : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> report)
    {
        report.ToTable("Reports");
        report.Property(r => r.MadeBy).HasMaxLength(Report.MadeByMaxLength);
        report.HasOne<Client>().WithMany().HasForeignKey(r => r.ClientId).OnDelete(DeleteBehavior.Restrict);

        // The library of one client, newest period first; the job's question which month was made last.
        report.HasIndex(r => new { r.ClientId, r.FirstDay });

        // The library of all clients.
        report.HasIndex(r => r.FirstDay);

        // The schedule makes each report once, whichever node runs it and however often.
        report
            .HasIndex(r => new
            {
                r.ClientId,
                r.Cadence,
                r.ScheduledFor,
            })
            .IsUnique()
            .HasFilter("ScheduledFor IS NOT NULL");
    }
}

/// <summary>How a report reads the tickets: each part of <see cref="KpiTickets.Parts"/> by an index of its own.</summary>
internal sealed class KpiOfTicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        // A client's tickets created in a period.
        ticket.HasIndex(t => new { t.ClientId, t.CreatedAtUtc });

        // A client's tickets that are open, or became final since an instant.
        ticket.HasIndex(t => new { t.ClientId, t.ResolvedAtUtc });

        // A client's answers to surveys, by their date.
        ticket.HasIndex(t => new { t.ClientId, t.CsatAtUtc }).HasFilter("CsatAtUtc IS NOT NULL");

        // A client's surveys, by the date they were sent.
        ticket.HasIndex(t => new { t.ClientId, t.CsatAskedAtUtc }).HasFilter("CsatAskedAtUtc IS NOT NULL");
    }
}
