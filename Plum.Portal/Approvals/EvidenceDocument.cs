using System.Globalization;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Portal.Approvals;

/// <summary>The evidence of a request in words, section by section: the page and the PDF show this, and nothing else.</summary>
public sealed record EvidenceDocument(
    string Reference,
    string Title,
    IReadOnlyList<EvidenceSection> Sections,
    DateTime MadeAtUtc,
    string MadeBy
)
{
    public static EvidenceDocument Write(RequestEvidence of, CultureInfo culture) =>
        new(
            RequestReference.Of(of.Id),
            of.Title,
            [
                Request(of, culture),
                Frozen(of, culture),
                Limits(of, culture),
                new("decisions", "Chain and decisions", "Nobody has decided it.")
                {
                    Entries = [.. of.Lines.Where(l => !IsExecution(l.Kind)).Select(l => Entry(of, l, culture))],
                },
                new("execution", "Execution", "It was not carried out.")
                {
                    Entries = [.. of.Lines.Where(l => IsExecution(l.Kind)).Select(l => Entry(of, l, culture))],
                },
                Calls(of),
                Postings(of, culture),
                .. of.Audit.Count == 0 ? Array.Empty<EvidenceSection>() : [Audit(of)],
            ],
            of.ReadAtUtc,
            of.ReadBy
        );

    private static EvidenceSection Request(RequestEvidence of, CultureInfo culture) =>
        new("request", "Request", "")
        {
            Facts =
            [
                new("What", of.Title),
                new("Kind", RequestKinds.Words(of.Kind)),
                .. Maybe("Amount", of.Kind == RequestKind.LimitChange ? null : of.Amount.Format(culture)),
                new("For", of.BeneficiaryName),
                new("Institution", of.Institution),
                .. Maybe("Client", of.ClientName),
                .. Maybe("Ticket", of.TicketId is { } ticket ? TicketReference.Of(ticket) : null),
                .. Maybe("Order", of.OrderId is { } order ? OrderReference.Of(order) : null),
                new("Asked by", $"{of.MakerName} ({RoleNames(of.MakerRoles)}), for {of.Institution}"),
                new("Asked at", new EvidenceText("", of.MadeAtUtc)),
                new(
                    "Why",
                    of.Reason
                        + (Enum.TryParse<ReasonCode>(of.ReasonCode, out var code) ? $" ({ReasonWords.Of(code).ToLowerInvariant()})" : "")
                ),
                new("State", RequestWords.Of(of.State)),
                .. of.EndedAtUtc is { } ended
                    ? [new EvidenceFact("Ended at", new EvidenceText("", ended))]
                    : new EvidenceFact[] { new("Expires at", new EvidenceText("", of.ExpiresAtUtc)) },
                .. Maybe("What became of it", of.Outcome),
                .. Maybe("Supplier's reference", of.SupplierReference),
                .. Maybe("Replaces", of.ReplacesId is { } former ? RequestReference.Of(former) : null),
                .. Maybe("Replaced by", of.ReplacedById is { } later ? RequestReference.Of(later) : null),
            ],
        };

    /// <summary>What was asked for, as it was frozen, and whether it still is that.</summary>
    private static EvidenceSection Frozen(RequestEvidence of, CultureInfo culture) =>
        new("frozen", "What is to be done, as frozen", "")
        {
            Facts =
            [
                .. PayloadWords.Of(of.Kind, of.Amount.Currency, of.Payload, culture).Select(l => new EvidenceFact(l.Label, l.Value)),
                new("Fingerprint", new EvidenceText(of.Fingerprint) { IsCode = true }),
                new(
                    "Reckoned anew",
                    of.IsIntact
                        ? "The same: the request is what its maker asked for."
                        : "DIFFERENT: the request is no longer what its maker asked for."
                ),
            ],
        };

    private static EvidenceSection Limits(RequestEvidence of, CultureInfo culture)
    {
        var shown = (long minorUnits) => new Money(minorUnits, of.Amount.Currency).Format(culture);
        return new("limits", "Limits, as they were", "")
        {
            Facts =
            [
                .. of.Policy.Limit is { } limit
                    ?
                    [
                        new EvidenceFact("Maker's limit", $"{Roles.Label(limit.Role)}, version {limit.Version.ToString(culture)}"),
                        new EvidenceFact("Alone", limit.Values.MakeAlone == 0 ? "nothing" : shown(limit.Values.MakeAlone)),
                        new EvidenceFact("For one in 24 hours", shown(limit.Values.PerBeneficiary)),
                        new EvidenceFact("In a day", shown(limit.Values.PerDay)),
                        new EvidenceFact(
                            "Judged as",
                            shown(of.JudgedMinorUnits)
                                + (
                                    of.JudgedMinorUnits == of.Amount.MinorUnits
                                        ? ""
                                        : ", with what was asked for the same in the 24 hours before"
                                )
                        ),
                    ]
                    : new EvidenceFact[] { new("Maker's limit", "None applies to a change of limits.") },
                new(
                    "Checkers asked for",
                    of.StepsNeeded == 0
                        ? "None: within the maker's own limit"
                        : of.StepsNeeded.ToString(culture)
                            + (of.Policy.Above is { } above ? $", because it is above {shown(above)}" : "")
                            + $"; {of.StepsDone.ToString(culture)} approved"
                ),
                new("Second factor", of.Policy.AsksSecondFactor ? "Each approval with the authenticator's code" : "Not asked for"),
            ],
        };
    }

    private static EvidenceEntry Entry(RequestEvidence of, EvidenceLine line, CultureInfo culture) =>
        new(
            line.AtUtc,
            $"{line.Who} {ApprovalWords.Did(line.Kind)}",
            [
                .. line.Roles is { Length: > 0 } roles
                    ? Maybe("As", $"{RoleNames(roles)}, for {of.Institution}")
                    : Maybe("As", line.Kind == RequestEventKind.Made ? $"{RoleNames(of.MakerRoles)}, for {of.Institution}" : null),
                .. Maybe("In the stead of", line.OnBehalfOf),
                .. Maybe("Step", line.Step is { } step ? $"{step.ToString(culture)} of {of.StepsNeeded.ToString(culture)}" : null),
                .. Maybe(
                    "Limit then",
                    line.Limit is { } limit
                        ? $"up to {new Money(limit.Values.Approve, of.Amount.Currency).Format(culture)} as {Roles.Label(limit.Role)}, version {limit.Version.ToString(culture)}"
                        : null
                ),
                .. Maybe("Beyond the limit", line.ByEmergency ? "By emergency access" : null),
                .. Maybe(
                    "Second factor",
                    line.Kind == RequestEventKind.Approved && of.Policy.AsksSecondFactor ? "The authenticator's code was given" : null
                ),
                .. Maybe("Said", line.Note),
                .. line.Fingerprint is { } print
                    ?
                    [
                        new EvidenceFact(
                            "Decided on",
                            new EvidenceText(print + (line.RequestVersion is { } v ? $", version {v.ToString(culture)}" : ""))
                            {
                                IsCode = true,
                            }
                        ),
                    ]
                    : Array.Empty<EvidenceFact>(),
            ]
        );

    private static EvidenceSection Calls(RequestEvidence of) =>
        new("calls", "Calls to suppliers", "No supplier was asked for anything.")
        {
            Entries =
            [
                .. of.Calls.Select(c => new EvidenceEntry(
                    c.PreparedAtUtc,
                    $"{EvidenceWords.Of(c.Kind)}: {EvidenceWords.Of(c.State).ToLowerInvariant()}",
                    [
                        new("Key sent", c.Key),
                        new("Supplier's reference", c.SupplierReference ?? "none"),
                        .. Maybe("Supplier's words", c.Words),
                        new("Answered at", c.AnsweredAtUtc is { } at ? new EvidenceText("", at) : new EvidenceText("not answered")),
                        new("Tries", c.Tries.ToString(CultureInfo.InvariantCulture)),
                    ]
                )),
            ],
        };

    private static EvidenceSection Postings(RequestEvidence of, CultureInfo culture) =>
        new("postings", "Postings in the ledger", "It moved no money of Plum's.")
        {
            Entries =
            [
                .. of
                    .Postings.GroupBy(p => p.EntryId)
                    .Select(g => new EvidenceEntry(
                        g.First().AtUtc,
                        g.First().What == EvidenceWords.Of(g.First().Phase)
                            ? $"{g.First().What} by {g.First().Who}"
                            : $"{EvidenceWords.Of(g.First().Phase)}: {g.First().What}, by {g.First().Who}",
                        [
                            new("Key of the entry", g.First().Key),
                            .. g.Where(p => p.Amount is not null)
                                .Select(p => new EvidenceFact(
                                    (p.Amount!.Value.MinorUnits > 0 ? "+" : "") + p.Amount.Value.Format(culture),
                                    p.Account ?? ""
                                )),
                        ]
                    )),
            ],
        };

    private static EvidenceSection Audit(RequestEvidence of) =>
        new("audit", "Lines of the audit", "")
        {
            Entries =
            [
                .. of.Audit.Select(a => new EvidenceEntry(
                    a.AtUtc,
                    $"{a.Who}: {a.What}",
                    [
                        new("Line", a.Id.ToString(CultureInfo.InvariantCulture)),
                        new("Seal", a.Seal is { } seal ? new EvidenceText(seal) { IsCode = true } : new EvidenceText("Waits to be sealed")),
                    ]
                )),
            ],
        };

    private static bool IsExecution(RequestEventKind kind) =>
        kind
            is RequestEventKind.Executed
                or RequestEventKind.Failed
                or RequestEventKind.AnswerLost
                or RequestEventKind.FeeDiffered
                or RequestEventKind.Postponed
                or RequestEventKind.Retried
                or RequestEventKind.Abandoned;

    private static IEnumerable<EvidenceFact> Maybe(string label, string? text) =>
        string.IsNullOrWhiteSpace(text) ? [] : [new EvidenceFact(label, text)];

    private static string RoleNames(string roles) => EvidenceWords.RoleNames(roles);
}

