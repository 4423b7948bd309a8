using Plum.Data.Shared;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <param name="MaxBytes">Of one file.</param>
public sealed record AllocationOptions(long MaxBytes = AllocationOptions.DefaultMaxBytes)
{
    public const long DefaultMaxBytes = 2L << 30;

    public static readonly Refusal Unread = new(
        "allocation.unreadable",
        "The browser could not read the file to its end. Close it in other programs, then choose it again.",
        "File"
    );

    /// <summary>What can be told of files before any of their bytes is here.</summary>
    public Refusal? CannotTake(int files, long bytes) =>
        files > 1 ? new Refusal("allocation.one-file", "Give one file at a time.", "File") : CannotTake(bytes);

    public Refusal? CannotTake(long bytes) =>
        bytes <= MaxBytes
            ? null
            : new Refusal(
                "allocation.too-large",
                $"The file is larger than {Math.Max(1, MaxBytes >> 20):N0} MB. Split it, and give the parts.",
                "File"
            );
}

/// <summary>Where uploaded files are kept: in the data folder, outside the web root, under names of our own.</summary>
internal sealed class AllocationFiles(DatabaseOptions database, AllocationOptions options)
{
    private const int MostColumns = 200;

    private string Folder => Path.Combine(database.DataFolder, "allocations");

    public string Original(Guid id) => Path.Combine(Folder, $"{id:N}.file");

    /// <summary>Bad rows of it that came back mended.</summary>
    public string Mended(Guid id) => Path.Combine(Folder, $"{id:N}.mended");

    public Task<UploadedFile> SaveAsync(string path, Stream content, CancellationToken ct) =>
        UploadedFile.SaveAsync(path, content, options.CannotTake, ct);

    /// <summary>How the bytes are rows: the form, or why they are none.</summary>
    public static (FileForm Form, Refusal? Refused) Look(string path, string fileName, FileSniffer sniffer)
    {
        if (sniffer is { StartsWithUtf8Mark: true, NotUtf8At: { } at })
        {
            return (
                FileForm.Unknown,
                new Refusal(
                    "allocation.damaged",
                    $"The file says that it is UTF-8, and from about byte {at} on it is not. Save it again as UTF-8.",
                    "File"
                )
            );
        }

        if (!sniffer.IsArchive && sniffer.Instead is { } instead)
        {
            return (
                FileForm.Unknown,
                new Refusal(
                    "allocation.not-rows",
                    $"{fileName} is {instead}, neither CSV nor an XLSX workbook. Save it as one of these, and give that.",
                    "File"
                )
            );
        }

        var (encoding, certain) = sniffer.IsArchive ? (FileForm.Workbook, true) : sniffer.Encoding();
        var delimiter = sniffer.IsArchive ? ',' : FileSniffer.Delimiter(() => Text(path, encoding));
        return Read(path, encoding, delimiter, certain);
    }

    /// <summary>The header, and that rows follow it.</summary>
    public static (FileForm Form, Refusal? Refused) Read(string path, string encoding, char delimiter, bool certain)
    {
        try
        {
            using var opened = Open(path, new FileForm(encoding, delimiter, [], certain));
            if (!opened.Rows.Read() || opened.Rows.Fault != CsvFault.None)
            {
                return (
                    FileForm.Unknown,
                    new Refusal("allocation.no-header", "The first row cannot be read. It has to name the columns.", "File")
                );
            }

            if (opened.Rows.Count > MostColumns)
            {
                return (
                    FileForm.Unknown,
                    new Refusal(
                        "allocation.too-wide",
                        $"The first row has {opened.Rows.Count:N0} columns; at most {MostColumns} are read. Give the columns of the rewards alone.",
                        "File"
                    )
                );
            }

            var form = new FileForm(encoding, delimiter, FileSniffer.Headers(opened.Rows), certain);
            return Domain.Allocations.AllocationHeaders.LooksLikeData(form.Headers)
                    ? (
                        form,
                        new Refusal(
                            "allocation.headless",
                            "The first row holds data. Put a row above it that names the columns, as in the template.",
                            "File"
                        )
                    )
                : !opened.Rows.Read() ? (form, new Refusal("allocation.no-rows", "The file has a header and no row below it.", "File"))
                : (form, null);
        }
        catch (WorkbookException e)
        {
            return (FileForm.Unknown, Broken(e));
        }
    }

    /// <exception cref="WorkbookException">It is said to be a workbook, and is none.</exception>
    public static OpenedFile Open(string path, FileForm form)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        if (!form.IsWorkbook)
        {
            return new OpenedFile(new CsvRows(Text(file, form.Encoding), form.Delimiter), () => file.Position);
        }

        try
        {
            var rows = Workbook.Open(file).Rows();
            return new OpenedFile(rows, () => (long)(rows.Share * file.Length));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static Refusal Broken(WorkbookException e) => new("allocation.workbook", e.Message, "File");

    public void Delete(Guid id)
    {
        File.Delete(Original(id));
        File.Delete(Mended(id));
    }

    private static StreamReader Text(string path, string encoding) =>
        Text(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), encoding);

    private static StreamReader Text(FileStream file, string encoding) =>
        new(
            file,
            FileSniffer.Of(encoding),
            detectEncodingFromByteOrderMarks: encoding == FileForm.Utf8, // the mark of another is that encoding's own business
            bufferSize: 1 << 16
        );
}

/// <param name="BytesRead">Of the file, about.</param>
internal sealed record OpenedFile(IFileRows Rows, Func<long> BytesRead) : IDisposable
{
    public void Dispose() => Rows.Dispose();
}
