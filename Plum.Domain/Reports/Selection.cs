namespace Plum.Domain.Reports;

/// <summary>Which things are counted. What belongs to each is decided in <see cref="CountedTickets"/> and nowhere else.</summary>
public enum Population
{
    Created = 1,
    Replied,
    Unanswered,
    FirstResolved,
    Resolved,
    ResolvedAtAll,
    Reopened,
    Open,
    Identified,
    Repeats,
    Duplicates,
    Targets,
    TargetsMet,
    TargetsMissed,
    TargetTickets,
    AllTargetsMet,
    MergedLeftOut,
    Escalations,
    Offered,
    Accepted,
    SurveysAsked,
    SurveysAnswered,
    Responses,
    Satisfied,
    Refunds,
    Goodwill,
}

/// <summary>By what a count is split.</summary>
public enum Facet
{
    Category = 1,
    Channel,
    Brand,
    Programme,
    Severity,
    Disposition,
    Age,
    Waiting,
    Target,
    Level,
    Score,
    Day,
    Currency,
}

/// <summary>What stands behind one figure: a population of one period, narrowed to values of facets. It goes into a link and comes back.</summary>
public sealed record Selection(Population Of, Span In = Span.This)
{
    private const string Separator = ";";

    /// <summary>In the order they were asked for.</summary>
    public IReadOnlyList<KeyValuePair<Facet, string>> Where { get; init; } = [];

    public Selection With(Facet facet, string value) => this with { Where = [.. Where, new(facet, value)] };

    /// <summary>For an address: <c>Open;Age=3-7;Disposition=VendorRejection;Before</c>. <see cref="Parse"/> reads it back.</summary>
    public override string ToString() =>
        string.Join(
            Separator,
            [
                Of.ToString(),
                .. Where.Select(w => $"{w.Key}={Uri.EscapeDataString(w.Value)}"),
                .. In == Span.This ? (string[])[] : [In.ToString()],
            ]
        );

    /// <returns>Null when the text is no selection.</returns>
    public static Selection? Parse(string? text)
    {
        var parts = (text ?? "").Split(Separator);
        if (!TryName(parts[0], out Population of))
        {
            return null;
        }

        var selection = new Selection(of);
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && TryName(part, out Span span))
            {
                selection = selection with { In = span };
            }
            else if (equals > 0 && TryName(part[..equals], out Facet facet))
            {
                selection = selection.With(facet, Uri.UnescapeDataString(part[(equals + 1)..]));
            }
            else
            {
                return null;
            }
        }

        return selection;
    }

    public bool Equals(Selection? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>By name alone: Enum.TryParse would take "17" too.</summary>
    private static bool TryName<T>(string text, out T value)
        where T : struct, Enum => Enum.TryParse(text, out value) && Enum.IsDefined(value) && value.ToString() == text;
}
