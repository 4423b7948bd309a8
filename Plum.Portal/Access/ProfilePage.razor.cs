using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Portal.Access;

public partial class ProfilePage(AccountService accounts, CookieDesk cookies, TimeProvider clock)
{
    private static readonly Lazy<IReadOnlyList<string>> ZoneNames = new(() =>
        [
            "UTC",
            .. TimeZoneInfo
                .GetSystemTimeZones(skipSorting: true)
                .Select(z => z.Id)
                .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ]
    );

    private static readonly DateTime Example = new(2026, 3, 31, 14, 5, 0, DateTimeKind.Unspecified);

    private static readonly Lazy<IReadOnlyList<(string Tag, string Label)>> CultureNames = new(() =>
        [.. AccountRules.Cultures.Select(tag => (tag, Label(tag))).OrderBy(c => c.Item2, StringComparer.Ordinal)]
    );

    private AccountView? _account;
    private DateTime _now;
    private bool _saved;
    private bool _stale;
    private IReadOnlyList<string> _zones = [];
    private IReadOnlyList<(string Tag, string Label)> _cultures = [];

    [SupplyParameterFromForm(FormName = "profile")]
    private ProfileForm Input { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "said")]
    private string? Said { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _now = clock.GetUtcNow().UtcDateTime;
        (_zones, _cultures) = (ZoneNames.Value, CultureNames.Value);
        _saved = Said == "saved" && !IsPost;
        _account = await accounts.GetAsync(By, Http.RequestAborted);
        Input ??= new ProfileForm
        {
            Name = _account?.Name,
            TimeZone = _account?.TimeZoneId,
            Culture = _account?.Culture,
            Look = _account?.DarkMode switch
            {
                true => "dark",
                false => "light",
                null => "",
            },
        };
    }

    private async Task SaveAsync()
    {
        bool? dark = Input.Look switch
        {
            "dark" => true,
            "light" => false,
            _ => null,
        };
        var seen = int.TryParse(Input.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
        var command = new ChangeProfile(Input.Name ?? "", Input.TimeZone, Input.Culture, dark, seen);
        switch (await accounts.ChangeProfileAsync(command, By, CancellationToken.None))
        {
            case Outcome.Done:
                await cookies.RenewAsync(Http);
                Go($"{AccountPaths.Profile}?said=saved");
                break;
            case Outcome.Refused refused:
                Refusal = refused.Why;
                break;
            default:
                _stale = true;
                break;
        }
    }

    private static string Label(string tag)
    {
        var culture = CultureInfo.GetCultureInfo(tag);
        return $"{culture.EnglishName}: {Example.ToString("g", culture)}, {1234567.89m.ToString("N2", culture)}";
    }

    public sealed class ProfileForm
    {
        public string? Name { get; set; }
        public string? TimeZone { get; set; }
        public string? Culture { get; set; }
        public string? Look { get; set; }
        public string? Version { get; set; }
    }
}
