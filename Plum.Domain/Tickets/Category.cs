using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>What a complaint is about.</summary>
public sealed class Category : IVersioned
{
    public const int NameMaxLength = 120;

    private Category() { } // EF Core

    public Guid Id { get; private init; }
    public string Name { get; private set; } = "";
    public Severity DefaultSeverity { get; private set; } = Severity.P3;

    /// <summary>The intake disposition that a new ticket of this category starts with.</summary>
    public string FirstDisposition { get; private set; } = Dispositions.FailedRedemption;
    public bool IsActive { get; private set; } = true;
    public int Version { get; private set; }

    public static Category Add(string name, Severity severity, string firstDisposition)
    {
        RefusedException.ThrowIf(CategoryRefusals.ForTerms(name, severity));

        return new Category
        {
            Name = name.Trim(),
            DefaultSeverity = severity,
            FirstDisposition = firstDisposition,
        };
    }

    public void Change(string name, Severity severity, string firstDisposition, bool isActive)
    {
        RefusedException.ThrowIf(CategoryRefusals.ForTerms(name, severity));

        (Name, DefaultSeverity, FirstDisposition, IsActive) = (name.Trim(), severity, firstDisposition, isActive);
    }
}

public static class CategoryRefusals
{
    public static readonly Refusal Last = new(
        "category.last",
        "This is the last category in use, and every ticket needs one. Add another first.",
        "IsActive"
    );

    public static Refusal? ForTerms(string? name, Severity severity) => ForName(name) ?? ForSeverity(severity);

    public static Refusal? ForName(string? name) => Refusals.ForText("Name", name, Category.NameMaxLength);

    public static Refusal? ForSeverity(Severity severity) =>
        Enum.IsDefined(severity) ? null : new Refusal("category.severity", "Choose a severity from P1 to P4.", "DefaultSeverity");

    /// <param name="first">Null when there is no such disposition.</param>
    public static Refusal? ForFirst(Disposition? first) =>
        first is { IsActive: true, Stage: Stage.Intake }
            ? null
            : new Refusal(
                "category.first-disposition",
                "Choose an intake disposition that is in use: a new ticket starts with it.",
                "FirstDisposition"
            );

    public static Refusal Taken(string name) =>
        new("category.taken", $"There is a category called {name.Trim()} already. Choose another name.", "Name");
}

/// <summary>P1 is the most severe.</summary>
public enum Severity
{
    P1 = 1,
    P2 = 2,
    P3 = 3,
    P4 = 4,
}

public enum IntakeChannel
{
    Email = 1,
    Phone = 2,
    Web = 3,
    ClientForm = 4,
    Api = 5,
    Chat = 6,
    Post = 7,
    Fax = 8,
    Referral = 9,
    Social = 10,
}

/// <summary>Whom the ticket waits on, beside its disposition.</summary>
public enum WaitingOn
{
    Nobody = 0,
    Recipient = 1,
    Supplier = 2,
    Checker = 3,
}

/// <summary>How far a ticket has been raised inside Plum.</summary>
public enum SupportLevel
{
    L1 = 1,
    L2 = 2,
    L3 = 3,
}
