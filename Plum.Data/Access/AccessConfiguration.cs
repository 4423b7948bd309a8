using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Clients;

namespace Plum.Data.Access;

internal sealed class PlumUserConfiguration : IEntityTypeConfiguration<PlumUser>
{
    public void Configure(EntityTypeBuilder<PlumUser> user)
    {
        user.Property(u => u.DisplayName).HasMaxLength(PlumUser.DisplayNameMaxLength);
        user.Property(u => u.TimeZoneId).HasMaxLength(PlumUser.TimeZoneMaxLength);
        user.Property(u => u.Culture).HasMaxLength(PlumUser.CultureMaxLength);
        user.HasOne<Client>().WithMany().HasForeignKey(u => u.ClientId).OnDelete(DeleteBehavior.Restrict);
    }
}
