using Microsoft.AspNetCore.Components;
using Plum.Data.Imports;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

/// <summary>What the file's own words mean: each value that a list of ours is mapped from, with how many rows have it.</summary>
public sealed partial class ImportValues(ImportService imports, Viewer viewer)
{
    private const int Page = 60;

    // No value of ours begins with a blank.
    private const string Make = " make";
    private const string Leave = " leave";

    private readonly Dictionary<ImportField, (string Columns, Loadable<IReadOnlyList<ImportValue>> Values)> _values = [];
    private readonly Dictionary<ImportField, int> _shown = [];
    private readonly Dictionary<ImportField, HashSet<string>> _first = [];

    [Parameter, EditorRequired]
    public ImportView Import { get; set; } = null!;

    /// <inheritdoc cref="ImportColumns.Mapping" />
    [Parameter, EditorRequired]
    public ImportMapping Mapping { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<ImportMapping> Map { get; set; }

    [Parameter, EditorRequired]
    public string Next { get; set; } = "";

    private List<ImportFieldFacts> Fields =>
        [.. ImportFields.All.Where(f => f.Kind == ImportKind.Choice && Mapping[f.Field] is { Columns.Count: > 0 })];

    private IEnumerable<(string Code, string Label)> Intake =>
        Import.World.Dispositions.Values.Where(d => d.Stage == Stage.Intake).OrderBy(d => d.SortOrder).Select(d => (d.Code, d.Label));

    protected override async Task OnParametersSetAsync()
    {
        foreach (var field in Fields.Select(f => f.Field))
        {
            var mapped = Mapping[field]!;
            var columns = string.Join('\n', mapped.Columns);
            if (_values.TryGetValue(field, out var there) && there.Columns == columns)
            {
                continue;
            }

            var values = new Loadable<IReadOnlyList<ImportValue>>();
            _values[field] = (columns, values);
            var bare = ImportMapping.Nothing.With(field, mapped with { Values = null }); // what is chosen here is looked up here
            await LoadAsync(values, ct => imports.ValuesAsync(Import, bare, field, By, ct));
            _first[field] = [.. (values.Value ?? []).Where(v => Ours(field, v) is null).Select(v => v.Value)];
        }
    }

    private Loadable<IReadOnlyList<ImportValue>> Values(ImportField field) =>
        _values.TryGetValue(field, out var there) ? there.Values : new();

    /// <summary>What needs a choice comes first, and stays there when it has one: the row under the cursor does not move.</summary>
    private List<ImportValue> Shown(ImportField field, IReadOnlyList<ImportValue> values)
    {
        var first = _first.GetValueOrDefault(field) ?? [];
        return [.. values.OrderByDescending(v => first.Contains(v.Value)).Take(_shown.GetValueOrDefault(field, Page))];
    }

    /// <returns>Empty when it is to be left out, null when nobody has said.</returns>
    private string? Ours(ImportField field, ImportValue value) =>
        Mapping[field]?.Values?.FirstOrDefault(v => string.Equals(v.Key, value.Value, StringComparison.OrdinalIgnoreCase)).Value
        ?? value.Ours
        ?? (field == ImportField.Category ? Mapping.Makes(value.Value)?.Name : null);

    private static bool CanBeMade(ImportValue value) => value is { Ours: null, Value.Length: <= Category.NameMaxLength };

    /// <summary>Ours, and the categories that this import makes: several values may become one.</summary>
    private IEnumerable<(string Value, string Label)> Choices(ImportField field) =>
        field == ImportField.Category
            ? Import.World.Choices(field).Concat((Mapping.NewCategories ?? []).Select(c => (c.Name, $"{c.Name} (new)")))
            : Import.World.Choices(field);

    private string Label(ImportField field, string ours) => Import.World.Choices(field).FirstOrDefault(c => c.Value == ours).Label ?? ours;

    private Task ChooseAsync(ImportField field, ImportValue value, string? chosen) =>
        Map.InvokeAsync(
            chosen switch
            {
                null or "" => Mapping.WithValue(field, value.Value, null),
                Make => Mapping.WithCategory(new NewCategory(value.Value)),
                Leave => Mapping.WithValue(field, value.Value, ImportFieldMapping.Skip),
                _ => Mapping.WithValue(field, value.Value, chosen),
            }
        );

    private Task RemakeAsync(NewCategory made) => Map.InvokeAsync(Mapping.WithCategory(made));

    private Task TakeProposedAsync(ImportField field, List<ImportValue> open) =>
        Map.InvokeAsync(
            open.Where(v => v.Proposed is not null).Aggregate(Mapping, (mapping, v) => mapping.WithValue(field, v.Value, v.Proposed))
        );

    private Task MakeAllAsync(List<ImportValue> open) =>
        Map.InvokeAsync(open.Where(CanBeMade).Aggregate(Mapping, (mapping, v) => mapping.WithCategory(new NewCategory(v.Value))));

    private void More(ImportField field) => _shown[field] = _shown.GetValueOrDefault(field, Page) + Page;

    private string Standing(int all, int open) =>
        open == 0 ? $"{viewer.Number(all)} values, all understood."
        : open == 1 ? $"{viewer.Number(all)} values; 1 still needs one of ours."
        : $"{viewer.Number(all)} values; {viewer.Number(open)} still need one of ours.";
}
