using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Reports;
using Plum.Domain.Access;
using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Reports;

/// <summary>The library: every report, newest month first, and the making of one. Filters and page stand in the address.</summary>
public partial class ReportsPage(ReportService reports, CurrentActor actor, Viewer viewer, NavigationManager navigation)
{
    private const int Size = 50;

    private readonly Loadable<ReportsList> _page = new();
    private readonly MakeForm _form = new();
    private IReadOnlyList<ReportClient> _clients = [];
    private IReadOnlyList<int> _years = [];
    private Refusal? _refused;
    private bool _mayMake;
    private bool _making;
    private bool _busy;

    /// <summary>A client's code.</summary>
    [SupplyParameterFromQuery]
    public string? Client { get; set; }

    [SupplyParameterFromQuery]
    public string? Year { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    private int Number => Math.Max(PageNumber ?? 1, 1);

    protected override async Task OnParametersSetAsync()
    {
        var by = await actor.GetAsync();
        _mayMake = by.May(Act.MakeReports);
        (_clients, _years) = await reports.ChoicesAsync(by, Leaving);
        var chosen = _clients.FirstOrDefault(c => string.Equals(c.Code, Client, StringComparison.OrdinalIgnoreCase));
        var year =
            int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && y is > 1900 and < 2300 ? y : (int?)null;
        var query = new ReportListQuery(Client is null ? null : chosen?.Id ?? Guid.Empty, year, (Number - 1) * Size, Size);
        await LoadAsync(
            _page,
            async ct =>
            {
                var page = await reports.ListAsync(query, by, ct);
                return new ReportsList(page.Rows, page.Total);
            },
            keep: Address(Client, Year, Number)
        );
    }

    private async Task MakeAsync()
    {
        var client = _clients.FirstOrDefault(c => c.Code == _form.Client);
        _refused =
            client is null ? new Refusal("report.client", "Choose the client.", "Client")
            : ReportMonth.Parse(_form.Month) is null ? ReportRefusals.MonthForm
            : null;
        if (_refused is not null)
        {
            return;
        }

        _busy = true;
        var command = new MakeReport(client!.Id, ReportMonth.Parse(_form.Month)!.Value);
        var outcome = await reports.MakeAsync(command, await actor.GetAsync(), CancellationToken.None);
        _busy = false;
        if (outcome is Outcome.Done done)
        {
            navigation.NavigateTo($"/reports/{done.Key}");
        }
        else
        {
            _refused = (outcome as Outcome.Refused)?.Why;
        }
    }

    private void Go(string? client, string? year) => navigation.NavigateTo(Address(client, year, 1));

    private static string Address(string? client, string? year, int page)
    {
        (string Name, string? Value)[] parts =
        [
            ("client", client),
            ("year", year),
            ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null),
        ];
        var query = string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? "/reports" : $"/reports?{query}";
    }

    private static string? Text(ChangeEventArgs e) => e.Value as string is { Length: > 0 } text ? text : null;

    private sealed class MakeForm
    {
        public string Client { get; set; } = "";
        public string? Month { get; set; }
    }
}

public sealed record ReportsList(IReadOnlyList<ReportRow> Rows, int Total);
