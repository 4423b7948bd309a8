namespace Plum.Domain.Connectors;

/// <summary>
/// What the codes of the Xoxoday Plum API mean for us (its error handling page, "Error related to APIs"). It uses 5xx for certain answers too (sold
/// out is a 502), so that the code comes before the status.
/// </summary>
public static class XoxodayCodes
{
    public const string RateLimit = "auth.request_limit_exceeded";

    // Certain: whoever placed an order and got this has none. Otherwise there may be one, and it is looked up by our reference.
    private static readonly Dictionary<string, (SupplierFaultClass Class, bool IsCertain)> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PLE10001"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10002"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10003"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10004"] = (SupplierFaultClass.FixRequest, true), // our reference is not one that it takes
        ["PLE10005"] = (SupplierFaultClass.Transient, false),
        ["PLE10006"] = (SupplierFaultClass.Transient, false),
        ["PLE10007"] = (SupplierFaultClass.Transient, true), // the order could not be added
        ["PLE10008"] = (SupplierFaultClass.Transient, false),
        ["PLE10009"] = (SupplierFaultClass.Transient, false),
        ["PLE10010"] = (SupplierFaultClass.Funds, true), // our account there could not be debited
        ["PLE10011"] = (SupplierFaultClass.Transient, false), // added and debited, not confirmed
        ["PLE10012"] = (SupplierFaultClass.Transient, false),
        ["PLE10013"] = (SupplierFaultClass.Transient, false),
        ["PLE10014"] = (SupplierFaultClass.StopSender, true),
        ["PLE10015"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10016"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10017"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10018"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10019"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10020"] = (SupplierFaultClass.Transient, true),
        ["PLE10021"] = (SupplierFaultClass.Transient, false),
        ["PLE10022"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10023"] = (SupplierFaultClass.Transient, false),
        ["PLE10024"] = (SupplierFaultClass.Stock, true),
        ["PLE10025"] = (SupplierFaultClass.Transient, false),
        ["PLE10026"] = (SupplierFaultClass.Unknown, true), // cancelled, and the refund failed: its support alone can mend that
        ["PLE10027"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10028"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10029"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10030"] = (SupplierFaultClass.Transient, true),
        ["PLE10031"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10032"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10033"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10034"] = (SupplierFaultClass.Transient, true), // the message was not sent again
        ["PLE10035"] = (SupplierFaultClass.Unknown, false), // it asks itself what became of the order
        ["PLE10036"] = (SupplierFaultClass.Unknown, true), // the delivery is cancelled
        ["PLE10041"] = (SupplierFaultClass.FixRequest, true),
        ["PLE10042"] = (SupplierFaultClass.FixRequest, true),
        ["PIPE10015"] = (SupplierFaultClass.StopSender, true),
        ["PIPE10016"] = (SupplierFaultClass.StopSender, true),
        ["PIPE10017"] = (SupplierFaultClass.StopSender, true),
        [RateLimit] = (SupplierFaultClass.RateLimited, true),
        ["invalid_request"] = (SupplierFaultClass.StopSender, true), // of the OAuth layer, before any operation
        ["invalid_token"] = (SupplierFaultClass.StopSender, true),
        ["unauthorized_client"] = (SupplierFaultClass.StopSender, true),
    };

    private static readonly HashSet<string> NoOrder = new(StringComparer.OrdinalIgnoreCase) { "PLE10016", "PLE10022", "PLE10027" };

    /// <summary>Whether the code says that there is no order of that number.</summary>
    public static bool SaysNoOrder(string code) => NoOrder.Contains(code);

    /// <param name="code">Null where it gave none.</param>
    /// <param name="httpStatus">Decides where the code is missing or nobody knows it.</param>
    /// <returns>Whether it is certain that a call that was to change something changed nothing.</returns>
    public static (SupplierFaultClass Class, bool IsCertain) Judge(string? code, int httpStatus) =>
        code is not null && Table.TryGetValue(code, out var known)
            ? known
            : httpStatus switch
            {
                >= 300 and < 400 => (SupplierFaultClass.StopSender, true), // its address is another than the configured one
                401 or 403 => (SupplierFaultClass.StopSender, true),
                402 => (SupplierFaultClass.Funds, true),
                408 => (SupplierFaultClass.Transient, false),
                429 => (SupplierFaultClass.RateLimited, true),
                >= 400 and < 500 => (SupplierFaultClass.Unknown, true),
                _ => (SupplierFaultClass.Unknown, false),
            };
}
