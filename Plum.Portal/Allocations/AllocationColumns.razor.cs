using Microsoft.AspNetCore.Components;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Allocations;

/// <summary>Which column is which field, with what is in it beside it.</summary>
public sealed partial class AllocationColumns(AllocationService files, Viewer viewer, Toasts toasts)
{
    private static readonly IReadOnlyList<(char Delimiter, string Name)> _delimiters =
    [
        (',', "comma"),
        (';', "semicolon"),
        ('\t', "tab"),
        ('|', "bar"),
    ];

    private readonly Loadable<IReadOnlyList<AllocationColumn>> _columns = new();
    private AllocationMapping? _ahead; // of what is saved, while it is being saved
    private bool _saving;
    private bool _busy;

    [Parameter, EditorRequired]
    public AllocationView File { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Asks for the file as it is now.</summary>
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    private AllocationMapping Mapping => _ahead ?? File.Mapping;

    private List<Refusal> Missing => [.. AllocationMappingRules.Each(Mapping, File.Form.Headers)];

    /// <summary>Fields that no column gives and one text may.</summary>
    private List<AllocationFieldFacts> Constants =>
        [.. AllocationFields.All.Where(f => f.TakesConstant && Mapping[f.Field] is not { Columns.Count: > 0 })];

    protected override Task OnInitializedAsync() => LoadAsync(_columns, ct => Task.Run(() => files.ColumnsAsync(File.Number, By, ct), ct));

    private AllocationField? FieldOf(string column) => Mapping.Sources.FirstOrDefault(s => s.Columns.Contains(column))?.Field;

    private Task ChooseAsync(string column, string chosen) =>
        MapAsync(Mapping.WithColumn(Enum.TryParse<AllocationField>(chosen, out var field) ? field : null, column, File.Form.Headers));

    private Task ConstantAsync(AllocationField field, string text) =>
        MapAsync(Mapping.With(field, new AllocationSource(field, [], text.Trim())));

    /// <summary>Saves as one goes. What is chosen while an earlier choice is being saved goes with the next.</summary>
    private async Task MapAsync(AllocationMapping mapping)
    {
        _ahead = mapping;
        if (_saving)
        {
            return;
        }

        _saving = true;
        while (_ahead is { } newest)
        {
            var outcome = await files.MapAsync(new(File.Number, File.Version, newest), By, CancellationToken.None);
            if (outcome is not Outcome.Done)
            {
                toasts.Show(outcome, "");
                _ahead = null;
            }

            await Look.InvokeAsync();
            _ahead = ReferenceEquals(_ahead, newest) ? null : _ahead;
        }

        _saving = false;
    }

    private async Task ReadAsAsync(string encoding, char delimiter)
    {
        var outcome = await files.ReadAsAsync(new(File.Number, File.Version, encoding, delimiter), By, CancellationToken.None);
        if (outcome is not Outcome.Done)
        {
            toasts.Show(outcome, "");
        }

        await Look.InvokeAsync();
    }

    private async Task CheckAsync()
    {
        _busy = true;
        var outcome = await files.CheckAsync(new(File.Number, File.Version), By, CancellationToken.None);
        _busy = false;
        if (outcome is not Outcome.Done)
        {
            toasts.Show(outcome, "");
        }

        await Look.InvokeAsync();
    }

    private string Filled(AllocationColumn column) =>
        column.Sampled == 0 ? "empty"
        : column.Filled == column.Sampled ? "always filled"
        : column.Filled == 0 ? "empty"
        : $"{viewer.Number(100m * column.Filled / column.Sampled, 0)}% filled";

    private static string Text(ChangeEventArgs e) => e.Value as string ?? "";
}