/// <summary>Facts, or what happened one after the other; a section with neither says <paramref name="Empty"/>.</summary>
public sealed record EvidenceSection(string Key, string Title, string Empty)
{
    public IReadOnlyList<EvidenceFact> Facts { get; init; } = [];
    public IReadOnlyList<EvidenceEntry> Entries { get; init; } = [];

    public bool IsEmpty => Facts.Count == 0 && Entries.Count == 0;
}

public sealed record EvidenceFact(string Label, EvidenceText Value)
{
    public EvidenceFact(string label, string value)
        : this(label, new EvidenceText(value)) { }
}

/// <summary>What somebody did, and all that belongs to it.</summary>
public sealed record EvidenceEntry(DateTime AtUtc, string What, IReadOnlyList<EvidenceFact> Facts);

/// <param name="AtUtc">When it is an instant; the text is then empty.</param>
public sealed record EvidenceText(string Text, DateTime? AtUtc = null)
{
    /// <summary>A hash: set in a fixed width, and broken anywhere.</summary>
    public bool IsCode { get; init; }
}

/// <summary>How what only evidence shows reads.</summary>
public static class EvidenceWords
{
    public const string Path = $"{ApprovalWords.Path}/evidence";

    public static string Href(long requestId) => $"{ApprovalWords.Href(requestId)}/evidence";

    public static string Of(SupplierCallKind kind) =>
        kind switch
        {
            SupplierCallKind.Cancel => "Cancel the order",
            SupplierCallKind.Place => "Place an order",
            _ => kind.ToString(),
        };

    public static string Of(SupplierCallState state) =>
        state switch
        {
            SupplierCallState.Prepared => "Prepared",
            SupplierCallState.Done => "Done",
            SupplierCallState.Refused => "Refused",
            SupplierCallState.Unrefunded => "Done, and its money did not come back",
            _ => "Answer unknown",
        };

    public static string Of(Domain.Ledger.EntryPhase phase) =>
        phase switch
        {
            Domain.Ledger.EntryPhase.Posted or Domain.Ledger.EntryPhase.Settled => "Posted",
            Domain.Ledger.EntryPhase.Pending => "Reserved",
            Domain.Ledger.EntryPhase.Voided => "Freed",
            _ => "Expired",
        };

    public static string RoleNames(string roles) =>
        string.Join(", ", roles.Split(", ").Select(r => Enum.TryParse<Role>(r, out var role) ? Roles.Label(role) : r));
}
