namespace Plum.Domain.Allocations;

/// <summary>What a row of an allocation file can say.</summary>
public enum AllocationField
{
    Reference = 1,
    Name = 2,
    Email = 3,
    Phone = 4,
    EmployeeNumber = 5,
    Country = 6,
    Language = 7,
    Channel = 8,
    Reward = 9,
    Value = 10,
    Currency = 11,
    Message = 12,
}

/// <param name="Header">In the template.</param>
/// <param name="TakesColumns">How many columns may be joined into it.</param>
/// <param name="TakesConstant">Whether one value for all rows will do in the place of a column.</param>
public sealed record AllocationFieldFacts(
    AllocationField Field,
    string Name,
    string Header,
    string Help,
    bool IsRequired = false,
    int TakesColumns = 1,
    bool TakesConstant = false
);

/// <summary>Every field, in the order in which the mapping and the template show it.</summary>
public static class AllocationFields
{
    public static IReadOnlyList<AllocationFieldFacts> All { get; } =
    [
        new(
            AllocationField.Reference,
            "Reference",
            "reference",
            "Your own number of the line. The same one is never sent twice in a programme."
        ),
        new(AllocationField.Name, "Recipient name", "name", "Several columns are joined with a blank.", IsRequired: true, TakesColumns: 3),
        new(AllocationField.Email, "E-mail", "email", "Where the reward goes when it is sent by e-mail."),
        new(AllocationField.Phone, "Phone", "phone", "With a plus and the country code, or as it is dialled in the row's country."),
        new(AllocationField.EmployeeNumber, "Employee number", "employee_number", "As the HR system has it; leading zeros stay."),
        new(
            AllocationField.Country,
            "Country",
            "country",
            "Two letters, three, or the name. Without one, phone numbers need a plus.",
            TakesConstant: true
        ),
        new(AllocationField.Language, "Language", "language", "Two letters, such as de or pt-BR.", TakesConstant: true),
        new(AllocationField.Channel, "Channel", "channel", "E-mail, SMS or WhatsApp. Without one the programme's.", TakesConstant: true),
        new(AllocationField.Reward, "Reward", "reward", "The code of the catalogue.", IsRequired: true, TakesConstant: true),
        new(AllocationField.Value, "Value", "value", "In major units: 25 or 25.00.", IsRequired: true, TakesConstant: true),
        new(AllocationField.Currency, "Currency", "currency", "Three letters. Without one the programme's.", TakesConstant: true),
        new(AllocationField.Message, "Message", "message", "What the recipient reads with the reward.", TakesConstant: true),
    ];

    public static AllocationFieldFacts Of(AllocationField field) => All[(int)field - 1];
}

/// <summary>Where a field's text comes from: columns by their headers, or one text for all rows.</summary>
public sealed record AllocationSource(AllocationField Field, IReadOnlyList<string> Columns, string? Constant = null);

/// <summary>How the columns of a file are meant. Remembered for the programme.</summary>
/// <param name="DecimalComma">Whether 1,5 is one and a half.</param>
public sealed record AllocationMapping(IReadOnlyList<AllocationSource> Sources, bool DecimalComma = false)
{
    public static AllocationMapping Nothing { get; } = new([]);

    public AllocationSource? this[AllocationField field] => Sources.FirstOrDefault(s => s.Field == field);

    /// <summary>The column is this field and no other; of a field that takes several, one more of them.</summary>
    /// <param name="field">Null is nothing.</param>
    public AllocationMapping WithColumn(AllocationField? field, string column, IReadOnlyList<string> headers)
    {
        var made = this;
        foreach (var source in Sources.Where(s => s.Columns.Contains(column)))
        {
            made = made.With(source.Field, source with { Columns = [.. source.Columns.Where(c => c != column)] });
        }

        if (field is not { } into)
        {
            return made;
        }

        var there = AllocationFields.Of(into).TakesColumns > 1 ? made[into]?.Columns ?? [] : [];
        var columns = there.Append(column).OrderBy(c => headers.ToList().IndexOf(c)).TakeLast(AllocationFields.Of(into).TakesColumns);
        return made.With(into, new AllocationSource(into, [.. columns], made[into]?.Constant));
    }

    public AllocationMapping With(AllocationField field, AllocationSource? source) =>
        this with
        {
            Sources =
            [
                .. Sources
                    .Where(s => s.Field != field)
                    .Concat(source is null || (source.Columns.Count == 0 && string.IsNullOrEmpty(source.Constant)) ? [] : [source])
                    .OrderBy(s => s.Field),
            ],
        };
}
