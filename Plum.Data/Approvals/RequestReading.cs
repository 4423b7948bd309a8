using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Approvals;

/// <summary>One request with everything around it, so that nobody decides in the dark.</summary>
public sealed class RequestReading(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const int Days = 90;
    private const int Most = 10;

    /// <returns>Null when there is none for this person.</returns>
    public async Task<RequestView?> GetAsync(long id, Actor by, CancellationToken ct)
    {
        if (!ApprovalQueue.MayLook(by))
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var request = await db.ApprovalRequests.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(r => r.Id == id, ct);
        if (request is null)
        {
            return null;
        }

        var visible = db.ApprovalRequests.AsNoTracking().VisibleTo(by);
        var since = now.AddDays(-Days);
        return new RequestView(
            await ApprovalQueue.Rows(visible.Where(r => r.Id == id)).SingleAsync(ct),
            request.Reason,
            request.ReasonCode,
            request.MakerRoles,
            request.Policy,
            request.JudgedMinorUnits,
            await db.Clients.Where(c => c.Id == request.ClientId).Select(c => c.Name).SingleOrDefaultAsync(ct),
            await db.PartnerInstitutions.Where(p => p.Id == request.PartnerId).Select(p => p.Name).SingleOrDefaultAsync(ct),
            request.Payload,
            request.ReplacesId,
            await visible.Where(r => r.ReplacesId == id).OrderByDescending(r => r.Id).Select(r => (long?)r.Id).FirstOrDefaultAsync(ct),
            request.SupplierReference,
            await HistoryAsync(db, id, ct),
            by.PartnerId is null ? await TicketAsync(db, request.TicketId, ct) : null,
            request.OrderId is { } order
                ? await ApprovalQueue
                    .Rows(visible.Where(r => r.OrderId == order && r.Id != id).OrderByDescending(r => r.Id).Take(Most))
                    .ToListAsync(ct)
                : [],
            await ApprovalQueue
                .Rows(
                    visible
                        .Where(r => r.Id != id && r.Kind == request.Kind && r.Beneficiary == request.Beneficiary && r.MadeAtUtc >= since)
                        .OrderByDescending(r => r.Id)
                        .Take(Most)
                )
                .ToListAsync(ct),
            await PastAsync(request.MakerName, visible.Where(r => r.MakerId == request.MakerId && r.MadeAtUtc >= since && r.Id != id), ct),
            await PastAsync(
                request.BeneficiaryName,
                visible.Where(r => r.Beneficiary == request.Beneficiary && r.MadeAtUtc >= since && r.Id != id),
                ct
            ),
            await BalancesAsync(db, request, ct),
            await StandingAsync(db, request, by, now, ct)
        );
    }

    private static async Task<IReadOnlyList<RequestLine>> HistoryAsync(PlumDbContext db, long id, CancellationToken ct)
    {
        var lines = await db.RequestEvents.AsNoTracking().Where(e => e.RequestId == id).OrderBy(e => e.Id).ToListAsync(ct);
        return
        [
            .. lines.Select(e => new RequestLine(
                e.Kind,
                e.AtUtc,
                e.Who,
                e.Roles,
                e.OnBehalfOf,
                e.Note,
                e.Step,
                e.Limit,
                e.EmergencyId is not null,
                e.Fingerprint
            )),
        ];
    }

    private static async Task<RequestTicketFacts?> TicketAsync(PlumDbContext db, long? id, CancellationToken ct) =>
        await db
            .Tickets.Where(t => t.Id == id)
            .Select(t => new RequestTicketFacts(
                t.Id,
                t.Subject,
                db.Dispositions.Where(d => d.Code == t.Disposition).Select(d => d.Label).First(),
                t.Stage != Stage.Final,
                db.Users.Where(u => u.Id == t.OwnerId).Select(u => u.DisplayName).FirstOrDefault()
            ))
            .SingleOrDefaultAsync(ct);

    private static async Task<PastOf> PastAsync(string name, IQueryable<ApprovalRequest> requests, CancellationToken ct)
    {
        var past = await requests
            .GroupBy(r => new { r.State, r.Amount.Currency })
            .Select(g => new
            {
                g.Key.State,
                g.Key.Currency,
                Count = g.Count(),
                Sum = g.Sum(r => r.Amount.MinorUnits),
            })
            .ToListAsync(ct);
        return new PastOf(
            name,
            past.Sum(p => p.Count),
            past.Where(p => p.State == RequestState.Executed).Sum(p => p.Count),
            past.Where(p => p.State == RequestState.Rejected).Sum(p => p.Count),
            [
                .. past.Where(p => p.State == RequestState.Executed)
                    .GroupBy(p => p.Currency, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new Money(g.Sum(p => p.Sum), g.Key)),
            ]
        );
    }

    private static async Task<IReadOnlyList<BalanceLine>> BalancesAsync(PlumDbContext db, ApprovalRequest request, CancellationToken ct)
    {
        var key = RequestStep.HoldKey(request.Id);
        var held = await (
            from entry in db.JournalEntries
            from posting in entry.Postings
            join account in db.LedgerAccounts on posting.AccountId equals account.Id
            where entry.Key == key && entry.Phase == EntryPhase.Pending
            orderby posting.Line
            select new
            {
                Account = account,
                posting.MinorUnits,
                Open = !db.JournalEntries.Any(e => e.ResolvesId == entry.Id),
            }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return
        [
            .. held.Where(h => h.Open)
                .Select(h =>
                {
                    var before = h.Account.Posted - h.Account.PendingOut + Math.Max(0, -h.MinorUnits);
                    return new BalanceLine(
                        h.Account.Id,
                        h.Account.Name,
                        new Money(before, h.Account.Currency),
                        new Money(before + h.MinorUnits, h.Account.Currency)
                    );
                }),
        ];
    }

    private static async Task<RequestStanding> StandingAsync(
        PlumDbContext db,
        ApprovalRequest request,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var outside = request.PartnerId == by.PartnerId ? null : Refusals.NotAllowed(Act.DecideRequests);
        var (approve, _, _) = await Checkers.DecideAsync(db, request, by, onBehalfOf: null, note: null, needsLimit: true, now, ct);
        var (reject, _, _) = await Checkers.DecideAsync(db, request, by, onBehalfOf: null, note: null, needsLimit: false, now, ct);
        var delegators = by.May(Act.DecideRequests)
            ? await db
                .Delegations.Where(d => d.ToUserId == by.UserId && d.FromUtc <= now && now < d.UntilUtc)
                .Join(db.Users, d => d.FromUserId, u => u.Id, (d, u) => new Person(u.Id, u.DisplayName))
                .ToListAsync(ct)
            : [];
        var mine = request.MakerId == by.UserId;
        return new RequestStanding(
            request.CannotDecide(now) ?? outside ?? approve,
            request.CannotDecide(now) ?? outside ?? reject,
            mine,
            mine && request.CannotWithdraw() is null,
            mine && request.CannotAnswer(now) is null,
            request.CannotRetry() is null && (mine || (outside is null && by.May(Act.DecideRequests))),
            request.AsksSecondFactor,
            delegators
        );
    }
}
