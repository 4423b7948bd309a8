namespace Plum.Domain.Reports;

/// <summary>A sentence whose numbers are still numbers: each reader gets them in their own notation.</summary>
public sealed record Sentence(IReadOnlyList<Piece> Pieces)
{
    /// <summary>Text with quantities in it: <c>Sentence.Of($"{created} tickets were created.")</c>.</summary>
    public static Sentence Of(FormattableString text)
    {
        var pieces = new List<Piece>();
        var rest = text.Format;
        while (rest.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = rest.IndexOf('}', open);
            Add(rest[..open]);
            var argument = text.GetArgument(
                int.Parse(rest.AsSpan(open + 1, close - open - 1), System.Globalization.CultureInfo.InvariantCulture)
            );
            switch (argument)
            {
                case Quantity quantity:
                    pieces.Add(new Piece(null, quantity));
                    break;
                case int count:
                    pieces.Add(new Piece(null, Quantity.Count(count)));
                    break;
                case DateOnly day:
                    pieces.Add(new Piece(null, null, day));
                    break;
                default:
                    Add(argument?.ToString() ?? "");
                    break;
            }

            rest = rest[(close + 1)..];
        }

        Add(rest);
        return new Sentence(pieces);

        void Add(string plain)
        {
            if (plain.Length > 0)
            {
                pieces.Add(new Piece(plain, null));
            }
        }
    }

    public static string Many(int n, string one, string many) => n == 1 ? one : many;

    public bool Equals(Sentence? other) => other is not null && Pieces.SequenceEqual(other.Pieces);

    public override int GetHashCode() => Pieces.Aggregate(0, HashCode.Combine);
}

/// <summary>One of the three is set.</summary>
public sealed record Piece(string? Text, Quantity? Quantity, DateOnly? Day = null);
