using Plum.Domain.Shared;

namespace Plum.Domain.Access;

/// <summary>
/// What a password must be: long, not a common one, not the person's own name. Nothing about capitals, digits or age, as
/// OWASP ASVS 5.0, 6.2 and NIST SP 800-63B-4, 3.1.1.2 have it.
/// </summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;
    private const int Telling = 3; // letters; shorter parts of a name are found in honest passwords

    /// <param name="common">Says whether a password, in lower case, is among the ones tried first by whoever guesses.</param>
    public static Refusal? Cannot(string? password, string email, string name, Func<string, bool> common)
    {
        if (string.IsNullOrEmpty(password) || password.Length < MinLength)
        {
            return new(
                "access.password-short",
                $"Use at least {MinLength} characters. Three or four words that do not belong together do well.",
                "NewPassword"
            );
        }

        if (password.Length > MaxLength)
        {
            return new("access.password-long", $"Use at most {MaxLength} characters.", "NewPassword");
        }

        var lower = password.ToLowerInvariant();
        if (password.Distinct().Count() < 5 || common(lower) || common(Core(lower)))
        {
            return new("access.password-common", "That password is among the first that a guesser tries. Choose another.", "NewPassword");
        }

        var rest = Own(email, name).Aggregate(lower, (text, part) => text.Replace(part, "", StringComparison.Ordinal));
        return rest.Length < lower.Length && rest.Count(char.IsLetterOrDigit) < MinLength / 2
            ? new("access.password-own", "That password is made of your own name or address. Choose another.", "NewPassword")
            : null;
    }

    /// <summary>Without the digits and signs that people hang on to a word.</summary>
    private static string Core(string lower) => lower.Trim([.. lower.Where(c => !char.IsLetter(c)).Distinct()]);

    private static IEnumerable<string> Own(string email, string name) =>
        email
            .ToLowerInvariant()
            .Split('@', '.', '-', '_', '+')
            .Concat(name.ToLowerInvariant().Split(' ', '-'))
            .Append("plum")
            .Where(part => part.Length >= Telling);
}
