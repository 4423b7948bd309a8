using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("SavedViews");
        view.Property(v => v.Name).HasMaxLength(SavedView.NameMaxLength);
        view.Property(v => v.Filter).HasMaxLength(SavedView.FilterMaxLength);
        view.Property(v => v.Order).HasMaxLength(SavedView.OrderMaxLength);
        view.Property(v => v.Columns).HasMaxLength(SavedView.ColumnsMaxLength);
        view.Property(v => v.Version).IsConcurrencyToken();
        view.HasOne<PlumUser>().WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.Restrict);
        view.HasOne<Client>().WithMany().HasForeignKey(v => v.ClientId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class QueueTabsConfiguration : IEntityTypeConfiguration<QueueTabs>
{
    public void Configure(EntityTypeBuilder<QueueTabs> tabs)
    {
        tabs.ToTable("QueueTabs");
        tabs.HasKey(t => t.UserId);
        tabs.Property(t => t.First).HasMaxLength(QueueTabs.FirstMaxLength);
        tabs.Property(t => t.Sequence).HasJsonConversion();
        tabs.HasOne<PlumUser>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
