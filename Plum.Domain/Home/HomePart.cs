using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Domain.Home;

/// <summary>A part of the Home page, which answers one question: what needs me now?</summary>
public enum HomePart
{
    /// <summary>My own queue: what is late, what is about to be, what is mine to move.</summary>
    Desk = 1,

    /// <summary>Everybody's: the backlog, its age, its breaches.</summary>
    Backlog = 2,

    /// <summary>What comes in more than it used to.</summary>
    Spikes = 3,

    /// <summary>The complaints of one's own client, for those who do not work them.</summary>
    Complaints = 4,
    Reports = 5,
    Audit = 6,
    People = 7,
    Jobs = 8,

    /// <summary>Requests that wait for one's decision.</summary>
    Approvals = 9,

    /// <summary>A partner institution's own customers and funds.</summary>
    Partner = 10,

    /// <summary>What did not reach its recipient.</summary>
    Deliveries = 11,
}

public static class HomeParts
{
    /// <summary>What somebody is shown, what needs them most first.</summary>
    public static IReadOnlyList<HomePart> For(Actor who)
    {
        var leads = who.May(Act.MakeReports);
        return
        [
            .. Of(HomePart.Approvals, who.May(Act.DecideRequests) && who.May(Act.ReadRequests)),
            .. Of(HomePart.Partner, who.May(Act.ReadCustomers)),
            .. Of(HomePart.Desk, who.May(Act.WorkTickets) && !leads),
            .. Of(HomePart.Backlog, who.May(Act.AssignTickets)),
            .. Of(HomePart.Deliveries, who.May(Act.EditMessages)),
            .. Of(HomePart.Spikes, leads),
            .. Of(HomePart.Desk, who.May(Act.WorkTickets) && leads),
            .. Of(HomePart.People, who.May(Act.ManageUsers)),
            .. Of(HomePart.Audit, who.May(Act.ReadAudit)),
            .. Of(HomePart.Reports, who.May(Act.ReadReports)),
            .. Of(HomePart.Complaints, who.May(Act.ReadTickets) && !who.May(Act.WorkTickets)),
            .. Of(HomePart.Jobs, who.May(Act.WatchJobs)),
        ];

        static IEnumerable<HomePart> Of(HomePart part, bool shown) => shown ? [part] : [];
    }
}
