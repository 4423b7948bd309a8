using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

/// <summary>
/// Who somebody is by the database, now. What a page knows of its viewer was read when they signed in; what spends, approves or
/// deletes asks here.
/// </summary>
public sealed class ActorService(IDbContextFactory<PlumDbContext> contexts)
{
    /// <returns>The same person with the rights that they have now; with none when the account is disabled or gone. A job stays as it is.</returns>
    public async Task<Actor> NowAsync(Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ActorNowAsync(by, ct);
    }
}

internal static class Actors
{
    /// <summary>As <see cref="ActorService.NowAsync"/>, inside the caller's unit of work.</summary>
    public static async Task<Actor> ActorNowAsync(this PlumDbContext db, Actor by, CancellationToken ct)
    {
        if (by.UserId is not { } id)
        {
            return by;
        }

        var user = await db
            .Users.Where(u => u.Id == id && u.DisabledAtUtc == null)
            .Select(u => new
            {
                u.DisplayName,
                u.ClientId,
                u.PartnerId,
            })
            .SingleOrDefaultAsync(ct);
        return user is null
            ? by with
            {
                Acts = new HashSet<Act>(),
            }
            : Of(id, user.DisplayName, await db.RolesOfAsync(id, ct), user.ClientId, user.PartnerId);
    }

    public static Actor Of(Guid userId, string name, IReadOnlyCollection<Role> roles, Guid? clientId, Guid? partnerId) =>
        new(userId, name, RoleActs.For(roles, clientId is not null, partnerId is not null), clientId, partnerId);

    public static async Task<List<Role>> RolesOfAsync(this PlumDbContext db, Guid userId, CancellationToken ct) =>
        [.. (await db.UserRoles.Where(r => r.UserId == userId).Select(r => r.RoleId).ToListAsync(ct)).Select(RoleKeys.Role).Order()];
}
