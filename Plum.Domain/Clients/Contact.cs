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
        RefusedException.ThrowIf(
            Refusals.ForText("Name", name, NameMaxLength)
                ?? Refusals.ForText("Email", email, Client.EmailMaxLength)
                ?? Refusals.ForText("Phone", phone, PhoneMaxLength, required: false)
                ?? Refusals.ForText("Position", position, PositionMaxLength, required: false)
        );

        (Name, Email, Phone, Position) = (name.Trim(), email.Trim(), phone?.Trim(), position?.Trim());
    }
}
