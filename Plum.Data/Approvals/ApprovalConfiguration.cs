using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;

namespace Plum.Data.Approvals;

internal sealed class ApprovalRequestConfiguration : IEntityTypeConfiguration<ApprovalRequest>
{
    public void Configure(EntityTypeBuilder<ApprovalRequest> request)
    {
        request.ToTable("ApprovalRequests");
        request.Property(r => r.Id).ValueGeneratedNever();
        request.Property(r => r.Title).HasMaxLength(ApprovalRequest.TitleMaxLength);
        request.ComplexProperty(
            r => r.Amount,
            amount =>
            {
                amount.Property(m => m.MinorUnits).HasColumnName("AmountMinorUnits");
                amount.Property(m => m.Currency).HasColumnName("AmountCurrency").HasMaxLength(3);
            }
        );
        request.Property(r => r.Reason).HasMaxLength(ApprovalRequest.ReasonMaxLength);
        request.Property(r => r.ReasonCode).HasMaxLength(ApprovalRequest.ReasonCodeMaxLength);
        request.Property(r => r.Beneficiary).HasMaxLength(ApprovalRequest.BeneficiaryMaxLength);
        request.Property(r => r.BeneficiaryName).HasMaxLength(ApprovalRequest.BeneficiaryNameMaxLength);
        request.Property(r => r.BeneficiaryEmail).HasMaxLength(Domain.Orders.Recipient.EmailMaxLength);
        request.Property(r => r.MakerName).HasMaxLength(AuditEntry.WhoMaxLength);
        request.Property(r => r.MakerRoles).HasMaxLength(RequestEvent.RolesMaxLength);
        request.Property(r => r.Fingerprint).HasMaxLength(ApprovalRequest.FingerprintLength);
        request.Property(r => r.Policy).HasJsonConversion();
        request.Property(r => r.Hands).HasJsonConversion();
        request.Property(r => r.OpenKey).HasMaxLength(ApprovalRequest.OpenKeyMaxLength);
        request.Property(r => r.SupplierReference).HasMaxLength(ApprovalRequest.SupplierReferenceMaxLength);
        request.Property(r => r.Outcome).HasMaxLength(ApprovalRequest.OutcomeMaxLength);
        request.Property(r => r.Version).IsConcurrencyToken();

        // One open correction of a kind per order, under any race.
        request.HasIndex(r => r.OpenKey).IsUnique();

        // The checker's queue, oldest due first; what is to be executed; one's own requests that are not finished, and what the policy counts of
        // them all; those of a ticket, of an order, for a beneficiary; a resubmission's successor; the history, newest first.
        request.HasIndex(r => new
        {
            r.State,
            r.DueAtUtc,
            r.Id,
        });
        request.HasIndex(r => new { r.State, r.NextAttemptAtUtc });
        request.HasIndex(r => new { r.MakerId, r.EndedAtUtc });
        request.HasIndex(r => new { r.ClientId, r.EndedAtUtc }); // what was given in a client's month
        request.HasIndex(r => new { r.MakerId, r.MadeAtUtc });
        request.HasIndex(r => r.TicketId);
        request.HasIndex(r => r.OrderId);
        request.HasIndex(r => new { r.Beneficiary, r.MadeAtUtc });
        request.HasIndex(r => r.ReplacesId);
        request.HasIndex(r => new { r.MadeAtUtc, r.Id });
    }
}

internal sealed class RequestEventConfiguration : IEntityTypeConfiguration<RequestEvent>
{
    public void Configure(EntityTypeBuilder<RequestEvent> line)
    {
        line.ToTable("RequestEvents", table => table.HasTrigger(AppendOnly.Trigger("RequestEvents")));
        line.Property(e => e.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        line.Property(e => e.Note).HasMaxLength(RequestEvent.NoteMaxLength);
        line.Property(e => e.Roles).HasMaxLength(RequestEvent.RolesMaxLength);
        line.Property(e => e.OnBehalfOf).HasMaxLength(AuditEntry.WhoMaxLength);
        line.Property(e => e.Limit).HasJsonConversion();
        line.Property(e => e.Fingerprint).HasMaxLength(ApprovalRequest.FingerprintLength);
        line.HasOne<ApprovalRequest>().WithMany().HasForeignKey(e => e.RequestId).OnDelete(DeleteBehavior.Restrict);

        // A request's history; each level is decided once, under any race.
        line.HasIndex(e => new { e.RequestId, e.Id });
        line.HasIndex(e => new { e.RequestId, e.Step }).IsUnique().HasFilter("Step IS NOT NULL");
    }
}

internal sealed class ApprovalLimitConfiguration : IEntityTypeConfiguration<ApprovalLimit>
{
    public void Configure(EntityTypeBuilder<ApprovalLimit> limit)
    {
        limit.ToTable("ApprovalLimits");
        limit.Property(l => l.Currency).HasMaxLength(3);
        limit.Property(l => l.Version).IsConcurrencyToken();

        // One row a role, kind and currency; two indexes, because to a unique index two nulls differ on one of the providers.
        limit
            .HasIndex(l => new
            {
                l.Kind,
                l.Currency,
                l.Role,
            })
            .IsUnique()
            .HasFilter("PartnerId IS NULL");
        limit
            .HasIndex(l => new
            {
                l.PartnerId,
                l.Kind,
                l.Currency,
                l.Role,
            })
            .IsUnique()
            .HasFilter("PartnerId IS NOT NULL");
    }
}

internal sealed class ApprovalBandConfiguration : IEntityTypeConfiguration<ApprovalBand>
{
    public void Configure(EntityTypeBuilder<ApprovalBand> band)
    {
        band.ToTable("ApprovalBands");
        band.Property(b => b.Currency).HasMaxLength(3);
        band.Property(b => b.Version).IsConcurrencyToken();

        // One row a threshold.
        band.HasIndex(b => new
            {
                b.Kind,
                b.Currency,
                b.Above,
            })
            .IsUnique();
    }
}

internal sealed class DelegationConfiguration : IEntityTypeConfiguration<Delegation>
{
    public void Configure(EntityTypeBuilder<Delegation> delegation)
    {
        delegation.ToTable("Delegations");
        delegation.Property(d => d.Reason).HasMaxLength(Delegation.ReasonMaxLength);
        delegation.Property(d => d.Version).IsConcurrencyToken();

        // For whom somebody stands in, and who stands in for somebody.
        delegation.HasIndex(d => new { d.ToUserId, d.UntilUtc });
        delegation.HasIndex(d => new { d.FromUserId, d.UntilUtc });
    }
}

internal sealed class EmergencyAccessConfiguration : IEntityTypeConfiguration<EmergencyAccess>
{
    public void Configure(EntityTypeBuilder<EmergencyAccess> access)
    {
        access.ToTable("EmergencyAccesses");
        access.Property(a => a.Who).HasMaxLength(AuditEntry.WhoMaxLength);
        access.Property(a => a.Reason).HasMaxLength(EmergencyAccess.ReasonMaxLength);
        access.Property(a => a.Reviewer).HasMaxLength(AuditEntry.WhoMaxLength);
        access.Property(a => a.Review).HasMaxLength(EmergencyAccess.ReasonMaxLength);
        access.Property(a => a.Version).IsConcurrencyToken();

        // Whether somebody has it now; what is still to be reviewed.
        access.HasIndex(a => new { a.UserId, a.UntilUtc });
        access.HasIndex(a => a.ReviewedAtUtc);
    }
}
