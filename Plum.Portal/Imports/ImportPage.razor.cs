using Microsoft.AspNetCore.Components;
using Plum.Data.Imports;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

public sealed partial class ImportPage(ImportService imports, Viewer viewer, Toasts toasts, Confirmations confirm)
{
    private const string Columns = "columns";

    private static readonly IReadOnlyList<(string Step, string Label)> _steps =
    [
        (Columns, "1 Columns"),
        ("values", "2 Values"),
        ("check", "3 Check and import"),
    ];

    private readonly Loadable<ImportView?> _import = new();
    private string _loaded = "";
    private string _step = Columns;
    private ImportMapping? _mapping; // ahead of what is saved, while it is being saved
    private bool _saving;
    private bool _busy;

    /// <summary>Such as IMP-3.</summary>
    [Parameter]
    public string Reference { get; set; } = "";

    private ImportMapping Mapping => _mapping ?? _import.Value?.Mapping ?? ImportMapping.Nothing;

    protected override async Task OnAddressAsync()
    {
        _step = ListAddress.Read(Navigation.Uri).Text("step") is { } step && _steps.Any(s => s.Step == step) ? step : Columns;
        if (_loaded != Reference)
        {
            _loaded = Reference;
            await LookAsync();
        }
        else if (_step == "check")
        {
            await LookAsync(); // categories and dispositions may be others by now
        }
    }

    private Task LookAsync() =>
        LoadAsync(_import, async ct => ImportReference.Parse(Reference) is { } number ? await imports.ViewAsync(number, By, ct) : null);

    /// <summary>Saves as one goes. What is chosen while an earlier choice is being saved goes with the next.</summary>
    private async Task MapAsync(ImportMapping mapping)
    {
        _mapping = mapping;
        if (_saving)
        {
            return;
        }

        _saving = true;
        while (_mapping is { } newest && _import.Value is { } import)
        {
            var outcome = await imports.MapAsync(new MapImport(import.Number, import.Version, newest), By, CancellationToken.None);
            if (outcome is not Outcome.Done)
            {
                toasts.Show(outcome, "");
                _mapping = null;
            }

            await LookAsync();
            _mapping = ReferenceEquals(_mapping, newest) ? null : _mapping;
        }

        _saving = false;
    }

    private async Task DiscardAsync(ImportView import)
    {
        var reference = ImportReference.Of(import.Number);
        if (
            !await confirm.AskAsync(
                $"Discard {reference}?",
                $"{import.FileName} and its mapping are thrown away. No ticket was made of it.",
                "Discard",
                danger: true
            )
        )
        {
            return;
        }

        _busy = true;
        var outcome = await imports.DiscardAsync(new DiscardImport(import.Number, import.Version), By, CancellationToken.None);
        _busy = false;
        if (toasts.Show(outcome, $"{reference} is discarded."))
        {
            Navigation.NavigateTo(ImportLinks.All);
        }
        else
        {
            await LookAsync();
        }
    }

    private string Link(string step) => step == Columns ? $"{ImportLinks.All}/{Reference}" : $"{ImportLinks.All}/{Reference}?step={step}";

    private string About(ImportView import) =>
        $"{import.FileName}, {viewer.Number(Math.Max(0.1m, import.Bytes / 1_048_576m), 1)} MB, for {import.ClientName}. Uploaded by {import.Who} on {viewer.Time(import.UploadedAtUtc)}.";
}
