using System.Globalization;
using System.Text;

namespace Plum.Domain.Tickets;

/// <summary>How alike two subjects are, whatever their order, case, accents and little words.</summary>
public static class Likeness
{
    /// <summary>From here on two subjects are shown as probably the same complaint.</summary>
    public const double Alike = 0.5;

    // Words that a complaint about anything may hold.
    private static readonly HashSet<string> Little =
    [
        .. "a an and at but by for from have has had he her his i in is it its me my not of on or our please she so that the their them they this to was we were when with you your re fw fwd hello hi dear regards still".Split(
            ' '
        ),
    ];

    /// <summary>0 (nothing in common) to 1 (the same words): twice what they share over what they have. Words that differ by a slip of the finger count as shared in part.</summary>
    public static double Of(string? one, string? other)
    {
        var (left, right) = (Words(one), Words(other));
        if (left.Count == 0 || right.Count == 0)
        {
            return 0;
        }

        var free = right.ToList();
        var shared = 0.0;
        foreach (var word in left)
        {
            var best = free.Select((w, i) => (Score: Near(word, w), Index: i)).DefaultIfEmpty((Score: 0.0, Index: -1)).MaxBy(x => x.Score);
            if (best.Score > 0)
            {
                shared += best.Score;
                free.RemoveAt(best.Index);
            }
        }

        return 2 * shared / (left.Count + right.Count);
    }

    /// <summary>The words that count: lower case, no accents, no little words, no plural s.</summary>
    public static IReadOnlyList<string> Words(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in (text ?? "").Normalize(NormalizationForm.FormD).Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’') && word.Length > 0)
            {
                Keep(word.ToString());
                word.Clear();
            }
        }

        return words;

        void Keep(string found)
        {
            if (!Little.Contains(found))
            {
                words.Add(found.Length > 3 && found.EndsWith('s') && !found.EndsWith("ss", StringComparison.Ordinal) ? found[..^1] : found);
            }
        }
    }

    /// <summary>Single-character insertions, deletions and replacements from one to the other.</summary>
    public static int EditDistance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
            }
        }

        return row[other.Length];
    }

    private static double Near(string one, string other)
    {
        if (one == other)
        {
            return 1;
        }

        var longer = Math.Max(one.Length, other.Length);
        if (longer < 4 || longer > 40 || Math.Abs(one.Length - other.Length) > 2 || one.Any(char.IsDigit) || other.Any(char.IsDigit))
        {
            return 0; // a digit that differs is another order, not a slip
        }

        var distance = EditDistance(one, other);
        return distance <= Math.Max(1, longer / 4) ? 1 - ((double)distance / longer) : 0;
    }
}
