using System.Text;
using System.Text.Json;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;

namespace Plum.Portal.Api;

/// <summary>Rows as JSON, <c>{"rows": [{"name": "…", …}]}</c>, written as the file that would have been dropped in the portal.</summary>
internal static class ApiRowsReading
{
    private const int MostErrors = 100;
    private const string Rows = "rows";

    private static readonly List<string> Headers = [.. AllocationFields.All.Select(f => f.Header)];

    private static readonly Refusal Shape = new("api.rows", "Some of what was sent is no row of rewards. Each is named below.");

    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <returns>Row n of the JSON stands on line n + 2.</returns>
    /// <exception cref="ApiContentException">With each thing that is wrong, and where.</exception>
    public static byte[] ToCsv(byte[] sent)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(sent, Reading);
        }
        catch (JsonException e)
        {
            throw new ApiContentException(
                ApiProblem.Of(
                    StatusCodes.Status400BadRequest,
                    new Refusal("api.json", $"This is no JSON, or a name stands twice in it. Look at line {e.LineNumber + 1}."),
                    new ApiFault("api.json", "Cannot be read from here on.", Line: e.LineNumber + 1)
                )
            );
        }

        using (document)
        {
            return Written(document.RootElement);
        }
    }

    private static byte[] Written(JsonElement root)
    {
        try
        {
            var (faults, csv) = (new List<ApiFault>(), new StringBuilder("\uFEFF"));
            csv.AppendJoin(',', Headers).Append("\r\n");
            if (root.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new ApiFault("api.rows", "Send an object with the rows: {\"rows\": [ … ]}.", "#"));
            }
            else
            {
                Write(root, csv, faults);
            }

            return faults.Count == 0 ? Encoding.UTF8.GetBytes(csv.ToString()) : throw new ApiContentException(ApiProblem.Of(Shape, faults));
        }
        catch (InvalidOperationException) // a text that is no Unicode: half a surrogate pair, or bytes that are not UTF-8
        {
            throw new ApiContentException(
                ApiProblem.Of(StatusCodes.Status400BadRequest, new Refusal("api.text", "A text in this JSON is no Unicode."))
            );
        }
    }

    private static void Write(JsonElement root, StringBuilder csv, List<ApiFault> faults)
    {
        foreach (var other in root.EnumerateObject().Where(p => p.Name != Rows))
        {
            faults.Add(new ApiFault("api.unknown", "Nothing of that name is read here.", $"#/{Escaped(other.Name)}"));
        }

        if (!root.TryGetProperty(Rows, out var rows) || rows.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new ApiFault("api.rows", "Send the rows as an array.", $"#/{Rows}"));
            return;
        }

        var at = 0;
        var cells = new string?[Headers.Count];
        foreach (var row in rows.EnumerateArray())
        {
            Array.Clear(cells);
            if (row.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new ApiFault("api.rows", "A row is an object.", $"#/{Rows}/{at}", at + 2));
            }
            else
            {
                Read(row, at, cells, faults);
            }

            if (faults.Count >= MostErrors)
            {
                return;
            }

            csv.Append(CsvText.Line(cells)).Append("\r\n");
            at++;
        }
    }

    private static void Read(JsonElement row, int at, string?[] cells, List<ApiFault> faults)
    {
        foreach (var cell in row.EnumerateObject())
        {
            var (column, pointer) = (Headers.IndexOf(cell.Name), $"#/{Rows}/{at}/{Escaped(cell.Name)}");
            if (column < 0)
            {
                faults.Add(
                    new ApiFault(
                        "api.column",
                        $"There is no such column. There are {string.Join(", ", Headers)}.",
                        pointer,
                        at + 2,
                        cell.Name
                    )
                );
            }
            else if (cell.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            {
                cells[column] = cell.Value.GetString();
            }
            else if (cell.Value.ValueKind == JsonValueKind.Number)
            {
                cells[column] = cell.Value.GetRawText(); // as it was written: never by way of a binary fraction
            }
            else
            {
                faults.Add(new ApiFault("api.cell", "A cell is a text, a number or null.", pointer, at + 2, cell.Name));
            }
        }
    }

    /// <summary>A reference token of a pointer (RFC 6901, 3).</summary>
    internal static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
