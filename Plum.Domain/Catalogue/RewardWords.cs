using System.Text;

namespace Plum.Domain.Catalogue;

/// <summary>What a person typed to find rewards, as single words: each must occur in the reward's name, its brand's or its code.</summary>
/// <param name="LastIsPrefix">Whether the last is still being typed: then it stands for all words that begin with it.</param>
public sealed record RewardWords(IReadOnlyList<string> Words, bool LastIsPrefix)
{
    public const int MaxWords = 12;
    public const int MinPrefix = 2;

    /// <returns>Null for nothing but blanks. Without words where nothing in the text can be looked for: that finds nothing.</returns>
    public static RewardWords? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Composed(text).EnumerateRunes().Append(new Rune(' ')))
        {
            if (Rune.IsLetter(rune) || Rune.IsNumber(rune))
            {
                word.Append(rune);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        var isOpen =
            words.Count is > 0 and <= MaxWords && text.EndsWith(words[^1], StringComparison.Ordinal) && words[^1].Length >= MinPrefix;
        return new RewardWords([.. words.Take(MaxWords)], isOpen);
    }

    /// <summary>Accents in one piece with their letters; halves of surrogate pairs become marks that are no letters.</summary>
    private static string Composed(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => r.ToString())).Normalize(NormalizationForm.FormC);
}
