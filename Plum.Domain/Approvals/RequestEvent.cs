using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

/// <summary>One line of a request's history, decisions among them. Never changed: every decision stays, with the limit that allowed it.</summary>
public sealed class RequestEvent
{
    public const int NoteMaxLength = 2000;
    public const int RolesMaxLength = 200;

    private RequestEvent() { } // EF Core

    public long Id { get; private init; }
    public long RequestId { get; private init; }
    public RequestEventKind Kind { get; private init; }
    public DateTime AtUtc { get; private init; }
    public Guid? UserId { get; private init; }
    public string Who { get; private init; } = "";
    public string? Note { get; private init; }

    /// <summary>Of an approval: which level, from 1. Unique within the request.</summary>
    public int? Step { get; private init; }

    /// <summary>As held at that moment.</summary>
    public string? Roles { get; private init; }

    /// <summary>The delegator in whose stead it was decided.</summary>
    public Guid? OnBehalfOfId { get; private init; }
    public string? OnBehalfOf { get; private init; }

    /// <summary>The limit that allowed it.</summary>
    public LimitSnapshot? Limit { get; private init; }

    /// <summary>Decided above the person's limit, by emergency access.</summary>
    public Guid? EmergencyId { get; private init; }

    /// <summary>What was decided on: the request's fingerprint and version at that moment.</summary>
    public string? Fingerprint { get; private init; }
    public int? RequestVersion { get; private init; }

    /// <param name="roles">Of a person, as held now; none of a job.</param>
    public static RequestEvent Of(
        ApprovalRequest request,
        RequestEventKind kind,
        Actor by,
        DateTime nowUtc,
        string? note = null,
        string? roles = null
    ) =>
        new()
        {
            RequestId = request.Id,
            Kind = kind,
            AtUtc = nowUtc,
            UserId = by.UserId,
            Who = by.Name,
            Note = note is null || note.Length <= NoteMaxLength ? note : note[..NoteMaxLength],
            Roles = roles,
        };

    public static RequestEvent Decision(ApprovalRequest request, RequestEventKind kind, Decision decision, DateTime nowUtc) =>
        new()
        {
            RequestId = request.Id,
            Kind = kind,
            AtUtc = nowUtc,
            UserId = decision.UserId,
            Who = decision.Who,
            Note = decision.Note,
            Step = kind == RequestEventKind.Approved ? request.StepsDone + 1 : null,
            Roles = decision.Roles,
            OnBehalfOfId = decision.OnBehalfOfId,
            OnBehalfOf = decision.OnBehalfOf,
            Limit = decision.Limit,
            EmergencyId = decision.EmergencyId,
            Fingerprint = request.Fingerprint,
            RequestVersion = request.Version,
        };
}

public enum RequestEventKind
{
    Made = 1,
    Approved = 2,
    Rejected = 3,
    SentBack = 4,
    Answered = 5,
    Withdrawn = 6,
    Expired = 7,
    Reminded = 8,
    Executed = 9,
    Failed = 10,
    AnswerLost = 11,
    Postponed = 12,
    Retried = 13,
    Abandoned = 14,
    Resubmitted = 15,

    /// <summary>The supplier kept another fee than was approved; what is posted is what was approved.</summary>
    FeeDiffered = 16,
}

public sealed record Decision(
    Guid UserId,
    string Who,
    string Roles,
    string? Note,
    LimitSnapshot? Limit,
    Guid? OnBehalfOfId = null,
    string? OnBehalfOf = null,
    Guid? EmergencyId = null
);
