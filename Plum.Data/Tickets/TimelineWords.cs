using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Notifications;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>An event in words, as they follow the name of who did it.</summary>
internal static class TimelineWords
{
    public static string Of(TicketEvent e, TimelineNames names) =>
        e.Kind switch
        {
            TicketEventKind.Opened => $"opened the ticket as {names.Disposition(e.To)}",
            TicketEventKind.Imported => "brought the ticket in from the client's history",
            TicketEventKind.Moved => $"moved it from {names.Disposition(e.From)} to {names.Disposition(e.To)}",
            TicketEventKind.Reopened => $"reopened it as {names.Disposition(e.To)}",
            TicketEventKind.WaitingChanged => $"set it to wait on {Waiting(e.To)}",
            TicketEventKind.OwnerChanged when e.To is null => $"released it from {names.Person(e.From)}",
            TicketEventKind.OwnerChanged when e.To == e.UserId?.ToString() => "took it",
            TicketEventKind.OwnerChanged => $"assigned it to {names.Person(e.To)}",
            TicketEventKind.SeverityChanged => $"changed the severity from {e.From} to {e.To}",
            TicketEventKind.CategoryChanged => $"changed the category from {names.Category(e.From)} to {names.Category(e.To)}",
            TicketEventKind.ChannelChanged => $"changed the channel from {Channel(e.From)} to {Channel(e.To)}",
            TicketEventKind.SubjectChanged => $"renamed it from “{e.From}” to “{e.To}”",
            TicketEventKind.ProgrammeChanged => $"changed the programme from {names.Programme(e.From)} to {names.Programme(e.To)}",
            TicketEventKind.RecipientChanged => $"changed the recipient from {names.Recipient(e.From)} to {names.Recipient(e.To)}",
            TicketEventKind.OrderChanged => $"changed the order from {e.From ?? "none"} to {e.To ?? "none"}",
            TicketEventKind.HandedOver => "handed it over to Plum",
            TicketEventKind.Accepted => "accepted the handover",
            TicketEventKind.Escalated => $"escalated it from {e.From} to {e.To}",
            TicketEventKind.Linked => $"linked it: {Link(e.To)}",
            TicketEventKind.Unlinked => $"removed the link: {Link(e.From)}",
            TicketEventKind.Merged => $"merged it into {e.To}",
            TicketEventKind.MergedFrom => $"merged {e.From} into it",
            TicketEventKind.Split when e.To is not null => $"split messages off into {e.To}",
            TicketEventKind.Split => $"split it off {e.From}",
            TicketEventKind.SlaPolicyChanged => $"reckoned its clocks by {e.To} instead of {e.From}",
            TicketEventKind.SlaWarned => $"warned that the {Target(e.To)} is at risk",
            TicketEventKind.SlaBreached => $"recorded that the {Target(e.To)} was breached",
            TicketEventKind.CsatAsked => "asked the recipient for a rating",
            TicketEventKind.CsatGiven => $"recorded the recipient's rating: {e.To} of 5",
            TicketEventKind.MailFailed when e.To == nameof(OutboxStatus.Unknown) => "cannot tell whether a reply left",
            TicketEventKind.MailFailed => "could not deliver a reply",
            TicketEventKind.CorrectionChanged => $"{Correction(e.To)} {e.From}",
            TicketEventKind.Attached => $"attached {e.To}",
            _ => e.Kind.ToString(),
        };

    /// <summary>Of a request: the names are those of the approvals' own events.</summary>
    private static string Correction(string? what) =>
        what switch
        {
            "Made" => "asked for",
            "SentBack" => "asked a question about",
            "Answered" => "answered the question about",
            "Executed" => "carried out",
            "Failed" => "could not carry out",
            "AnswerLost" => "does not know the outcome of",
            "Postponed" => "put off",
            "Retried" => "tried again",
            "Abandoned" => "gave up",
            null => "changed",
            _ => what.ToLowerInvariant(),
        };

    private static string Waiting(string? name) => Enum.TryParse<WaitingOn>(name, out var whom) ? TicketWords.Of(whom) : name ?? "nobody";

    private static string Channel(string? name) =>
        Enum.TryParse<IntakeChannel>(name, out var channel) ? TicketWords.Of(channel) : name ?? "none";

    private static string Target(string? name) =>
        Enum.TryParse<SlaTarget>(name, out var target) ? SlaWords.Named(target) : name ?? "target";

    /// <summary><c>DuplicateOf PLM-12</c> as people say it.</summary>
    private static string Link(string? text)
    {
        var parts = (text ?? "").Split(' ', 2);
        return parts.Length == 2
            ? $"{(Enum.TryParse<LinkKind>(parts[0], out var kind) ? TicketWords.Of(kind) : "Repeat of")} {parts[1]}"
            : text ?? "";
    }
}

/// <summary>The names behind the keys that a batch of events holds.</summary>
internal sealed class TimelineNames
{
    private Dictionary<string, string> _dispositions = [];
    private Dictionary<Guid, string> _people = [];
    private Dictionary<Guid, string> _categories = [];
    private Dictionary<Guid, string> _programmes = [];
    private Dictionary<long, string> _recipients = [];

    public static async Task<TimelineNames> OfAsync(PlumDbContext db, IReadOnlyCollection<TicketEvent> events, CancellationToken ct)
    {
        var people = Guids(events, TicketEventKind.OwnerChanged);
        var categories = Guids(events, TicketEventKind.CategoryChanged);
        var programmes = Guids(events, TicketEventKind.ProgrammeChanged);
        var recipients = Values(events, TicketEventKind.RecipientChanged)
            .Select(v => long.TryParse(v, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Distinct()
            .ToList();
        return new TimelineNames
        {
            _dispositions = await db.Dispositions.ToDictionaryAsync(d => d.Code, d => d.Label, ct),
            _people =
                people.Count == 0
                    ? []
                    : await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, ct),
            _categories =
                categories.Count == 0
                    ? []
                    : await db.Categories.Where(c => categories.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct),
            _programmes =
                programmes.Count == 0
                    ? []
                    : await db.Programmes.Where(p => programmes.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct),
            _recipients =
                recipients.Count == 0
                    ? []
                    : await db.Recipients.Where(r => recipients.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Name, ct),
        };
    }

    public string Disposition(string? code) => code is null ? "none" : _dispositions.GetValueOrDefault(code, code);

    public string Person(string? id) => Guid.TryParse(id, out var key) ? _people.GetValueOrDefault(key, "somebody") : "nobody";

    public string Category(string? id) => Guid.TryParse(id, out var key) ? _categories.GetValueOrDefault(key, "another") : "none";

    public string Programme(string? id) => Guid.TryParse(id, out var key) ? _programmes.GetValueOrDefault(key, "another") : "none";

    public string Recipient(string? id) =>
        long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var key)
            ? _recipients.GetValueOrDefault(key, "another")
            : "none";

    private static List<Guid> Guids(IEnumerable<TicketEvent> events, TicketEventKind kind) =>
        [.. Values(events, kind).Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];

    private static IEnumerable<string?> Values(IEnumerable<TicketEvent> events, TicketEventKind kind) =>
        events.Where(e => e.Kind == kind).SelectMany(e => new[] { e.From, e.To });
}
