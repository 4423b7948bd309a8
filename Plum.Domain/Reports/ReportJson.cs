using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plum.Domain.Reports;

/// <summary>How reports are kept, and handed to programs: names of enums rather than their numbers, so that a reader needs no code.</summary>
public static class ReportJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(ReportDocument document) => JsonSerializer.Serialize(document, Options);

    public static ReportDocument Read(string document) => JsonSerializer.Deserialize<ReportDocument>(document, Options)!;

    public static byte[] Pack(IReadOnlyList<TicketLine> lines)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, lines, Options);
        }

        return packed.ToArray();
    }

    public static IReadOnlyList<TicketLine> Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<List<TicketLine>>(brotli, Options)!;
    }
}
