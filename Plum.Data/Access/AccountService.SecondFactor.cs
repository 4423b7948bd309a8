using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

public sealed partial class AccountService
{
    /// <summary>The secret to put into an app: the one shown before, until it is proved or the app is taken away. Null unless confirmed lately.</summary>
    public async Task<AuthenticatorView?> OfferAuthenticatorAsync(Guid sessionId, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ConfirmedAsync(db, sessionId, by, ct) is not { } user)
        {
            return null;
        }

        if (user.PendingAuthenticatorKey is null)
        {
            user.PendingAuthenticatorKey = secondFactor.Protect(SecondFactor.NewSecret());
            user.ConcurrencyStamp = Guid.NewGuid().ToString();
            await db.SaveChangesAsync(ct);
        }

        var secret = secondFactor.Unprotect(user.PendingAuthenticatorKey);
        return new AuthenticatorView(SecondFactor.Spell(secret), SecondFactor.Uri(secret, user.Email!));
    }

    /// <summary>A code proves that the app has the secret: from now on signing in asks for one.</summary>
    /// <returns>With Done, the recovery codes, shown this once.</returns>
    public async Task<(Outcome Outcome, IReadOnlyList<string> Codes)> ProveAuthenticatorAsync(
        Guid sessionId,
        string? code,
        Actor by,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ConfirmedAsync(db, sessionId, by, ct) is not { PendingAuthenticatorKey: { } pending } user)
        {
            return (AccessRefusals.NotConfirmed, []);
        }

        if (SecondFactor.Match(secondFactor.Unprotect(pending), code, now, lastStep: null) is not { } step)
        {
            return (AccessRefusals.WrongCode, []);
        }

        (user.AuthenticatorKey, user.PendingAuthenticatorKey, user.LastCodeStep, user.TwoFactorEnabled) = (pending, null, step, true);
        return await GiveRecoveryCodesAsync(db, user, "Authenticator app added", "an authenticator app was added", by, now, ct);
    }

    /// <summary>Ten new recovery codes; the old ones stop working.</summary>
    public async Task<(Outcome Outcome, IReadOnlyList<string> Codes)> RenewRecoveryCodesAsync(
        Guid sessionId,
        Actor by,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ConfirmedAsync(db, sessionId, by, ct) is not { } user)
        {
            return (AccessRefusals.NotConfirmed, []);
        }

        return user.TwoFactorEnabled
            ? await GiveRecoveryCodesAsync(
                db,
                user,
                "Recovery codes made anew",
                "new recovery codes were made",
                by,
                clock.GetUtcNow().UtcDateTime,
                ct
            )
            : (AccessRefusals.NoSecondFactor, []);
    }

    public async Task<Outcome> RemoveAuthenticatorAsync(Guid sessionId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ConfirmedAsync(db, sessionId, by, ct) is not { } user)
        {
            return AccessRefusals.NotConfirmed;
        }

        if (!user.TwoFactorEnabled)
        {
            return AccessRefusals.NoSecondFactor;
        }

        user.ForgetAuthenticator();
        db.AuditEntries.Add(AuditEntry.For(Room, user.Id.ToString(), "Authenticator app removed", by, now, user.ClientId));
        db.Outbox.Add(AccountMail.Changed(user, "the authenticator app was removed", now));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    /// <param name="passkey">As the browser made it and the host has verified it.</param>
    public async Task<Outcome> AddPasskeyAsync(Guid sessionId, UserPasskeyInfo passkey, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ConfirmedAsync(db, sessionId, by, ct) is not { } user)
        {
            return AccessRefusals.NotConfirmed;
        }

        var count = await db.UserPasskeys.CountAsync(p => p.UserId == user.Id, ct);
        if (count >= SignInRules.Passkeys)
        {
            return AccessRefusals.TooManyPasskeys;
        }

        db.UserPasskeys.Add(
            new IdentityUserPasskey<Guid>
            {
                UserId = user.Id,
                CredentialId = passkey.CredentialId,
                Data = new IdentityPasskeyData
                {
                    Name = $"Passkey {count + 1}",
                    PublicKey = passkey.PublicKey,
                    CreatedAt = new DateTimeOffset(now),
                    SignCount = passkey.SignCount,
                    Transports = passkey.Transports,
                    IsUserVerified = passkey.IsUserVerified,
                    IsBackupEligible = passkey.IsBackupEligible,
                    IsBackedUp = passkey.IsBackedUp,
                    AttestationObject = passkey.AttestationObject,
                    ClientDataJson = passkey.ClientDataJson,
                },
            }
        );
        user.Touch();
        db.AuditEntries.Add(AuditEntry.For(Room, user.Id.ToString(), "Passkey added", by, now, user.ClientId));
        db.Outbox.Add(AccountMail.Changed(user, "a passkey was added", now));
        return await db.SaveAsync(new Outcome.Done(Base64Url.EncodeToString(passkey.CredentialId)), ct);
    }

    public async Task<Outcome> RenamePasskeyAsync(RenamePasskey command, Actor by, CancellationToken ct)
    {
        if (Refusals.ForText("Name", command.Name, AccountRules.NameMaxLength) is { } wrong)
        {
            return wrong;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await OwnPasskeyAsync(db, command.Id, by, ct) is not { } passkey)
        {
            return Refusals.NotFound;
        }

        passkey.Data.Name = command.Name.Trim();
        db.AuditEntries.Add(
            AuditEntry.For(Room, passkey.UserId.ToString(), "Passkey renamed", by, clock.GetUtcNow().UtcDateTime, by.ClientId)
        );
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    public async Task<Outcome> RemovePasskeyAsync(Guid sessionId, string id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ConfirmedAsync(db, sessionId, by, ct) is not { } user)
        {
            return AccessRefusals.NotConfirmed;
        }

        if (await OwnPasskeyAsync(db, id, by, ct) is not { } passkey)
        {
            return Refusals.NotFound;
        }

        db.UserPasskeys.Remove(passkey);
        user.Touch();
        db.AuditEntries.Add(AuditEntry.For(Room, user.Id.ToString(), "Passkey removed", by, now, user.ClientId));
        db.Outbox.Add(AccountMail.Changed(user, "a passkey was removed", now));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    private static async Task<IdentityUserPasskey<Guid>?> OwnPasskeyAsync(PlumDbContext db, string? id, Actor by, CancellationToken ct)
    {
        if (id is not { Length: > 0 and <= 2000 } || !Base64Url.IsValid(id))
        {
            return null;
        }

        var key = Base64Url.DecodeFromChars(id);
        return await db.UserPasskeys.SingleOrDefaultAsync(p => p.CredentialId == key && p.UserId == by.UserId, ct);
    }

    private async Task<PlumUser?> ConfirmedAsync(PlumDbContext db, Guid sessionId, Actor by, CancellationToken ct) =>
        await db.IsConfirmedAsync(sessionId, by, clock.GetUtcNow().UtcDateTime, ct) ? await db.OwnAsync(by, ct) : null;

    private static async Task<(Outcome Outcome, IReadOnlyList<string> Codes)> GiveRecoveryCodesAsync(
        PlumDbContext db,
        PlumUser user,
        string what,
        string told,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var (codes, kept) = SecondFactor.NewRecoveryCodes();
        user.RecoveryCodes = kept;
        user.Touch();
        db.AuditEntries.Add(AuditEntry.For(Room, user.Id.ToString(), what, by, now, user.ClientId));
        db.Outbox.Add(AccountMail.Changed(user, told, now));
        var outcome = await db.SaveAsync(new Outcome.Done(), ct);
        return (outcome, outcome is Outcome.Done ? codes : []);
    }
}
