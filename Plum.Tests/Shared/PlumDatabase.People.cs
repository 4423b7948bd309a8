using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Tests.Shared;

/// <summary>People with an account, for what refers to one: an owner of a ticket, a maker.</summary>
public sealed partial class PlumDatabase
{
    public async Task<Actor> HasUserAsync(
        string name,
        Role role = Role.Agent,
        Client? boundTo = null,
        DateTime? disabledAtUtc = null,
        Guid? id = null
    )
    {
        await using var db = Peek();
        var roleName = role.ToString();
        var held = await db.Roles.SingleOrDefaultAsync(r => r.Name == roleName);
        if (held is null)
        {
            held = new IdentityRole<Guid>(roleName) { NormalizedName = roleName.ToUpperInvariant() };
            db.Add(held);
        }

        var address = $"{name.Replace(' ', '.')}@plum.example";
        var user = new PlumUser
        {
            Id = id ?? Guid.NewGuid(),
            UserName = address,
            NormalizedUserName = address.ToUpperInvariant(),
            Email = address,
            NormalizedEmail = address.ToUpperInvariant(),
            EmailConfirmed = true,
            DisplayName = name,
            SecurityStamp = Guid.NewGuid().ToString("n"),
            ClientId = boundTo?.Id,
            DisabledAtUtc = disabledAtUtc,
        };
        db.Add(user);
        db.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = held.Id });
        await db.SaveChangesAsync();
        return new Actor(user.Id, name, RoleActs.Of(role), boundTo?.Id);
    }

    public async Task HasDisabledAsync(Actor person)
    {
        await using var db = Peek();
        await db.Users.Where(u => u.Id == person.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAtUtc, Now));
    }
}
