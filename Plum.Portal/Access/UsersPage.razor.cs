using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

public partial class UsersPage(UserService service, CurrentActor actor, NavigationManager navigation)
{
    private const int Size = 50;

    private readonly Loadable<Page<UserRow>> _users = new();

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "role")]
    private string? RoleName { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? StateName { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? PageNumber { get; set; }

    private Role? WantedRole => Enum.TryParse<Role>(RoleName, out var role) && Enum.IsDefined(role) ? role : null;

    private UserState? WantedState => Enum.TryParse<UserState>(StateName, out var state) && Enum.IsDefined(state) ? state : null;

    private int Number => Math.Clamp(PageNumber ?? 1, 1, 1_000_000);

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || WantedRole is not null || WantedState is not null;

    protected override async Task OnParametersSetAsync()
    {
        var query = new UserListQuery((Number - 1) * Size, Size, Search, WantedRole, WantedState);
        var by = await actor.GetAsync();
        await LoadAsync(_users, ct => service.ListAsync(query, by, ct), keep: $"users {query}");
    }

    private void SearchFor(ChangeEventArgs change) => Show("q", change);

    private void ShowRole(ChangeEventArgs change) => Show("role", change);

    private void ShowState(ChangeEventArgs change) => Show("state", change);

    private void Show(string filter, ChangeEventArgs change)
    {
        var value = change.Value?.ToString()?.Trim();
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [filter] = string.IsNullOrEmpty(value) ? null : value,
                    ["page"] = null,
                }
            )
        );
    }

    private string PageLink(int page) => navigation.GetUriWithQueryParameter("page", page > 1 ? page : null);
}
