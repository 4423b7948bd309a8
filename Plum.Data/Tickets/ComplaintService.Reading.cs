using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>What the client's side of a ticket shows. Whatever else the person may do, notes, owners, levels and clocks are not read here.</summary>
public sealed partial class ComplaintService
{
    private const int MostMessages = 500;

    // What a client is told of: where the complaint stands, nothing of how it is worked.
    private static readonly TicketEventKind[] Told =
    [
        TicketEventKind.HandedOver,
        TicketEventKind.Accepted,
        TicketEventKind.Moved,
        TicketEventKind.Reopened,
    ];

    /// <returns>The newest first; nothing for whoever belongs to no client.</returns>
    public async Task<Page<ComplaintRow>> ListAsync(ComplaintListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.HandOverComplaints) || by.ClientId is null)
        {
            return Page<ComplaintRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var tickets = db.Tickets.AsNoTracking().VisibleTo(by);
        if (query.Open is { } open)
        {
            tickets = open ? tickets.Where(t => t.Stage != Stage.Final) : tickets.Where(t => t.Stage == Stage.Final);
        }

        var text = query.Text?.Trim() ?? "";
        if (text.Length > 0)
        {
            var (ticket, order) = (TicketReference.Parse(text), OrderReference.Parse(text));
            var email = text.ToLowerInvariant();
            tickets = tickets.Where(t =>
                t.Id == ticket
                || (order != null && t.OrderId == order)
                || t.Subject.Contains(text)
                || db.Recipients.Any(r => r.Id == t.RecipientId && r.Email == email)
            );
        }

        return await tickets
            .OrderByDescending(t => t.Id)
            .Select(t => new ComplaintRow(
                t.Id,
                t.Subject,
                new ComplaintState(
                    db.Dispositions.Where(d => d.Code == t.Disposition).Select(d => d.ReportsUnder).First(),
                    t.Stage,
                    t.WaitingOn == WaitingOn.Recipient,
                    t.HandedOverAtUtc == null || t.AcceptedAtUtc != null,
                    t.MergedIntoId
                ),
                t.CreatedAtUtc,
                db.TicketMessages.Where(m => m.TicketId == t.Id && m.Kind == MessageKind.Reply).Max(m => (DateTime?)m.AtUtc)
            ))
            .ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <returns>Null when there is none, or the actor may not see it.</returns>
    public async Task<ComplaintView?> ViewAsync(long id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.HandOverComplaints) || by.ClientId is null)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(t => t.Id == id, ct);
        if (ticket is null)
        {
            return null;
        }

        var codes = await db.Dispositions.ToDictionaryAsync(d => d.Code, d => (d.ReportsUnder, d.Stage), ct);
        var window = await db.Clients.Where(c => c.Id == ticket.ClientId).Select(c => c.ReopenWindowDays).SingleAsync(ct);
        return new ComplaintView(
            ticket.Id,
            ticket.Version,
            ticket.Subject,
            new ComplaintState(
                codes[ticket.Disposition].ReportsUnder,
                ticket.Stage,
                ticket.WaitingOn == WaitingOn.Recipient,
                ticket.HandedOverAtUtc is null || ticket.AcceptedAtUtc is not null,
                ticket.MergedIntoId
            ),
            await db.Categories.Where(c => c.Id == ticket.CategoryId).Select(c => c.Name).SingleAsync(ct),
            await db.Programmes.Where(p => p.Id == ticket.ProgrammeId).Select(p => p.Name).SingleOrDefaultAsync(ct),
            ticket.OrderId is { } order ? OrderReference.Of(order) : null,
            await db.Recipients.Where(r => r.Id == ticket.RecipientId).Select(r => r.Name).SingleOrDefaultAsync(ct),
            TicketWords.Of(ticket.Channel),
            ticket.CreatedAtUtc,
            ticket.ResolvedAtUtc,
            ticket.CsatScore,
            ticket.CannotTalk() ?? CannotReopen(ticket, window, clock.GetUtcNow().UtcDateTime),
            CannotRate(ticket, score: 5),
            await EntriesAsync(db, ticket, codes, ct)
        );
    }

    private static async Task<IReadOnlyList<ComplaintEntry>> EntriesAsync(
        PlumDbContext db,
        Ticket ticket,
        Dictionary<string, (string ReportsUnder, Stage Stage)> codes,
        CancellationToken ct
    )
    {
        var family = await MergedTickets.WithAsync(db, ticket.Id, ct);
        var messages = await db
            .TicketMessages.AsNoTracking()
            .Where(m => family.Contains(m.TicketId) && m.Kind != MessageKind.Note)
            .OrderByDescending(m => m.AtUtc)
            .ThenByDescending(m => m.Id)
            .Take(MostMessages)
            .ToListAsync(ct);
        var events = await db
            .TicketEvents.AsNoTracking()
            .Where(e => e.TicketId == ticket.Id && Told.Contains(e.Kind))
            .OrderByDescending(e => e.AtUtc)
            .ThenByDescending(e => e.Id)
            .Take(MostMessages)
            .ToListAsync(ct);
        var ids = messages.Select(m => (long?)m.Id).ToList();
        var files = (
            await db
                .TicketAttachments.AsNoTracking()
                .Where(f => ids.Contains(f.MessageId))
                .OrderBy(f => f.Name)
                .ThenBy(f => f.Id)
                .Select(f => new { f.MessageId, Row = new AttachmentRow(f.Id, f.Name, f.ContentType, f.Bytes) })
                .ToListAsync(ct)
        ).ToLookup(f => f.MessageId, f => f.Row);

        return
        [
            .. messages
                .Select(m => new ComplaintEntry($"m{m.Id}", m.AtUtc, Speaker(m), m.Kind, m.Body, State: null, [.. files[m.Id]]))
                .Concat(
                    events.Select(e => new ComplaintEntry(
                        $"e{e.Id}",
                        e.AtUtc,
                        "Plum",
                        Message: null,
                        Text: null,
                        e.Kind == TicketEventKind.HandedOver ? new ComplaintState(Dispositions.Other, Stage.Intake, false, false, null)
                            : e.To is { } code && codes.TryGetValue(code, out var known)
                                ? new ComplaintState(known.ReportsUnder, known.Stage, false, true, null)
                            : new ComplaintState(Dispositions.Other, Stage.Intake, false, true, null),
                        []
                    ))
                )
                .OrderBy(e => e.AtUtc)
                .ThenBy(e => e.Message is null ? 0 : 1)
                .ThenBy(e => e.Key.Length)
                .ThenBy(e => e.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>A colleague by name; who works at Plum is Plum; a call that an agent wrote down is not that agent's.</summary>
    private static string Speaker(TicketMessage message) =>
        message.Kind != MessageKind.Incoming ? "Plum"
        : message.Via == IntakeChannel.ClientForm ? message.Who
        : $"The recipient, by {TicketWords.Of(message.Via ?? IntakeChannel.Email).ToLowerInvariant()}";
}

/// <param name="Text">A reference, an order's reference, a recipient's e-mail address, or part of the subject.</param>
/// <param name="Open">Null lists all.</param>
public sealed record ComplaintListQuery(int Skip, int Take, string? Text = null, bool? Open = null);

/// <summary>Where a complaint stands, as far as a client is told.</summary>
/// <param name="Standard">The standard code that its disposition reports under.</param>
/// <param name="WaitsOnThem">It waits for an answer from the recipient or the client.</param>
/// <param name="IsAccepted">Plum has taken it over.</param>
public sealed record ComplaintState(string Standard, Stage Stage, bool WaitsOnThem, bool IsAccepted, long? MergedIntoId);

public sealed record ComplaintRow(long Id, string Subject, ComplaintState State, DateTime OpenedAtUtc, DateTime? AnsweredAtUtc)
{
    public string Reference => TicketReference.Of(Id);
}

/// <param name="CannotSay">Why nothing can be added to it; null when it can.</param>
/// <param name="CannotRate">Why it cannot be rated; null when it can.</param>
public sealed record ComplaintView(
    long Id,
    int Version,
    string Subject,
    ComplaintState State,
    string Category,
    string? Programme,
    string? Order,
    string? Recipient,
    string Channel,
    DateTime OpenedAtUtc,
    DateTime? ClosedAtUtc,
    int? Rating,
    Refusal? CannotSay,
    Refusal? CannotRate,
    IReadOnlyList<ComplaintEntry> Entries
)
{
    public string Reference => TicketReference.Of(Id);
}

/// <summary>Something that was said, or a state that the complaint came to.</summary>
/// <param name="Message">Null for a state.</param>
public sealed record ComplaintEntry(
    string Key,
    DateTime AtUtc,
    string Who,
    MessageKind? Message,
    string? Text,
    ComplaintState? State,
    IReadOnlyList<AttachmentRow> Files
);
