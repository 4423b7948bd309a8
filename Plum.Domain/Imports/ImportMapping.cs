namespace Plum.Domain.Imports;

/// <summary>How the columns of a file become tickets: decided by a person, remembered for the client, and the file of the <c>import</c> command.</summary>
/// <param name="TimeZoneId">IANA id of the zone that the file's times are in; null means the client's.</param>
/// <param name="TimeOfDay">Taken for dates that have no time, in that zone.</param>
/// <param name="NewCategories">Categories to be made; never made without being named here.</param>
public sealed partial record ImportMapping(
    IReadOnlyList<ImportFieldMapping> Fields,
    string? TimeZoneId = null,
    TimeOnly TimeOfDay = default,
    IReadOnlyList<NewCategory>? NewCategories = null
)
{
    public const string JoinedBy = " / ";

    public static ImportMapping Nothing { get; } = new([], TimeOfDay: new TimeOnly(12, 0));

    public ImportFieldMapping? this[ImportField field] => Fields.FirstOrDefault(f => f.Field == field);

    /// <summary>With the one field mapped so; null takes its mapping away.</summary>
    public ImportMapping With(ImportField field, ImportFieldMapping? mapping) =>
        this with
        {
            Fields = [.. Fields.Where(f => f.Field != field), .. mapping is null ? [] : new[] { mapping }],
        };
}

/// <param name="Columns">Headers, as the file writes them.</param>
/// <param name="Constant">One value for every row, where no column is given: ours, not the file's.</param>
/// <param name="Format">Of a date: see <see cref="ImportDates"/>.</param>
/// <param name="Values">The file's value to ours; <see cref="Skip"/> leaves the field empty.</param>
public sealed record ImportFieldMapping(
    ImportField Field,
    IReadOnlyList<string> Columns,
    string? Constant = null,
    string? Format = null,
    IReadOnlyDictionary<string, string>? Values = null
)
{
    public const string Skip = "";

    public bool IsConstant => Columns.Count == 0 && Constant is not null;
}

/// <param name="Name">As the joined columns have it.</param>
public sealed record NewCategory(
    string Name,
    Tickets.Severity Severity = Tickets.Severity.P3,
    string FirstDisposition = Tickets.Dispositions.FailedRedemption
);
