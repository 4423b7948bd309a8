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
        RefusedException.ThrowIf(SupplierRefusals.ForCode(code) ?? SupplierRefusals.ForName(name));

        return new Supplier { Code = code.Trim(), Name = name.Trim() };
    }

    public void Change(string name, bool isActive)
    {
        RefusedException.ThrowIf(SupplierRefusals.ForName(name));

        (Name, IsActive) = (name.Trim(), isActive);
    }
}

public static class SupplierRefusals
{
    public static Refusal? ForCode(string? code) =>
        Refusals.ForText("Code", code, Supplier.CodeMaxLength)
        ?? (
            code!.Trim().All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                ? null
                : new Refusal("supplier.code-form", "Use letters, digits, hyphens and underscores only.", "Code")
        );

    public static Refusal? ForName(string? name) => Refusals.ForText("Name", name, Supplier.NameMaxLength);

    public static Refusal Taken(string code) =>
        new("supplier.taken", $"There is a supplier with the code {code.Trim()} already. Choose another code.", "Code");
}
