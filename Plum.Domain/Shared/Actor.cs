using Plum.Domain.Access;

namespace Plum.Domain.Shared;

/// <summary>Who is doing it: a signed-in person or a named job. Every command takes one; nothing reads an ambient user.</summary>
/// <param name="UserId">Null for a job.</param>
/// <param name="ClientId">When set, the person belongs to this client and sees nothing of any other.</param>
/// <param name="PartnerId">When set, the person belongs to this partner institution and sees nothing but its own.</param>
public sealed record Actor(Guid? UserId, string Name, IReadOnlySet<Act> Acts, Guid? ClientId = null, Guid? PartnerId = null)
{
    private static readonly HashSet<Act> Everything = [.. Enum.GetValues<Act>()];

    public static Actor Job(string name) => new(null, name, Everything);

    public bool May(Act act) => Acts.Contains(act);

    /// <summary>Whether what belongs to <paramref name="clientId"/> may be shown at all. A partner's people see no client's data.</summary>
    public bool Sees(Guid clientId) => PartnerId is null && (ClientId is null || ClientId == clientId);

    /// <summary>Whether the person belongs to one client or partner, rather than to Plum.</summary>
    public bool IsBound => ClientId is not null || PartnerId is not null;

    /// <summary>As <see cref="Lacks"/>, and a refusal for whoever belongs to one client: what all clients share is not theirs to change.</summary>
    public Refusal? LacksForAll(Act act) => Lacks(act) ?? (IsBound ? Refusals.SharedByAll : null);

    /// <summary>The refusal for whoever lacks <paramref name="act"/>; null for whoever holds it.</summary>
    public Refusal? Lacks(Act act) => May(act) ? null : Refusals.NotAllowed(act);
}
