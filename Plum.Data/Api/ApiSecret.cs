using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Plum.Domain.Api;

namespace Plum.Data.Api;

/// <summary>The text that a caller sends: <c>plum_</c>, the key's prefix, <c>_</c>, and 256 random bits.</summary>
internal static class ApiSecret
{
    private const string Start = "plum_";
    private const int SecretBytes = 32;
    private const int SecretLength = 43; // of 32 bytes in base64url

    public static string NewPrefix() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ApiKey.PrefixLength / 2));

    /// <returns>What is shown once, and what is kept.</returns>
    public static (string Shown, string Hash) New(string prefix)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return ($"{Start}{prefix}_{secret}", HashOf(secret));
    }

    /// <returns>Null when it is no secret of ours by its form alone.</returns>
    public static (string Prefix, string Hash)? Read(string? given)
    {
        const int At = 5 + ApiKey.PrefixLength;
        return given is { Length: At + 1 + SecretLength } && given.StartsWith(Start, StringComparison.Ordinal) && given[At] == '_'
            ? (given[Start.Length..At], HashOf(given[(At + 1)..]))
            : null;
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
