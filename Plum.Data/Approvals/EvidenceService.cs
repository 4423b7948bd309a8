using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>
/// The evidence of one request, for whoever sees the request, and of a period, for auditors. What leaves as a file is audited before it does.
/// </summary>
public sealed class EvidenceService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Of a workbook, which is put together in memory.</summary>
    public const int MostRequests = 5_000;

    private const int AtOnce = 500;

    /// <returns>Null when there is none for this person.</returns>
    public async Task<RequestEvidence?> GetAsync(long id, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await ReadAsync(db, id, by, clock.GetUtcNow().UtcDateTime, ct);
    }

    /// <summary>As <see cref="GetAsync"/>, to be taken away.</summary>
    public async Task<RequestEvidence?> TakeAsync(long id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var evidence = await ReadAsync(db, id, by, now, ct);
        if (evidence is null)
        {
            return null;
        }

        var of = await db.ApprovalRequests.Where(r => r.Id == id).Select(r => new { r.ClientId, r.PartnerId }).SingleAsync(ct);
        db.Add(AuditEntry.For(RequestStep.Room, RequestReference.Of(id), "Evidence taken", by, now, of.ClientId, partnerId: of.PartnerId));
        await db.SaveChangesAsync(ct);
        return evidence;
    }

    /// <summary>How many requests the workbook of the period would hold; 0 for whoever may not have it.</summary>
    public async Task<int> CountAsync(EvidencePeriod period, Actor by, CancellationToken ct)
    {
        if (CannotExport(by) is not null)
        {
            return 0;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Touched(db, period, by).CountAsync(ct);
    }

    public async Task<EvidenceChoices> ChoicesAsync(Actor by, CancellationToken ct)
    {
        if (CannotExport(by) is not null || by.IsBound)
        {
            return new EvidenceChoices([], []);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return new EvidenceChoices(
            await db.Clients.OrderBy(c => c.Name).ThenBy(c => c.Id).Select(c => new Person(c.Id, c.Name)).ToListAsync(ct),
            await db.PartnerInstitutions.OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => new Person(p.Id, p.Name)).ToListAsync(ct)
        );
    }

    public async Task<(Refusal? Why, EvidenceBook? Book)> ExportAsync(EvidencePeriod period, Actor by, CancellationToken ct)
    {
        if (CannotExport(by) is { } refused)
        {
            return (refused, null);
        }

        if (period.UntilUtc <= period.FromUtc)
        {
            return (EvidenceRefusals.EmptyPeriod, null);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = await Touched(db, period, by).OrderBy(r => r.Id).Select(r => r.Id).Take(MostRequests + 1).ToListAsync(ct);
        if (ids.Count > MostRequests)
        {
            return (EvidenceRefusals.TooLong(MostRequests), null);
        }

        db.Add(
            AuditEntry.For(
                RequestStep.Room,
                "evidence",
                "Exported",
                by,
                now,
                by.ClientId ?? period.ClientId,
                after: Diff.Of(
                    new Dictionary<string, object?>
                    {
                        ["from"] = period.FromUtc,
                        ["until"] = period.UntilUtc,
                        ["kind"] = period.Kind?.ToString(),
                        ["state"] = period.State?.ToString(),
                        ["institution"] = period.PartnerId,
                        ["requests"] = ids.Count,
                    }
                )
            )
        );
        await db.SaveChangesAsync(ct);

        var (requests, lines, postings, calls) = (
            new List<EvidenceRequest>(ids.Count),
            new List<EvidenceLine>(),
            new List<EvidencePosting>(),
            new List<EvidenceCall>()
        );
        foreach (var some in ids.Chunk(AtOnce))
        {
            requests.AddRange(await EvidenceReads.RequestsAsync(db, some, ct));
            lines.AddRange(await EvidenceReads.LinesAsync(db, some, ct));
            postings.AddRange(await EvidenceReads.PostingsAsync(db, some, ct));
            calls.AddRange(await EvidenceReads.CallsAsync(db, some, ct));
        }

        return (null, new EvidenceBook(period, requests, lines, postings, calls, now, by.Name));
    }

    private static Refusal? CannotExport(Actor by) => by.Lacks(Act.ReadAudit) ?? by.Lacks(Act.ReadRequests);

    private static IQueryable<ApprovalRequest> Touched(PlumDbContext db, EvidencePeriod period, Actor by)
    {
        var (from, until) = (period.FromUtc, period.UntilUtc);
        return db
            .ApprovalRequests.AsNoTracking()
            .VisibleTo(by)
            .Where(r => r.MadeAtUtc < until && (r.EndedAtUtc == null || r.EndedAtUtc >= from))
            .Where(r => db.RequestEvents.Any(e => e.RequestId == r.Id && e.AtUtc >= from && e.AtUtc < until))
            .Where(r => period.Kind == null || r.Kind == period.Kind)
            .Where(r => period.State == null || r.State == period.State)
            .Where(r => period.ClientId == null || r.ClientId == period.ClientId)
            .Where(r => period.PartnerId == null || r.PartnerId == period.PartnerId);
    }

    private static async Task<RequestEvidence?> ReadAsync(PlumDbContext db, long id, Actor by, DateTime now, CancellationToken ct)
    {
        if (!ApprovalQueue.MayLook(by))
        {
            return null;
        }

        var visible = db.ApprovalRequests.AsNoTracking().VisibleTo(by);
        var request = await visible.SingleOrDefaultAsync(r => r.Id == id, ct);
        return request is null
            ? null
            : new RequestEvidence(
                request.Id,
                request.Kind,
                request.Title,
                request.Amount,
                request.JudgedMinorUnits,
                request.State,
                request.Reason,
                request.ReasonCode,
                await db.Clients.Where(c => c.Id == request.ClientId).Select(c => c.Name).SingleOrDefaultAsync(ct),
                await db.PartnerInstitutions.Where(p => p.Id == request.PartnerId).Select(p => p.Name).SingleOrDefaultAsync(ct)
                    ?? EvidenceReads.Plum,
                request.BeneficiaryName,
                request.MakerName,
                request.MakerRoles,
                request.TicketId,
                request.OrderId,
                request.ReplacesId,
                await visible.Where(r => r.ReplacesId == id).OrderByDescending(r => r.Id).Select(r => (long?)r.Id).FirstOrDefaultAsync(ct),
                request.Fingerprint,
                request.Fingerprint == request.FingerprintNow(),
                request.Payload,
                request.Policy,
                request.StepsNeeded,
                request.StepsDone,
                request.SupplierReference,
                request.Outcome,
                request.MadeAtUtc,
                request.ExpiresAtUtc,
                request.EndedAtUtc,
                await EvidenceReads.LinesAsync(db, [id], ct),
                await EvidenceReads.CallsAsync(db, [id], ct),
                await EvidenceReads.PostingsAsync(db, [id], ct),
                by.May(Act.ReadAudit) ? await EvidenceReads.AuditAsync(db, id, ct) : [],
                now,
                by.Name
            );
    }
}

public static class EvidenceRefusals
{
    public static readonly Refusal EmptyPeriod = new("evidence.period", "The period ends before it begins. Choose other days.", "To");

    public static Refusal TooLong(int most) =>
        new(
            "evidence.too-long",
            $"More than {most} requests fall into this period. Choose fewer days, or one kind, client or institution at a time.",
            "To"
        );
}
