using Plum.Domain.Shared;

namespace Plum.Domain.Access;

/// <summary>An institution, a bank for instance, whose people work in Plum for its own customers and see nothing else.</summary>
public sealed class PartnerInstitution : IVersioned
{
    public const int NameMaxLength = 200;

    private PartnerInstitution() { } // EF Core

    public Guid Id { get; private init; }
    public string Name { get; private init; } = "";
    public int Version { get; private set; }

    public static PartnerInstitution Register(string name)
    {
        RefusedException.ThrowIf(Refusals.ForText("Partner", name, NameMaxLength));

        return new PartnerInstitution { Name = name.Trim() };
    }
}
