using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Imports;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

/// <summary>Which column becomes what, with what is in it beside it.</summary>
public sealed partial class ImportColumns(ImportService imports, Viewer viewer, Toasts toasts)
{
    private readonly Loadable<IReadOnlyList<ImportColumn>> _columns = new();
    private readonly Dictionary<string, IReadOnlyList<(string Format, int Fits, int Of)>> _formats = [];
    private Refusal? _zone;

    [Parameter, EditorRequired]
    public ImportView Import { get; set; } = null!;

    /// <summary>As it stands on the screen, which may be ahead of what is saved.</summary>
    [Parameter, EditorRequired]
    public ImportMapping Mapping { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<ImportMapping> Map { get; set; }

    /// <summary>Asks for the import as it is now.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    [Parameter, EditorRequired]
    public string Next { get; set; } = "";

    private string? Missing => ImportRefusals.ForMapping(Mapping, Import.Form.Headers, Import.World)?.Message;

    protected override Task OnInitializedAsync() => LoadAsync(_columns, ct => Task.Run(() => imports.Columns(Import, By), ct));

    private List<ImportField> FieldsOf(string column) =>
        [.. ImportFields.All.Select(f => f.Field).Where(f => Mapping[f]?.Columns.Contains(column) == true)];

    /// <summary>What the column does not become already.</summary>
    private static IEnumerable<ImportFieldFacts> Offered(List<ImportField> taken, ImportField? own) =>
        ImportFields.All.Where(f => f.Field == own || !taken.Contains(f.Field));

    private IReadOnlyList<(string Format, int Fits, int Of)> FormatsOf(string column)
    {
        if (!_formats.TryGetValue(column, out var formats))
        {
            _formats[column] = formats = imports.DateFormats(Import, column, By);
        }

        return formats;
    }

    private Task ChooseAsync(string column, ImportField? former, string chosen)
    {
        var mapping = former is { } was ? Mapping.WithoutColumn(was, column) : Mapping;
        return Map.InvokeAsync(
            Enum.TryParse<ImportField>(chosen, out var field) ? mapping.WithColumn(field, column, Import.Form.Headers) : mapping
        );
    }

    /// <summary>By column, not by field: whoever is quick states the form before the field that they chose has come back.</summary>
    private Task FormatAsync(string column, string format) =>
        Map.InvokeAsync(
            FieldsOf(column)
                .Where(ImportFields.IsDate)
                .Aggregate(Mapping, (mapping, field) => mapping.WithFormat(field, format.Length == 0 ? null : format))
        );

    private Task ZoneAsync(ChangeEventArgs e)
    {
        var zone = Text(e).Trim();
        _zone = ImportRefusals.ForTimeZone(zone);
        return _zone is null
            ? Map.InvokeAsync(Mapping with { TimeZoneId = zone == Import.ClientTimeZoneId ? null : zone })
            : Task.CompletedTask;
    }

    private Task TimeAsync(ChangeEventArgs e) =>
        TimeOnly.TryParse(Text(e), CultureInfo.InvariantCulture, out var time)
            ? Map.InvokeAsync(Mapping with { TimeOfDay = time })
            : Task.CompletedTask;

    private async Task ReadAsAsync(string encoding, char delimiter)
    {
        var outcome = await imports.ReadAsAsync(
            new ReadImportAs(Import.Number, Import.Version, encoding, delimiter),
            By,
            CancellationToken.None
        );
        if (outcome is not Outcome.Done)
        {
            toasts.Show(outcome, "");
        }

        await Look.InvokeAsync();
    }

    private static string Text(ChangeEventArgs e) => e.Value?.ToString() ?? "";

    private string Filled(ImportColumn column) =>
        column.Sampled == 0 ? "no rows"
        : column.Filled == column.Sampled ? "always filled"
        : column.Filled == 0 ? "empty"
        : $"{viewer.Percent((decimal)column.Filled / column.Sampled, 0)} filled";

    private string Share(int fits, int of) => fits == of ? "all" : $"{viewer.Number(fits)} of {viewer.Number(of)}";

    private static string Named(char delimiter) =>
        delimiter switch
        {
            ',' => "Comma",
            ';' => "Semicolon",
            '\t' => "Tab",
            _ => "Bar |",
        };
}
