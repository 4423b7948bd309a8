using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Plum.Data.Shared;

/// <summary>The file is no workbook that can be read, and why: shown as is.</summary>
internal sealed class WorkbookException(string message) : Exception(message);

/// <param name="Expanded">Bytes that one part may have once it is unpacked.</param>
/// <param name="Ratio">Times that a part may grow by unpacking, beyond the first megabyte. Spreadsheets pack to a tenth, seldom to a fiftieth.</param>
/// <param name="Texts">Characters of all shared texts: they are held in memory.</param>
internal sealed record WorkbookLimits(
    long Expanded = 4L << 30,
    int Ratio = 250,
    int Entries = 5_000,
    int Columns = 1_000,
    long Texts = 48L << 20
);

/// <summary>The first visible sheet of an XLSX workbook (ISO/IEC 29500-1), read forwards and never whole in memory, but for its shared texts.</summary>
/// <remarks>
/// By hand, since the libraries at hand trust what the archive says of itself: here every part is counted while it is unpacked, and no DTD or
/// entity is read.
/// </remarks>
internal sealed class Workbook : IDisposable
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly ZipArchive _archive;
    private readonly WorkbookLimits _limits;

    private Workbook(ZipArchive archive, WorkbookLimits limits) => (_archive, _limits) = (archive, limits);

    public static Workbook Open(Stream file, WorkbookLimits? limits = null)
    {
        limits ??= new WorkbookLimits();
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read);
            if (archive.Entries.Count > limits.Entries)
            {
                throw new WorkbookException($"The workbook has {archive.Entries.Count} parts, more than any should have.");
            }

            return new Workbook(archive, limits);
        }
        catch (InvalidDataException)
        {
            archive?.Dispose();
            throw new WorkbookException("The workbook is damaged: its archive cannot be opened.");
        }
        catch (WorkbookException)
        {
            archive?.Dispose();
            throw;
        }
    }

    /// <summary>Takes the workbook along: disposing of the rows disposes of it.</summary>
    public WorkbookRows Rows()
    {
        try
        {
            var sheet = FirstSheet();
            var texts = Texts();
            var part = Part(sheet) ?? throw new WorkbookException("The workbook is damaged: its first sheet is missing.");
            return new WorkbookRows(this, part, texts, _limits.Columns);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw new WorkbookException("The workbook is damaged: it cannot be read.");
        }
    }

    public void Dispose() => _archive.Dispose();

    private string FirstSheet()
    {
        string? id = null;
        using (
            var book = Part("xl/workbook.xml") ?? throw new WorkbookException("This archive is no workbook. Save the sheet as XLSX or CSV.")
        )
        using (var xml = Xml(book))
        {
            while (id is null && xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sheet" && xml.GetAttribute("state") is null or "visible")
                {
                    id = xml.GetAttribute("id", Relations);
                }
            }
        }

        if (id is null)
        {
            throw new WorkbookException("The workbook has no visible sheet.");
        }

        using var relations =
            Part("xl/_rels/workbook.xml.rels") ?? throw new WorkbookException("The workbook is damaged: its parts have no names.");
        using var reader = Xml(relations);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Relationship" && reader.GetAttribute("Id") == id)
            {
                var target = reader.GetAttribute("Target") ?? "";
                return target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        }

        throw new WorkbookException("The workbook is damaged: its first sheet is missing.");
    }

    private List<string> Texts()
    {
        var texts = new List<string>();
        using var part = Part("xl/sharedStrings.xml");
        if (part is null)
        {
            return texts;
        }

        using var xml = Xml(part);
        var (text, total) = (new StringBuilder(), 0L);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "si")
            {
                continue;
            }

            text.Clear();
            InlineText(xml, text);
            total += text.Length + 16;
            if (total > _limits.Texts)
            {
                throw new WorkbookException(
                    "The workbook holds more different texts than can be read at once. Save it as CSV (UTF-8), and give that."
                );
            }

            texts.Add(text.ToString());
        }

        return texts;
    }

    /// <summary>The runs of text below the element that the reader stands on, without phonetic ones. Leaves it at the element's end.</summary>
    internal static void InlineText(XmlReader xml, StringBuilder into)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        var (isText, phonetic) = (false, -1);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh" && !xml.IsEmptyElement:
                    phonetic = xml.Depth;
                    break;
                case XmlNodeType.Element:
                    isText = xml.LocalName == "t" && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when xml.Depth == phonetic:
                    phonetic = -1;
                    break;
                case XmlNodeType.EndElement:
                    isText = false;
                    break;
                case XmlNodeType.Text
                or XmlNodeType.CDATA
                or XmlNodeType.SignificantWhitespace
                or XmlNodeType.Whitespace when isText && phonetic < 0:
                    into.Append(xml.Value);
                    break;
            }
        }
    }

    private UnpackedPart? Part(string name)
    {
        var entry =
            _archive.GetEntry(name) ?? _archive.Entries.FirstOrDefault(e => e.FullName.Equals(name, StringComparison.OrdinalIgnoreCase));
        return entry is null ? null : new UnpackedPart(entry, _limits);
    }

    internal static XmlReader Xml(Stream part) =>
        XmlReader.Create(
            part,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CloseInput = false,
            }
        );
}

/// <summary>One part of the archive, counted while it is unpacked: what the archive says about its length is not believed.</summary>
internal sealed class UnpackedPart(ZipArchiveEntry entry, WorkbookLimits limits) : Stream
{
    private const int Free = 1 << 20;

    private readonly Stream _inner = entry.Open();
    private long _read;

    /// <summary>Of its unpacked bytes, how many are read: 0 to 1, roughly.</summary>
    public double Share => Math.Clamp(_read / (double)Math.Max(1, entry.Length), 0, 1);

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = _inner.Read(buffer);
        _read += read;
        return _read > limits.Expanded || (_read > Free && _read / limits.Ratio > Math.Max(1, entry.CompressedLength))
            ? throw new WorkbookException("The workbook unpacks to far more than it is: it was made to do harm, or is damaged.")
            : read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
