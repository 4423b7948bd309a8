using Plum.Domain.Allocations;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>Where a file is, how its state looks, and which step it is at.</summary>
public static class AllocationLinks
{
    public const string All = "/allocations";
    public const string New = "/allocations/new";
    public const string Template = "/allocations/template.csv";

    public static string Of(long number) => $"{All}/{AllocationReference.Of(number)}";

    public static string Report(long number) => $"{Of(number)}/report";

    public static string BadRows(long number) => $"{Of(number)}/bad-rows";

    /// <summary>As it stands by itself.</summary>
    public static string WordOf(AllocationState state) =>
        AllocationWords.Of(state) is var word ? $"{char.ToUpperInvariant(word[0])}{word[1..]}" : "";

    public static Meaning MeaningOf(AllocationState state) =>
        state switch
        {
            AllocationState.Reading or AllocationState.Mending or AllocationState.Running => Meaning.Info,
            AllocationState.Approved or AllocationState.Finished => Meaning.Good,
            AllocationState.Submitted or AllocationState.Paused => Meaning.Warn,
            AllocationState.Failed or AllocationState.Refused => Meaning.Bad,
            _ => Meaning.None,
        };

    public static string? IconOf(AllocationState state) =>
        state switch
        {
            AllocationState.Received => "edit",
            AllocationState.Reading or AllocationState.Mending => "refresh",
            AllocationState.Checked => "check",
            AllocationState.Submitted => "approve",
            AllocationState.Running => "play",
            AllocationState.Paused => "pause",
            AllocationState.Cancelled => "close",
            _ => null,
        };

    public static IReadOnlyList<string> Steps { get; } = ["Read", "Check", "Mend", "Approve", "Send"];

    /// <summary>The step that a file is at; the ones before are done.</summary>
    public static int StepOf(AllocationState state, bool isClean) =>
        state switch
        {
            AllocationState.Received => 0,
            AllocationState.Reading => 1,
            AllocationState.Checked => isClean ? 3 : 2,
            AllocationState.Mending => 2,
            AllocationState.Submitted or AllocationState.Refused => 3,
            AllocationState.Finished => 5,
            AllocationState.Failed or AllocationState.Cancelled => isClean ? 4 : 2,
            _ => 4,
        };

    /// <summary>A fault as the list of them names it.</summary>
    public static string FaultOf(string code) =>
        code switch
        {
            "allocation.address" => "No address for the channel",
            "allocation.channel" => "Unknown channel",
            "allocation.control" => "Control characters",
            "allocation.country" => "Unknown country",
            "allocation.currency" => "Unknown currency",
            "allocation.decimals" => "Too many decimals",
            "allocation.denomination" => "Not a denomination",
            "allocation.email" => "No e-mail address",
            "allocation.formula" => "A formula that failed",
            "allocation.garbled" => "Unreadable letters",
            "allocation.header-again" => "The header again",
            "allocation.language" => "Unknown language",
            "allocation.left" => "Left the company",
            "allocation.lines" => "Line breaks",
            "allocation.message" => "Message too long",
            "allocation.name" => "No name",
            "allocation.no-reward" => "No reward",
            "allocation.no-value" => "No value",
            "allocation.opted-out" => "Opted out",
            "allocation.phone" => "No phone number in use",
            "allocation.quote-open" or "allocation.quote-text" => "Quotation marks",
            "allocation.ragged" => "Cells too many or too few",
            "allocation.range" => "Value out of range",
            "allocation.reward" => "Unknown reward",
            "allocation.reward-country" => "Reward of another country",
            "allocation.reward-currency" => "Reward of another currency",
            "allocation.reward-denied" => "Reward not allowed",
            "allocation.reward-off" => "Reward no longer sold",
            "allocation.rounded" => "Rounded by a spreadsheet",
            "allocation.row-long" => "Row too long",
            "allocation.too-long" => "Text too long",
            "allocation.twice" => "The same row twice",
            "allocation.value" => "No number",
            "allocation.value-sign" => "Not above zero",
            _ => code,
        };
}
