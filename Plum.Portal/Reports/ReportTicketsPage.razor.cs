using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Reports;
using Plum.Portal.Shared;

namespace Plum.Portal.Reports;

/// <summary>What is behind one number of a report: exactly as many rows as it says.</summary>
public partial class ReportTicketsPage(ReportService reports, CurrentActor actor, Viewer viewer)
{
    private const int Size = 100;

    private readonly Loadable<BehindFound> _behind = new();

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>A selection, as it stands in the report.</summary>
    [SupplyParameterFromQuery]
    public string? Figure { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    private int Number => Math.Max(PageNumber ?? 1, 1);

    public static string Address(Guid report, string selection, int page) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"/reports/{report}/tickets?figure={Uri.EscapeDataString(selection)}{(page > 1 ? $"&page={page}" : "")}"
        );

    protected override async Task OnParametersSetAsync()
    {
        var by = await actor.GetAsync();
        await LoadAsync(
            _behind,
            async ct => new BehindFound(await reports.BehindAsync(Id, Figure ?? "", (Number - 1) * Size, Size, by, ct)),
            keep: Address(Id, Figure ?? "", Number)
        );
    }
}

/// <param name="View">Null when there is no such figure for this person.</param>
public sealed record BehindFound(BehindView? View);
