using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plum.Portal.Api;

/// <summary>Rows of rewards, each as a line of the template would have it. Numbers may be sent as texts.</summary>
public sealed record ApiRows(IReadOnlyList<ApiRowToGive> Rows);

/// <param name="Reference">Your own number of the row. The same one is never sent twice in a programme.</param>
/// <param name="Name">The recipient's.</param>
/// <param name="Phone">With a plus and the country code, or as it is dialled in the row's country.</param>
/// <param name="Channel">E-mail, SMS or WhatsApp. Without one the programme's.</param>
/// <param name="Reward">The code of the catalogue.</param>
/// <param name="Value">In major units: 25 or "25.00".</param>
/// <param name="Currency">Three letters. Without one the programme's.</param>
public sealed record ApiRowToGive(
    string? Reference,
    string Name,
    string? Email,
    string? Phone,
    [property: JsonPropertyName("employee_number")] string? EmployeeNumber,
    string? Country,
    string? Language,
    string? Channel,
    string Reward,
    decimal Value,
    string? Currency,
    string? Message
);

/// <summary>Gives a checked file to the checkers.</summary>
/// <param name="Reason">What it is for, as the checkers read it.</param>
/// <param name="AcceptPartial">Whether the good rows go without the bad ones. Said each time; there is no default.</param>
/// <param name="RunAt">When it is to run; left out, as soon as it is approved.</param>
/// <param name="Version">As it was read: refused when the file was changed since.</param>
public sealed record ApiSubmission(string? Reason, bool? AcceptPartial, DateTimeOffset? RunAt = null, int? Version = null);

/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record ApiPage<T>(IReadOnlyList<T> Data, string? Next);

/// <summary>A file in a list.</summary>
public sealed record ApiAllocationRow(
    string Reference,
    string FileName,
    string State,
    DateTime GivenAt,
    string GivenBy,
    ApiCounts Counts,
    string Self
);

/// <summary>A file: how far it is, and what it comes to.</summary>
/// <param name="State">received, reading, checked, mending, submitted, approved, running, paused, finished, refused, cancelled or failed.</param>
/// <param name="ReadShare">Of the file, from 0 to 1, while it is read.</param>
/// <param name="Error">Why it stopped; null unless it failed.</param>
/// <param name="Totals">Of the good rows.</param>
/// <param name="Faults">How many rows have each kind of fault.</param>
/// <param name="Requests">One to the checkers for each currency, once it is submitted.</param>
public sealed record ApiAllocation(
    string Reference,
    ApiProgramme Programme,
    string FileName,
    long Bytes,
    string State,
    DateTime GivenAt,
    string GivenBy,
    double ReadShare,
    DateTime? CheckedAt,
    DateTime? RunAt,
    string? Error,
    int Version,
    ApiCounts Counts,
    IReadOnlyList<ApiTotal> Totals,
    IReadOnlyList<ApiFaultCount> Faults,
    ApiFunnel Funnel,
    IReadOnlyList<ApiRequest> Requests,
    ApiSubmit Submit,
    ApiLinks Links
);

public sealed record ApiProgramme(string Code, string Name);

/// <param name="LeftOut">One by one, by hand.</param>
public sealed record ApiCounts(long Rows, long Good, long Bad, long LeftOut);

/// <param name="MinorUnits">As an integer of the currency's own exponent.</param>
/// <param name="Amount">The same in major units, exact.</param>
/// <param name="Available">What the programme's budget still has; null when it has none in this currency.</param>
public sealed record ApiTotal(string Currency, long Rows, long MinorUnits, string Amount, string? Available);

public sealed record ApiFaultCount(string Code, long Rows);

/// <summary>How many rows have come how far; each that is further is counted before, too.</summary>
/// <param name="Refused">By their suppliers.</param>
/// <param name="Failed">Not delivered, for a person to mend.</param>
public sealed record ApiFunnel(
    long Validated,
    long Ordered,
    long Issued,
    long Sent,
    long Delivered,
    long Opened,
    long Refused,
    long Failed
);

/// <param name="State">pending, approved, executed, rejected, withdrawn or expired, among others.</param>
public sealed record ApiRequest(string Reference, string State, string Currency, string Amount, int CheckersDone, int CheckersNeeded);

/// <param name="Why">What stands in its way; null when it can be submitted.</param>
public sealed record ApiSubmit(bool Can, string? Why);

public sealed record ApiLinks(string Self, string Errors, string Rows, string Submit);

/// <summary>A row that is wrong, as it was sent, and what is wrong with it.</summary>
/// <param name="Cells">By header.</param>
public sealed record ApiBadRow(long Line, string State, IReadOnlyDictionary<string, string> Cells, IReadOnlyList<ApiRowFault> Errors);

/// <param name="Detail">The sentence that stands beside the row in the portal.</param>
/// <param name="Pointer">Into the JSON that was sent; null of a file.</param>
public sealed record ApiRowFault(
    string Code,
    string Detail,
    string? Column,
    string? Value,
    string Allowed,
    string Remedy,
    long Line,
    string? Pointer
);

/// <param name="State">bad, good, excluded or ordered.</param>
/// <param name="OrderState">null until it is ordered.</param>
/// <param name="DeliveryState">null until it is issued.</param>
public sealed record ApiAllocationLine(
    long Line,
    string State,
    string? Reference,
    string? Name,
    string? Email,
    string? Phone,
    string? EmployeeNumber,
    string? Country,
    string? Channel,
    string? Reward,
    string? Value,
    string? Currency,
    string? Order,
    string? OrderState,
    string? DeliveryState,
    int Errors
);

internal static class ApiNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
