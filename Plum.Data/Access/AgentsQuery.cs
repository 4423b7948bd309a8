using Plum.Data.Shared;
using Plum.Domain.Access;

namespace Plum.Data.Access;

internal static class AgentsQuery
{
    private static readonly string[] Roles =
    [
        .. Enum.GetValues<Role>().Where(r => RoleActs.Of(r).Contains(Act.WorkTickets)).Select(r => r.ToString()),
    ];

    /// <summary>Who may own a ticket of the client: works tickets, is not disabled, and is bound to no other client or partner.</summary>
    public static IQueryable<PlumUser> AgentsFor(this PlumDbContext db, Guid clientId) =>
        db.Users.Where(u =>
            u.DisabledAtUtc == null
            && u.PartnerId == null
            && (u.ClientId == null || u.ClientId == clientId)
            && db.UserRoles.Any(held => held.UserId == u.Id && db.Roles.Any(r => r.Id == held.RoleId && Roles.Contains(r.Name!)))
        );
}
