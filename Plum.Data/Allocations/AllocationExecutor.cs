using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>Takes what was approved out of the programme's budget, if the file's rows are still what was asked for. <see cref="AllocationRun"/> goes on from there.</summary>
public sealed class AllocationExecutor(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock) : IRequestExecutor
{
    public IReadOnlySet<RequestKind> Kinds { get; } = new HashSet<RequestKind> { RequestKind.Allocation };

    public async Task ExecuteAsync(ClaimedRequest claim, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (why, request) = await db.LoadAsync(claim, Act.MakeAllocations, ct);
        if (why == RequestRefusals.ClaimLost)
        {
            return;
        }

        why ??= await IsAsAskedAsync(db, request, ct) ? null : AllocationSubmitRefusals.Changed;
        why ??= await RequestStep.SettleAsync(db, request, by, now, ct);
        if (why is null)
        {
            Executions.Done(db, request, claim.Attempt, supplierReference: null, by, now);
        }
        else
        {
            await Executions.FailAsync(db, request, claim.Attempt, why.Message, by, now, ct);
        }

        if (await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }
    }

    /// <summary>Money moves whole, or not at all.</summary>
    public Task<(Refusal? Why, string? Remains)> GiveUpAsync(
        PlumDbContext db,
        ApprovalRequest request,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    ) => Task.FromResult<(Refusal?, string?)>((null, null));

    private static async Task<bool> IsAsAskedAsync(PlumDbContext db, ApprovalRequest request, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<AllocationPayload>(request.Payload, JsonSerializerOptions.Web)!;
        var file = await db.AllocationFiles.AsNoTracking().SingleAsync(f => f.Id == asked.FileId, ct);
        return file.State == AllocationState.Submitted
            && file.Sha256 == asked.Sha256
            && (await AllocationSubmission.SumsAsync(db, file, ct)).Contains(asked.Sum);
    }
}
