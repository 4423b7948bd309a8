using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>What stands beside requests that the caller has been found to see: in their order, and each in the order in which it happened.</summary>
internal static class EvidenceReads
{
    /// <summary>The institution of whoever belongs to no partner.</summary>
    public const string Plum = "Plum";

    public static async Task<List<EvidenceRequest>> RequestsAsync(PlumDbContext db, long[] ids, CancellationToken ct)
    {
        var requests = await db
            .ApprovalRequests.AsNoTracking()
            .Where(r => ids.Contains(r.Id))
            .OrderBy(r => r.Id)
            .Select(r => new
            {
                Request = r,
                Client = db.Clients.Where(c => c.Id == r.ClientId).Select(c => c.Name).FirstOrDefault(),
                Institution = db.PartnerInstitutions.Where(p => p.Id == r.PartnerId).Select(p => p.Name).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. requests.Select(r => new EvidenceRequest(
                r.Request.Id,
                r.Request.Kind,
                r.Request.Title,
                r.Request.Amount,
                r.Request.JudgedMinorUnits,
                r.Request.State,
                r.Institution ?? Plum,
                r.Client,
                r.Request.BeneficiaryName,
                r.Request.MakerName,
                r.Request.MakerRoles,
                r.Request.MadeAtUtc,
                r.Request.EndedAtUtc,
                r.Request.Policy,
                r.Request.ReasonCode,
                r.Request.Reason,
                r.Request.TicketId,
                r.Request.OrderId,
                r.Request.ReplacesId,
                r.Request.SupplierReference,
                r.Request.Outcome,
                r.Request.Fingerprint,
                r.Request.Fingerprint == r.Request.FingerprintNow()
            )),
        ];
    }

    public static async Task<List<EvidenceLine>> LinesAsync(PlumDbContext db, long[] ids, CancellationToken ct)
    {
        var lines = await db
            .RequestEvents.AsNoTracking()
            .Where(e => ids.Contains(e.RequestId))
            .OrderBy(e => e.RequestId)
            .ThenBy(e => e.Id)
            .ToListAsync(ct);
        return
        [
            .. lines.Select(e => new EvidenceLine(
                e.RequestId,
                e.Kind,
                e.AtUtc,
                e.Who,
                e.Roles,
                e.OnBehalfOf,
                e.Step,
                e.Note,
                e.Limit,
                e.EmergencyId is not null,
                e.Fingerprint,
                e.RequestVersion
            )),
        ];
    }

    public static Task<List<EvidenceCall>> CallsAsync(PlumDbContext db, long[] ids, CancellationToken ct) =>
        db
            .SupplierCalls.AsNoTracking()
            .Where(c => ids.Contains(c.RequestId))
            .OrderBy(c => c.RequestId)
            .ThenBy(c => c.PreparedAtUtc)
            .ThenBy(c => c.Key)
            .Select(c => new EvidenceCall(
                c.RequestId,
                c.Key,
                c.Kind,
                c.State,
                c.SupplierReference,
                c.Words,
                c.Tries,
                c.PreparedAtUtc,
                c.AnsweredAtUtc
            ))
            .ToListAsync(ct);

    public static async Task<List<EvidencePosting>> PostingsAsync(PlumDbContext db, long[] ids, CancellationToken ct)
    {
        var asked = ids.Select(id => (long?)id).ToArray();
        var entries = await db
            .JournalEntries.AsNoTracking()
            .Include(e => e.Postings)
            .Where(e => asked.Contains(e.RequestId))
            .OrderBy(e => e.RequestId)
            .ThenBy(e => e.Id)
            .ToListAsync(ct);
        var accountIds = entries.SelectMany(e => e.Postings).Select(p => p.AccountId).Distinct().ToList();
        var accounts = await db.LedgerAccounts.Where(a => accountIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        return
        [
            .. entries.SelectMany(e =>
                e.Postings.Count == 0
                    ? [Of(e, null, null)]
                    : e.Postings.OrderBy(p => p.Line).Select(p => Of(e, accounts[p.AccountId], new Money(p.MinorUnits, p.Currency)))
            ),
        ];

        static EvidencePosting Of(Domain.Ledger.JournalEntry e, string? account, Money? amount) =>
            new(e.RequestId, e.Id, e.Key, e.AtUtc, e.Phase, e.What, e.Who, account, amount, e.TicketId, e.OrderId);
    }

    public static async Task<List<EvidenceAudit>> AuditAsync(PlumDbContext db, long id, CancellationToken ct)
    {
        var subject = RequestReference.Of(id);
        var lines = await db
            .AuditEntries.AsNoTracking()
            .Where(e => e.Room == RequestStep.Room && e.Subject == subject)
            .OrderBy(e => e.Id)
            .Select(e => new
            {
                e.Id,
                e.AtUtc,
                e.Who,
                e.What,
                Seal = db.AuditSeals.Where(s => s.EntryId == e.Id).Select(s => s.Hash).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. lines.Select(l => new EvidenceAudit(l.Id, l.AtUtc, l.Who, l.What, l.Seal is null ? null : Convert.ToHexStringLower(l.Seal))),
        ];
    }
}
