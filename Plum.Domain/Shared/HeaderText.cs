using System.Text;

namespace Plum.Domain.Shared;

/// <summary>Headers and other words of people's files, for comparison.</summary>
public static class HeaderText
{
    /// <summary>Without case, accents, punctuation and blanks: <c>Date Received:</c>, <c>date_received</c> and <c>DATERECEIVED</c> are one.</summary>
    public static string Normalise(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }
}
