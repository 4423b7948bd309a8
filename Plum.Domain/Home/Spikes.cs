namespace Plum.Domain.Home;

/// <summary>How many tickets of one category and supplier came in, in this week and in the weeks before.</summary>
/// <param name="Before">In all of the <see cref="Spikes.WeeksBefore"/> weeks before.</param>
public sealed record Inflow(Guid CategoryId, Guid? SupplierId, int ThisWeek, int Before)
{
    /// <summary>In a week, as it was.</summary>
    public decimal Usual => (decimal)Before / Spikes.WeeksBefore;
}

/// <summary>What comes in clearly more than it used to.</summary>
public static class Spikes
{
    public const int Days = 7;
    public const int WeeksBefore = 8;

    /// <summary>Fewer are chance.</summary>
    private const int Fewest = 5;
    private const int Times = 2;

    /// <summary>Twice the usual or more, ranked by how far beyond what chance gives: the excess over the root of the usual (a count that has no cause varies so).</summary>
    public static IReadOnlyList<Inflow> Among(IEnumerable<Inflow> inflows, int most) =>
        [
            .. inflows
                .Where(i => i.ThisWeek >= Fewest && i.ThisWeek >= Times * i.Usual)
                .OrderByDescending(i => (double)(i.ThisWeek - i.Usual) / Math.Sqrt((double)Math.Max(i.Usual, 1)))
                .ThenBy(i => i.CategoryId)
                .ThenBy(i => i.SupplierId)
                .Take(most),
        ];
}
