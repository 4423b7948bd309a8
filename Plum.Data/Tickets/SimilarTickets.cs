using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Finds the tickets that a complaint may already be: while somebody types a new one, and beside an open one.</summary>
public sealed class SimilarTickets(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int Looked = 400;
    private const int Shown = 8;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(90);

    /// <returns>The surest first: same order, same recipient and category, same recipient, then alike subjects among the client's newest open ones.</returns>
    public async Task<IReadOnlyList<SimilarTicketRow>> FindAsync(SimilarQuery query, Actor by, CancellationToken ct)
    {
        if (!by.Sees(query.ClientId) || !(by.May(Act.ReadTickets) || by.May(Act.OpenTickets)))
        {
            return [];
        }

        var since = clock.GetUtcNow().UtcDateTime - Recent;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ofClient = db
            .Tickets.AsNoTracking()
            .VisibleTo(by)
            .Where(t => t.ClientId == query.ClientId && t.MergedIntoId == null && t.Id != query.ExceptId);
        var near =
            query.RecipientId is null && query.OrderId is null
                ? []
                : await Rows(
                        ofClient.Where(t =>
                            (query.OrderId != null && t.OrderId == query.OrderId)
                            || (
                                query.RecipientId != null
                                && t.RecipientId == query.RecipientId
                                && (t.Stage != Stage.Final || t.CreatedAtUtc > since)
                            )
                        )
                    )
                    .ToListAsync(ct);
        var words = Likeness.Words(query.Subject);
        var far = words.Count < 2 ? [] : await Rows(ofClient.Where(t => t.Stage != Stage.Final)).ToListAsync(ct);

        return
        [
            .. near.Concat(far)
                .DistinctBy(c => c.Id)
                .Select(c => (Row: c, Likeness: Likeness.Of(query.Subject, c.Subject)))
                .Select(c => (c.Row, c.Likeness, Reason: Why(query, c.Row, c.Likeness)))
                .Where(c => c.Reason is not null)
                .OrderBy(c => c.Reason)
                .ThenByDescending(c => c.Row.IsOpen)
                .ThenByDescending(c => c.Likeness)
                .ThenByDescending(c => c.Row.Id)
                .Take(Shown)
                .Select(c => new SimilarTicketRow(
                    c.Row.Id,
                    c.Row.Subject,
                    c.Row.Disposition,
                    c.Row.IsOpen,
                    c.Row.CreatedAtUtc,
                    c.Reason!.Value,
                    (int)Math.Round(c.Likeness * 100)
                )),
        ];

        IQueryable<Candidate> Rows(IQueryable<Ticket> tickets) =>
            tickets
                .OrderByDescending(t => t.Id)
                .Take(Looked)
                .Select(t => new Candidate(
                    t.Id,
                    t.Subject,
                    db.Dispositions.Where(d => d.Code == t.Disposition).Select(d => d.Label).First(),
                    t.Stage != Stage.Final,
                    t.CreatedAtUtc,
                    t.RecipientId,
                    t.OrderId,
                    t.CategoryId
                ));
    }

    private static SimilarReason? Why(SimilarQuery query, Candidate c, double likeness) =>
        query.OrderId is { } order && c.OrderId == order ? SimilarReason.SameOrder
        : query.RecipientId is { } recipient && c.RecipientId == recipient
            ? c.CategoryId == query.CategoryId ? SimilarReason.SameRecipientAndCategory
                : SimilarReason.SameRecipient
        : likeness >= Likeness.Alike ? SimilarReason.AlikeSubject
        : null;

    private sealed record Candidate(
        long Id,
        string Subject,
        string Disposition,
        bool IsOpen,
        DateTime CreatedAtUtc,
        long? RecipientId,
        long? OrderId,
        Guid CategoryId
    );
}

public sealed record SimilarQuery(
    Guid ClientId,
    string? Subject = null,
    long? RecipientId = null,
    long? OrderId = null,
    Guid? CategoryId = null,
    long? ExceptId = null
);

public enum SimilarReason
{
    SameOrder = 1,
    SameRecipientAndCategory = 2,
    SameRecipient = 3,
    AlikeSubject = 4,
}

/// <param name="Percent">How alike the subjects are, 0 to 100.</param>
public sealed record SimilarTicketRow(
    long Id,
    string Subject,
    string Disposition,
    bool IsOpen,
    DateTime CreatedAtUtc,
    SimilarReason Reason,
    int Percent
)
{
    public string Reference => TicketReference.Of(Id);
}
