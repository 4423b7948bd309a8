using Plum.Domain.Shared;

namespace Plum.Domain.Imports;

public static class ImportRefusals
{
    /// <summary>What keeps a mapping from being used on a file with these headers; null when it can be.</summary>
    public static Refusal? ForMapping(ImportMapping mapping, IReadOnlyList<string> headers, ImportWorld world)
    {
        if (mapping.TimeZoneId is { } zone && ForTimeZone(zone) is { } nowhere)
        {
            return nowhere;
        }

        if (mapping.Fields.GroupBy(f => f.Field).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
        {
            return new Refusal("import.field-twice", $"{Name(twice.Key)} is mapped twice. Keep one.", twice.Key.ToString());
        }

        foreach (var facts in ImportFields.All)
        {
            var field = mapping[facts.Field];
            if (field is null or { Columns.Count: 0, Constant: null })
            {
                if (facts.IsRequired)
                {
                    return new Refusal("import.unmapped", $"Choose the column for {facts.Name}.", facts.Field.ToString());
                }

                continue;
            }

            if (ForField(field, facts, headers, world) is { } wrong)
            {
                return wrong;
            }
        }

        foreach (var made in mapping.NewCategories ?? [])
        {
            if (Refusals.ForText("Category", made.Name, Tickets.Category.NameMaxLength) is { } wrong)
            {
                return wrong with { Field = nameof(ImportField.Category) };
            }

            if (!world.Dispositions.TryGetValue(made.FirstDisposition, out var first) || first.Stage != Tickets.Stage.Intake)
            {
                return new Refusal(
                    "import.category-first",
                    $"The category '{made.Name}' cannot begin as {made.FirstDisposition}. Choose an intake disposition.",
                    nameof(ImportField.Category)
                );
            }
        }

        return null;
    }

    public static Refusal? ForTimeZone(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out _)
            ? null
            : new Refusal("import.time-zone", $"'{id}' is not a time zone. Use a name such as America/New_York.", "TimeZoneId");

    private static Refusal? ForField(ImportFieldMapping field, ImportFieldFacts facts, IReadOnlyList<string> headers, ImportWorld world)
    {
        if (field.Columns.FirstOrDefault(c => !headers.Contains(c, StringComparer.Ordinal)) is { } missing)
        {
            return new Refusal(
                "import.no-column",
                $"The file has no column '{missing}'. Choose another for {facts.Name}.",
                facts.Field.ToString()
            );
        }

        if (field.Columns.Count > facts.TakesColumns)
        {
            var most = facts.TakesColumns == 1 ? "one column" : $"at most {facts.TakesColumns} columns";
            return new Refusal("import.too-many-columns", $"{facts.Name} takes {most}.", facts.Field.ToString());
        }

        if (facts.Kind == ImportKind.Date && !ImportDates.IsFormat(field.Format))
        {
            return new Refusal("import.format", $"State how {facts.Name} is written, such as M/d/yyyy.", facts.Field.ToString());
        }

        if (field.IsConstant && (!facts.TakesConstant || world.Same(facts.Field, field.Constant!) is null))
        {
            return new Refusal("import.constant", $"'{field.Constant}' cannot be the {facts.Name} of every row.", facts.Field.ToString());
        }

        foreach (var (theirs, ours) in field.Values ?? new Dictionary<string, string>())
        {
            if (ours != ImportFieldMapping.Skip && facts.Field != ImportField.Category && world.Same(facts.Field, ours) != ours)
            {
                return new Refusal(
                    "import.value-unknown",
                    $"'{theirs}' is mapped to '{ours}', which is no {facts.Name}. Choose another.",
                    facts.Field.ToString()
                );
            }
        }

        return null;
    }

    private static string Name(ImportField field) => ImportFields.Of(field).Name;
}
