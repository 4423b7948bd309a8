using static Plum.Domain.Access.Act;

namespace Plum.Domain.Access;

/// <summary>Which role may do what: the whole of it, on one page. A person with several roles may do what any of them may.</summary>
public static class RoleActs
{
    private static readonly Dictionary<Role, Act[]> Table = new()
    {
        [Role.Agent] = [ReadTickets, OpenTickets, WorkTickets, ReadOrders, CorrectRecipients, ReadClients, ReadCatalogue],
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
            ReadOrders,
            RevealVouchers,
            CorrectRecipients,
            ReadClients,
            ReadCatalogue,
        ],
        [Role.Checker] = [ReadTickets, ReadOrders, ReadClients, ReadCatalogue],
        [Role.ProgrammeAdmin] =
        [
            ReadTickets,
            OpenTickets,
            HandOverComplaints,
            ReadOrders,
            CorrectRecipients,
            ReadClients,
            ReadCatalogue,
            ReadReports,
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
            ReadOrders,
            CorrectRecipients,
            ReadClients,
            EditClients,
            ReadCatalogue,
            EditCatalogue,
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
        ],
        [Role.Executive] = [ReadReports, ReadTickets, ReadClients],
        [Role.Auditor] = [ReadAudit, ReadTickets, ReadOrders, ReadClients, ReadCatalogue, ReadReports],
        [Role.Administrator] = [ManageUsers, WatchJobs, RunJobs, ReadOutbox, ResendMessages, ReadClients],
        [Role.Partner] = [],
    };

    /// <summary>Whoever is bound to a client may never do these, whatever the role: they reach beyond one client.</summary>
    private static readonly HashSet<Act> CompanyWide = [EditClients, EditCatalogue, EditTaxonomy, EditSla, WatchJobs, RunJobs, ManageUsers];

    /// <summary>A client's own contact: the role Partner, bound to the client. Unbound, the role gives nothing.</summary>
    private static readonly Act[] ClientContact = [ReadTickets, HandOverComplaints, ReadReports];

    /// <summary>For people of the house, bound to nobody.</summary>
    public static IReadOnlySet<Act> Of(params IEnumerable<Role> roles) => roles.SelectMany(role => Table[role]).ToHashSet();

    /// <summary>For anybody. A partner institution's people may do nothing yet: what they will do is goodwill.</summary>
    public static IReadOnlySet<Act> For(IReadOnlyCollection<Role> roles, bool ofClient, bool ofPartner) =>
        ofPartner ? new HashSet<Act>()
        : ofClient ? Of(roles).Concat(roles.Contains(Role.Partner) ? ClientContact : []).Except(CompanyWide).ToHashSet()
        : Of(roles);
}
