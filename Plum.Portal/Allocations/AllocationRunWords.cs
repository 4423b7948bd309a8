using System.Globalization;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Orders;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>How a file that is with the checkers, or on its way, is told of.</summary>
public static class AllocationRunWords
{
    public static string Deciders(AllocationAsked asked) =>
        asked.Checkers switch
        {
            0 => "Within your own limit: nobody else",
            1 => "One checker",
            var n => string.Create(CultureInfo.InvariantCulture, $"{n} checkers, one after the other"),
        } + (asked.AsksSecondFactor ? ", each with the authenticator's code" : "");

    /// <summary>The steps of the way, each with how many rows have come so far.</summary>
    public static IReadOnlyList<FunnelStep> Funnel(AllocationProgressView view)
    {
        var approved = view.State is AllocationState.Submitted or AllocationState.Refused ? 0 : view.Good;
        return
        [
            new("Checked", view.Good, "rows that are good"),
            new("Approved", approved, "may be sent"),
            new("Ordered", view.Ordered, "have an order"),
            new(
                "Issued",
                view.Issued,
                view.RefusedOrders == 0 ? "their supplier has fulfilled" : $"{view.RefusedOrders:N0} are refused by their supplier"
            ),
            new("Sent", view.Sent, "their channel has taken"),
            new("Delivered", view.Delivered, "have arrived"),
            new("Opened", view.Opened, "their recipient has looked at"),
        ];
    }

    public static string Waits(AllocationProgressView view, Viewer viewer)
    {
        var parts = new[]
        {
            (PlacementState.Waiting, "to be asked for"),
            (PlacementState.Accepted, "taken by the supplier, not issued yet"),
            (PlacementState.Unknown, "without an answer, being looked up"),
        };
        return string.Join(
            ", ",
            parts.Where(p => view.Placed.GetValueOrDefault(p.Item1) > 0).Select(p => $"{viewer.Number(view.Placed[p.Item1])} {p.Item2}")
        );
    }
}

/// <param name="Rows">That have come so far.</param>
public sealed record FunnelStep(string Name, long Rows, string Note);
