using System.Security.Cryptography;
using System.Text;

namespace Plum.Data.Audit;

/// <summary>Stands in an audit entry for words that may be personal: equal words have equal fingerprints.</summary>
internal static class Fingerprint
{
    /// <returns><c>sha256:</c> and the first 16 hex digits.</returns>
    public static string Of(string text) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}";
}
