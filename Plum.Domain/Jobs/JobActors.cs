using Plum.Domain.Shared;

namespace Plum.Domain.Jobs;

/// <summary>Who did it, in histories and in the audit, when nobody did: the work that runs by itself, by the name that people know it by.</summary>
public static class JobActors
{
    public static readonly Actor Allocations = Actor.Job("Allocations");
    public static readonly Actor Approvals = Actor.Job("Approvals");
    public static readonly Actor Catalogue = Actor.Job("Catalogue sync");
    public static readonly Actor Deliveries = Actor.Job("Deliveries");

    /// <summary>Of requests, once they are approved.</summary>
    public static readonly Actor Execution = Actor.Job("Execution");
    public static readonly Actor Housekeeping = Actor.Job("Housekeeping");
    public static readonly Actor Import = Actor.Job("Import");
    public static readonly Actor Outbox = Actor.Job("Outbox");

    /// <summary>Of monthly reports.</summary>
    public static readonly Actor Schedule = Actor.Job("Schedule");
    public static readonly Actor Sla = Actor.Job("SLA clocks");
}
