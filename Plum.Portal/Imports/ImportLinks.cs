using Plum.Domain.Imports;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;
using Plum.Portal.Tickets;

namespace Plum.Portal.Imports;

/// <summary>Where an import is, and how its state looks.</summary>
public static class ImportLinks
{
    public const string All = "/imports";

    public static string Of(long number) => $"{All}/{ImportReference.Of(number)}";

    public static string Rejected(long number) => $"{Of(number)}/rejected";

    public static string Mapping(long number) => $"{Of(number)}/mapping";

    /// <summary>The tickets that it made, open and closed, in the queue.</summary>
    public static string Tickets(Guid import) =>
        $"{TicketQueueAddress.Path}?view={StandardViews.All}&{TicketFilterText.Line(TicketFilter.Everything with { Imports = [import] })}";

    /// <summary>The word after a number of them.</summary>
    public static string Tickets(long count) => count == 1 ? "ticket" : "tickets";

    public static Meaning MeaningOf(ImportState state) =>
        state switch
        {
            ImportState.Queued or ImportState.Running or ImportState.Undoing => Meaning.Info,
            ImportState.Done => Meaning.Good,
            ImportState.Failed => Meaning.Bad,
            _ => Meaning.None,
        };

    public static string? IconOf(ImportState state) =>
        state switch
        {
            ImportState.Uploaded => "edit",
            ImportState.Queued => "clock",
            ImportState.Running => "play",
            ImportState.Undoing or ImportState.Undone => "undo",
            _ => null,
        };
}
