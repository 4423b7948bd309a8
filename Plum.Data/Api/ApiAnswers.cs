using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Api;
using Plum.Domain.Shared;

namespace Plum.Data.Api;

/// <summary>Answers by Idempotency-Key: one call under a key at a time, and what it came to, told again for a day.</summary>
public sealed class ApiAnswers(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private static readonly Refusal Taken = new("api.in-flight", "A call with this Idempotency-Key is under way. Ask again in a moment.");

    public async Task<ApiTurn> BeginAsync(Guid apiKeyId, string key, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var old = now - ApiAnswer.KeptFor;
        await using var db = await contexts.CreateDbContextAsync(ct);

        // Execute, here and below: nobody's data but the caller's own, compared and set in one statement.
        var mine = db.ApiAnswers.Where(a => a.ApiKeyId == apiKeyId && a.Key == key);
        await mine.Where(a => a.AtUtc <= old).ExecuteDeleteAsync(ct);
        var retaken = await mine.Where(a => a.LeaseUntilUtc <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LeaseUntilUtc, now + ApiAnswer.Lease), ct);
        if (retaken == 1)
        {
            return new ApiTurn.Mine();
        }

        if (await mine.AsNoTracking().SingleOrDefaultAsync(ct) is { } kept)
        {
            return Of(kept);
        }

        db.Add(ApiAnswer.Begin(apiKeyId, key, now));
        return await db.SaveAsync(new Outcome.Done(), ct, Taken) is Outcome.Done ? new ApiTurn.Mine() : new ApiTurn.UnderWay(Taken);
    }

    public async Task KeepAsync(Guid apiKeyId, string key, ApiReply reply, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db
            .ApiAnswers.Where(a => a.ApiKeyId == apiKeyId && a.Key == key)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.LeaseUntilUtc, (DateTime?)null)
                        .SetProperty(a => a.Fingerprint, reply.Fingerprint)
                        .SetProperty(a => a.Status, reply.Status)
                        .SetProperty(a => a.Location, reply.Location)
                        .SetProperty(a => a.Body, reply.Body),
                ct
            );
    }

    /// <summary>Nothing came of the call: put right, it may be made again under the same key.</summary>
    public async Task ForgetAsync(Guid apiKeyId, string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.ApiAnswers.Where(a => a.ApiKeyId == apiKeyId && a.Key == key && a.LeaseUntilUtc != null).ExecuteDeleteAsync(ct);
    }

    /// <returns>How many were old.</returns>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var old = clock.GetUtcNow().UtcDateTime - ApiAnswer.KeptFor;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ApiAnswers.Where(a => a.AtUtc <= old).ExecuteDeleteAsync(ct);
    }

    private static ApiTurn Of(ApiAnswer kept) =>
        kept.LeaseUntilUtc is not null
            ? new ApiTurn.UnderWay(Taken)
            : new ApiTurn.Answered(new ApiReply(kept.Fingerprint!, kept.Status, kept.Location, kept.Body!));
}

/// <summary>What to do with a call under an Idempotency-Key.</summary>
public abstract record ApiTurn
{
    private ApiTurn() { }

    public sealed record Mine : ApiTurn;

    public sealed record UnderWay(Refusal Why) : ApiTurn;

    public sealed record Answered(ApiReply Reply) : ApiTurn;
}

/// <param name="Fingerprint">Of what was asked.</param>
/// <param name="Body">JSON.</param>
public sealed record ApiReply(string Fingerprint, int Status, string? Location, string Body);
