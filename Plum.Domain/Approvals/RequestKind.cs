namespace Plum.Domain.Approvals;

/// <summary>What can be asked for. One engine serves them all.</summary>
public enum RequestKind
{
    Reissue = 1,
    Cancellation = 2,
    Refund = 3,
    GoodwillCredit = 4,

    /// <summary>Money put into a budget or a fund.</summary>
    Funding = 5,

    /// <summary>A change of the limits themselves.</summary>
    LimitChange = 6,

    /// <summary>An allocation file's rewards in one currency.</summary>
    Allocation = 7,
}

public static class RequestKinds
{
    /// <summary>Made by nobody alone, however small.</summary>
    public static bool AlwaysNeedsChecker(RequestKind kind) =>
        kind is RequestKind.GoodwillCredit or RequestKind.Funding or RequestKind.LimitChange;

    /// <summary>No amount of money bounds a change of limits: who may ask for one may, and another such person decides.</summary>
    public static bool IsBoundByLimits(RequestKind kind) => kind != RequestKind.LimitChange;

    /// <summary>As it stands in a sentence: "a refund".</summary>
    public static string Words(RequestKind kind) =>
        kind switch
        {
            RequestKind.Reissue => "Reissue",
            RequestKind.Cancellation => "Cancellation",
            RequestKind.Refund => "Refund",
            RequestKind.GoodwillCredit => "Goodwill credit",
            RequestKind.Funding => "Funding",
            RequestKind.LimitChange => "Change of limits",
            RequestKind.Allocation => "Allocation file",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
}
