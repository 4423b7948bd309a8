using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>What waits for whom.</summary>
public sealed class ApprovalQueue(IDbContextFactory<PlumDbContext> contexts)
{
    public async Task<Page<RequestRow>> ListAsync(RequestQuery query, Actor by, CancellationToken ct)
    {
        if (!MayLook(by))
        {
            return Page<RequestRow>.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var requests = Matching(db, query, by);
        var ordered =
            query.Shelf == RequestShelf.ToDecide
                ? requests.OrderBy(r => r.DueAtUtc).ThenBy(r => r.Id)
                : requests.OrderByDescending(r => r.MadeAtUtc).ThenByDescending(r => r.Id);
        return await Rows(ordered).ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <summary>By kind and currency, over all that match, not the page alone.</summary>
    public async Task<IReadOnlyList<RequestTotal>> TotalsAsync(RequestQuery query, Actor by, CancellationToken ct)
    {
        if (!MayLook(by))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var totals = await Matching(db, query, by)
            .GroupBy(r => new { r.Kind, r.Amount.Currency })
            .Select(g => new
            {
                g.Key.Kind,
                g.Key.Currency,
                Count = g.Count(),
                Sum = g.Sum(r => r.Amount.MinorUnits),
            })
            .ToListAsync(ct);
        return
        [
            .. totals
                .OrderBy(t => t.Kind)
                .ThenBy(t => t.Currency, StringComparer.Ordinal)
                .Select(t => new RequestTotal(t.Kind, t.Currency, t.Count, t.Sum)),
        ];
    }

    /// <summary>How many wait on each shelf for this person: for the rail and the home page.</summary>
    public async Task<IReadOnlyDictionary<RequestShelf, int>> CountAsync(Actor by, CancellationToken ct)
    {
        if (!MayLook(by))
        {
            return new Dictionary<RequestShelf, int>();
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var counts = new Dictionary<RequestShelf, int>();
        foreach (var shelf in new[] { RequestShelf.ToDecide, RequestShelf.Mine, RequestShelf.Stuck })
        {
            counts[shelf] = await Matching(db, new RequestQuery(shelf), by).CountAsync(ct);
        }

        return counts;
    }

    /// <summary>The requests of a ticket, newest first.</summary>
    public async Task<IReadOnlyList<RequestRow>> OfTicketAsync(long ticketId, Actor by, CancellationToken ct)
    {
        if (!MayLook(by) || by.PartnerId is not null)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var requests = db.ApprovalRequests.AsNoTracking().Where(r => r.TicketId == ticketId);
        return await Rows((by.ClientId is { } own ? requests.Where(r => r.ClientId == own) : requests).OrderByDescending(r => r.Id))
            .ToListAsync(ct);
    }

    /// <summary>Those who ask and those who decide; the rest know of no request.</summary>
    internal static bool MayLook(Actor by) => by.May(Act.ReadRequests) || by.May(Act.MakeCorrections) || by.May(Act.EditLimits);

    internal static IQueryable<RequestRow> Rows(IQueryable<ApprovalRequest> requests) =>
        requests.Select(r => new RequestRow(
            r.Id,
            r.Kind,
            r.Title,
            r.Amount,
            r.MakerName,
            r.BeneficiaryName,
            r.State,
            r.StepsDone,
            r.StepsNeeded,
            r.MadeAtUtc,
            r.DueAtUtc,
            r.ExpiresAtUtc,
            r.TicketId,
            r.OrderId,
            r.Outcome,
            r.Version,
            r.Fingerprint,
            r.AsksSecondFactor
        ));

    private static IQueryable<ApprovalRequest> Matching(PlumDbContext db, RequestQuery query, Actor by)
    {
        var limits = by.May(Act.EditLimits);
        var requests = db.ApprovalRequests.AsNoTracking();
        requests = query.Shelf switch
        {
            RequestShelf.ToDecide => by.May(Act.DecideRequests)
                ? requests
                    .DecidedBy(by)
                    .Where(r => r.State == RequestState.Pending && r.MakerId != by.UserId)
                    .Where(r => limits || r.Kind != RequestKind.LimitChange)
                : requests.Where(_ => false),
            RequestShelf.Mine => requests.VisibleTo(by).Where(r => r.MakerId == by.UserId && r.EndedAtUtc == null),
            RequestShelf.Stuck => requests.VisibleTo(by).Where(r => r.State == RequestState.Failed || r.State == RequestState.Unknown),
            _ => requests.VisibleTo(by),
        };
        var search = query.Search?.Trim();
        var id = RequestReference.Parse(search);
        return requests
            .Where(r => query.Kind == null || r.Kind == query.Kind)
            .Where(r => query.State == null || r.State == query.State)
            .Where(r => query.Currency == null || r.Amount.Currency == query.Currency)
            .Where(r => string.IsNullOrEmpty(search) || r.Id == id || r.Title.Contains(search) || r.MakerName.Contains(search));
    }
}
