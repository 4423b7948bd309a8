using System.Globalization;
using Plum.Data.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>Offers the auditors' workbook for a period: the month before, unless others are chosen.</summary>
public partial class EvidenceExportPage(EvidenceService evidence, Viewer viewer, TimeProvider clock)
{
    private readonly Loadable<EvidenceOffer> _shown = new();
    private readonly (string, string)[] _crumbs = [("Approvals", ApprovalWords.Path)];
    private ListAddress _list = ListAddress.Read(EvidenceWords.Path);
    private EvidenceAddress _address = EvidenceAddress.Of(ListAddress.Read(EvidenceWords.Path));

    protected override Task OnAddressAsync()
    {
        _list = ListAddress.Read(Navigation.Uri, "from", "to", "kind", "state", "client", "institution");
        if (_list.Day("from") is null || _list.Day("to") is null)
        {
            var first = viewer.DayOf(clock.GetUtcNow().UtcDateTime);
            first = new DateOnly(first.Year, first.Month, 1);
            _list = ListAddress.Read(
                _list.With("from", Text(_list.Day("from") ?? first.AddMonths(-1))),
                "from",
                "to",
                "kind",
                "state",
                "client",
                "institution"
            );
            _list = ListAddress.Read(
                _list.With("to", Text(_list.Day("to") ?? first.AddDays(-1))),
                "from",
                "to",
                "kind",
                "state",
                "client",
                "institution"
            );
        }

        _address = EvidenceAddress.Of(_list);
        return LoadAsync(_shown, ReadAsync);
    }

    private async Task<EvidenceOffer> ReadAsync(CancellationToken ct) =>
        new(
            _address.Period(viewer.ToUtc) is { } period ? await evidence.CountAsync(period, By, ct) : 0,
            await evidence.ChoicesAsync(By, ct)
        );

    private void Go(string key, string? value) => Navigation.NavigateTo(_list.With(key, value?.ToLowerInvariant()));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <param name="Requests">How many the workbook would hold.</param>
public sealed record EvidenceOffer(int Requests, EvidenceChoices Choices);
