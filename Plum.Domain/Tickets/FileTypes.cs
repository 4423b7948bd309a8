using System.Text;
using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>Which files a ticket takes: the name's ending and the bytes must tell the same story.</summary>
public static class FileTypes
{
    /// <summary>How much of the beginning a decision needs.</summary>
    public const int HeadBytes = 4096;

    private static readonly FileType[] All =
    [
        new("application/pdf", [".pdf"], "%PDF-"u8.ToArray()),
        new("image/png", [".png"], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], IsPicture: true),
        new("image/jpeg", [".jpg", ".jpeg"], [0xFF, 0xD8, 0xFF], IsPicture: true),
        new("image/gif", [".gif"], "GIF8"u8.ToArray(), IsPicture: true),
        new("image/webp", [".webp"], "RIFF"u8.ToArray(), IsPicture: true),
        new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"], "PK\x03\x04"u8.ToArray(), Part: "word/"),
        new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"], "PK\x03\x04"u8.ToArray(), Part: "xl/"),
        new("text/plain", [".txt", ".log", ".eml"], []),
        new("text/csv", [".csv"], []),
    ];

    public static string Endings { get; } = string.Join(", ", All.SelectMany(type => type.Endings));

    /// <summary>For an upload control's filter.</summary>
    public static string Accept { get; } = string.Join(",", All.SelectMany(type => type.Endings));

    /// <summary>The types that a browser may be trusted to show in place.</summary>
    public static bool IsPicture(string contentType) => All.Any(type => type.IsPicture && type.ContentType == contentType);

    /// <summary>The name as it may be kept and offered: no path, no control characters, not too long.</summary>
    public static string CleanName(string? name)
    {
        var last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        var kept = new string([.. last.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))]).Trim(
            ' ',
            '.'
        );
        if (kept.Length > TicketAttachment.NameMaxLength)
        {
            var ending = Path.GetExtension(kept);
            kept = kept[..(TicketAttachment.NameMaxLength - ending.Length)] + ending;
        }

        return kept;
    }

    /// <param name="head">The first <see cref="HeadBytes"/> bytes, or all of a shorter file.</param>
    /// <returns>The content type of a file that is taken, or why it is not.</returns>
    public static (string? ContentType, Refusal? Refusal) Judge(string name, ReadOnlySpan<byte> head, long bytes)
    {
        if (bytes == 0)
        {
            return (null, new Refusal("file.empty", $"{name} is empty. Choose the file again.", "File"));
        }

        if (bytes > TicketAttachment.MaxBytes)
        {
            return (
                null,
                new Refusal(
                    "file.too-large",
                    $"{name} is larger than {TicketAttachment.MaxBytes / 1024 / 1024} MB. Send a smaller one.",
                    "File"
                )
            );
        }

        var ending = Path.GetExtension(name).ToLowerInvariant();
        var type = Array.Find(All, t => t.Endings.Contains(ending));
        if (type is null)
        {
            return (null, new Refusal("file.type", $"{name} is of a kind that is not taken. Taken are {Endings}.", "File"));
        }

        return Fits(type, head)
            ? (type.ContentType, null)
            : (null, new Refusal("file.content", $"{name} is not what its ending says. Save it again as a real {ending} file.", "File"));
    }

    private static bool Fits(FileType type, ReadOnlySpan<byte> head) =>
        type switch
        {
            { Start.Length: 0 } => IsText(head),
            { ContentType: "image/webp" } => head.StartsWith(type.Start) && head.Length > 12 && head[8..12].SequenceEqual("WEBP"u8),
            { ContentType: "application/pdf" } => head[..Math.Min(head.Length, 1024)].IndexOf(type.Start) >= 0,
            { Part: { } part } => head.StartsWith(type.Start)
                && (head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf(Encoding.ASCII.GetBytes(part)) >= 0),
            _ => head.StartsWith(type.Start),
        };

    /// <summary>UTF-8 (possibly cut in the last character) or Latin text without control characters.</summary>
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
        {
            if (b is 0x7F || (b < 0x20 && b is not (0x09 or 0x0A or 0x0C or 0x0D)))
            {
                return false;
            }
        }

        return true;
    }

    private sealed record FileType(string ContentType, string[] Endings, byte[] Start, bool IsPicture = false, string? Part = null);
}
