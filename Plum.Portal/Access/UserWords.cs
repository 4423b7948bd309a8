using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

internal static class UserWords
{
    public static (string Word, Meaning Meaning, string Icon) State(UserState state) =>
        state switch
        {
            UserState.Active => ("Active", Meaning.Good, "good"),
            UserState.Invited => ("Invited", Meaning.Info, "mail"),
            UserState.Locked => ("Locked", Meaning.Warn, "lock"),
            UserState.Disabled => ("Disabled", Meaning.None, "none"),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };

    public static string List(IEnumerable<Role> roles) => string.Join(", ", roles.Select(Roles.Label));

    public static string Factor(bool app, bool passkey) =>
        (app, passkey) switch
        {
            (true, true) => "App, passkey",
            (true, false) => "App",
            (false, true) => "Passkey",
            _ => "None",
        };
}
