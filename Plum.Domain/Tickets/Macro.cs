using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>A canned reply with placeholders, for every client or for one.</summary>
public sealed class Macro : IVersioned
{
    public const int NameMaxLength = 80;
    public const int BodyMaxLength = 5000;

    private Macro() { } // EF Core

    public Guid Id { get; private init; }
    public string Name { get; private set; } = "";
    public string Body { get; private set; } = "";

    /// <summary>Null offers it on every client's tickets.</summary>
    public Guid? ClientId { get; private set; }

    /// <summary>Null offers it whatever the ticket is about.</summary>
    public Guid? CategoryId { get; private set; }

    /// <summary>What the ticket waits on once the reply has gone; null leaves it as it is.</summary>
    public WaitingOn? ThenWaitOn { get; private set; }
    public bool IsActive { get; private set; } = true;
    public int Version { get; private set; }

    public static Macro Write(MacroTerms terms)
    {
        var macro = new Macro();
        macro.Change(terms);
        return macro;
    }

    public static Refusal? CannotBe(MacroTerms terms) => Wrong(terms).FirstOrDefault();

    /// <summary>Everything that is wrong with it, at most once a field.</summary>
    public static IEnumerable<Refusal> Wrong(MacroTerms terms) =>
        new[]
        {
            Refusals.ForText("Name", terms.Name, NameMaxLength),
            Refusals.ForText("Body", "Text", terms.Body, BodyMaxLength) ?? MacroText.CannotFill(terms.Body),
            terms.ThenWaitOn is { } wait && !Enum.IsDefined(wait)
                ? new Refusal("macro.waiting-on", "Choose whom the ticket then waits on.", "ThenWaitOn")
                : null,
        }.OfType<Refusal>();

    public void Change(MacroTerms terms)
    {
        RefusedException.ThrowIf(CannotBe(terms));

        (Name, Body, ClientId, CategoryId) = (terms.Name.Trim(), terms.Body.Trim(), terms.ClientId, terms.CategoryId);
        (ThenWaitOn, IsActive) = (terms.ThenWaitOn, terms.IsActive);
    }
}

public sealed record MacroTerms(
    string Name,
    string Body,
    Guid? ClientId = null,
    Guid? CategoryId = null,
    WaitingOn? ThenWaitOn = null,
    bool IsActive = true
);
