using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Api;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Api;

/// <summary>Whoever calls, by the key that they send; and the line in the audit of each call.</summary>
public sealed class ApiAccess(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>A key that is used all day is not written to at each call.</summary>
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    /// <returns>The caller; or why there is none. Whoever does not know the secret is told nothing of the key.</returns>
    public async Task<(ApiCaller? Caller, Refusal? Why)> OpenAsync(string? given, CancellationToken ct)
    {
        if (ApiSecret.Read(given) is not var (prefix, hash))
        {
            return (null, ApiKeyRefusals.Unknown);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Prefix == prefix, ct);
        if (key is null || !key.IsOpenedBy(hash, now))
        {
            return (null, ApiKeyRefusals.Unknown);
        }

        if (key.CannotChange(now) is { } closed)
        {
            return (null, closed);
        }

        var owner = await db.ActorNowAsync(new Actor(key.OwnerId, "", new HashSet<Act>()), ct);
        if (owner.Acts.Count == 0 || !owner.Sees(key.ClientId))
        {
            return (null, ApiKeyRefusals.OwnerGone);
        }

        if (key.LastUsedAtUtc is not { } last || now - last > Often)
        {
            // ExecuteUpdate: no person edits it, and a call is no change of the key.
            await db.ApiKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAtUtc, now), ct);
        }

        var actor = owner with
        {
            Name = $"{key.Name} (API key of {owner.Name})",
            ClientId = key.ClientId,
            Acts = owner.Acts.Intersect(ActsOf(key.Scopes)).ToHashSet(),
        };
        return (new ApiCaller(key.Id, key.Prefix, key.Name, key.Scopes, key.Hands, actor), null);
    }

    /// <param name="what">The method and the route.</param>
    /// <param name="path">As it was called, without its query.</param>
    public async Task RecordAsync(ApiCaller caller, string what, string path, int status, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Add(
            AuditEntry.For(
                ApiKeyService.Room,
                ApiKeyService.SubjectOf(caller.Prefix),
                what.Length <= AuditEntry.WhatMaxLength ? what : what[..AuditEntry.WhatMaxLength],
                caller.Actor,
                clock.GetUtcNow().UtcDateTime,
                caller.Actor.ClientId,
                after: Diff.Of(new Dictionary<string, object?> { ["path"] = path, ["status"] = status })
            )
        );
        await db.SaveChangesAsync(ct);
    }

    private static IEnumerable<Act> ActsOf(ApiScopes scopes) =>
        (scopes & (ApiScopes.AllocationsWrite | ApiScopes.AllocationsSubmit)) != ApiScopes.None
            ? [Act.ReadAllocations, Act.MakeAllocations]
            : [Act.ReadAllocations];
}

/// <param name="Hands">All who have seen its secret.</param>
/// <param name="Actor">Its owner, bound to its client, with no more rights than its scopes need.</param>
public sealed record ApiCaller(Guid KeyId, string Prefix, string Name, ApiScopes Scopes, IReadOnlyList<Guid> Hands, Actor Actor);
