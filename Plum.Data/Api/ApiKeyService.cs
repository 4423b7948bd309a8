using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Api;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Api;

/// <summary>The keys of clients' systems: made, listed, rotated, revoked. Rights are read from the database: a key spends.</summary>
public sealed class ApiKeyService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    internal const string Room = "Api";

    private const int MostOwners = 200;

    public async Task<Page<ApiKeyRow>> ListAsync(ApiKeyListQuery query, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var keys = VisibleTo(db.ApiKeys.AsNoTracking(), by);
        keys = query.ClientId is { } clientId ? keys.Where(k => k.ClientId == clientId) : keys;
        keys = query.IsOpen switch
        {
            true => keys.Where(k => k.RevokedAtUtc == null && k.ExpiresAtUtc > now),
            false => keys.Where(k => k.RevokedAtUtc != null || k.ExpiresAtUtc <= now),
            null => keys,
        };
        return await (
            from key in keys
            join client in db.Clients on key.ClientId equals client.Id
            join owner in db.Users on key.OwnerId equals owner.Id
            orderby client.Name, key.Name, key.Id
            select new ApiKeyRow(
                key.Id,
                key.Name,
                key.Prefix,
                client.Id,
                client.Code,
                client.Name,
                owner.Id,
                owner.DisplayName,
                key.Scopes,
                key.MadeAtUtc,
                key.MadeBy,
                key.ExpiresAtUtc,
                key.LastUsedAtUtc,
                key.FormerUntilUtc > now ? key.FormerUntilUtc : null,
                key.RevokedAtUtc != null ? ApiKeyState.Revoked
                    : key.ExpiresAtUtc <= now ? ApiKeyState.Expired
                    : ApiKeyState.Open,
                key.Version
            )
        ).ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <summary>On whose authority the actor may make a key for the client: their own, or, of whoever manages users, anybody's who may.</summary>
    public async Task<IReadOnlyList<ApiKeyOwner>> OwnersAsync(Guid clientId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ManageApiKeys) || !by.Sees(clientId))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Owners(db, clientId, by)
            .OrderBy(u => u.DisplayName)
            .ThenBy(u => u.Id)
            .Take(MostOwners)
            .Select(u => new ApiKeyOwner(u.Id, u.DisplayName, u.Email!))
            .ToListAsync(ct);
    }

    /// <returns>Done with the key's prefix; and its secret, which is nowhere else.</returns>
    public async Task<(Outcome Outcome, string? Secret)> MakeAsync(MakeApiKey command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var maker = await db.ActorNowAsync(by, ct);
        var expires = now.AddDays(Math.Clamp(command.Days, -1, 100_000));
        if ((maker.Lacks(Act.ManageApiKeys) ?? ApiKeyRefusals.For(command.Name, command.Scopes, expires, now)) is { } refused)
        {
            return (refused, null);
        }

        if (
            !maker.Sees(command.ClientId)
            || await db.Clients.Where(c => c.Id == command.ClientId && c.IsActive).Select(c => c.Code).SingleOrDefaultAsync(ct)
                is not { } client
        )
        {
            return (ApiKeyRefusals.NoClient, null);
        }

        var ownerId = command.OwnerId ?? maker.UserId;
        if (await Owners(db, command.ClientId, maker).SingleOrDefaultAsync(u => u.Id == ownerId, ct) is not { } owner)
        {
            return (ApiKeyRefusals.NoOwner, null);
        }

        var prefix = ApiSecret.NewPrefix();
        var (secret, hash) = ApiSecret.New(prefix);
        var key = ApiKey.Make(
            Guid.CreateVersion7(),
            command.ClientId,
            owner.Id,
            command.Name,
            command.Scopes,
            expires,
            prefix,
            hash,
            maker,
            now
        );
        db.Add(key);
        db.Add(
            AuditEntry.For(
                Room,
                SubjectOf(prefix),
                "API key made",
                maker,
                now,
                key.ClientId,
                after: Diff.Of(
                    new Dictionary<string, object?>
                    {
                        ["name"] = key.Name,
                        ["client"] = client,
                        ["owner"] = owner.DisplayName,
                        ["scopes"] = ApiScopeNames.List(key.Scopes),
                        ["expires"] = key.ExpiresAtUtc,
                    }
                )
            )
        );
        var outcome = await db.SaveAsync(new Outcome.Done(prefix), ct);
        return (outcome, outcome is Outcome.Done ? secret : null);
    }

    /// <summary>Another secret, shown to its owner or to whoever manages users: they alone act for it.</summary>
    public async Task<(Outcome Outcome, string? Secret)> RotateAsync(RotateApiKey command, Actor by, CancellationToken ct)
    {
        string? secret = null;
        var outcome = await ChangeAsync(
            command.Id,
            command.SeenVersion,
            "API key rotated",
            by,
            (key, who, now) =>
            {
                if (key.OwnerId != who.UserId && !who.May(Act.ManageUsers))
                {
                    return ApiKeyRefusals.NotOwner;
                }

                if ((key.CannotChange(now) ?? ApiKeyRefusals.ForGrace(command.FormerGoesOn)) is { } cannot)
                {
                    return cannot;
                }

                (secret, var hash) = ApiSecret.New(key.Prefix);
                key.Rotate(hash, command.FormerGoesOn, who, now);
                return null;
            },
            ct
        );
        return (outcome, outcome is Outcome.Done ? secret : null);
    }

    /// <summary>From the next call on it opens nothing.</summary>
    public Task<Outcome> RevokeAsync(RevokeApiKey command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            command.Id,
            command.SeenVersion,
            "API key revoked",
            by,
            (key, _, now) =>
            {
                var cannot = key.CannotRevoke();
                if (cannot is null)
                {
                    key.Revoke(now);
                }

                return cannot;
            },
            ct
        );

    internal static string SubjectOf(string prefix) => AuditSubject.Of("api-key", prefix);

    private async Task<Outcome> ChangeAsync(
        Guid id,
        int seenVersion,
        string what,
        Actor by,
        Func<ApiKey, Actor, DateTime, Refusal?> change,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var who = await db.ActorNowAsync(by, ct);
        if (who.Lacks(Act.ManageApiKeys) is { } refused)
        {
            return refused;
        }

        if (await VisibleTo(db.ApiKeys, who).SingleOrDefaultAsync(k => k.Id == id, ct) is not { } key)
        {
            return Refusals.NotFound;
        }

        db.Expect(key, seenVersion);
        if (change(key, who, now) is { } cannot)
        {
            return cannot;
        }

        db.Add(AuditEntry.For(Room, SubjectOf(key.Prefix), what, who, now, key.ClientId, after: Diff.Of("name", key.Name)));
        return await db.SaveAsync(new Outcome.Done(key.Prefix), ct);
    }

    private static IQueryable<ApiKey> VisibleTo(IQueryable<ApiKey> keys, Actor by) =>
        !by.May(Act.ManageApiKeys) || by.PartnerId is not null ? keys.Where(_ => false)
        : by.ClientId is { } own ? keys.Where(k => k.ClientId == own)
        : keys;

    private static IQueryable<PlumUser> Owners(PlumDbContext db, Guid clientId, Actor by)
    {
        var roles = Roles.All.Where(r => RoleActs.Of(r).Contains(Act.MakeAllocations)).Select(r => r.ToString()).ToList();
        var owners = db.Users.Where(u =>
            u.DisabledAtUtc == null
            && u.PartnerId == null
            && (u.ClientId == null || u.ClientId == clientId)
            && db.UserRoles.Any(held => held.UserId == u.Id && db.Roles.Any(r => r.Id == held.RoleId && roles.Contains(r.Name!)))
        );
        return by.May(Act.ManageUsers) ? owners : owners.Where(u => u.Id == by.UserId);
    }
}
