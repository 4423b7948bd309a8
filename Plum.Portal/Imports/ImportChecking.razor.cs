using Microsoft.AspNetCore.Components;
using Plum.Data.Imports;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

/// <summary>Every row judged, the first as the tickets that they become, and the step that makes them all.</summary>
public sealed partial class ImportChecking(ImportService imports, Viewer viewer)
{
    private const int Previewed = 10;
    private const int Named = 5;

    private readonly Loadable<IReadOnlyList<ImportPreviewRow>> _preview = new();
    private ImportMapping? _previewed;
    private ImportProgress? _progress;
    private Refusal? _refusal;
    private bool _busy;

    [Parameter, EditorRequired]
    public ImportView Import { get; set; } = null!;

    /// <inheritdoc cref="ImportColumns.Mapping" />
    [Parameter, EditorRequired]
    public ImportMapping Mapping { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <inheritdoc cref="ImportColumns.Look" />
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    [Parameter, EditorRequired]
    public string Values { get; set; } = "";

    [Parameter, EditorRequired]
    public string Columns { get; set; } = "";

    private bool IsSaved => ReferenceEquals(Mapping, Import.Mapping);

    private ImportCheck? Check => IsSaved ? Import.Check : null;

    private Refusal? Cannot => ImportRefusals.ForMapping(Mapping, Import.Form.Headers, Import.World);

    private bool Changed => Check is { } check && check.Fingerprint != Import.World.Fingerprint();

    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_previewed, Mapping))
        {
            var mapping = _previewed = Mapping;
            await LoadAsync(_preview, ct => Task.Run(() => imports.Preview(Import, mapping, Previewed, By), ct));
        }
    }

    private async Task CheckAsync()
    {
        (_busy, _refusal, _progress) = (true, null, new ImportProgress(0, 0, 0));
        Told(await imports.CheckAsync(Import.Number, Import.Version, By, new Progress<ImportProgress>(Show), CancellationToken.None));
        (_busy, _progress) = (false, null);
        await Look.InvokeAsync();
    }

    private async Task CommitAsync()
    {
        (_busy, _refusal) = (true, null);
        Told(await imports.CommitAsync(new CommitImport(Import.Number, Import.Version), By, CancellationToken.None));
        _busy = false;
        await Look.InvokeAsync();
    }

    private void Told(Outcome outcome) =>
        _refusal = outcome switch
        {
            Outcome.Refused(var why) => why with { Field = null },
            Outcome.Stale => new Refusal("import.stale", Toasts.StaleText),
            _ => null,
        };

    private void Show(ImportProgress progress) =>
        _ = InvokeAsync(() =>
        {
            _progress = _busy ? progress : null;
            StateHasChanged();
        });

    private string Unmapped(ImportCheck check)
    {
        var named = string.Join(
            ", ",
            check.Unmapped.Take(Named).Select(u => $"{u.Value} ({ImportFields.Of(u.Field).Name}, {viewer.Number(u.Rows)} rows)")
        );
        var more = check.Unmapped.Count > Named ? $" and {viewer.Number(check.Unmapped.Count - Named)} more" : "";
        return $"Values that are none of ours: {named}{more}.";
    }

    private static string YesNo(bool? value) =>
        value switch
        {
            true => "yes",
            false => "no",
            null => "",
        };
}
