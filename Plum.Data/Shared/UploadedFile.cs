using System.Security.Cryptography;
using Plum.Domain.Shared;

namespace Plum.Data.Shared;

/// <param name="Sha256">Lower-case hex; empty when it was refused.</param>
internal sealed record UploadedFile(Refusal? Refused, long Bytes, string Sha256, FileSniffer Sniffer)
{
    // https://www.man7.org/linux/man-pages/man3/errno.3.html ENOSPC and EDQUOT; on Windows ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL
    private static readonly int[] NoRoom = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static readonly Refusal NoSpace = new(
        "upload.no-space",
        "There is no room left to keep the file. Tell an administrator, and give it again when there is.",
        "File"
    );

    /// <summary>Copies the stream in pieces, counting, hashing and looking at it on the way. Nothing is left of a file that is refused.</summary>
    public static async Task<UploadedFile> SaveAsync(string path, Stream content, Func<long, Refusal?> cannotTake, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (sniffer, bytes) = (new FileSniffer(), 0L);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            var block = new byte[1 << 16];
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true))
            {
                for (int read; (read = await content.ReadAsync(block, ct)) > 0; )
                {
                    bytes += read;
                    if (cannotTake(bytes) is { } refused)
                    {
                        return new UploadedFile(refused, bytes, "", sniffer);
                    }

                    hash.AppendData(block, 0, read);
                    sniffer.Look(block.AsSpan(0, read));
                    try
                    {
                        await file.WriteAsync(block.AsMemory(0, read), ct);
                    }
                    catch (IOException e) when (IsFull(e))
                    {
                        return new UploadedFile(NoSpace, bytes, "", sniffer);
                    }
                }

                file.Flush(flushToDisk: true); // the row that names it must not outlive it
            }

            if (bytes == 0)
            {
                return new UploadedFile(new Refusal("import.empty", "The file is empty.", "File"), 0, "", sniffer);
            }

            File.Move(part, path, overwrite: true);
            return new UploadedFile(null, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), sniffer);
        }
        finally
        {
            File.Delete(part);
        }
    }

    public static bool IsFull(IOException e) => NoRoom.Contains(e.HResult);
}
