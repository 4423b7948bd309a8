using Plum.Data.Access;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

/// <summary>Who waits for an administrator: invited and not come, locked out, disabled.</summary>
public partial class PeoplePart(UserService users, CurrentActor actor, Viewer viewer)
{
    private static readonly UserState[] _states = [UserState.Locked, UserState.Invited, UserState.Disabled, UserState.Active];

    private readonly Loadable<IReadOnlyList<PeopleCount>> _people = new();

    protected override Task OnInitializedAsync() =>
        LoadAsync(
            _people,
            async ct =>
            {
                var by = await actor.GetAsync();
                var counts = new List<PeopleCount>();
                foreach (var state in _states)
                {
                    counts.Add(new PeopleCount(state, (await users.ListAsync(new UserListQuery(0, 0, State: state), by, ct)).Total));
                }

                return (IReadOnlyList<PeopleCount>)counts;
            },
            keep: "home:people"
        );

    private sealed record PeopleCount(UserState State, int Count);
}
