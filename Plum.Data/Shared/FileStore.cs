using System.Buffers;
using System.Security.Cryptography;

namespace Plum.Data.Shared;

/// <summary>Files under the data folder, outside anything that is served, under random names: what a person called a file decides nothing here.</summary>
public sealed class FileStore(DatabaseOptions options)
{
    private const int NameLength = 32;

    private readonly string _root = Path.Combine(options.DataFolder, "files");

    /// <summary>Copies at most <paramref name="maxBytes"/> and one more, so that the caller can tell that there was more.</summary>
    /// <param name="headBytes">How much of the beginning to hand back.</param>
    public async Task<StoredFile> SaveAsync(Stream content, long maxBytes, int headBytes, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameLength / 2));
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var head = new MemoryStream(headBytes);
            var total = 0L;
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true))
            {
                int read;
                while (
                    total <= maxBytes
                    && (read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, maxBytes + 1 - total)), ct)) > 0
                )
                {
                    hash.AppendData(buffer, 0, read);
                    head.Write(buffer, 0, (int)Math.Min(read, headBytes - head.Length));
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                    total += read;
                }

                file.Flush(flushToDisk: true); // the row that names it must not outlive it
            }

            return new StoredFile(name, total, Convert.ToHexStringLower(hash.GetHashAndReset()), head.ToArray());
        }
        catch
        {
            Delete(name);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <exception cref="FileNotFoundException">Somebody removed it behind the portal's back.</exception>
    public Stream Open(string storedName) =>
        new FileStream(PathOf(storedName), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);

    public void Delete(string storedName) => File.Delete(PathOf(storedName));

    private string PathOf(string storedName) =>
        storedName.Length == NameLength && storedName.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(_root, storedName[..2], storedName)
            : throw new ArgumentException("Not a name that the store gave.", nameof(storedName));
}

/// <param name="Sha256">Lower-case hex.</param>
public sealed record StoredFile(string StoredName, long Bytes, string Sha256, byte[] Head);
