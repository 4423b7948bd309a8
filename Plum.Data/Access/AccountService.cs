using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

/// <summary>One's own account: everybody's right, and nobody else's.</summary>
public sealed partial class AccountService(
    IDbContextFactory<PlumDbContext> contexts,
    Passwords passwords,
    SecondFactor secondFactor,
    AccountTokens tokens,
    ILookupNormalizer names,
    AccessOptions options,
    TimeProvider clock
)
{
    private const string Room = "Access";

    /// <returns>Null when the account is gone or disabled.</returns>
    public async Task<AccountView?> GetAsync(Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == by.UserId && u.DisabledAtUtc == null, ct);
        if (user is null)
        {
            return null;
        }

        var passkeys = await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == user.Id).ToListAsync(ct);
        return new AccountView(
            user.Email!,
            user.DisplayName,
            user.TimeZoneId,
            user.Culture,
            user.DarkMode,
            await db.RolesOfAsync(user.Id, ct),
            await db.Clients.Where(c => c.Id == user.ClientId).Select(c => c.Name).SingleOrDefaultAsync(ct),
            await db.PartnerInstitutions.Where(p => p.Id == user.PartnerId).Select(p => p.Name).SingleOrDefaultAsync(ct),
            user.TwoFactorEnabled,
            SecondFactor.Left(user.RecoveryCodes),
            [
                .. passkeys
                    .OrderBy(p => p.Data.CreatedAt)
                    .Select(p => new PasskeyRow(
                        Base64Url.EncodeToString(p.CredentialId),
                        p.Data.Name ?? "Passkey",
                        p.Data.CreatedAt.UtcDateTime
                    )),
            ],
            user.Version
        );
    }

    public async Task<Outcome> ChangeProfileAsync(ChangeProfile command, Actor by, CancellationToken ct)
    {
        var (name, zone, culture) = (command.Name?.Trim() ?? "", Blank(command.TimeZoneId), Blank(command.Culture));
        if ((AccessRefusals.ForName(name) ?? AccessRefusals.ForTimeZone(zone) ?? AccessRefusals.ForCulture(culture)) is { } wrong)
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.OwnAsync(by, ct) is not { } user)
        {
            return Refusals.NotFound;
        }

        if (user.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        var before = Profile(user);
        (user.DisplayName, user.TimeZoneId, user.Culture, user.DarkMode) = (name, zone, culture, command.DarkMode);
        var (was, became) = Diff.Between(before, Profile(user));
        if (became is not null)
        {
            user.Touch();
            db.AuditEntries.Add(
                AuditEntry.For(Room, user.Id.ToString(), "Profile changed", by, now, user.ClientId, before: was, after: became)
            );
        }

        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    /// <summary>What the cookie of this session says of the person, as it is now; null when the session does not stand.</summary>
    public async Task<SignedIn?> WhoAsync(Guid sessionId, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var session = await db.UserSessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == by.UserId, ct);
        return session is null || session.IsOver(now) || await db.OwnAsync(by, ct) is not { } user
            ? null
            : Accounts.SignedIn(user, sessionId, await db.RolesOfAsync(user.Id, ct));
    }

    private static Dictionary<string, object?> Profile(PlumUser user) =>
        new(StringComparer.Ordinal)
        {
            ["name"] = user.DisplayName,
            ["timeZone"] = user.TimeZoneId,
            ["culture"] = user.Culture,
            ["darkMode"] = user.DarkMode,
        };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal static class Accounts
{
    public static Task<PlumUser?> OwnAsync(this PlumDbContext db, Actor by, CancellationToken ct) =>
        db.Users.SingleOrDefaultAsync(u => u.Id == by.UserId && u.DisabledAtUtc == null, ct);

    /// <summary>Counts the version for people who have the account open, and changes the stamp that guards the row.</summary>
    public static void Touch(this PlumUser user)
    {
        user.Version++;
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    /// <summary>As <see cref="Touch"/>, and every link that was sent stops working.</summary>
    public static void TouchSecurity(this PlumUser user)
    {
        user.Touch();
        user.SecurityStamp = Guid.NewGuid().ToString("N");
    }

    public static SignedIn SignedIn(PlumUser user, Guid sessionId, IReadOnlyList<Role> roles) =>
        new(
            user.Id,
            sessionId,
            user.DisplayName,
            user.Email!,
            roles,
            user.ClientId,
            user.PartnerId,
            user.TimeZoneId,
            user.Culture,
            user.DarkMode
        );

    public static void ForgetAuthenticator(this PlumUser user)
    {
        (user.AuthenticatorKey, user.PendingAuthenticatorKey, user.LastCodeStep, user.RecoveryCodes) = (null, null, null, null);
        user.TwoFactorEnabled = false;
        user.Touch();
    }

    /// <summary>
    /// Two changes that each leave one administrator too few must not both succeed: whoever takes one away or adds one also changes the role's
    /// own row, so that of two at once the second is stale.
    /// </summary>
    public static async Task TouchAdministratorsAsync(this PlumDbContext db, CancellationToken ct)
    {
        var key = RoleKeys.Of(Role.Administrator);
        (await db.Roles.SingleAsync(r => r.Id == key, ct)).ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    public static PlumUser New(string email, string name, ILookupNormalizer names) =>
        new()
        {
            UserName = email,
            NormalizedUserName = names.NormalizeName(email),
            Email = email,
            NormalizedEmail = names.NormalizeEmail(email),
            DisplayName = name,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
        };

    public static void AddRoles(this PlumDbContext db, Guid userId, IEnumerable<Role> roles) =>
        db.UserRoles.AddRange(roles.Select(role => new IdentityUserRole<Guid> { UserId = userId, RoleId = RoleKeys.Of(role) }));
}
