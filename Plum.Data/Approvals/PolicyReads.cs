using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>What the policy looks at, read inside the caller's transaction.</summary>
internal static class PolicyReads
{
    public static async Task<PolicyAnswer> JudgeAsync(
        this PlumDbContext db,
        RequestTerms terms,
        IReadOnlyCollection<Role> roles,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var currency = terms.Amount.Currency;
        var all = await db.LimitsAsync(terms.PartnerId, terms.Kind, currency, ct);
        var bands = await db.ApprovalBands.AsNoTracking().Where(b => b.Kind == terms.Kind && b.Currency == currency).ToListAsync(ct);
        return ApprovalPolicy.Judge(
            terms.Kind,
            terms.Amount,
            [.. all.Where(l => roles.Contains(l.Role))],
            all,
            bands,
            await db.UsedAsync(terms, nowUtc, ct),
            terms.NeverAlone
        );
    }

    /// <summary>The limits that bind the people of one institution, or Plum's own.</summary>
    public static Task<List<ApprovalLimit>> LimitsAsync(
        this PlumDbContext db,
        Guid? partnerId,
        RequestKind kind,
        string currency,
        CancellationToken ct
    ) =>
        db
            .ApprovalLimits.AsNoTracking()
            .Where(l => l.Kind == kind && l.Currency == currency && l.PartnerId == partnerId)
            .OrderBy(l => l.Role)
            .ToListAsync(ct);

    private static async Task<Used> UsedAsync(this PlumDbContext db, RequestTerms terms, DateTime nowUtc, CancellationToken ct)
    {
        var (maker, currency, beneficiary) = (terms.Maker.UserId, terms.Amount.Currency, terms.Beneficiary.Key);
        var (midnight, before) = (nowUtc.Date, nowUtc.AddHours(-24));
        var since = midnight < before ? midnight : before;
        var counted = await db
            .ApprovalRequests.Where(r =>
                r.MakerId == maker
                && r.MadeAtUtc >= since
                && r.Kind == terms.Kind
                && r.Amount.Currency == currency
                && r.State != RequestState.Rejected
                && r.State != RequestState.Withdrawn
                && r.State != RequestState.Expired
                && r.State != RequestState.Abandoned
            )
            .Select(r => new
            {
                r.MadeAtUtc,
                r.Beneficiary,
                r.Amount.MinorUnits,
            })
            .ToListAsync(ct);
        return new Used(
            counted.Where(r => r.MadeAtUtc >= midnight).Aggregate(0L, (sum, r) => checked(sum + r.MinorUnits)),
            counted.Where(r => r.MadeAtUtc > before && r.Beneficiary == beneficiary).Aggregate(0L, (sum, r) => checked(sum + r.MinorUnits))
        );
    }

    /// <summary>As the maker of a request, by the database; null when the account is gone or disabled.</summary>
    public static async Task<(Actor Now, Maker Maker, List<Role> Roles)?> MakerAsync(this PlumDbContext db, Actor by, CancellationToken ct)
    {
        if (by.UserId is not { } id)
        {
            return null;
        }

        var now = await db.ActorNowAsync(by, ct);
        var roles = await db.RolesOfAsync(id, ct);
        return now.Acts.Count == 0 ? null : (now, new Maker(id, now.Name, RolesText(roles)), roles);
    }

    public static string RolesText(IEnumerable<Role> roles) => string.Join(", ", roles);
}
