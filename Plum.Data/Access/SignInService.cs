using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

/// <summary>
/// Judges passwords, codes and passkeys, counts what fails, locks, and starts the session. Who stands behind an attempt is not known before
/// it succeeds, so these take no actor.
/// </summary>
public sealed class SignInService(
    IDbContextFactory<PlumDbContext> contexts,
    Passwords passwords,
    SecondFactor secondFactor,
    ILookupNormalizer names,
    AccessOptions options,
    TimeProvider clock,
    ILogger<SignInService> log
)
{
    private const string Room = "Access";
    private static readonly Actor Stranger = new(null, "Somebody not signed in", new HashSet<Act>());

    public async Task<SignInAnswer> PasswordAsync(string? email, string? password, SignInPlace place, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = names.NormalizeName(email?.Trim() ?? "");
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, ct);

        var claimed = user is not null && await ClaimAsync(db, user, now, ct);
        var verified = passwords.Verify(user, password); // always, so that every refusal takes as long
        if (user is null || !claimed)
        {
            log.LogWarning("Sign-in refused from {Address}: {Reason}", place.Address, user is null ? "no such account" : "locked");
            return new SignInAnswer.Refused(AccessRefusals.WrongSignIn);
        }

        var row = await db.Users.SingleAsync(u => u.Id == user.Id, ct);
        if (verified == PasswordVerificationResult.Failed || !CanOpen(row))
        {
            return await FailAsync(db, row, AccessRefusals.WrongSignIn, place, now, ct);
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            row.PasswordHash = passwords.Hash(row, password!);
        }

        if (row.TwoFactorEnabled)
        {
            await GiveBackAsync(db, row.Id, ct); // neither a failure nor yet a success: the count stands where it stood
            return new SignInAnswer.CodeWanted(row.Id);
        }

        return await OpenAsync(db, row, SignInWay.Password, AccessRefusals.WrongSignIn, place, now, ct);
    }

    /// <summary>The second step: the password of <paramref name="userId"/> was right a moment ago.</summary>
    public async Task<SignInAnswer> CodeAsync(Guid userId, string? code, SignInPlace place, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await ClaimedAsync(db, userId, now, ct);
        if (row is not { TwoFactorEnabled: true, AuthenticatorKey: { } key })
        {
            return new SignInAnswer.Refused(AccessRefusals.WrongSignIn);
        }

        if (SecondFactor.Match(secondFactor.Unprotect(key), code, now, row.LastCodeStep) is not { } step)
        {
            return await FailAsync(db, row, AccessRefusals.WrongCode, place, now, ct);
        }

        row.LastCodeStep = step;
        row.ConcurrencyStamp = Guid.NewGuid().ToString(); // of two uses at once, one fails
        return await OpenAsync(db, row, SignInWay.PasswordAndCode, AccessRefusals.WrongCode, place, now, ct);
    }

    /// <summary>The second step, without the app: spends one recovery code.</summary>
    public async Task<SignInAnswer> RecoveryCodeAsync(Guid userId, string? code, SignInPlace place, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await ClaimedAsync(db, userId, now, ct);
        if (row is not { TwoFactorEnabled: true })
        {
            return new SignInAnswer.Refused(AccessRefusals.WrongSignIn);
        }

        if (SecondFactor.Spend(row.RecoveryCodes, code) is not { } left)
        {
            return await FailAsync(db, row, AccessRefusals.WrongRecoveryCode, place, now, ct);
        }

        row.RecoveryCodes = left;
        row.ConcurrencyStamp = Guid.NewGuid().ToString();
        return await OpenAsync(db, row, SignInWay.PasswordAndRecoveryCode, AccessRefusals.WrongRecoveryCode, place, now, ct);
    }

    /// <summary>The browser has proved that it holds a passkey of <paramref name="userId"/>, and the person that it is theirs.</summary>
    public async Task<SignInAnswer> PasskeyAsync(Guid userId, SignInPlace place, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct);
        return row is null || !CanOpen(row)
            ? new SignInAnswer.Refused(AccessRefusals.WrongPasskey)
            : await OpenAsync(db, row, SignInWay.Passkey, AccessRefusals.WrongPasskey, place, now, ct);
    }

    /// <summary>Somebody who is signed in proves again that it is them, before what guards the account is changed.</summary>
    public async Task<Outcome> ConfirmAsync(Guid sessionId, string? password, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var session = await db.UserSessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == by.UserId, ct);
        if (session is null || session.IsOver(now) || await ClaimedAsync(db, session.UserId, now, ct) is not { } row)
        {
            return AccessRefusals.WrongSignIn;
        }

        if (passwords.Verify(row, password) == PasswordVerificationResult.Failed)
        {
            await FailAsync(db, row, AccessRefusals.WrongPassword, new SignInPlace(session.Address, session.Browser), now, ct);
            return AccessRefusals.WrongPassword;
        }

        (row.AccessFailedCount, row.LockoutEnd) = (0, null);
        session.Confirm(now);
        db.AuditEntries.Add(AuditEntry.For(Room, row.Id.ToString(), "Confirmed who they are", by, now));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    /// <summary>Attempts are claimed before they are judged: a hundred guesses at once get no more than the few that are allowed.</summary>
    private static async Task<bool> ClaimAsync(PlumDbContext db, PlumUser user, DateTime now, CancellationToken ct)
    {
        // ExecuteUpdate throughout: a claim must be one statement, and touches nothing that is audited.
        if (user.AccessFailedCount >= SignInRules.Attempts && user.LockoutEnd is { } end && end.UtcDateTime <= now)
        {
            await db
                .Users.Where(u => u.Id == user.Id && u.AccessFailedCount >= SignInRules.Attempts)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null),
                    ct
                );
        }

        DateTimeOffset? until = new DateTimeOffset(now.AddMinutes(SignInRules.LockMinutes));
        return await db
                .Users.Where(u => u.Id == user.Id && u.AccessFailedCount < SignInRules.Attempts)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(u => u.LockoutEnd, u => u.AccessFailedCount + 1 >= SignInRules.Attempts ? until : u.LockoutEnd)
                            .SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1),
                    ct
                ) == 1;
    }

    private static Task<int> GiveBackAsync(PlumDbContext db, Guid userId, CancellationToken ct) =>
        db
            .Users.Where(u => u.Id == userId && u.AccessFailedCount > 0)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount - 1)
                        .SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null),
                ct
            );

    /// <returns>The account, when one more attempt is allowed on it and it may be opened at all.</returns>
    private async Task<PlumUser?> ClaimedAsync(PlumDbContext db, Guid userId, DateTime now, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, ct);
        return user is not null && CanOpen(user) && await ClaimAsync(db, user, now, ct)
            ? await db.Users.SingleAsync(u => u.Id == userId, ct)
            : null;
    }

    private bool CanOpen(PlumUser user) => user.DisabledAtUtc is null && (options.AllowDemonstration || !user.IsDemonstration);

    private async Task<SignInAnswer> FailAsync(
        PlumDbContext db,
        PlumUser row,
        Refusal why,
        SignInPlace place,
        DateTime now,
        CancellationToken ct
    )
    {
        var locked = row.AccessFailedCount >= SignInRules.Attempts;
        log.LogWarning("Sign-in of {UserId} from {Address} failed ({Attempt})", row.Id, place.Address, row.AccessFailedCount);
        db.AuditEntries.Add(AuditEntry.For(Room, row.Id.ToString(), "Sign-in failed", Stranger, now, row.ClientId));
        if (locked)
        {
            db.AuditEntries.Add(AuditEntry.For(Room, row.Id.ToString(), "Locked after failed sign-ins", Stranger, now, row.ClientId));
        }

        await db.SaveChangesAsync(ct);
        return new SignInAnswer.Refused(locked ? AccessRefusals.WrongSignIn : why);
    }

    private static async Task<SignInAnswer> OpenAsync(
        PlumDbContext db,
        PlumUser row,
        SignInWay way,
        Refusal otherwise,
        SignInPlace place,
        DateTime now,
        CancellationToken ct
    )
    {
        (row.AccessFailedCount, row.LockoutEnd, row.LastSignInAtUtc) = (0, null, now);
        var session = UserSession.Start(row.Id, way, place.Address, place.Browser, now);
        var roles = await db.RolesOfAsync(row.Id, ct);
        var by = Actors.Of(row.Id, row.DisplayName, roles, row.ClientId, row.PartnerId);
        db.UserSessions.Add(session);
        db.AuditEntries.Add(AuditEntry.For(Room, row.Id.ToString(), "Signed in", by, now, row.ClientId));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException) // disabled, or the same code used, in between
        {
            return new SignInAnswer.Refused(otherwise);
        }

        return new SignInAnswer.Opened(Accounts.SignedIn(row, session.Id, roles));
    }
}
