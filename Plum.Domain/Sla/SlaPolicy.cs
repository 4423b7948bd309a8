using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Domain.Sla;

/// <summary>A named promise that clients share. What it promises stands in its versions, which are never changed.</summary>
public sealed class SlaPolicy : IVersioned
{
    public const int CodeMaxLength = 20;
    public const int NameMaxLength = 100;

    private SlaPolicy() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>Short, unique, in capitals: <c>GOLD</c>; never changed.</summary>
    public string Code { get; private init; } = "";
    public string Name { get; private set; } = "";

    /// <summary>The number of its newest version, by which open tickets are reckoned.</summary>
    public int CurrentNumber { get; private set; }
    public int Version { get; private set; }

    public static SlaPolicy Draw(string code, string name)
    {
        RefusedException.ThrowIf(SlaRefusals.ForCode(code));
        var policy = new SlaPolicy { Code = code.Trim() };
        policy.Rename(name);
        return policy;
    }

    public void Rename(string name)
    {
        RefusedException.ThrowIf(Refusals.ForText("Name", name, NameMaxLength));

        Name = name.Trim();
    }

    /// <summary>The next version, with these terms, in force from now on.</summary>
    public SlaPolicyVersion Issue(SlaTerms terms, string? note, Actor by, DateTime nowUtc)
    {
        RefusedException.ThrowIf(SlaRefusals.ForTerms(terms) ?? SlaRefusals.ForNote(note));

        CurrentNumber++;
        return new SlaPolicyVersion(Id, CurrentNumber, terms, note?.Trim(), by, nowUtc);
    }
}

/// <summary>What a policy promised from one change to the next. Never changed: clocks are stamped with it.</summary>
public sealed class SlaPolicyVersion
{
    public const int NoteMaxLength = 500;

    private SlaPolicyVersion() { } // EF Core

    internal SlaPolicyVersion(Guid policyId, int number, SlaTerms terms, string? note, Actor by, DateTime nowUtc) =>
        (PolicyId, Number, Terms, Note, Who, UserId, CreatedAtUtc) = (policyId, number, terms, note, by.Name, by.UserId, nowUtc);

    public Guid Id { get; private init; }
    public Guid PolicyId { get; private init; }
    public int Number { get; private init; }
    public SlaTerms Terms { get; private init; } = SlaTerms.Nothing;
    public string? Note { get; private init; }
    public string Who { get; private init; } = "";
    public Guid? UserId { get; private init; }
    public DateTime CreatedAtUtc { get; private init; }
}

/// <summary>What a version promises.</summary>
/// <param name="Targets">Of P1, P2, P3 and P4, in that order.</param>
/// <param name="WarnPercent">The share of a target after which its clock warns, 1 to 99.</param>
/// <param name="RecipientPausesFirstResponse">Waiting on the recipient always pauses next response and resolution; with this, first response too.</param>
/// <param name="SupplierPauses">Waiting on the supplier pauses next response and resolution. It never excuses the first response.</param>
public sealed record SlaTerms(
    IReadOnlyList<SeverityTargets> Targets,
    int WarnPercent = SlaTerms.DefaultWarnPercent,
    bool RecipientPausesFirstResponse = false,
    bool SupplierPauses = false
)
{
    public const int DefaultWarnPercent = 75;

    /// <summary>Longer than a year of office hours; keeps every deadline within the years that a calendar lays out.</summary>
    public const int MaxTargetMinutes = 100_000;

    public static SlaTerms Nothing { get; } = new([new(), new(), new(), new()]);

    public SeverityTargets For(Severity severity) => Targets[(int)severity - 1];

    public bool Equals(SlaTerms? other) =>
        other is not null
        && WarnPercent == other.WarnPercent
        && RecipientPausesFirstResponse == other.RecipientPausesFirstResponse
        && SupplierPauses == other.SupplierPauses
        && Targets.SequenceEqual(other.Targets);

    public override int GetHashCode() => HashCode.Combine(WarnPercent, RecipientPausesFirstResponse, SupplierPauses, Targets.Count);
}

/// <summary>Working minutes promised to tickets of one severity; null where nothing is promised.</summary>
public sealed record SeverityTargets(int? FirstResponse = null, int? NextResponse = null, int? Resolution = null)
{
    public int? Of(SlaTarget target) =>
        target switch
        {
            SlaTarget.FirstResponse => FirstResponse,
            SlaTarget.NextResponse => NextResponse,
            SlaTarget.Resolution => Resolution,
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
        };
}

public static class SlaRefusals
{
    public static Refusal? ForCode(string? code) =>
        Refusals.ForText("Code", code, SlaPolicy.CodeMaxLength)
        ?? (
            code!.Trim().All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-')
                ? null
                : new Refusal("sla.code-form", "Use capital letters, digits and hyphens only.", "Code")
        );

    public static Refusal CodeTaken(string code) => new("sla.code-taken", $"{code} is taken. Choose another code.", "Code");

    public static Refusal Unreadable(string field) => new("sla.unreadable", "Write 45 m, 4 h or 1 h 30 m.", field);

    public static Refusal? ForNote(string? note) => Refusals.ForText("Note", note, SlaPolicyVersion.NoteMaxLength, required: false);

    public static Refusal? ForTerms(SlaTerms terms)
    {
        if (terms.WarnPercent is < 1 or > 99)
        {
            return new Refusal("sla.warn-share", "Warn after 1 to 99 percent of a target.", "WarnPercent");
        }

        if (terms.Targets.Count != Enum.GetValues<Severity>().Length)
        {
            return new Refusal("sla.severities", "A policy has targets for P1, P2, P3 and P4.", "Targets");
        }

        foreach (var severity in Enum.GetValues<Severity>())
        {
            foreach (var target in Enum.GetValues<SlaTarget>())
            {
                if (terms.For(severity).Of(target) is < 1 or > SlaTerms.MaxTargetMinutes)
                {
                    return new Refusal(
                        "sla.target-range",
                        $"A target is 1 to {SlaTerms.MaxTargetMinutes} working minutes, or nothing at all.",
                        $"{severity}.{target}"
                    );
                }
            }
        }

        return null;
    }
}
