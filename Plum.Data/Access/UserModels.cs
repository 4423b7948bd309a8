using Plum.Domain.Access;

namespace Plum.Data.Access;

public enum UserState
{
    Active = 1,
    Invited = 2,
    Locked = 3,
    Disabled = 4,
}

public sealed record UserListQuery(int Skip, int Take, string? Search = null, Role? Role = null, UserState? State = null);

public sealed record UserRow(
    Guid Id,
    string Name,
    string Email,
    IReadOnlyList<Role> Roles,
    string? ClientName,
    string? PartnerName,
    UserState State,
    DateTime? LastSignInAtUtc,
    bool HasSecondFactor,
    bool HasPasskey
);

public sealed record UserView(
    Guid Id,
    string Name,
    string Email,
    IReadOnlyList<Role> Roles,
    Guid? ClientId,
    string? ClientName,
    Guid? PartnerId,
    string? PartnerName,
    UserState State,
    DateTime? InvitedAtUtc,
    DateTime? LastSignInAtUtc,
    DateTime? DisabledAtUtc,
    DateTime? LockedUntilUtc,
    bool HasSecondFactor,
    int Passkeys,
    IReadOnlyList<SessionRow> Sessions,
    bool IsSelf,
    int Version
);

/// <summary>Whom a person may be bound to.</summary>
public sealed record BindingChoices(IReadOnlyList<BindingChoice> Clients, IReadOnlyList<BindingChoice> Partners);

public sealed record BindingChoice(Guid Id, string Name);

/// <param name="Portal">The portal's own address, for the link; null when it is not known.</param>
public sealed record InviteUser(string Email, string Name, IReadOnlyCollection<Role> Roles, Guid? ClientId, Guid? PartnerId, Uri? Portal);

public sealed record ChangeRoles(Guid UserId, IReadOnlyCollection<Role> Roles, Guid? ClientId, Guid? PartnerId, int SeenVersion);

public sealed record DisableUser(Guid UserId, string Reason, int SeenVersion);

public sealed record EnableUser(Guid UserId, int SeenVersion);

public sealed record InviteAgain(Guid UserId, Uri? Portal);

public sealed record UnlockUser(Guid UserId);

public sealed record ResetSecondFactor(Guid UserId, string Reason, int SeenVersion);

public sealed record EndSessions(Guid UserId);

public sealed record AddPartner(string Name);
