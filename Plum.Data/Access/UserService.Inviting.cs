using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

public sealed partial class UserService
{
    public async Task<Outcome> InviteAsync(InviteUser command, Actor by, CancellationToken ct)
    {
        var (email, name, roles) = (command.Email?.Trim() ?? "", command.Name?.Trim() ?? "", command.Roles.Distinct().Order().ToList());
        if (
            (
                by.Lacks(Act.ManageUsers)
                ?? AccessRefusals.ForEmail(email)
                ?? AccessRefusals.ForName(name)
                ?? Roles.CannotHold(roles, command.ClientId is not null, command.PartnerId is not null)
                ?? (command.Portal is null ? AccessRefusals.NoAddress : null)
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var normalized = names.NormalizeName(email);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (
            (
                await CannotManageAsync(db, by, ct)
                ?? await CannotBindAsync(db, command.ClientId, command.PartnerId, ct)
                ?? (await db.Users.AnyAsync(u => u.NormalizedUserName == normalized, ct) ? AccessRefusals.EmailTaken : null)
            ) is
            { } cannot
        )
        {
            return cannot;
        }

        var user = Accounts.New(email, name, names);
        (user.ClientId, user.PartnerId, user.InvitedAtUtc) = (command.ClientId, command.PartnerId, now);
        db.Users.Add(user);
        db.AddRoles(user.Id, roles);
        db.Outbox.Add(AccountMail.Invitation(user, by.Name, command.Portal!, tokens.Make(user), now));
        db.AuditEntries.Add(Line(user, "Invited", by, now, after: Diff.Of(Rights(roles, user.ClientId, user.PartnerId))));
        return await db.SaveAsync(new Outcome.Done(user.Id.ToString()), ct, taken: AccessRefusals.EmailTaken);
    }

    /// <summary>A new link for whoever has not set a password yet; the former one stops working.</summary>
    public async Task<Outcome> InviteAgainAsync(InviteAgain command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.ManageUsers) ?? (command.Portal is null ? AccessRefusals.NoAddress : null)) is { } wrong)
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == command.UserId && u.DisabledAtUtc == null, ct);
        if ((await CannotManageAsync(db, by, ct) ?? (user is null ? Refusals.NotFound : null)) is { } cannot)
        {
            return cannot;
        }

        if (user!.PasswordHash is not null)
        {
            return AccessRefusals.AcceptedAlready;
        }

        user.InvitedAtUtc = now;
        user.TouchSecurity();
        db.Outbox.Add(AccountMail.Invitation(user, by.Name, command.Portal!, tokens.Make(user), now));
        db.AuditEntries.Add(Line(user, "Invited again", by, now));
        return await db.SaveAsync(new Outcome.Done(), ct);
    }

    public async Task<Outcome> AddPartnerAsync(AddPartner command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.ManageUsers) ?? Refusals.ForText("Partner", command.Name, PartnerInstitution.NameMaxLength)) is { } wrong)
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = command.Name.Trim();
        if (await CannotManageAsync(db, by, ct) is { } cannot)
        {
            return cannot;
        }

        var partner = PartnerInstitution.Register(name);
        db.PartnerInstitutions.Add(partner);
        db.AuditEntries.Add(
            AuditEntry.For(Room, partner.Id.ToString(), "Partner institution added", by, now, after: Diff.Of("name", name))
        );
        return await db.SaveAsync(new Outcome.Done(partner.Id.ToString()), ct, taken: AccessRefusals.PartnerTaken);
    }

    private static async Task<Refusal?> CannotBindAsync(PlumDbContext db, Guid? clientId, Guid? partnerId, CancellationToken ct) =>
        (clientId is not null && !await db.Clients.AnyAsync(c => c.Id == clientId, ct))
        || (partnerId is not null && !await db.PartnerInstitutions.AnyAsync(p => p.Id == partnerId, ct))
            ? Refusals.NotFound
            : null;

    private static Dictionary<string, object?> Rights(IEnumerable<Role> roles, Guid? clientId, Guid? partnerId) =>
        new(StringComparer.Ordinal)
        {
            ["roles"] = string.Join(", ", roles),
            ["client"] = clientId,
            ["partner"] = partnerId,
        };
}
