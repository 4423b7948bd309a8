using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;

namespace Plum.Data.Deliveries;

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("Deliveries");
        delivery.Property(d => d.Address).HasMaxLength(Delivery.AddressMaxLength);
        delivery.Property(d => d.Language).HasMaxLength(Delivery.LanguageMaxLength);
        delivery.Property(d => d.Message).HasMaxLength(Delivery.MessageMaxLength);
        delivery.Property(d => d.Provider).HasMaxLength(Delivery.ProviderMaxLength);
        delivery.Property(d => d.Code).HasMaxLength(Delivery.CodeMaxLength);
        delivery.Property(d => d.Words).HasMaxLength(Delivery.WordsMaxLength);
        delivery.Property(d => d.Version).IsConcurrencyToken();
        delivery.Ignore(d => d.Key);
        delivery.HasOne<Order>().WithMany().HasForeignKey(d => d.OrderId).OnDelete(DeleteBehavior.Restrict);

        // An order is queued once, and each turn of it once; the deliveries of an order.
        delivery.HasIndex(d => new { d.OrderId, d.Turn }).IsUnique();

        // The sender's batch by channel: what is due, and whose claim has run out. Two, as SQLite uses a partial index only where the query repeats its
        // condition word for word, and reads no IN in it: https://www.sqlite.org/partialindex.html#queries_using_partial_indexes.
        delivery.HasIndex(d => new { d.Channel, d.DueAtUtc }, "IX_Deliveries_Queued").HasFilter("State = 'Queued'");
        delivery.HasIndex(d => new { d.Channel, d.DueAtUtc }, "IX_Deliveries_Sending").HasFilter("State = 'Sending'");

        // The failed ones, newest first: everybody's, a client's, a programme's.
        delivery.HasIndex(d => d.Id).HasFilter("State = 'Failed'");
        delivery.HasIndex(d => new { d.ClientId, d.Id }).HasFilter("State = 'Failed'");
        delivery.HasIndex(d => new { d.ProgrammeId, d.Id }).HasFilter("State = 'Failed'");

        // How far a file has come, and its failed ones.
        delivery
            .HasIndex(d => new
            {
                d.AllocationFileId,
                d.State,
                d.Id,
            })
            .HasFilter("AllocationFileId IS NOT NULL");
    }
}

internal sealed class DeliveryAttemptConfiguration : IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt)
    {
        attempt.ToTable("DeliveryAttempts");
        attempt.HasKey(a => new { a.DeliveryId, a.Number });
        attempt.Property(a => a.Provider).HasMaxLength(Delivery.ProviderMaxLength);
        attempt.Property(a => a.Address).HasMaxLength(Delivery.AddressMaxLength);
        attempt.Property(a => a.ProviderMessageId).HasMaxLength(DeliveryAttempt.ProviderMessageIdMaxLength);
        attempt.Property(a => a.RawStatus).HasMaxLength(DeliveryAttempt.RawStatusMaxLength);
        attempt.Property(a => a.Code).HasMaxLength(Delivery.CodeMaxLength);
        attempt.Property(a => a.Words).HasMaxLength(Delivery.WordsMaxLength);
        attempt.Ignore(a => a.Key);
        attempt.HasOne<Delivery>().WithMany().HasForeignKey(a => a.DeliveryId).OnDelete(DeleteBehavior.Cascade);

        // A callback that knows the provider's own number only.
        attempt.HasIndex(a => a.ProviderMessageId).HasFilter("ProviderMessageId IS NOT NULL");
    }
}

internal sealed class DeliveryEventConfiguration : IEntityTypeConfiguration<DeliveryEvent>
{
    public void Configure(EntityTypeBuilder<DeliveryEvent> line)
    {
        line.ToTable("DeliveryEvents");
        line.Property(e => e.Provider).HasMaxLength(Delivery.ProviderMaxLength);
        line.Property(e => e.EventId).HasMaxLength(DeliveryEvent.EventIdMaxLength);
        line.Property(e => e.RawStatus).HasMaxLength(DeliveryAttempt.RawStatusMaxLength);
        line.Property(e => e.Code).HasMaxLength(Delivery.CodeMaxLength);
        line.Property(e => e.Words).HasMaxLength(Delivery.WordsMaxLength);
        line.HasOne<Delivery>().WithMany().HasForeignKey(e => e.DeliveryId).OnDelete(DeleteBehavior.Cascade);

        // The same callback twice is one event.
        line.HasIndex(e => new { e.Provider, e.EventId }).IsUnique();

        // All that was told of a delivery.
        line.HasIndex(e => new { e.DeliveryId, e.Id });
    }
}

