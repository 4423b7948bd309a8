using static Plum.Domain.Access.Act;

namespace Plum.Domain.Access;

/// <summary>Which role may do what: the whole of it, on one page. A person with several roles may do what any of them may.</summary>
public static class RoleActs
{
    private static readonly Dictionary<Role, Act[]> Table = new()
    {
        [Role.Agent] =
        [
            ReadTickets,
            OpenTickets,
            WorkTickets,
            ReadDeliveries,
            MendDeliveries,
            ReadOrders,
            CorrectRecipients,
            ReadClients,
            ReadCatalogue,
            MakeCorrections,
        ],
        [Role.SeniorAgent] =
        [
            ReadTickets,
            OpenTickets,
            WorkTickets,
            AssignTickets,
            BulkEditTickets,
            ExportTickets,
            ShareViews,
            EditMacros,
            ReadDeliveries,
            MendDeliveries,
            ReadOrders,
            RevealVouchers,
            CorrectRecipients,
            ReadClients,
            ReadCatalogue,
            MakeCorrections,
        ],
        [Role.Checker] =
        [
            ReadTickets,
            ReadAllocations,
            ReadDeliveries,
            ReadOrders,
            ReadClients,
            ReadCatalogue,
            ReadRequests,
            DecideRequests,
            ReadLedger,
        ],
        [Role.ProgrammeAdmin] =
        [
            ReadTickets,
            OpenTickets,
            HandOverComplaints,
            ReadAllocations,
            MakeAllocations,
            ReadDeliveries,
            MendDeliveries,
            EditMessages,
            ReadOrders,
            CorrectRecipients,
            ReadClients,
            ReadCatalogue,
            ChooseRewards,
            ReadReports,
            ManageApiKeys,
        ],
        [Role.OpsLead] =
        [
            ReadTickets,
            OpenTickets,
            WorkTickets,
            AssignTickets,
            BulkEditTickets,
            ExportTickets,
            ShareViews,
            ReadAllocations,
            ReadDeliveries,
            MendDeliveries,
            EditMessages,
            ReadOrders,
            CorrectRecipients,
            ReadClients,
            EditClients,
            ReadCatalogue,
            EditCatalogue,
            ChooseRewards,
            EditMacros,
            EditTaxonomy,
            EditSla,
            ImportHistory,
            ReadReports,
            MakeReports,
            WatchJobs,
            RunJobs,
            ReadOutbox,
            ResendMessages,
            MakeCorrections,
            ReadRequests,
            DecideRequests,
            EditLimits,
            ReadLedger,
        ],
        [Role.Executive] = [ReadReports, ReadTickets, ReadClients, ReadLedger],
        [Role.Auditor] =
        [
            ReadAudit,
            ReadTickets,
            ReadAllocations,
            ReadDeliveries,
            ReadOrders,
            ReadClients,
            ReadCatalogue,
            ReadReports,
            ReadRequests,
            ReadLedger,
        ],
        [Role.Administrator] =
        [
            ManageUsers,
            ManageApiKeys,
            WatchJobs,
            RunJobs,
            ReadOutbox,
            ResendMessages,
            ReadClients,
            EditLimits,
            DecideRequests,
        ],
        [Role.Partner] = [],
    };

    /// <summary>Whoever is bound to a client may never do these, whatever the role: they reach beyond one client.</summary>
    private static readonly HashSet<Act> CompanyWide =
    [
        EditClients,
        EditCatalogue,
        EditTaxonomy,
        EditSla,
        WatchJobs,
        RunJobs,
        ManageUsers,
        DecideRequests,
        EditLimits,
        ReadLedger,
    ];

    /// <summary>A client's own contact: the role Partner, bound to the client. Unbound, the role gives nothing.</summary>
    private static readonly Act[] ClientContact = [ReadTickets, HandOverComplaints, ReadReports];

    /// <summary>For people of the house, bound to nobody.</summary>
    public static IReadOnlySet<Act> Of(params IEnumerable<Role> roles) => roles.SelectMany(role => Table[role]).ToHashSet();

    /// <summary>A partner institution's own people, bound to it: its makers and its checkers, of goodwill from its own fund.</summary>
    private static readonly Dictionary<Role, Act[]> OfPartner = new()
    {
        [Role.Agent] = [ReadCustomers, EditCustomers, MakeCorrections],
        [Role.SeniorAgent] = [ReadCustomers, EditCustomers, MakeCorrections],
        [Role.Checker] = [ReadCustomers, ReadRequests, DecideRequests, ReadLedger],
        [Role.Auditor] = [ReadCustomers, ReadRequests, ReadLedger, ReadAudit],
    };

    /// <summary>Those that somebody of a partner institution may hold; Partner alone lets them in, and no more.</summary>
    public static IReadOnlySet<Role> RolesOfPartner { get; } = OfPartner.Keys.Append(Role.Partner).ToHashSet();

    /// <summary>For anybody.</summary>
    public static IReadOnlySet<Act> For(IReadOnlyCollection<Role> roles, bool ofClient, bool ofPartner) =>
        ofPartner ? roles.SelectMany(role => OfPartner.GetValueOrDefault(role, [])).ToHashSet()
        : ofClient ? Of(roles).Concat(roles.Contains(Role.Partner) ? ClientContact : []).Except(CompanyWide).ToHashSet()
        : Of(roles);
}
