using System.Text.Json;
using System.Text.Json.Serialization;
using Plum.Domain.Imports;
using Plum.Domain.Tickets;

namespace Plum.Portal.Imports;

/// <summary>A mapping as a file: what the page offers for download is what the <c>import</c> command reads.</summary>
/// <param name="MakeCategories">All that the file names and that do not exist; the command then makes them, and says how many.</param>
public sealed record ImportMappingFile(
    IReadOnlyList<ImportFieldMapping> Fields,
    string? TimeZone = null,
    TimeOnly? TimeOfDay = null,
    IReadOnlyList<NewCategory>? NewCategories = null,
    bool MakeCategories = false
)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<ImportField>(allowIntegerValues: false),
            new JsonStringEnumConverter<Severity>(allowIntegerValues: false),
            new FieldMappingConverter(),
        },
    };

    public ImportMapping Mapping => new(Fields ?? [], TimeZone, TimeOfDay ?? ImportMapping.Nothing.TimeOfDay, NewCategories);

    public static byte[] Write(ImportMapping mapping) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ImportMappingFile(mapping.Fields, mapping.TimeZoneId, mapping.TimeOfDay, mapping.NewCategories),
            Options
        );

    /// <exception cref="JsonException">The text is no mapping; the message says where.</exception>
    public static ImportMappingFile Read(string text) =>
        JsonSerializer.Deserialize<ImportMappingFile>(text, Options) ?? throw new JsonException("The file is empty.");

    /// <summary>Columns may be left out where there is a constant.</summary>
    private sealed class FieldMappingConverter : JsonConverter<ImportFieldMapping>
    {
        public override ImportFieldMapping Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var line = JsonSerializer.Deserialize<Line>(ref reader, options)!;
            return new ImportFieldMapping(
                line.Field ?? throw new JsonException("A field is without its name."),
                line.Columns ?? (line.Column is { } one ? [one] : []),
                line.Constant,
                line.Format,
                line.Values
            );
        }

        public override void Write(Utf8JsonWriter writer, ImportFieldMapping value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(
                writer,
                value.Columns.Count == 1
                    ? new Line(value.Field, value.Columns[0], null, value.Constant, value.Format, value.Values)
                    : new Line(
                        value.Field,
                        null,
                        value.Columns.Count == 0 ? null : value.Columns,
                        value.Constant,
                        value.Format,
                        value.Values
                    ),
                options
            );

        private sealed record Line(
            ImportField? Field,
            string? Column,
            IReadOnlyList<string>? Columns,
            string? Constant,
            string? Format,
            IReadOnlyDictionary<string, string>? Values
        );
    }
}
