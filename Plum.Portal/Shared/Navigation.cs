using Plum.Domain.Access;

namespace Plum.Portal.Shared;

/// <summary>The rail: every place there is, in its order, and the act that opens it. A place that one may not open is not shown.</summary>
public static class Navigation
{
    private static readonly Group[] _groups =
    [
        new(null, [new("Home", "/", "home", null, "g h")]),
        new(
            "Desk",
            [
                new("Tickets", "/tickets", "ticket", Act.ReadTickets, "g t", InsteadOf: Act.HandOverComplaints),
                new("Complaints", "/complaints", "handover", Act.HandOverComplaints, "g k"),
                new("Orders", "/orders", "order", Act.ReadOrders, "g o"),
                new("Deliveries", "/deliveries", "mail", Act.ReadDeliveries, "g d"),
                new("Recipients", "/recipients", "recipients", Act.ReadOrders, "g p"),
                new("Customers", "/customers", "recipients", Act.ReadCustomers, "g f"),
                new("Approvals", "/approvals", "approve", Act: null, "g a", Policies.Requests),
            ]
        ),
        new("Bulk", [new("Allocations", "/allocations", "upload", Act.ReadAllocations, "g n")]),
        new(
            "Programmes",
            [
                new("Clients", "/clients", "client", Act.ReadClients, "g c"),
                new("Catalogue", "/catalogue", "catalogue", Act.ReadCatalogue, "g b"),
                new("Reports", "/reports", "report", Act.ReadReports, "g r"),
                new("Imports", "/imports", "import", Act.ImportHistory, "g i"),
            ]
        ),
        new(
            "Settings",
            [
                new("Calendars", "/settings/calendars", "calendar", Act.EditSla),
                new("SLA policies", "/settings/policies", "sla", Act.EditSla),
                new("Categories", "/settings/categories", "category", Act.EditTaxonomy),
                new("Dispositions", "/settings/dispositions", "disposition", Act.EditTaxonomy),
                new("Macros", "/settings/macros", "macro", Act.EditMacros),
                new("Limits", "/settings/limits", "shield", Act: null, Either: Policies.Limits),
            ]
        ),
        new(
            "Control",
            [
                new("Ledger", "/ledger", "table", Act.ReadLedger, "g m"),
                new("Audit", "/audit", "audit", Act.ReadAudit, "g l"),
                new("Jobs", "/jobs", "job", Act.WatchJobs, "g j"),
                new("Users", "/users", "user", Act.ManageUsers, "g u"),
                new("API keys", "/api-keys", "key", Act.ManageApiKeys, "g e"),
                new("Outbox", "/outbox", "outbox", Act.ReadOutbox, "g x"),
                new("Sandbox messages", "/sandbox/messages", "sandbox", Act.EditMessages, "g q"),
                new("Sandbox supplier", "/sandbox/supplier", "sandbox", Act.WatchJobs, "g s"),
            ]
        ),
    ];

    /// <param name="Key">The keys that go there, as in <c>data-key</c>.</param>
    /// <param name="Either">The policy of a page that one of several acts opens; see <see cref="Policies"/>.</param>
    /// <param name="InsteadOf">Who may do this and works no tickets has a place of their own for what is seen here.</param>
    public sealed record Place(
        string Label,
        string Href,
        string Icon,
        Act? Act,
        string? Key = null,
        string? Either = null,
        Act? InsteadOf = null
    )
    {
        public string? Policy => Either ?? Act?.ToString();
    }

    public sealed record Group(string? Label, IReadOnlyList<Place> Places);

    /// <summary>What somebody who may do <paramref name="acts"/> is shown; empty groups are left out.</summary>
    public static IReadOnlyList<Group> For(IReadOnlySet<Act> acts) =>
        [.. _groups.Select(g => g with { Places = [.. g.Places.Where(p => IsShown(p, acts))] }).Where(g => g.Places.Count > 0)];

    private static bool IsShown(Place place, IReadOnlySet<Act> acts) =>
        (place.Policy is not { } policy || Policies.Allows(policy, acts))
        && (place.InsteadOf is not { } other || !acts.Contains(other) || acts.Contains(Act.WorkTickets));
}
