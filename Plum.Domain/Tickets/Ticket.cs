using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>One complaint or request. Its disposition is its state; there is no second status.</summary>
public sealed partial class Ticket : IVersioned
{
    public const int SubjectMaxLength = 200;
    public const int SourceReferenceMaxLength = 100;

    private Ticket() { } // EF Core

    /// <summary>Allocated before the insert; people see it as <see cref="TicketReference"/>.</summary>
    public long Id { get; private init; }
    public Guid ClientId { get; private init; }
    public Guid? ProgrammeId { get; private set; }
    public long? RecipientId { get; private set; }
    public long? OrderId { get; private set; }

    // Copied from the order when it is linked: filters and patterns need no join.
    public Guid? BrandId { get; private set; }
    public Guid? SupplierId { get; private set; }
    public Guid CategoryId { get; private set; }
    public IntakeChannel Channel { get; private set; }
    public Severity Severity { get; private set; }
    public string Disposition { get; private set; } = "";

    /// <summary>Of the disposition; here so that the open tickets can be indexed.</summary>
    public Stage Stage { get; private set; }
    public WaitingOn WaitingOn { get; private set; }
    public Guid? OwnerId { get; private set; }
    public SupportLevel Level { get; private set; } = SupportLevel.L1;
    public string Subject { get; private set; } = "";

    /// <summary>When the complaint was made at its source; every clock starts here.</summary>
    public DateTime CreatedAtUtc { get; private init; }

    /// <summary>When Plum took it in: the same instant unless it was imported.</summary>
    public DateTime ReceivedAtUtc { get; private init; }
    public DateTime UpdatedAtUtc { get; private set; }

    /// <summary>When the client handed it over, and when Plum accepted it and so owned it.</summary>
    public DateTime? HandedOverAtUtc { get; private set; }
    public DateTime? AcceptedAtUtc { get; private set; }
    public DateTime? FirstRespondedAtUtc { get; private set; }
    public DateTime? FirstResolvedAtUtc { get; private set; }

    /// <summary>The last time it became final; null while it is open.</summary>
    public DateTime? ResolvedAtUtc { get; private set; }
    public DateTime? ReopenedAtUtc { get; private set; }
    public int ReopenCount { get; private set; }

    /// <summary>The ticket that this one was merged into; it is then final and counts in no KPI.</summary>
    public long? MergedIntoId { get; private set; }

    /// <summary>Opened within the client's repeat window after this one was resolved: same recipient and category, or same order.</summary>
    public long? RepeatOfId { get; private set; }

    /// <summary>Opened while this one, alike, was still open.</summary>
    public long? DuplicateOfId { get; private set; }

    /// <summary>1 to 5, as the recipient gave it.</summary>
    public int? CsatScore { get; private set; }
    public DateTime? CsatAskedAtUtc { get; private set; }
    public DateTime? CsatAtUtc { get; private set; }

    /// <summary>The recipient did not accept the answer; known from imported history only.</summary>
    public bool? IsDisputed { get; private set; }
    public Guid? ImportId { get; private init; }

    /// <summary>The complaint's number in the system that it came from.</summary>
    public string? SourceReference { get; private init; }
    public int Version { get; private set; }

    public bool IsOpen => Stage != Stage.Final;

    /// <param name="createdAtUtc">When the complaint was made at its source, if that was earlier than now.</param>
    public static Ticket Open(long id, OpenTicketTerms terms, Disposition first, DateTime nowUtc, DateTime? createdAtUtc = null)
    {
        RefusedException.ThrowIf(TicketRefusals.ForTerms(terms) ?? TicketRefusals.ForFirst(first));

        return new Ticket
        {
            Id = id,
            ClientId = terms.ClientId,
            ProgrammeId = terms.ProgrammeId,
            RecipientId = terms.RecipientId,
            OrderId = terms.OrderId,
            BrandId = terms.BrandId,
            SupplierId = terms.SupplierId,
            CategoryId = terms.CategoryId,
            Channel = terms.Channel,
            Severity = terms.Severity,
            Disposition = first.Code,
            Stage = first.Stage,
            Subject = terms.Subject.Trim(),
            CreatedAtUtc = createdAtUtc ?? nowUtc,
            ReceivedAtUtc = nowUtc,
            UpdatedAtUtc = nowUtc,
            HandedOverAtUtc = terms.Channel == IntakeChannel.ClientForm ? nowUtc : null,
            SourceReference = string.IsNullOrWhiteSpace(terms.SourceReference) ? null : terms.SourceReference.Trim(),
        };
    }

