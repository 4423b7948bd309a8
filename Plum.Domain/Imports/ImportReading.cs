using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Domain.Imports;

/// <summary>
/// Reads rows by a mapping: gives the ticket that a row will be, or everything that is wrong with it. Knows nothing of other rows or of what
/// the database holds of the row's own. Not for two threads at once.
/// </summary>
public sealed partial class ImportReading
{
    private readonly ImportMapping _mapping;
    private readonly ImportWorld _world;
    private readonly List<string> _headers;
    private readonly DateTime _nowUtc;
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<string, ImportCategory> _categories;
    private readonly Compiled?[] _fields;
    private readonly List<ImportFault> _faults = [];

    /// <param name="mapping">One that <see cref="ImportRefusals.ForMapping"/> has nothing against.</param>
    public ImportReading(ImportMapping mapping, IReadOnlyList<string> headers, ImportWorld world, DateTime nowUtc)
    {
        (_mapping, _headers, _world, _nowUtc) = (mapping, [.. headers], world, nowUtc);
        _zone = TimeZoneInfo.FindSystemTimeZoneById(mapping.TimeZoneId ?? world.TimeZoneId);
        _categories = new Dictionary<string, ImportCategory>(world.Categories, StringComparer.OrdinalIgnoreCase);
        foreach (var made in mapping.NewCategories ?? [])
        {
            _categories.TryAdd(made.Name, new ImportCategory(null, made.Name, made.Severity, made.FirstDisposition));
        }

        _fields = new Compiled?[ImportFields.All.Max(f => (int)f.Field) + 1];
        foreach (var field in mapping.Fields)
        {
            _fields[(int)field.Field] = new Compiled(field, headers);
        }
    }

    /// <summary>Of the column in which rejected rows came back; -1 when there is none.</summary>
    public int ErrorColumn => _headers.IndexOf(ImportHeaders.Errors);

    /// <returns>The row, or null and what is wrong with it: all of it.</returns>
    public ImportRow? Read(IRowCells cells, out IReadOnlyList<ImportFault> faults)
    {
        faults = _faults;
        _faults.Clear();
        if (cells.Count != _headers.Count)
        {
            Fault(
                cells,
                "import.ragged",
                null,
                null,
                $"This row has {cells.Count} columns, the header has {_headers.Count}. Look for a missing or stray delimiter, or quote the text that holds one."
            );
            return null;
        }

        var created = Date(cells, ImportField.Created);
        var categoryName = Text(cells, ImportField.Category, int.MaxValue); // a long one may be mapped to one of ours
        var category = CategoryOf(cells, categoryName);
        var channel = Choice(cells, ImportField.Channel) is { } way ? Enum.Parse<IntakeChannel>(way) : (IntakeChannel?)null;
        Severity? severity = Choice(cells, ImportField.Severity) is { } how ? Enum.Parse<Severity>(how) : null;
        var firstResponse = Date(cells, ImportField.FirstResponse);
        var resolved = Date(cells, ImportField.Resolved);
        var disposition = DispositionOf(cells, category, resolved);
        Require(cells, ImportField.Created, created is not null);
        Require(cells, ImportField.Category, categoryName is not null);
        Require(cells, ImportField.Channel, channel is not null);
        Order(cells, created, firstResponse, resolved);
        Finality(cells, disposition, resolved);

        var (name, email, phone) = Recipient(cells);
        var reference = Text(cells, ImportField.SourceReference, Ticket.SourceReferenceMaxLength);
        var subject = Text(cells, ImportField.Subject, Ticket.SubjectMaxLength);
        var message = Text(cells, ImportField.Message, TicketMessage.BodyMaxLength);
        var timely = Choice(cells, ImportField.Timely);
        var disputed = Choice(cells, ImportField.Disputed);
        var programme = Choice(cells, ImportField.Programme);
        var csat = Score(cells);
        var order = OrderOf(cells);
        if (_faults.Count > 0)
        {
            return null;
        }

        return new ImportRow(
            cells.Line,
            reference,
            created!.Value,
            category!,
            subject ?? category!.Name,
            message,
            channel!.Value,
            severity ?? category!.Severity,
            disposition!.Code,
            disposition.Stage,
            firstResponse,
            resolved,
            timely is null ? null : timely == ImportWorld.Yes,
            disputed is null ? null : disputed == ImportWorld.Yes,
            csat,
            name,
            email,
            phone,
            programme is null ? null : _world.Programmes[programme].Id,
            order
        );
    }

