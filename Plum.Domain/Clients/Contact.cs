using Plum.Domain.Shared;

namespace Plum.Domain.Clients;

/// <summary>A person on the client's side: whom the account team speaks to.</summary>
public sealed class Contact : IVersioned
{
    public const int NameMaxLength = 200;
    public const int PhoneMaxLength = 32;
    public const int PositionMaxLength = 100;

    private Contact() { } // EF Core

    public Guid Id { get; private init; }
    public Guid ClientId { get; private init; }
    public string Name { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string? Phone { get; private set; }
    public string? Position { get; private set; }
    public int Version { get; private set; }

    public static Contact Add(Guid clientId, string name, string email, string? phone, string? position)
    {
        var contact = new Contact { ClientId = clientId };
        contact.Change(name, email, phone, position);
        return contact;
    }

    public void Change(string name, string email, string? phone, string? position)
    {
        RefusedException.ThrowIf(ContactRefusals.Each(name, email, phone, position).FirstOrDefault());

        (Name, Email) = (name.Trim(), email.Trim());
        (Phone, Position) = (
            string.IsNullOrWhiteSpace(phone) ? null : phone.Trim(),
            string.IsNullOrWhiteSpace(position) ? null : position.Trim()
        );
    }
}

public static class ContactRefusals
{
    /// <summary>All that is wrong, one refusal a field, in the order of the form.</summary>
    public static IEnumerable<Refusal> Each(string? name, string? email, string? phone, string? position) =>
        new[]
        {
            Refusals.ForText("Name", name, Contact.NameMaxLength),
            Refusals.ForText("Position", position, Contact.PositionMaxLength, required: false),
            Refusals.ForEmail("Email", "E-mail", email, Client.EmailMaxLength),
            Refusals.ForText("Phone", phone, Contact.PhoneMaxLength, required: false),
        }.OfType<Refusal>();

    public static Refusal Taken(string email) =>
        new("contact.taken", $"{email.Trim()} is a contact of this client already. Change that one instead.", "Email");
}
