using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

public sealed partial class AccountService
{
    /// <summary>Changes the password of whoever has confirmed lately that it is them, and signs them out everywhere else.</summary>
    public async Task<Outcome> ChangePasswordAsync(ChangePassword command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.OwnAsync(by, ct) is not { } user)
        {
            return Refusals.NotFound;
        }

        if (!await db.IsConfirmedAsync(command.SessionId, by, now, ct))
        {
            return AccessRefusals.NotConfirmed;
        }

        if (Passwords.Cannot(command.New, user.Email!, user.DisplayName) is { } wrong)
        {
            return wrong;
        }

        user.PasswordHash = passwords.Hash(user, command.New);
        user.TouchSecurity();
        await db.EndSessionsAsync(user.Id, now, except: command.SessionId, ct);
        db.AuditEntries.Add(AuditEntry.For(Room, user.Id.ToString(), "Password changed", by, now, user.ClientId));
        db.Outbox.Add(AccountMail.Changed(user, "the password was changed", now));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    /// <summary>
    /// Sends a link to whoever has the address, at most once in five minutes. Nobody learns whether the address is known: there is no answer.
    /// The actor is whoever stands at the page, usually nobody.
    /// </summary>
    public async Task RequestNewPasswordAsync(RequestNewPassword command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = names.NormalizeName(command.Email?.Trim() ?? "");
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, ct);
        if (user is null || user.DisabledAtUtc is not null || user.IsDemonstration || command.Portal is null)
        {
            return;
        }

        var key = $"access.new-password.{user.Id:N}.{now.Ticks / TimeSpan.FromMinutes(5).Ticks}";
        if (await db.Outbox.AnyAsync(m => m.Key == key, ct))
        {
            return;
        }

        db.Outbox.Add(AccountMail.NewPassword(user, command.Portal, tokens.Make(user), key, now));
        db.AuditEntries.Add(AuditEntry.For(Room, user.Id.ToString(), "New password asked for", by, now, user.ClientId));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Whose link it is, so that the page can greet them; null when it opens nothing any more.</summary>
    public async Task<string?> WhoseLinkAsync(string? token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await ByTokenAsync(db, token, ct))?.Email;
    }

    /// <summary>
    /// Sets a password by a link from a message; every session ends, every older link dies. It is the link that proves who it is, and in
    /// whose name it is done; the actor is whoever stands at the page, usually nobody.
    /// </summary>
    public async Task<Outcome> SetPasswordAsync(SetPassword command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await ByTokenAsync(db, command.Token, ct) is not { } user)
        {
            return AccessRefusals.LinkSpent;
        }

        if (Passwords.Cannot(command.New, user.Email!, user.DisplayName) is { } wrong)
        {
            return wrong;
        }

        var first = user.PasswordHash is null;
        var proved = by.UserId == user.Id ? by : Actors.Of(user.Id, user.DisplayName, [], user.ClientId, user.PartnerId);
        user.PasswordHash = passwords.Hash(user, command.New);
        user.EmailConfirmed = true;
        (user.AccessFailedCount, user.LockoutEnd) = (0, null);
        user.TouchSecurity();
        await db.EndSessionsAsync(user.Id, now, except: null, ct);
        db.AuditEntries.Add(
            AuditEntry.For(Room, user.Id.ToString(), first ? "Invitation accepted" : "Password set anew", proved, now, user.ClientId)
        );
        if (!first)
        {
            db.Outbox.Add(AccountMail.Changed(user, "the password was set anew", now));
        }

        return await db.SaveAsync(new Outcome.Done(user.Email), ct) is Outcome.Done done ? done : AccessRefusals.LinkSpent;
    }

    /// <summary>Whether Plum waits for its first administrator.</summary>
    public async Task<bool> IsUnclaimedAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await IsUnclaimedAsync(db, ct);
    }

    /// <summary>The demonstration accounts that are there and open; none outside Development.</summary>
    public async Task<IReadOnlyList<DemonstrationAccount>> DemonstrationAsync(CancellationToken ct)
    {
        if (!options.AllowDemonstration)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var there = await db.Users.Where(u => u.IsDemonstration && u.DisabledAtUtc == null).Select(u => u.Email).ToListAsync(ct);
        return [.. DemonstrationAccounts.All.Where(a => there.Contains(a.Email))];
    }

    /// <summary>Makes the first administrator; only while nobody can sign in, and only once.</summary>
    public async Task<Outcome> SetUpAsync(SetUpFirstAdministrator command, Actor by, CancellationToken ct)
    {
        var (email, name) = (command.Email?.Trim() ?? "", command.Name?.Trim() ?? "");
        if (
            (AccessRefusals.ForName(name) ?? AccessRefusals.ForEmail(email) ?? Passwords.Cannot(command.Password, email, name)) is { } wrong
        )
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.TouchAdministratorsAsync(ct); // first, so that whoever looked before this one saved is stale
        if (!await IsUnclaimedAsync(db, ct))
        {
            return AccessRefusals.SetUpAlready;
        }

        var user = Accounts.New(email, name, names);
        user.EmailConfirmed = true;
        user.PasswordHash = passwords.Hash(user, command.Password);
        db.Users.Add(user);
        db.AddRoles(user.Id, [Role.Administrator]);
        db.AuditEntries.Add(AuditEntry.For(Room, user.Id.ToString(), "First administrator made", by, now));
        return await db.SaveAsync(new Outcome.Done(email), ct) is Outcome.Done done ? done : AccessRefusals.SetUpAlready;
    }

    private Task<bool> IsUnclaimedAsync(PlumDbContext db, CancellationToken ct) =>
        db.Users.AllAsync(u => u.IsDemonstration && !options.AllowDemonstration, ct);

    private async Task<PlumUser?> ByTokenAsync(PlumDbContext db, string? token, CancellationToken ct) =>
        tokens.Read(token) is var (id, stamp)
            ? await db.Users.SingleOrDefaultAsync(
                u => u.Id == id && u.SecurityStamp == stamp && u.DisabledAtUtc == null && !u.IsDemonstration,
                ct
            )
            : null;
}
