using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plum.Data.Shared;
using Plum.Domain.Clients;

namespace Plum.Data.Clients;

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.ToTable("Clients");
        client.Property(c => c.Code).HasMaxLength(Client.CodeMaxLength).InAnyCase();
        client.Property(c => c.Name).HasMaxLength(Client.NameMaxLength).InAnyCase();
        client.Property(c => c.TimeZoneId).HasMaxLength(Client.TimeZoneMaxLength);
        client.Property(c => c.AccountTeamEmail).HasMaxLength(Client.EmailMaxLength);
        client.Property(c => c.Benchmarks).HasJsonConversion();
        client.Property(c => c.Version).IsConcurrencyToken();

        // Commands, files and URLs name a client by its code.
        client.HasIndex(c => c.Code).IsUnique();
    }
}

internal sealed class ProgrammeConfiguration : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> programme)
    {
        programme.ToTable("Programmes");
        programme.Property(p => p.Code).HasMaxLength(Programme.CodeMaxLength).InAnyCase();
        programme.Property(p => p.Name).HasMaxLength(Programme.NameMaxLength).InAnyCase();
        programme.Property(p => p.Currency).HasMaxLength(3);
        programme.Property(p => p.Version).IsConcurrencyToken();
        programme.HasOne<Client>().WithMany().HasForeignKey(p => p.ClientId).OnDelete(DeleteBehavior.Restrict);

        // A client's programmes, and the code's uniqueness among them.
        programme.HasIndex(p => new { p.ClientId, p.Code }).IsUnique();
    }
}

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.ToTable("Contacts");
        contact.Property(c => c.Name).HasMaxLength(Contact.NameMaxLength).InAnyCase();
        contact.Property(c => c.Email).HasMaxLength(Client.EmailMaxLength).InAnyCase();
        contact.Property(c => c.Phone).HasMaxLength(Contact.PhoneMaxLength);
        contact.Property(c => c.Position).HasMaxLength(Contact.PositionMaxLength);
        contact.Property(c => c.Version).IsConcurrencyToken();
        contact.HasOne<Client>().WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Restrict);

        // A client's contacts, and that a person is there once.
        contact.HasIndex(c => new { c.ClientId, c.Email }).IsUnique();
    }
}
