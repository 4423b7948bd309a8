using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

/// <summary>Other people's accounts: an administrator's work. Whoever changes them is asked for by the database, not by their claims.</summary>
public sealed partial class UserService(
    IDbContextFactory<PlumDbContext> contexts,
    AccountTokens tokens,
    ILookupNormalizer names,
    AccessOptions options,
    TimeProvider clock
)
{
    private const string Room = "Access";
    public const int ReasonMaxLength = 500;

    /// <returns>Nothing for whoever may not manage users.</returns>
    public async Task<Page<UserRow>> ListAsync(UserListQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ManageUsers))
        {
            return new Page<UserRow>([], 0);
        }

        DateTimeOffset now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var users = db.Users.AsNoTracking().Where(u => options.AllowDemonstration || !u.IsDemonstration);
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var like = $"%{Like(query.Search.Trim())}%";
            users = users.Where(u => EF.Functions.Like(u.DisplayName, like, "\\") || EF.Functions.Like(u.Email, like, "\\"));
        }

        if (query.Role is { } role)
        {
            var key = RoleKeys.Of(role);
            users = users.Where(u => db.UserRoles.Any(r => r.UserId == u.Id && r.RoleId == key));
        }

        users = query.State switch
        {
            UserState.Disabled => users.Where(u => u.DisabledAtUtc != null),
            UserState.Invited => users.Where(u => u.DisabledAtUtc == null && u.PasswordHash == null),
            UserState.Locked => users.Where(u => u.DisabledAtUtc == null && u.AccessFailedCount >= SignInRules.Attempts),
            UserState.Active => users.Where(u =>
                u.DisabledAtUtc == null && u.PasswordHash != null && u.AccessFailedCount < SignInRules.Attempts
            ),
            _ => users,
        };

        var total = await users.CountAsync(ct);
        var rows = await users
            .OrderBy(u => u.DisplayName)
            .ThenBy(u => u.Id)
            .Skip(Math.Max(0, query.Skip))
            .Take(Math.Clamp(query.Take, 1, 200))
            .Select(u => new
            {
                User = u,
                Roles = db.UserRoles.Where(r => r.UserId == u.Id).Select(r => r.RoleId).ToList(),
                Client = db.Clients.Where(c => c.Id == u.ClientId).Select(c => c.Name).FirstOrDefault(),
                Partner = db.PartnerInstitutions.Where(p => p.Id == u.PartnerId).Select(p => p.Name).FirstOrDefault(),
                HasPasskey = db.UserPasskeys.Any(p => p.UserId == u.Id),
            })
            .ToListAsync(ct);

        return new Page<UserRow>(
            [
                .. rows.Select(r => new UserRow(
                    r.User.Id,
                    r.User.DisplayName,
                    r.User.Email!,
                    [.. r.Roles.Select(RoleKeys.Role).Order()],
                    r.Client,
                    r.Partner,
                    StateOf(r.User, now),
                    r.User.LastSignInAtUtc,
                    r.User.TwoFactorEnabled,
                    r.HasPasskey
                )),
            ],
            total
        );
    }

    /// <returns>Null when there is no such person, or for whoever may not manage users.</returns>
    public async Task<UserView?> GetAsync(Guid userId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ManageUsers))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db
            .Users.AsNoTracking()
            .SingleOrDefaultAsync(u => u.Id == userId && (options.AllowDemonstration || !u.IsDemonstration), ct);
        if (user is null)
        {
            return null;
        }

        var state = StateOf(user, now);
        return new UserView(
            user.Id,
            user.DisplayName,
            user.Email!,
            await db.RolesOfAsync(userId, ct),
            user.ClientId,
            await db.Clients.Where(c => c.Id == user.ClientId).Select(c => c.Name).SingleOrDefaultAsync(ct),
            user.PartnerId,
            await db.PartnerInstitutions.Where(p => p.Id == user.PartnerId).Select(p => p.Name).SingleOrDefaultAsync(ct),
            state,
            user.InvitedAtUtc,
            user.LastSignInAtUtc,
            user.DisabledAtUtc,
            state == UserState.Locked ? user.LockoutEnd?.UtcDateTime : null,
            user.TwoFactorEnabled,
            await db.UserPasskeys.CountAsync(p => p.UserId == userId, ct),
            await db.OpenSessionsAsync(userId, thisSession: null, now.UtcDateTime, ct),
            userId == by.UserId,
            user.Version
        );
    }

    public async Task<BindingChoices> ChoicesAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ManageUsers))
        {
            return new BindingChoices([], []);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return new BindingChoices(
            await db.Clients.OrderBy(c => c.Name).Select(c => new BindingChoice(c.Id, c.Name)).ToListAsync(ct),
            await db.PartnerInstitutions.OrderBy(p => p.Name).Select(p => new BindingChoice(p.Id, p.Name)).ToListAsync(ct)
        );
    }

    /// <summary>Whoever manages users must still be allowed to at this moment, whatever their page believed.</summary>
    private static async Task<Refusal?> CannotManageAsync(PlumDbContext db, Actor by, CancellationToken ct) =>
        by.Lacks(Act.ManageUsers) ?? (await db.ActorNowAsync(by, ct)).Lacks(Act.ManageUsers);

    /// <summary>Why this person, now an administrator who can sign in, cannot cease to be one; null when another remains.</summary>
    private async Task<Refusal?> CannotLoseAdministratorAsync(PlumDbContext db, Guid userId, CancellationToken ct)
    {
        var key = RoleKeys.Of(Role.Administrator);
        var others = await db.Users.AnyAsync(
            u =>
                u.Id != userId
                && u.DisabledAtUtc == null
                && u.PasswordHash != null
                && (options.AllowDemonstration || !u.IsDemonstration)
                && db.UserRoles.Any(r => r.UserId == u.Id && r.RoleId == key),
            ct
        );
        return others ? null : AccessRefusals.LastAdministrator;
    }

    private static AuditEntry Line(
        PlumUser user,
        string what,
        Actor by,
        DateTime now,
        string? why = null,
        string? before = null,
        string? after = null
    ) => AuditEntry.For(Room, user.Id.ToString(), what, by, now, user.ClientId, why, before, after);

    private static UserState StateOf(PlumUser user, DateTimeOffset now) =>
        user.DisabledAtUtc is not null ? UserState.Disabled
        : user.PasswordHash is null ? UserState.Invited
        : user.AccessFailedCount >= SignInRules.Attempts && user.LockoutEnd > now ? UserState.Locked
        : UserState.Active;

    private static string Like(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal); // SQL Server's set of characters
}
