using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>Puts an approved change of limits into force.</summary>
public sealed class LimitExecutor(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock) : IRequestExecutor
{
    public IReadOnlySet<RequestKind> Kinds { get; } = new HashSet<RequestKind> { RequestKind.LimitChange };

    public async Task ExecuteAsync(ClaimedRequest claim, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (why, request) = await db.LoadAsync(claim, Act.EditLimits, ct);
        if (why == RequestRefusals.ClaimLost)
        {
            return;
        }

        var change = JsonSerializer.Deserialize<LimitChange>(request.Payload, JsonSerializerOptions.Web)!;
        why ??= change.Limit is { } limit
            ? await SetAsync(db, limit, request, by, now, ct)
            : await SetAsync(db, change.Band!, request, by, now, ct);
        if (why is null)
        {
            Executions.Done(db, request, claim.Attempt, supplierReference: null, by, now);
        }
        else
        {
            await Executions.FailAsync(db, request, claim.Attempt, why.Message, by, now, ct);
        }

        await db.SaveAsync(new Outcome.Done(), ct); // when somebody else changed it meanwhile, the claim runs out and it is looked at anew
    }

    /// <summary>A change of limits comes into force whole, or not at all.</summary>
    public Task<(Refusal? Why, string? Remains)> GiveUpAsync(
        PlumDbContext db,
        ApprovalRequest request,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    ) => Task.FromResult<(Refusal?, string?)>((null, null));

    private static async Task<Refusal?> SetAsync(
        PlumDbContext db,
        ChangeLimit change,
        ApprovalRequest request,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var limit = await db.ApprovalLimits.SingleOrDefaultAsync(
            l => l.PartnerId == change.PartnerId && l.Role == change.Role && l.Kind == change.Kind && l.Currency == change.Currency,
            ct
        );
        if (limit?.Version != change.SeenVersion)
        {
            return Changed;
        }

        var before = limit is null ? null : Diff.Of("limit", limit.Values);
        if (limit is null)
        {
            db.Add(ApprovalLimit.Set(change.PartnerId, change.Role, change.Kind, change.Currency, change.Values));
        }
        else
        {
            limit.Change(change.Values);
        }

        Audit(db, request, "Limit set", by, now, before, Diff.Of("limit", change.Values));
        return null;
    }

    private static async Task<Refusal?> SetAsync(
        PlumDbContext db,
        ChangeBand change,
        ApprovalRequest request,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var band = await db.ApprovalBands.SingleOrDefaultAsync(
            b => b.Kind == change.Kind && b.Currency == change.Currency && b.Above == change.Above,
            ct
        );
        if (band?.Version != change.SeenVersion)
        {
            return Changed;
        }

        var before = band is null ? null : Diff.Of("checkers", band.Checkers);
        if (band is null)
        {
            db.Add(ApprovalBand.Set(change.Kind, change.Currency, change.Above, change.Checkers, change.AsksSecondFactor));
        }
        else
        {
            band.Change(change.Checkers, change.AsksSecondFactor);
        }

        Audit(db, request, "Band set", by, now, before, Diff.Of("checkers", change.Checkers));
        return null;
    }

    private static readonly Refusal Changed = new(
        "limit.changed",
        "The limit was changed after this was asked for. Look at it as it is now, and ask again."
    );

    private static void Audit(
        PlumDbContext db,
        ApprovalRequest request,
        string what,
        Actor by,
        DateTime now,
        string? before,
        string? after
    ) =>
        db.Add(
            AuditEntry.For(
                RequestStep.Room,
                RequestReference.Of(request.Id),
                what,
                by,
                now,
                why: $"{request.MakerName}: {request.Reason}",
                before: before,
                after: after
            )
        );
}
