using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Audit;
using Plum.Portal.Shared;

namespace Plum.Portal.Audit;

/// <summary>The explorer: its filters and its place stand in the address.</summary>
public partial class AuditsPage(AuditService audit, CurrentActor actor, Viewer viewer, NavigationManager navigation)
{
    private readonly Loadable<AuditPage> _page = new();
    private AuditAddress _address = new();
    private IReadOnlyList<string> _rooms = [];
    private IReadOnlyList<string> _verbs = [];
    private IReadOnlyList<Plum.Data.Audit.Institution> _institutions = [];

    [SupplyParameterFromQuery]
    public string? Room { get; set; }

    [SupplyParameterFromQuery]
    public string? What { get; set; }

    [SupplyParameterFromQuery]
    public string? Subject { get; set; }

    [SupplyParameterFromQuery]
    public string? Who { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public long? Before { get; set; }

    [SupplyParameterFromQuery]
    public string? Institution { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _address = new AuditAddress(Room, What, Subject, Who, From, To, Before, Institution);
        var by = await actor.GetAsync();
        if (_rooms.Count == 0)
        {
            (_rooms, _verbs) = await audit.WordsAsync(by, Leaving);
            _institutions = await audit.InstitutionsAsync(by, Leaving);
        }

        var query = _address.Query(viewer.ToUtc);
        await LoadAsync(_page, async ct => await audit.ListAsync(query, by, ct) ?? new AuditPage([], false), $"audit {_address.Link}");
    }

    private void Go(AuditAddress address) => navigation.NavigateTo((address with { Before = null }).Link);

    private static string? Text(ChangeEventArgs e) => e.Value as string is { Length: > 0 } text ? text.Trim() : null;
}

/// <summary>The explorer's address, read and written in one place; the export takes the same filters.</summary>
/// <param name="From">A day as <c>yyyy-MM-dd</c>, in the viewer's zone; what is no day is left out.</param>
public sealed record AuditAddress(
    string? Room = null,
    string? What = null,
    string? Subject = null,
    string? Who = null,
    string? From = null,
    string? To = null,
    long? Before = null,
    string? Institution = null
)
{
    public const string ExportPath = "/audit/export";

    public bool IsFiltered =>
        Room is not null
        || What is not null
        || Subject is not null
        || Who is not null
        || From is not null
        || To is not null
        || Institution is not null;

    public string Link => "/audit" + Text;

    public string Export => ExportPath + (this with { Before = null }).Text;

    public string OfSubject(AuditRow row) => new AuditAddress(Room: row.Room, Subject: row.Subject).Link;

    /// <param name="toUtc">From a local time of the viewer's to UTC.</param>
    public AuditQuery Query(Func<DateTime, DateTime> toUtc) =>
        new(
            Room,
            Subject,
            Who,
            What,
            null,
            Institution is null ? null
                : Guid.TryParse(Institution, out var partner) ? partner
                : Guid.Empty, // one that is no key is nobody's
            Midnight(From, 0, toUtc),
            Midnight(To, 1, toUtc),
            Before
        );

    private string Text
    {
        get
        {
            (string Name, string? Value)[] parts =
            [
                ("room", Room),
                ("what", What),
                ("subject", Subject),
                ("who", Who),
                ("from", From),
                ("to", To),
                ("institution", Institution),
                ("before", Before?.ToString(CultureInfo.InvariantCulture)),
            ];
            var query = string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
            return query.Length == 0 ? "" : "?" + query;
        }
    }

    private static DateTime? Midnight(string? day, int daysLater, Func<DateTime, DateTime> toUtc) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? toUtc(date.AddDays(daysLater).ToDateTime(TimeOnly.MinValue))
            : null;
}
