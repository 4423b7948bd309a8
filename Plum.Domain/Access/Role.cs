using Plum.Domain.Shared;

namespace Plum.Domain.Access;

/// <summary>What somebody is to Plum. What each may do stands in <see cref="RoleActs"/>.</summary>
public enum Role
{
    Agent = 1,
    SeniorAgent = 2,
    Checker = 3,
    ProgrammeAdmin = 4,
    OpsLead = 5,
    Executive = 6,
    Auditor = 7,
    Administrator = 8,

    /// <summary>Somebody of another organisation: a client's contact when bound to a client, a partner institution's person when bound to one.</summary>
    Partner = 9,
}

public static class Roles
{
    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    public static string Label(Role role) =>
        role switch
        {
            Role.SeniorAgent => "Senior agent",
            Role.ProgrammeAdmin => "Programme admin",
            Role.OpsLead => "Ops lead",
            _ => role.ToString(),
        };

    /// <summary>One line for whoever gives the role away.</summary>
    public static string About(Role role) =>
        role switch
        {
            Role.Agent =>
                "Works the queue: opens tickets, replies, moves them on. Of a partner institution: asks for goodwill for its customers.",
            Role.SeniorAgent => "An agent who also assigns, changes many at once, exports and reveals voucher codes.",
            Role.Checker => "Decides what others ask for. Reads tickets and orders. Of a partner institution: decides its goodwill alone.",
            Role.ProgrammeAdmin => "Hands over complaints and watches a programme's tickets, orders and reports.",
            Role.OpsLead => "Runs the desk: assigns, imports, reports, sets calendars, policies, categories and dispositions.",
            Role.Executive => "Opens the reports and the tickets behind them.",
            Role.Auditor => "Reads everything that was done, and changes nothing.",
            Role.Administrator => "Manages people and watches the machinery. Works no tickets.",
            Role.Partner => "Somebody of a client or a partner institution, who sees their own organisation's data only.",
            _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
        };

    /// <summary>Why nobody may hold these roles together with this binding; null when somebody may.</summary>
    public static Refusal? CannotHold(IReadOnlyCollection<Role> roles, bool ofClient, bool ofPartner) =>
        roles.Count == 0 ? AccessRefusals.NoRole
        : roles.Any(role => !Enum.IsDefined(role)) ? AccessRefusals.UnknownRole
        : ofClient && ofPartner ? AccessRefusals.BoundTwice
        : ofPartner && roles.Any(role => !RoleActs.RolesOfPartner.Contains(role)) ? AccessRefusals.PartnerOnly
        : roles.Contains(Role.Partner) && !ofClient && !ofPartner ? AccessRefusals.Unbound
        : roles.Contains(Role.Administrator) && (ofClient || ofPartner) ? AccessRefusals.BoundAdministrator
        : null;
}
