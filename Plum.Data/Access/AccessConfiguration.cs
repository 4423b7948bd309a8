using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Domain.Access;
using Plum.Domain.Clients;

namespace Plum.Data.Access;

internal sealed class PlumUserConfiguration : IEntityTypeConfiguration<PlumUser>
{
    public void Configure(EntityTypeBuilder<PlumUser> user)
    {
        user.Property(u => u.DisplayName).HasMaxLength(PlumUser.DisplayNameMaxLength);
        user.Property(u => u.TimeZoneId).HasMaxLength(PlumUser.TimeZoneMaxLength);
        user.Property(u => u.Culture).HasMaxLength(PlumUser.CultureMaxLength);
        user.Property(u => u.AuthenticatorKey).HasMaxLength(PlumUser.AuthenticatorKeyMaxLength);
        user.Property(u => u.PendingAuthenticatorKey).HasMaxLength(PlumUser.AuthenticatorKeyMaxLength);
        user.Property(u => u.RecoveryCodes).HasMaxLength(PlumUser.RecoveryCodesMaxLength);
        user.HasOne<Client>().WithMany().HasForeignKey(u => u.ClientId).OnDelete(DeleteBehavior.Restrict);
        user.HasOne<PartnerInstitution>().WithMany().HasForeignKey(u => u.PartnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RoleConfiguration : IEntityTypeConfiguration<IdentityRole<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityRole<Guid>> role) =>
        role.HasData(
            Roles.All.Select(r => new IdentityRole<Guid>
            {
                Id = RoleKeys.Of(r),
                Name = r.ToString(),
                NormalizedName = r.ToString().ToUpperInvariant(),
                ConcurrencyStamp = "1",
            })
        );
}

internal static class RoleKeys
{
    /// <summary>The key of a role's row: the same in every database.</summary>
    public static Guid Of(Role role) => new($"5f0c2d10-0000-4000-8000-{(int)role:d12}");

    public static Role Role(Guid key) => (Role)int.Parse(key.ToString("N")[20..], System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class PartnerInstitutionConfiguration : IEntityTypeConfiguration<PartnerInstitution>
{
    public void Configure(EntityTypeBuilder<PartnerInstitution> partner)
    {
        partner.ToTable("PartnerInstitutions");
        partner.Property(p => p.Name).HasMaxLength(PartnerInstitution.NameMaxLength);
        partner.Property(p => p.Version).IsConcurrencyToken();
        partner.HasIndex(p => p.Name).IsUnique();
    }
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> session)
    {
        session.ToTable("UserSessions");
        session.Property(s => s.Address).HasMaxLength(UserSession.AddressMaxLength);
        session.Property(s => s.Browser).HasMaxLength(UserSession.BrowserMaxLength);
        session.HasOne<PlumUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Restrict);

        // A person's open sessions: shown on their page, ended all at once.
        session.HasIndex(s => new { s.UserId, s.EndedAtUtc });
    }
}

/// <summary>
/// Passkeys, as the third version of Identity's schema maps them. Identity asks the application's options for the version and not the context
/// (IdentityUserContext.OnModelCreating, 10.0), so that a context made by hand would have none: here every context has them.
/// </summary>
internal sealed class UserPasskeyConfiguration : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    private const int CredentialIdMaxLength = 1024; // WebAuthn 3, 4: at most 1023 bytes

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> passkey)
    {
        passkey.ToTable("AspNetUserPasskeys");
        passkey.HasKey(p => p.CredentialId);
        passkey.Property(p => p.CredentialId).HasMaxLength(CredentialIdMaxLength);
        passkey.OwnsOne(p => p.Data).ToJson();
        passkey.HasOne<PlumUser>().WithMany().HasForeignKey(p => p.UserId).IsRequired();
    }
}

/// <summary>Short enough for an index key of SQL Server (900 bytes).</summary>
internal sealed class UserLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    internal const int KeyMaxLength = 128;

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> login)
    {
        login.Property(l => l.LoginProvider).HasMaxLength(KeyMaxLength);
        login.Property(l => l.ProviderKey).HasMaxLength(KeyMaxLength);
    }
}

internal sealed class UserTokenConfiguration : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> token)
    {
        token.Property(t => t.LoginProvider).HasMaxLength(UserLoginConfiguration.KeyMaxLength);
        token.Property(t => t.Name).HasMaxLength(UserLoginConfiguration.KeyMaxLength);
    }
}
