using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Plum.Domain.Access;

namespace Plum.Data.Access;

/// <summary>
/// Codes of an authenticator app (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits, which every app knows) and recovery codes, in the form in
/// which they are kept: the secret encrypted, each recovery code hashed. A recovery code has 120 random bits, so that a plain hash of it cannot
/// be searched (OWASP ASVS 5.0, 6.5.2).
/// </summary>
public sealed class SecondFactor(IDataProtectionProvider protection)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648, 6
    private const int SecretBytes = 20; // RFC 4226, 4, R6: 160 bits recommended
    private const int StepSeconds = 30;
    private const int GroupLength = 4;
    private const int RecoveryBytes = 15;

    private readonly IDataProtector _protector = protection.CreateProtector("Plum.Access.Authenticator");

    internal static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    internal string Protect(byte[] secret) => Convert.ToBase64String(_protector.Protect(secret));

    internal byte[] Unprotect(string kept) => _protector.Unprotect(Convert.FromBase64String(kept));

    /// <returns>The time step whose code this is, within one step of now; null when it is no code of these, or not later than <paramref name="lastStep"/>.</returns>
    internal static long? Match(byte[] secret, string? code, DateTime nowUtc, long? lastStep)
    {
        var digits = Strip(code);
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit))
        {
            return null;
        }

        var now = StepOf(nowUtc);
        long? found = null;
        for (var step = now - 1; step <= now + 1; step++)
        {
            var same = CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(CodeAt(secret, step)),
                Encoding.ASCII.GetBytes(digits)
            );
            found = same && (lastStep is null || step > lastStep) ? found ?? step : found;
        }

        return found;
    }

    internal static string CodeAt(byte[] secret, DateTime utc) => CodeAt(secret, StepOf(utc));

    /// <summary>In groups of four, as a person types it into an app.</summary>
    internal static string Spell(byte[] secret) => Group(ToBase32(secret), ' ');

    /// <summary>What a QR code holds: the key URI that authenticator apps read.</summary>
    internal static string Uri(byte[] secret, string email) =>
        $"otpauth://totp/Plum:{System.Uri.EscapeDataString(email)}?secret={ToBase32(secret)}&issuer=Plum&digits=6&period={StepSeconds}";

    internal static (IReadOnlyList<string> Codes, string Kept) NewRecoveryCodes()
    {
        var codes = Enumerable
            .Range(0, SignInRules.RecoveryCodes)
            .Select(_ => Group(ToBase32(RandomNumberGenerator.GetBytes(RecoveryBytes)), '-'))
            .ToList();
        return (codes, string.Join(';', codes.Select(Hash)));
    }

    internal static int Left(string? kept) => string.IsNullOrEmpty(kept) ? 0 : kept.Split(';').Length;

    /// <returns>What is left after this code is spent; null when it is none of them.</returns>
    internal static string? Spend(string? kept, string? code)
    {
        var hash = Hash(code ?? "");
        var left = (kept ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).ToList();
        return left.Remove(hash) ? string.Join(';', left) : null;
    }

    private static string Hash(string code) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Strip(code).ToUpperInvariant())));

    private static string Strip(string? code) =>
        code is not { Length: <= 100 } ? "" : string.Concat(code.Where(c => !char.IsWhiteSpace(c) && c != '-'));

    private static long StepOf(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond / StepSeconds;

    private static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm of RFC 6238 that every app implements; HMAC does not rest on SHA-1's collision resistance.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf; // RFC 4226, 5.3
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue;
        return (number % 1_000_000).ToString("d6", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Group(string text, char between) =>
        string.Join(between, text.Chunk(GroupLength).Select(chunk => new string(chunk)));

    /// <summary>For whole groups of five bytes, which is all that is used here: no padding.</summary>
    private static string ToBase32(byte[] bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; i < bytes.Length * 8; i += 5)
        {
            var pair = (bytes[i / 8] << 8) | (i / 8 + 1 < bytes.Length ? bytes[i / 8 + 1] : 0);
            text.Append(Base32[(pair >> (11 - i % 8)) & 31]);
        }

        return text.ToString();
    }
}