internal sealed class ProviderPauseConfiguration : IEntityTypeConfiguration<ProviderPause>
{
    public void Configure(EntityTypeBuilder<ProviderPause> pause)
    {
        pause.ToTable("ProviderPauses");
        pause.HasKey(p => p.Provider);
        pause.Property(p => p.Provider).HasMaxLength(Delivery.ProviderMaxLength);
        pause.Property(p => p.Code).HasMaxLength(Delivery.CodeMaxLength);
        pause.Property(p => p.Words).HasMaxLength(Delivery.WordsMaxLength);
    }
}

internal sealed class ProgrammeDeliveryConfiguration : IEntityTypeConfiguration<ProgrammeDelivery>
{
    public void Configure(EntityTypeBuilder<ProgrammeDelivery> settings)
    {
        settings.ToTable("ProgrammeDeliveries");
        settings.HasKey(s => s.ProgrammeId);
        settings.Property(s => s.Language).HasMaxLength(Delivery.LanguageMaxLength);
        settings.Property(s => s.Version).IsConcurrencyToken();
        settings.HasOne<Programme>().WithOne().HasForeignKey<ProgrammeDelivery>(s => s.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DeliveryTemplateConfiguration : IEntityTypeConfiguration<DeliveryTemplate>
{
    public void Configure(EntityTypeBuilder<DeliveryTemplate> template)
    {
        template.ToTable("DeliveryTemplates");
        template.Property(t => t.Language).HasMaxLength(Delivery.LanguageMaxLength);
        template.Property(t => t.Subject).HasMaxLength(DeliveryTemplate.SubjectMaxLength);
        template.Property(t => t.Body).HasMaxLength(DeliveryTemplate.BodyMaxLength);
        template.Property(t => t.ProviderName).HasMaxLength(DeliveryTemplate.ProviderNameMaxLength);
        template.Property(t => t.Variables).HasJsonConversion();
        template.Property(t => t.Version).IsConcurrencyToken();
        template.HasOne<Programme>().WithMany().HasForeignKey(t => t.ProgrammeId).OnDelete(DeleteBehavior.Cascade);

        // One a channel and language; all of a programme.
        template
            .HasIndex(t => new
            {
                t.ProgrammeId,
                t.Channel,
                t.Language,
            })
            .IsUnique();
    }
}

internal sealed class SandboxMessageConfiguration : IEntityTypeConfiguration<SandboxMessage>
{
    public void Configure(EntityTypeBuilder<SandboxMessage> message)
    {
        message.ToTable("SandboxMessages");
        message.Property(m => m.Key).HasMaxLength(60);
        message.Property(m => m.To).HasMaxLength(Delivery.AddressMaxLength);
        message.Property(m => m.Language).HasMaxLength(Delivery.LanguageMaxLength);
        message.Property(m => m.Subject).HasMaxLength(1000);
        message.Property(m => m.Template).HasMaxLength(4000);
        message.Property(m => m.Code).HasMaxLength(Delivery.CodeMaxLength);

        // The same key twice is one message.
        message.HasIndex(m => m.Key).IsUnique();

        // The outbox, newest first, of a client.
        message.HasIndex(m => new { m.ClientId, m.Id });
    }
}

internal sealed class SandboxCallbackConfiguration : IEntityTypeConfiguration<SandboxCallback>
{
    public void Configure(EntityTypeBuilder<SandboxCallback> callback)
    {
        callback.ToTable("SandboxCallbacks");
        callback.Property(c => c.Key).HasMaxLength(60);
        callback.Property(c => c.EventId).HasMaxLength(DeliveryEvent.EventIdMaxLength);
        callback.Property(c => c.Code).HasMaxLength(Delivery.CodeMaxLength);

        // What is to be told next.
        callback.HasIndex(c => new { c.DueAtUtc, c.Id });
    }
}

internal sealed class SandboxDeliveryRuleConfiguration : IEntityTypeConfiguration<SandboxDeliveryRule>
{
    public void Configure(EntityTypeBuilder<SandboxDeliveryRule> rule)
    {
        rule.ToTable("SandboxDeliveryRules");
        rule.HasKey(r => r.Channel);
        rule.Property(r => r.Channel).ValueGeneratedNever();
        rule.Property(r => r.Code).HasMaxLength(Delivery.CodeMaxLength);
        rule.Property(r => r.Version).IsConcurrencyToken();
    }
}

internal sealed class RewardLinkKeyConfiguration : IEntityTypeConfiguration<RewardLinkKey>
{
    public void Configure(EntityTypeBuilder<RewardLinkKey> key)
    {
        key.ToTable("RewardLinkKeys");
        key.Property(k => k.Id).ValueGeneratedNever();
    }
}
