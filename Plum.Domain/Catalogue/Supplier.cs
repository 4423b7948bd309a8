using Plum.Domain.Shared;

namespace Plum.Domain.Catalogue;

/// <summary>Who fulfils rewards for Plum: a brand itself or an aggregator.</summary>
public sealed class Supplier : IVersioned
{
    public const int CodeMaxLength = 20;
    public const int NameMaxLength = 200;

    private Supplier() { } // EF Core

    public Guid Id { get; private init; }
    public string Code { get; private init; } = "";
    public string Name { get; private set; } = "";
    public bool IsActive { get; private set; } = true;
    public int Version { get; private set; }

    public static Supplier Engage(string code, string name)
    {
        RefusedException.ThrowIf(Refusals.ForText("Code", code, CodeMaxLength) ?? Refusals.ForText("Name", name, NameMaxLength));

        return new Supplier { Code = code.Trim(), Name = name.Trim() };
    }

    public void Change(string name, bool isActive)
    {
        RefusedException.ThrowIf(Refusals.ForText("Name", name, NameMaxLength));

        (Name, IsActive) = (name.Trim(), isActive);
    }
}
