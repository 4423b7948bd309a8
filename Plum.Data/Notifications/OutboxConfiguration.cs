using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Notifications;

namespace Plum.Data.Notifications;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.ToTable("Outbox");
        message.Property(m => m.Key).HasMaxLength(OutboxMessage.KeyMaxLength);
        message.Property(m => m.To).HasMaxLength(OutboxMessage.AddressMaxLength);
        message.Property(m => m.Subject).HasMaxLength(OutboxMessage.SubjectMaxLength);
        message.Property(m => m.Status).IsConcurrencyToken(); // one of two who resend, or who record, comes first
        message.Property(m => m.Error).HasMaxLength(OutboxMessage.ErrorMaxLength);
        message.Property(m => m.Receipt).HasMaxLength(OutboxMessage.ReceiptMaxLength);
        message.Property(m => m.Files).HasJsonConversion();

        // Sent once per key.
        message.HasIndex(m => m.Key).IsUnique();

        // The sender's batch: what is due.
        message.HasIndex(m => new { m.Status, m.NextAttemptAtUtc });
    }
}
