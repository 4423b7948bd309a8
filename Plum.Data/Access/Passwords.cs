using Microsoft.AspNetCore.Identity;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Data.Access;

/// <summary>Passwords as they are kept: hashed by Identity (PBKDF2 with HMAC-SHA512 and the iterations set at registration), judged by <see cref="PasswordRules"/>.</summary>
public sealed class Passwords(IPasswordHasher<PlumUser> hasher)
{
    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);
    private static readonly PlumUser Nobody = new();
    private readonly Lazy<string> _nobodys = new(() => hasher.HashPassword(Nobody, "the password of nobody at all"));

    public static Refusal? Cannot(string? password, string email, string name) =>
        PasswordRules.Cannot(password, email, name, Common.Value.Contains);

    internal string Hash(PlumUser user, string password) => hasher.HashPassword(user, password);

    /// <summary>Takes as long for an account that is not there, or that has no password yet, as for one that is.</summary>
    internal PasswordVerificationResult Verify(PlumUser? user, string? password)
    {
        var given = password is { Length: <= PasswordRules.MaxLength } ? password : "";
        if (user?.PasswordHash is { } hash)
        {
            return hasher.VerifyHashedPassword(user, hash, given);
        }

        hasher.VerifyHashedPassword(Nobody, _nobodys.Value, given);
        return PasswordVerificationResult.Failed;
    }

    private static HashSet<string> ReadCommon()
    {
        using var stream = typeof(Passwords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);
    }
}
