using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plum.Domain.Audit;

/// <summary>
/// The seal on one audit entry: SHA-256 over the seal before it and every field of the entry. Kept apart from the entry, because the entry
/// is append-only and the chain is made afterwards, in batches: a chain inside the transaction would put every change behind one lock.
/// </summary>
public sealed class AuditSeal
{
    private AuditSeal() { } // EF Core

    /// <summary>1, 2, 3 ...: the order of the chain.</summary>
    public long Position { get; private init; }
    public long EntryId { get; private init; }

    /// <summary>32 bytes.</summary>
    public byte[] Hash { get; private init; } = [];

    public static AuditSeal After(AuditSeal? last, AuditEntry entry) =>
        new()
        {
            Position = (last?.Position ?? 0) + 1,
            EntryId = entry.Id,
            Hash = AuditChain.Hash(last?.Hash ?? AuditChain.Genesis, entry),
        };
}

public static class AuditChain
{
    /// <summary>What the first entry is chained to.</summary>
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 over the previous hash and the entry's fields, each with its length in front, so that no two entries read alike.</summary>
    public static byte[] Hash(byte[] previous, AuditEntry entry)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(previous);
        Append(sha, entry.Id);
        Append(sha, entry.AtUtc.Ticks);
        Append(sha, entry.UserId?.ToString());
        Append(sha, entry.Who);
        Append(sha, entry.What);
        Append(sha, entry.Room);
        Append(sha, entry.Subject);
        Append(sha, entry.ClientId?.ToString());
        Append(sha, entry.PartnerId?.ToString());
        Append(sha, entry.Why);
        Append(sha, entry.Before);
        Append(sha, entry.After);
        return sha.GetHashAndReset();
    }

    private static void Append(IncrementalHash sha, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        sha.AppendData(bytes);
    }

    private static void Append(IncrementalHash sha, string? text)
    {
        if (text is null)
        {
            Append(sha, -1);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Append(sha, bytes.LongLength);
        sha.AppendData(bytes);
    }
}
