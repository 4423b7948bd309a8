using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

public sealed partial class UserService
{
    /// <summary>Gives somebody other roles or another binding. Their open sessions end: the next one starts with the new rights.</summary>
    public async Task<Outcome> ChangeRolesAsync(ChangeRoles command, Actor by, CancellationToken ct)
    {
        var roles = command.Roles.Distinct().Order().ToList();
        if (
            (
                by.Lacks(Act.ManageUsers)
                ?? (by.UserId == command.UserId ? AccessRefusals.OwnRoles : null)
                ?? Roles.CannotHold(roles, command.ClientId is not null, command.PartnerId is not null)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == command.UserId, ct);
        if (
            (
                await CannotManageAsync(db, by, ct)
                ?? (user is null ? Refusals.NotFound : null)
                ?? await CannotBindAsync(db, command.ClientId, command.PartnerId, ct)
            ) is
            { } cannot
        )
        {
            return cannot;
        }

        if (user!.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var had = await db.RolesOfAsync(user.Id, ct);
        if (had.Contains(Role.Administrator) != roles.Contains(Role.Administrator))
        {
            await db.TouchAdministratorsAsync(ct); // first, so that whoever counted before this one saved is stale
            if (had.Contains(Role.Administrator) && await CannotLoseAdministratorAsync(db, user.Id, ct) is { } last)
            {
                return last;
            }
        }

        var (before, after) = Diff.Between(Rights(had, user.ClientId, user.PartnerId), Rights(roles, command.ClientId, command.PartnerId));
        if (after is null)
        {
            return new Outcome.Done();
        }

        var taken = had.Except(roles).Select(RoleKeys.Of).ToList();
        db.UserRoles.RemoveRange(await db.UserRoles.Where(r => r.UserId == user.Id && taken.Contains(r.RoleId)).ToListAsync(ct));
        db.AddRoles(user.Id, roles.Except(had));
        (user.ClientId, user.PartnerId) = (command.ClientId, command.PartnerId);
        user.TouchSecurity();
        await db.EndSessionsAsync(user.Id, now, except: null, ct);
        db.AuditEntries.Add(Line(user, "Roles changed", by, now, before: before, after: after));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    /// <summary>Nobody signs in to the account any more, and its open sessions end at once; open pages notice within seconds.</summary>
    public async Task<Outcome> DisableAsync(DisableUser command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.Lacks(Act.ManageUsers)
                ?? (by.UserId == command.UserId ? AccessRefusals.OwnAccount : null)
                ?? Refusals.ForText("Reason", command.Reason, ReasonMaxLength)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == command.UserId, ct);
        if ((await CannotManageAsync(db, by, ct) ?? (user is null ? Refusals.NotFound : null)) is { } cannot)
        {
            return cannot;
        }

        if (user!.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        if (user.DisabledAtUtc is not null)
        {
            return AccessRefusals.DisabledAlready;
        }

        if ((await db.RolesOfAsync(user.Id, ct)).Contains(Role.Administrator))
        {
            await db.TouchAdministratorsAsync(ct); // first, so that whoever counted before this one saved is stale
            if (await CannotLoseAdministratorAsync(db, user.Id, ct) is { } last)
            {
                return last;
            }
        }

        user.DisabledAtUtc = now;
        user.TouchSecurity();
        await db.EndSessionsAsync(user.Id, now, except: null, ct);
        db.AuditEntries.Add(Line(user, "Disabled", by, now, why: command.Reason.Trim()));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    public Task<Outcome> EnableAsync(EnableUser command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            command.UserId,
            command.SeenVersion,
            "Enabled",
            null,
            by,
            user => user.DisabledAtUtc is null ? AccessRefusals.NotDisabled : null,
            user =>
            {
                user.DisabledAtUtc = null;
                user.TouchSecurity();
            },
            ct
        );

    /// <summary>For somebody who waits before a locked account and has proved to the administrator who they are.</summary>
    public Task<Outcome> UnlockAsync(UnlockUser command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            command.UserId,
            null,
            "Unlocked",
            null,
            by,
            _ => null,
            user =>
            {
                (user.AccessFailedCount, user.LockoutEnd) = (0, null);
                user.Touch();
            },
            ct
        );

    /// <summary>For somebody who has lost the phone and the recovery codes: takes away the app and the passkeys, and ends the sessions.</summary>
    public async Task<Outcome> ResetSecondFactorAsync(ResetSecondFactor command, Actor by, CancellationToken ct) =>
        Refusals.ForText("Reason", command.Reason, ReasonMaxLength) is { } wrong
            ? wrong
            : await ChangeAsync(
                command.UserId,
                command.SeenVersion,
                "Second factor reset",
                command.Reason.Trim(),
                by,
                user => user.Id == by.UserId ? AccessRefusals.OwnSecondFactor : null,
                user =>
                {
                    user.ForgetAuthenticator();
                    user.TouchSecurity();
                },
                ct,
                andPasskeys: true
            );

    public Task<Outcome> EndSessionsAsync(EndSessions command, Actor by, CancellationToken ct) =>
        ChangeAsync(command.UserId, null, "Sessions ended", null, by, _ => null, user => user.Touch(), ct, andSessions: true);

    private async Task<Outcome> ChangeAsync(
        Guid userId,
        int? seenVersion,
        string what,
        string? why,
        Actor by,
        Func<PlumUser, Refusal?> cannotNow,
        Action<PlumUser> change,
        CancellationToken ct,
        bool andPasskeys = false,
        bool andSessions = false
    )
    {
        if (by.Lacks(Act.ManageUsers) is { } wrong)
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct);
        if ((await CannotManageAsync(db, by, ct) ?? (user is null ? Refusals.NotFound : null)) is { } cannot)
        {
            return cannot;
        }

        if (seenVersion is not null && user!.Version != seenVersion)
        {
            return new Outcome.Stale();
        }

        if (cannotNow(user!) is { } refused)
        {
            return refused;
        }

        change(user!);
        if (andPasskeys)
        {
            db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(p => p.UserId == userId).ToListAsync(ct));
        }

        if (andPasskeys || andSessions)
        {
            await db.EndSessionsAsync(userId, now, except: null, ct);
        }

        db.AuditEntries.Add(Line(user!, what, by, now, why));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }
}
