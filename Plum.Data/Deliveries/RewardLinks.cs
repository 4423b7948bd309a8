using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

namespace Plum.Data.Deliveries;

/// <summary>The key that signs the links to rewards, sealed by the key ring: one row, made when it is first needed.</summary>
public sealed class RewardLinkKey
{
    public const int OnlyId = 1;

    public int Id { get; init; }
    public string Sealed { get; init; } = "";
}

/// <summary>
/// Signs and reads the last part of <c>/r/{token}</c>: the delivery and the day on which the link ends, with an HMAC-SHA256 cut to 128 bits. Short
/// enough for an SMS, the same for the same delivery and day, and nothing in it that opens anything without the key. Singleton.
/// </summary>
public sealed class RewardLinks(IDbContextFactory<PlumDbContext> contexts, IDataProtectionProvider protection)
{
    // Changing this purpose makes every link that was sent unreadable.
    private const string Purpose = "Plum.Deliveries.RewardLink.v1";
    internal const int IdBytes = 6;
    internal const int DayBytes = 3;
    internal const int MacBytes = 16;
    internal const int TokenBytes = IdBytes + DayBytes + MacBytes;

    /// <summary>Of a token: 25 bytes in base64url.</summary>
    public const int Length = 34;

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);
    private byte[]? _key;

    /// <summary>Reads the key, and makes it the first time. Call before <see cref="Sign"/>.</summary>
    public async Task<RewardLinkSigner> SignerAsync(CancellationToken ct) => new(_key ??= await KeyAsync(ct));

    /// <returns>Null for what nobody signed.</returns>
    public async Task<(long DeliveryId, DateOnly LastDay)?> ReadAsync(string? token, CancellationToken ct)
    {
        if (token?.Length != Length || !Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length != TokenBytes)
        {
            return null;
        }

        var signer = await SignerAsync(ct);
        Span<byte> expected = stackalloc byte[MacBytes];
        signer.Mac(bytes.AsSpan(0, IdBytes + DayBytes), expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(IdBytes + DayBytes)))
        {
            return null;
        }

        Span<byte> id = stackalloc byte[8];
        id.Clear();
        bytes.AsSpan(0, IdBytes).CopyTo(id[2..]);
        var day = (bytes[IdBytes] << 16) | (bytes[IdBytes + 1] << 8) | bytes[IdBytes + 2];
        return day > DateOnly.MaxValue.DayNumber ? null : (BinaryPrimitives.ReadInt64BigEndian(id), DateOnly.FromDayNumber(day));
    }

    private async Task<byte[]> KeyAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var stored = await db.RewardLinkKeys.AsNoTracking().Select(k => k.Sealed).SingleOrDefaultAsync(ct);
        if (stored is null)
        {
            db.Add(
                new RewardLinkKey
                {
                    Id = RewardLinkKey.OnlyId,
                    Sealed = _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
                }
            );
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException) // another node made it at the same moment: its key counts
            {
                db.ChangeTracker.Clear();
            }

            stored = await db.RewardLinkKeys.AsNoTracking().Select(k => k.Sealed).SingleAsync(ct);
        }

        return Convert.FromBase64String(_protector.Unprotect(stored));
    }
}

/// <summary>Signs links. Safe on any thread.</summary>
public sealed class RewardLinkSigner(byte[] key)
{
    /// <param name="lastDay">The last day, in UTC, on which the link works.</param>
    public string Sign(long deliveryId, DateOnly lastDay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deliveryId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(deliveryId, 1L << (RewardLinks.IdBytes * 8));
        Span<byte> bytes = stackalloc byte[RewardLinks.TokenBytes];
        Span<byte> id = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(id, deliveryId);
        id[2..].CopyTo(bytes);
        var day = lastDay.DayNumber;
        (bytes[RewardLinks.IdBytes], bytes[RewardLinks.IdBytes + 1], bytes[RewardLinks.IdBytes + 2]) = (
            (byte)(day >> 16),
            (byte)(day >> 8),
            (byte)day
        );
        Mac(bytes[..(RewardLinks.IdBytes + RewardLinks.DayBytes)], bytes[(RewardLinks.IdBytes + RewardLinks.DayBytes)..]);
        return Base64Url.EncodeToString(bytes);
    }

    internal void Mac(ReadOnlySpan<byte> signed, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, signed, whole);
        whole[..RewardLinks.MacBytes].CopyTo(mac);
    }
}