    /// <summary>The text that a field takes from this row, its columns joined; null when there is none. For lists of values and samples.</summary>
    public string? Raw(IRowCells cells, ImportField field)
    {
        var compiled = _fields[(int)field];
        if (compiled is null)
        {
            return null;
        }

        if (compiled.Columns.Length == 1)
        {
            var cell = compiled.Columns[0] < cells.Count ? cells[compiled.Columns[0]].Trim() : default;
            return cell.IsEmpty ? null : compiled.Intern(Restored(cell));
        }

        var parts = compiled
            .Columns.Where(c => c < cells.Count)
            .Select(c => Restored(cells[c].Trim()).ToString())
            .Where(t => t.Length > 0)
            .ToList();
        return parts.Count == 0 ? null : string.Join(ImportMapping.JoinedBy, parts);
    }

    /// <summary>What an export made harmless is itself again.</summary>
    private static ReadOnlySpan<char> Restored(ReadOnlySpan<char> cell) => cell is ['\'', _, ..] ? CsvText.Restore(cell.ToString()) : cell;

    private string? Text(IRowCells cells, ImportField field, int maxLength)
    {
        if (_fields[(int)field] is not { } compiled)
        {
            return null;
        }

        if (compiled.Mapping.IsConstant)
        {
            return compiled.Mapping.Constant;
        }

        var text = Raw(cells, field);
        if (text?.Length > maxLength)
        {
            Fault(
                cells,
                "import.too-long",
                compiled,
                text,
                $"{ImportFields.Of(field).Name} has {text.Length} characters. Keep it to {maxLength}."
            );
        }

        return text;
    }

    private DateTime? Date(IRowCells cells, ImportField field)
    {
        if (_fields[(int)field] is not { Columns: [var column, ..] } compiled)
        {
            return null;
        }

        var cell = Restored(cells[column].Trim());
        if (cell.IsEmpty)
        {
            return null;
        }

        var format = compiled.Mapping.Format!;
        if (ImportDates.Read(cell, format, _zone, _mapping.TimeOfDay) is not { } utc)
        {
            Fault(
                cells,
                "import.date",
                compiled,
                cell.ToString(),
                $"This is not a date of the form {format} between 1990 and 2100. Correct it, or state another form."
            );
            return null;
        }

        if (utc > _nowUtc)
        {
            Fault(cells, "import.future", compiled, cell.ToString(), "This lies in the future. Correct the date, or state another form.");
        }

        return utc;
    }

    private string? Choice(IRowCells cells, ImportField field)
    {
        if (_fields[(int)field] is not { } compiled)
        {
            return null;
        }

        if (compiled.Mapping.IsConstant)
        {
            return compiled.Mapping.Constant;
        }

        if (Raw(cells, field) is not { } text)
        {
            return null;
        }

        if (compiled.Mapping.Values?.TryGetValue(text, out var ours) == true || compiled.Known.TryGetValue(text, out ours))
        {
            return ours == ImportFieldMapping.Skip ? null : ours;
        }

        if (_world.Same(field, text) is { } same)
        {
            compiled.Known[text] = same;
            return same;
        }

        var choices = _world.Choices(field);
        var allowed = choices.Count <= 12 ? $" ({string.Join(", ", choices.Select(c => c.Label))})" : "";
        Fault(cells, "import.value", compiled, text, $"'{text}' is none of ours{allowed}. Map this value, or correct it in the file.");
        return null;
    }

    private void Fault(IRowCells cells, string code, Compiled? field, string? value, string message) =>
        _faults.Add(
            ImportFault.Of(
                code,
                cells.Line,
                field is null ? null : string.Join(ImportMapping.JoinedBy, field.Columns.Select(c => _headers[c])),
                value,
                message
            )
        );

    /// <summary>A field's mapping with the numbers of its columns.</summary>
    private sealed class Compiled
    {
        private const int MostInterned = 4096;
        private readonly Dictionary<string, string> _interned = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

        public Compiled(ImportFieldMapping mapping, IReadOnlyList<string> headers)
        {
            // The person mapped values as they read them: without regard to case.
            Mapping = mapping.Values is null
                ? mapping
                : mapping with
                {
                    Values = new Dictionary<string, string>(mapping.Values, StringComparer.OrdinalIgnoreCase),
                };
            var index = headers.Index().ToLookup(h => h.Item, h => h.Index, StringComparer.Ordinal);
            Columns = [.. mapping.Columns.Select(c => index[c].First())];
            _bySpan = _interned.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public ImportFieldMapping Mapping { get; }
        public int[] Columns { get; }
        public Dictionary<string, string> Known { get; } = new(StringComparer.Ordinal);

        /// <summary>The same few values come again and again; the rest is not kept.</summary>
        public string Intern(ReadOnlySpan<char> text)
        {
            if (_bySpan.TryGetValue(text, out var known))
            {
                return known;
            }

            var made = text.ToString();
            if (_interned.Count < MostInterned && made.Length <= 64)
            {
                _interned[made] = made;
            }

            return made;
        }
    }
}
