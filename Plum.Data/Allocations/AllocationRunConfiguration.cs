using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;

namespace Plum.Data.Allocations;

internal sealed class AllocationApprovalConfiguration : IEntityTypeConfiguration<AllocationApproval>
{
    public void Configure(EntityTypeBuilder<AllocationApproval> approval)
    {
        approval.ToTable("AllocationApprovals");
        approval.HasKey(a => a.RequestId);
        approval.Property(a => a.RequestId).ValueGeneratedNever();
        approval.Property(a => a.Currency).HasMaxLength(3);
        approval.Ignore(a => a.Left);
        approval.HasOne<ApprovalRequest>().WithMany().HasForeignKey(a => a.RequestId).OnDelete(DeleteBehavior.Restrict);
        approval.HasOne<AllocationFile>().WithMany().HasForeignKey(a => a.FileId).OnDelete(DeleteBehavior.Restrict);

        // One a currency: what a file was submitted with last.
        approval.HasIndex(a => new { a.FileId, a.Currency }).IsUnique();
    }
}
