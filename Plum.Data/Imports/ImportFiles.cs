using Plum.Data.Shared;
using Plum.Domain.Imports;
using Plum.Domain.Shared;

namespace Plum.Data.Imports;

/// <param name="MaxBytes">Of one file.</param>
public sealed record ImportOptions(long MaxBytes = ImportOptions.DefaultMaxBytes)
{
    public const long DefaultMaxBytes = 2L << 30;

    public Refusal? CannotTake(long bytes) =>
        bytes <= MaxBytes
            ? null
            : new Refusal(
                "import.too-large",
                $"The file is larger than {Math.Max(1, MaxBytes >> 20):N0} MB. Split it, and import the parts.",
                "File"
            );
}

/// <summary>Where uploaded files and the rows rejected from them are kept: in the data folder, outside the web root, under names of our own.</summary>
internal sealed class ImportFiles(DatabaseOptions database, ImportOptions options)
{
    private string Folder => Path.Combine(database.DataFolder, "imports");

    public string Original(Guid id) => Path.Combine(Folder, $"{id:N}.csv");

    /// <summary>Rejected by the import itself.</summary>
    public string Rejected(Guid id) => Path.Combine(Folder, $"{id:N}.rejected.csv");

    /// <summary>Rejected by the last check.</summary>
    public string CheckRejected(Guid id) => Path.Combine(Folder, $"{id:N}.check.csv");

    /// <summary>Copies the stream, counting, hashing and looking at it on the way. Nothing is left of a file that is refused.</summary>
    public async Task<(Refusal? Refused, long Bytes, string Sha256, FileSniffer Sniffer)> SaveAsync(
        Guid id,
        Stream content,
        CancellationToken ct
    )
    {
        var upload = await UploadedFile.SaveAsync(Original(id), content, options.CannotTake, ct);
        return (upload.Refused, upload.Bytes, upload.Sha256, upload.Sniffer);
    }

    public TextReader Open(Guid id, string encoding) =>
        new StreamReader(
            new FileStream(Original(id), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan),
            FileSniffer.Of(encoding),
            detectEncodingFromByteOrderMarks: encoding == FileForm.Utf8, // the mark of another is that encoding's own business
            bufferSize: 1 << 16
        );

    public CsvRows Rows(TicketImport import) => new(Open(import.Id, import.Form.Encoding), import.Form.Delimiter);

    public void Delete(Guid id)
    {
        foreach (var file in (string[])[Original(id), Rejected(id), CheckRejected(id)])
        {
            File.Delete(file);
        }
    }
}
