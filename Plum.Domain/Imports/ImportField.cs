namespace Plum.Domain.Imports;

/// <summary>What a ticket's history can be made of.</summary>
public enum ImportField
{
    SourceReference = 1,
    Created = 2,
    Category = 3,
    Subject = 4,
    Message = 5,
    Channel = 6,
    Severity = 7,
    Disposition = 8,
    FirstResponse = 9,
    Resolved = 10,
    Timely = 11,
    Disputed = 12,
    Csat = 13,
    RecipientName = 14,
    RecipientEmail = 15,
    RecipientPhone = 16,
    Programme = 17,
    Order = 18,
}

/// <summary>How the text of a field is understood.</summary>
public enum ImportKind
{
    Text = 1,
    Date = 2,

    /// <summary>One of a list: each value of the file is given one of ours, by hand or because it is written the same.</summary>
    Choice = 3,
    Score = 4,
    Order = 5,
}

/// <param name="TakesColumns">How many columns may be joined into it.</param>
/// <param name="TakesConstant">Whether one value for all rows will do in the place of a column.</param>
public sealed record ImportFieldFacts(
    ImportField Field,
    string Name,
    ImportKind Kind,
    string Help,
    bool IsRequired = false,
    int TakesColumns = 1,
    bool TakesConstant = false
);

/// <summary>Every field, in the order in which the mapping shows it.</summary>
public static class ImportFields
{
    public static IReadOnlyList<ImportFieldFacts> All { get; } =
    [
        new(ImportField.Created, "Created", ImportKind.Date, "When the complaint was made. Every clock starts here.", IsRequired: true),
        new(
            ImportField.Category,
            "Category",
            ImportKind.Choice,
            "What it is about. Several columns are joined with a slash.",
            IsRequired: true,
            TakesColumns: 4,
            TakesConstant: true
        ),
        new(ImportField.Channel, "Intake channel", ImportKind.Choice, "How it came in.", IsRequired: true, TakesConstant: true),
        new(
            ImportField.SourceReference,
            "Source reference",
            ImportKind.Text,
            "Its number in the system that it comes from. The same number is never imported twice."
        ),
        new(ImportField.Subject, "Subject", ImportKind.Text, "Without one the category is the subject.", TakesColumns: 4),
        new(ImportField.Message, "Message", ImportKind.Text, "What the recipient wrote.", TakesColumns: 4),
        new(ImportField.Severity, "Severity", ImportKind.Choice, "Without one the category's severity is taken.", TakesConstant: true),
        new(
            ImportField.Disposition,
            "Disposition",
            ImportKind.Choice,
            "Where it stands. Without one: Resolved when it has a resolved date, else the category's first.",
            TakesConstant: true
        ),
        new(ImportField.FirstResponse, "First response", ImportKind.Date, "When a person first answered."),
        new(ImportField.Resolved, "Resolved", ImportKind.Date, "When it became final."),
        new(
            ImportField.Timely,
            "Timely",
            ImportKind.Choice,
            "Whether it was solved in time, as the old system recorded it. It becomes the result of the resolution target."
        ),
        new(ImportField.Disputed, "Disputed", ImportKind.Choice, "Whether the recipient did not accept the answer."),
        new(ImportField.Csat, "CSAT", ImportKind.Score, "The recipient's score, 1 to 5."),
        new(ImportField.RecipientName, "Recipient name", ImportKind.Text, "Who complained.", TakesColumns: 2),
        new(ImportField.RecipientEmail, "Recipient e-mail", ImportKind.Text, "Finds the recipient, or makes one."),
        new(
            ImportField.RecipientPhone,
            "Recipient phone",
            ImportKind.Text,
            "With a plus and the country code. Finds the recipient, or makes one."
        ),
        new(ImportField.Programme, "Programme", ImportKind.Choice, "One of the client's programmes.", TakesConstant: true),
        new(ImportField.Order, "Order", ImportKind.Order, "An order of this client, such as GFT-10293."),
    ];

    public static ImportFieldFacts Of(ImportField field) => All.First(f => f.Field == field);

    /// <summary>A row is only understood together with these when they come from columns of their own.</summary>
    public static bool IsDate(ImportField field) => Of(field).Kind == ImportKind.Date;
}
