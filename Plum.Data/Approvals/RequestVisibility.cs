using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

internal static class RequestVisibility
{
    /// <summary>
    /// What the actor may know of: a partner's people their institution's requests and no others', a client's people the client's; whoever may
    /// not read them all, their own, and the changes of limits if those are theirs to decide.
    /// </summary>
    public static IQueryable<ApprovalRequest> VisibleTo(this IQueryable<ApprovalRequest> requests, Actor by)
    {
        var within =
            by.PartnerId is { } partner ? requests.Where(r => r.PartnerId == partner)
            : by.ClientId is { } client ? requests.Where(r => r.PartnerId == null && r.ClientId == client)
            : requests;
        return by.May(Act.ReadRequests) ? within
            : by.May(Act.EditLimits) ? within.Where(r => r.MakerId == by.UserId || r.Kind == RequestKind.LimitChange)
            : within.Where(r => r.MakerId == by.UserId);
    }

    /// <summary>
    /// What the actor may decide: a partner's own people its own, Plum's own people all others. Nobody decides for another institution.
    /// </summary>
    public static IQueryable<ApprovalRequest> DecidedBy(this IQueryable<ApprovalRequest> requests, Actor by) =>
        requests.VisibleTo(by).Where(r => r.PartnerId == by.PartnerId);
}
