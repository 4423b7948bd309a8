namespace Plum.Domain.Access;

/// <summary>What a person may be allowed to do. Which role may do what stands in <see cref="RoleActs"/>.</summary>
public enum Act
{
    ReadTickets,
    OpenTickets,
    WorkTickets,
    AssignTickets,
    BulkEditTickets,
    ExportTickets,
    ShareViews,
    HandOverComplaints,
    ReadOrders,
    RevealVouchers,
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
    ReadAudit,
    WatchJobs,
    RunJobs,
    ReadOutbox,
    ResendMessages,
    ManageUsers,
}

public static class Acts
{
    /// <summary>The act as it completes "Your role does not let you ...".</summary>
    public static string Verb(Act act) =>
        act switch
        {
            Act.ReadTickets => "see tickets",
            Act.OpenTickets => "open tickets",
            Act.WorkTickets => "work on tickets",
            Act.AssignTickets => "assign tickets to others",
            Act.BulkEditTickets => "change many tickets at once",
            Act.ExportTickets => "export tickets",
            Act.ShareViews => "share saved views",
            Act.HandOverComplaints => "hand over complaints",
            Act.ReadOrders => "see orders",
            Act.RevealVouchers => "reveal voucher codes",
            Act.CorrectRecipients => "correct recipients' details",
            Act.ReadClients => "see clients",
            Act.EditClients => "change clients",
            Act.ReadCatalogue => "see the catalogue",
            Act.EditCatalogue => "change the catalogue",
            Act.EditMacros => "write macros",
            Act.EditTaxonomy => "change categories and dispositions",
            Act.EditSla => "change calendars and SLA policies",
            Act.ImportHistory => "import ticket history",
            Act.ReadReports => "read reports",
            Act.MakeReports => "make reports",
            Act.ReadAudit => "read the audit",
            Act.WatchJobs => "watch jobs",
            Act.RunJobs => "run a job out of its turn",
            Act.ReadOutbox => "read the outbox",
            Act.ResendMessages => "send messages again",
            Act.ManageUsers => "manage users",
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };
}
