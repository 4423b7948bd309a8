namespace Plum.Domain.Imports;

/// <summary>What a person does to a mapping, a choice at a time.</summary>
public sealed partial record ImportMapping
{
    /// <summary>The column goes into the field: in the file's order beside those it has, or in the place of the one when it takes no more.</summary>
    public ImportMapping WithColumn(ImportField field, string column, IReadOnlyList<string> headers)
    {
        var former = this[field];
        var facts = ImportFields.Of(field);
        IReadOnlyList<string> columns = facts.TakesColumns == 1 ? [column] : [.. former?.Columns ?? [], column];
        return With(
            field,
            (former ?? new ImportFieldMapping(field, [])) with
            {
                Columns =
                [
                    .. columns.Distinct(StringComparer.Ordinal).OrderBy(c => headers.Index().FirstOrDefault(h => h.Item == c).Index),
                ],
                Constant = null,
                Format = columns.SequenceEqual(former?.Columns ?? []) ? former!.Format : null, // another column may be written otherwise
            }
        );
    }

    public ImportMapping WithoutColumn(ImportField field, string column)
    {
        if (this[field] is not { } former)
        {
            return this;
        }

        IReadOnlyList<string> columns = [.. former.Columns.Where(c => c != column)];
        return With(field, columns.Count == 0 ? null : former with { Columns = columns });
    }

    public ImportMapping WithFormat(ImportField field, string? format) =>
        this[field] is { } former ? With(field, former with { Format = format }) : this;

    /// <param name="constant">Null has the field empty again.</param>
    public ImportMapping WithConstant(ImportField field, string? constant) =>
        With(field, constant is null ? null : new ImportFieldMapping(field, [], Constant: constant));

    /// <param name="ours">Null leaves the file's value without one of ours.</param>
    public ImportMapping WithValue(ImportField field, string theirs, string? ours)
    {
        if (this[field] is not { } former)
        {
            return this;
        }

        var values = new Dictionary<string, string>(former.Values ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
        values.Remove(theirs);
        if (ours is not null)
        {
            values[theirs] = ours;
        }

        var mapped = With(field, former with { Values = values.Count == 0 ? null : values });
        return field == ImportField.Category ? mapped.WithoutCategory(theirs) : mapped;
    }

    /// <summary>The file's value becomes a category of its own, made by the commit.</summary>
    public ImportMapping WithCategory(NewCategory made)
    {
        var mapped = WithValue(ImportField.Category, made.Name, null);
        return mapped with { NewCategories = [.. mapped.NewCategories ?? [], made] };
    }

    public NewCategory? Makes(string category) =>
        NewCategories?.FirstOrDefault(c => string.Equals(c.Name, category, StringComparison.OrdinalIgnoreCase));

    private ImportMapping WithoutCategory(string name) =>
        Makes(name) is null
            ? this
            : this with
            {
                NewCategories = [.. NewCategories!.Where(c => !string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase))],
            };
}
