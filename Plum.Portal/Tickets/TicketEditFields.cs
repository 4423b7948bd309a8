using Plum.Data.Tickets;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <param name="Options">Null for one that is typed.</param>
/// <param name="Cannot">Why it cannot be changed for these tickets.</param>
/// <param name="Change">The change that a value stands for.</param>
internal sealed record TicketEditField(
    string Name,
    string Label,
    IReadOnlyList<TicketChoice>? Options,
    Func<string, TicketChange> Change,
    string? Cannot = null
);

/// <summary>What of many tickets can be changed at once: all that the ticket's own page lets one change, but for whom and what it concerns.</summary>
internal static class TicketEditFields
{
    public const string Owner = "Owner";
    public const string Disposition = "Disposition";
    public const string WaitingOn = "WaitingOn";
    public const string Severity = "Severity";
    public const string Category = "Category";
    public const string Channel = "Channel";
    public const string Programme = "Programme";
    public const string Subject = "Subject";

    private const string None = "none";

    public static IEnumerable<TicketEditField> Of(
        TicketEditPlan plan,
        IReadOnlyList<CategoryChoice> categories,
        IReadOnlyList<ProgrammeOption> programmes,
        Viewer viewer
    ) =>
        [
            new(
                Owner,
                "Owner",
                [new(None, "nobody"), .. plan.Owners.Select(o => new TicketChoice(o.Id.ToString(), o.Name))],
                v => new TicketChange.Assign(v == None ? null : Guid.Parse(v))
            ),
            new(
                Disposition,
                "Disposition",
                [.. plan.Moves.Select(m => new TicketChoice(m.Code, Allowed(m, plan.Targets.Count, viewer), IsActive: m.Allowed > 0))],
                v => new TicketChange.Move(v)
            ),
            new(
                WaitingOn,
                "Waits on",
                [.. Enum.GetValues<WaitingOn>().Select(w => new TicketChoice(w.ToString(), TicketWords.Of(w)))],
                v => new TicketChange.Wait(Enum.Parse<WaitingOn>(v))
            ),
            new(
                Severity,
                "Severity",
                [.. Enum.GetValues<Severity>().Select(s => new TicketChoice(s.ToString(), s.ToString()))],
                v => new TicketChange.Grade(Enum.Parse<Severity>(v))
            ),
            new(
                Category,
                "Category",
                [.. categories.Select(c => new TicketChoice(c.Id.ToString(), c.Name))],
                v => new TicketChange.Categorise(Guid.Parse(v))
            ),
            new(
                Channel,
                "Channel",
                [.. Enum.GetValues<IntakeChannel>().Select(c => new TicketChoice(c.ToString(), TicketWords.Of(c)))],
                v => new TicketChange.Rechannel(Enum.Parse<IntakeChannel>(v))
            ),
            new(
                Programme,
                "Programme",
                [new(None, "none"), .. programmes.Select(p => new TicketChoice(p.Id.ToString(), p.Name))],
                v => new TicketChange.PlaceIn(v == None ? null : Guid.Parse(v)),
                plan.Clients.Count > 1 ? "Each client has its own. Select tickets of one client to change it." : null
            ),
            new(Subject, "Subject", Options: null, v => new TicketChange.Rename(v)),
        ];

    /// <summary>What is to change, for whoever looks on: <c>severity P2, owner Ana Agent</c>.</summary>
    public static string Words(IEnumerable<TicketEditField> fields, IReadOnlyDictionary<string, string> values) =>
        string.Join(
            ", ",
            fields
                .Where(f => f.Cannot is null && values.GetValueOrDefault(f.Name, "").Trim().Length > 0)
                .Select(f =>
                    $"{f.Label.ToLowerInvariant()} {f.Options?.First(o => o.Key == values[f.Name]).Label ?? values[f.Name].Trim()}"
                )
        );

    private static string Allowed(TicketMoveChoice move, int total, Viewer viewer) =>
        move.Allowed == total ? move.Label
        : move.Allowed == 0 ? $"{move.Label} (none of them)"
        : $"{move.Label} ({viewer.Number(move.Allowed)} of {viewer.Number(total)})";
}
