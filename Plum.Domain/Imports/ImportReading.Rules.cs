using System.Globalization;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Domain.Imports;

/// <summary>What the fields of a row must be, by themselves and together.</summary>
public sealed partial class ImportReading
{
    private ImportCategory? CategoryOf(IRowCells cells, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var field = _fields[(int)ImportField.Category]!;
        if (field.Mapping.Values?.TryGetValue(name, out var ours) == true)
        {
            name = ours;
        }

        if (_categories.TryGetValue(name, out var category))
        {
            return category;
        }

        var remedy =
            name.Length <= Category.NameMaxLength ? "Map it to one that there is, or have it made." : "Map it to one that there is.";
        Fault(cells, "import.category", field, name, $"There is no category '{name}'. {remedy}");
        return null;
    }

    private Disposition? DispositionOf(IRowCells cells, ImportCategory? category, DateTime? resolved)
    {
        var code = Choice(cells, ImportField.Disposition);
        if (code is null && _faults.Exists(f => f.Code == "import.value" && f.Column == ColumnOf(ImportField.Disposition)))
        {
            return null; // said already
        }

        code ??= resolved is not null ? Dispositions.Resolved : category?.FirstDisposition;
        return code is null ? null : _world.Dispositions.GetValueOrDefault(code);
    }

    private void Require(IRowCells cells, ImportField field, bool isThere)
    {
        var column = ColumnOf(field);
        if (!isThere && !_faults.Exists(f => f.Column == column))
        {
            Fault(cells, "import.missing", _fields[(int)field], null, $"{ImportFields.Of(field).Name} is missing. Fill it in.");
        }
    }

    private void Order(IRowCells cells, DateTime? created, DateTime? firstResponse, DateTime? resolved)
    {
        if (firstResponse < created)
        {
            Fault(
                cells,
                "import.order",
                _fields[(int)ImportField.FirstResponse],
                Raw(cells, ImportField.FirstResponse),
                $"The first response is before the complaint ({Raw(cells, ImportField.Created)}). Correct one of the two."
            );
        }

        if (resolved < created)
        {
            Fault(
                cells,
                "import.order",
                _fields[(int)ImportField.Resolved],
                Raw(cells, ImportField.Resolved),
                $"It was resolved before it was made ({Raw(cells, ImportField.Created)}). Correct one of the two."
            );
        }
    }

    private void Finality(IRowCells cells, Disposition? disposition, DateTime? resolved)
    {
        if (disposition is null)
        {
            return;
        }

        if (disposition.Stage == Stage.Final && resolved is null && !_faults.Exists(f => f.Column == ColumnOf(ImportField.Resolved)))
        {
            Fault(
                cells,
                "import.unresolved",
                _fields[(int)ImportField.Resolved] ?? _fields[(int)ImportField.Disposition],
                null,
                $"{disposition.Label} is final, and there is no resolved date. Give the date, or a disposition that is open."
            );
        }
        else if (disposition.Stage != Stage.Final && resolved is not null)
        {
            Fault(
                cells,
                "import.still-open",
                _fields[(int)ImportField.Resolved],
                Raw(cells, ImportField.Resolved),
                $"{disposition.Label} is open, and there is a resolved date. Take the date away, or map to a final disposition."
            );
        }
    }

    private (string? Name, string? Email, string? Phone) Recipient(IRowCells cells)
    {
        var name = Text(cells, ImportField.RecipientName, Orders.Recipient.NameMaxLength);
        var email = Text(cells, ImportField.RecipientEmail, Orders.Recipient.EmailMaxLength)?.ToLowerInvariant();
        var phone = Text(cells, ImportField.RecipientPhone, Orders.Recipient.PhoneMaxLength * 2);
        phone = phone?.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (name is null && email is null && phone is null)
        {
            return (null, null, null);
        }

        name ??= email ?? phone;
        foreach (
            var (field, wrong) in new[]
            {
                (ImportField.RecipientEmail, RecipientRefusals.For("x", email, null, null)),
                (ImportField.RecipientPhone, RecipientRefusals.For("x", null, phone, null)),
            }
        )
        {
            if (wrong is not null && wrong.Code != "shared.too-long")
            {
                Fault(cells, wrong.Code, _fields[(int)field], Raw(cells, field), wrong.Message);
            }
        }

        return (name, email, phone);
    }

    private int? Score(IRowCells cells)
    {
        if (Raw(cells, ImportField.Csat) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var score) && score is >= 1 and <= 5)
        {
            return score;
        }

        Fault(cells, "import.csat", _fields[(int)ImportField.Csat], text, "A score is 1, 2, 3, 4 or 5. Correct it, or leave it empty.");
        return null;
    }

    private long? OrderOf(IRowCells cells)
    {
        if (Raw(cells, ImportField.Order) is not { } text)
        {
            return null;
        }

        if (OrderReference.Parse(text) is { } id)
        {
            return id;
        }

        Fault(
            cells,
            "import.order-form",
            _fields[(int)ImportField.Order],
            text,
            "An order reference looks like GFT-10293. Correct it, or leave it empty."
        );
        return null;
    }

    private string? ColumnOf(ImportField field) =>
        _fields[(int)field] is { } compiled ? string.Join(ImportMapping.JoinedBy, compiled.Columns.Select(c => _headers[c])) : null;
}
