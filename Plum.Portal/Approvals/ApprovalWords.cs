using System.Globalization;
using Plum.Data.Approvals;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>How requests read on their pages.</summary>
public static class ApprovalWords
{
    public const string Path = "/approvals";

    public static string Href(long id) => $"{Path}/{RequestReference.Of(id)}";

    public static string Of(RequestShelf shelf) =>
        shelf switch
        {
            RequestShelf.ToDecide => "To decide",
            RequestShelf.Mine => "Mine",
            RequestShelf.Stuck => "Stuck",
            _ => "All",
        };

    public static Meaning MeaningOf(RequestState state) =>
        state switch
        {
            RequestState.Pending or RequestState.Approved or RequestState.Executing => Meaning.Info,
            RequestState.Questioned or RequestState.Unknown or RequestState.Expired => Meaning.Warn,
            RequestState.Failed or RequestState.Rejected => Meaning.Bad,
            RequestState.Executed => Meaning.Good,
            _ => Meaning.None,
        };

    public static string IconOf(RequestState state) =>
        state switch
        {
            RequestState.Pending => "clock",
            RequestState.Questioned => "help",
            RequestState.Approved => "approve",
            RequestState.Executing => "refresh",
            RequestState.Unknown => "help",
            RequestState.Withdrawn or RequestState.Abandoned => "undo",
            RequestState.Expired => "clock",
            _ => MeaningOf(state).ToString().ToLowerInvariant(),
        };

    public static string IconOf(RequestKind kind) =>
        kind switch
        {
            RequestKind.Reissue => "voucher",
            RequestKind.Cancellation => "close",
            RequestKind.Refund => "undo",
            RequestKind.GoodwillCredit => "star",
            RequestKind.Funding => "card",
            RequestKind.Allocation => "upload",
            _ => "shield",
        };

    public static string IconOf(RequestEventKind kind) =>
        kind switch
        {
            RequestEventKind.Made or RequestEventKind.Resubmitted => "plus",
            RequestEventKind.Approved => "approve",
            RequestEventKind.Rejected => "bad",
            RequestEventKind.SentBack => "help",
            RequestEventKind.Answered => "reply",
            RequestEventKind.Reminded => "bell",
            RequestEventKind.Executed => "good",
            RequestEventKind.Failed => "bad",
            RequestEventKind.FeeDiffered => "warn",
            RequestEventKind.AnswerLost => "help",
            RequestEventKind.Retried => "refresh",
            RequestEventKind.Postponed or RequestEventKind.Expired => "clock",
            _ => "undo",
        };

    /// <summary>Whether a checker said it.</summary>
    public static bool IsDecision(RequestEventKind kind) =>
        kind is RequestEventKind.Approved or RequestEventKind.Rejected or RequestEventKind.SentBack;

    /// <summary>What somebody did, as it stands after their name.</summary>
    public static string Did(RequestEventKind kind) =>
        kind switch
        {
            RequestEventKind.Made => "asked for it",
            RequestEventKind.Approved => "approved",
            RequestEventKind.Rejected => "rejected it",
            RequestEventKind.SentBack => "sent it back with a question",
            RequestEventKind.Answered => "answered",
            RequestEventKind.Withdrawn => "withdrew it",
            RequestEventKind.Expired => "let it expire",
            RequestEventKind.Reminded => "reminded of it",
            RequestEventKind.Executed => "carried it out",
            RequestEventKind.Failed => "could not carry it out",
            RequestEventKind.AnswerLost => "lost the supplier's answer",
            RequestEventKind.FeeDiffered => "found another fee than was approved",
            RequestEventKind.Postponed => "put it off",
            RequestEventKind.Retried => "had it tried again",
            RequestEventKind.Abandoned => "gave it up",
            RequestEventKind.Resubmitted => "asked for it anew",
            _ => kind.ToString(),
        };

    /// <summary>What comes of it, in one sentence with the amount and the name.</summary>
    public static string Consequence(RequestRow row, string amount) =>
        row.Kind switch
        {
            RequestKind.Refund => $"{amount} is refunded to {row.BeneficiaryName}, back along the way it was paid.",
            RequestKind.GoodwillCredit => $"{amount} is credited to {row.BeneficiaryName} as goodwill.",
            RequestKind.Reissue => $"A reward of {amount} is issued anew to {row.BeneficiaryName}, and the old voucher cancelled.",
            RequestKind.Cancellation => $"The order of {row.BeneficiaryName} over {amount} is cancelled at the supplier.",
            RequestKind.Allocation => $"{amount} of rewards is ordered for {row.BeneficiaryName} and sent to its recipients.",
            RequestKind.Funding => $"{amount} is put into {row.BeneficiaryName}.",
            _ => $"{row.Title} comes into force.",
        };

    /// <summary>What the button says after its verb: the amount, or what a change of limits is.</summary>
    public static string Object(RequestRow row, string amount) => row.Kind == RequestKind.LimitChange ? "the change" : amount;

    /// <summary>When it is due, or since when it is late.</summary>
    public static (string Text, Meaning Meaning) Due(RequestRow row, DateTime nowUtc)
    {
        var left = row.DueAtUtc - nowUtc;
        return left > TimeSpan.Zero ? ($"due in {Span(left)}", left < TimeSpan.FromHours(1) ? Meaning.Warn : Meaning.None)
            : row.ExpiresAtUtc - nowUtc < TimeSpan.FromDays(1) ? ($"late by {Span(-left)}, expires soon", Meaning.Bad)
            : ($"late by {Span(-left)}", Meaning.Bad);
    }

    public static string Span(TimeSpan span) =>
        span.TotalDays >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h")
        : span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes} m")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.Minutes)} m");
}
