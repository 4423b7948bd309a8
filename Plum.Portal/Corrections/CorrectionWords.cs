using Plum.Data.Corrections;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Corrections;

/// <summary>Corrections as people read them.</summary>
internal static class CorrectionWords
{
    public static string Verb(RequestKind kind) =>
        kind switch
        {
            RequestKind.Reissue => "Reissue",
            RequestKind.Cancellation => "Cancel",
            RequestKind.Refund => "Refund",
            RequestKind.GoodwillCredit => "Goodwill",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    public static string Title(RequestKind kind, string? worth) =>
        kind switch
        {
            RequestKind.Reissue => $"Reissue the order of {worth}",
            RequestKind.Cancellation => $"Cancel the order of {worth}",
            RequestKind.Refund => $"Refund the order of {worth}",
            _ => "Credit goodwill",
        };

    public static string Tender(string tender) => tender == "ProgrammeBudget" ? "programme budget" : tender.ToLowerInvariant();

    /// <summary>What the button says.</summary>
    public static string Confirm(RequestKind kind, int checkers, string amount) =>
        (kind, checkers) switch
        {
            (RequestKind.Reissue, 0) => $"Reissue {amount}",
            (RequestKind.Cancellation, 0) => $"Cancel the order of {amount}",
            (RequestKind.Refund, 0) => $"Refund {amount}",
            (RequestKind.Reissue, _) => $"Ask to reissue {amount}",
            (RequestKind.Cancellation, _) => $"Ask to cancel the order of {amount}",
            (RequestKind.Refund, _) => $"Ask to refund {amount}",
            _ => $"Ask to credit {amount}",
        };

    /// <summary>The amount, the accounts, and who will have to approve.</summary>
    public static string Consequence(CorrectionPreview preview, Viewer viewer)
    {
        var to = preview
            .Moves.Where(m => m.Amount.MinorUnits > 0)
            .Select(m => $"{viewer.Money(m.Amount)} goes to {Lower(m.Account)}")
            .ToList();
        var money = to.Count == 0 ? "No money moves" : string.Join(", ", to);
        var fee = preview.Fee is { MinorUnits: > 0 } kept ? $"; the supplier keeps {viewer.Money(kept)}" : "";
        var who = preview.Checkers switch
        {
            0 => " at once, within your own limit.",
            1 => ", after a checker has approved it.",
            var several => $", after {several} checkers have approved it, one after the other.",
        };
        return string.Concat(money, fee, who);
    }

    private static string Lower(string account) => account.Length == 0 ? account : $"the {char.ToLowerInvariant(account[0])}{account[1..]}";
}
