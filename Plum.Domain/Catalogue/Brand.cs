using Plum.Domain.Shared;

namespace Plum.Domain.Catalogue;

public sealed class Brand : IVersioned
{
    public const int NameMaxLength = 200;

    private Brand() { } // EF Core

    public Guid Id { get; private init; }
    public string Name { get; private set; } = "";
    public bool IsActive { get; private set; } = true;
    public int Version { get; private set; }

    public static Brand List(string name)
    {
        RefusedException.ThrowIf(Refusals.ForText("Name", name, NameMaxLength));

        return new Brand { Name = name.Trim() };
    }

    public void Change(string name, bool isActive)
    {
        RefusedException.ThrowIf(Refusals.ForText("Name", name, NameMaxLength));

        (Name, IsActive) = (name.Trim(), isActive);
    }
}

public static class BrandRefusals
{
    public static Refusal Taken(string name) =>
        new("brand.taken", $"There is a brand called {name.Trim()} already. Choose another name.", "Name");
}
