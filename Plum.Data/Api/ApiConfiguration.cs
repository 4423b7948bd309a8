using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Api;
using Plum.Domain.Audit;
using Plum.Domain.Clients;

namespace Plum.Data.Api;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("ApiKeys");
        key.Property(k => k.Name).HasMaxLength(ApiKey.NameMaxLength);
        key.Property(k => k.Prefix).HasMaxLength(ApiKey.PrefixLength);
        key.Property(k => k.Hash).HasMaxLength(ApiKey.HashLength);
        key.Property(k => k.FormerHash).HasMaxLength(ApiKey.HashLength);
        key.Property(k => k.Scopes).HasMaxLength(ApiKey.ScopesMaxLength);
        key.Property(k => k.MadeBy).HasMaxLength(AuditEntry.WhoMaxLength);
        key.Property(k => k.Hands).HasJsonConversion();
        key.Property(k => k.Version).IsConcurrencyToken();
        key.HasOne<Client>().WithMany().HasForeignKey(k => k.ClientId).OnDelete(DeleteBehavior.Restrict);
        key.HasOne<PlumUser>().WithMany().HasForeignKey(k => k.OwnerId).OnDelete(DeleteBehavior.Restrict);

        // Each call names its key by it.
        key.HasIndex(k => k.Prefix).IsUnique();

        // A client's keys.
        key.HasIndex(k => new { k.ClientId, k.Id });
    }
}

internal sealed class ApiAnswerConfiguration : IEntityTypeConfiguration<ApiAnswer>
{
    public void Configure(EntityTypeBuilder<ApiAnswer> answer)
    {
        answer.ToTable("ApiAnswers");
        answer.HasKey(a => new { a.ApiKeyId, a.Key });
        answer.Property(a => a.Key).HasMaxLength(ApiAnswer.KeyMaxLength);
        answer.Property(a => a.Fingerprint).HasMaxLength(ApiAnswer.FingerprintLength);
        answer.Property(a => a.Location).HasMaxLength(ApiAnswer.LocationMaxLength);
        answer.HasOne<ApiKey>().WithMany().HasForeignKey(a => a.ApiKeyId).OnDelete(DeleteBehavior.Cascade);

        // Those that are to be swept.
        answer.HasIndex(a => a.AtUtc);
    }
}