    /// <summary>Why the ticket cannot be moved from <paramref name="from"/>, its own disposition, to <paramref name="to"/>; null when it can.</summary>
    public Refusal? CannotMove(Disposition from, Disposition to) => CannotChange() ?? DispositionMoves.CannotMove(from, to);

    public void Move(Disposition from, Disposition to, DateTime nowUtc)
    {
        RefusedException.ThrowIf(CannotMove(from, to));

        (Disposition, Stage, UpdatedAtUtc) = (to.Code, to.Stage, nowUtc);
        if (to.Stage == Stage.Final)
        {
            FirstResolvedAtUtc ??= nowUtc;
            ResolvedAtUtc = nowUtc;
            WaitingOn = WaitingOn.Nobody;
        }
    }
}

/// <summary>What a new ticket is made of.</summary>
public sealed record OpenTicketTerms(
    Guid ClientId,
    Guid CategoryId,
    string Subject,
    IntakeChannel Channel,
    Severity Severity,
    Guid? ProgrammeId = null,
    long? RecipientId = null,
    long? OrderId = null,
    Guid? BrandId = null,
    Guid? SupplierId = null,
    string? SourceReference = null
);

/// <summary>How people name a ticket: <c>PLM-8812</c>.</summary>
public static class TicketReference
{
    public const string Prefix = "PLM-";

    public static string Of(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{id}");

    public static long? Parse(string? text) => Reference.Parse(Prefix, text);
}

public static class TicketRefusals
{
    public static readonly Refusal NoClient = new("ticket.no-client", "Choose the client whose recipient complains.", "Client");

    public static readonly Refusal NoCategory = new("ticket.category", "Choose what the complaint is about.", "Category");

    /// <summary>Nothing new is opened for what is no longer in use; what there is goes on.</summary>
    /// <param name="field">As the form calls it: Client, Category, Programme.</param>
    public static Refusal NotInUse(string field, string name) =>
        new("ticket.not-in-use", $"{name} is no longer in use. Choose another {field.ToLowerInvariant()}.", field);

    public static readonly Refusal Final = new("ticket.final", "The ticket is closed. Reopen it first, with a reason.");

    public static Refusal Merged(long id, long intoId) =>
        new("ticket.merged", $"{TicketReference.Of(id)} was merged into {TicketReference.Of(intoId)}. Go on there.");

    /// <param name="how">As it completes "The ticket ... already."</param>
    public static Refusal Unchanged(string how) => new("ticket.unchanged", $"The ticket {how} already.");

    public static Refusal? ForSubject(string? subject) => Refusals.ForText("Subject", subject, Ticket.SubjectMaxLength);

    public static Refusal? ForTerms(OpenTicketTerms terms) =>
        ForSubject(terms.Subject) ?? ForChannel(terms.Channel) ?? ForSeverity(terms.Severity) ?? ForSourceReference(terms.SourceReference);

    public static Refusal? ForSourceReference(string? reference) =>
        Refusals.ForText("Reference", "Their reference", reference, Ticket.SourceReferenceMaxLength, required: false);

    public static Refusal? ForChannel(IntakeChannel channel) =>
        Enum.IsDefined(channel) ? null : new Refusal("ticket.channel", "Choose how the complaint came in.", "Channel");

    /// <summary>A handover is made by the client's form, not claimed by hand.</summary>
    public static Refusal? ForSource(IntakeChannel channel) =>
        channel == IntakeChannel.ClientForm
            ? new Refusal("ticket.source", "Only a client hands complaints over. Choose how this one came in.", "Channel")
            : null;

    public static Refusal? ForSeverity(Severity severity) =>
        Enum.IsDefined(severity) ? null : new Refusal("ticket.severity", "Choose a severity from P1 to P4.", "Severity");

    public static Refusal? ForFirst(Disposition first) =>
        first is { Stage: Stage.Intake, IsActive: true }
            ? null
            : new Refusal(
                "ticket.first-disposition",
                $"A new ticket cannot start as {first.Label}. Choose an intake disposition.",
                "Disposition"
            );
}
