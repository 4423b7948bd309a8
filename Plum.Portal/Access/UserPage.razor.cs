using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

public partial class UserPage(UserService service, CurrentActor actor, Toasts toasts, NavigationManager navigation, PortalAddress address)
{
    private readonly Loadable<Shown> _page = new();
    private RightsForm _rights = new();
    private IReadOnlyList<StaleNotice.Change>? _staleRights;
    private string _reason = "";
    private Refusal? _refusal;
    private Refusal? _reasonRefusal;
    private bool _busy;

    [Parameter]
    public Guid Id { get; set; }

    private UserView User => _page.Value!.User!;

    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync(_page, ReadAsync, keep: $"user {Id}");
        TakeTheirs();
    }

    private async Task<Shown> ReadAsync(CancellationToken ct)
    {
        var by = await actor.GetAsync();
        return new Shown(await service.GetAsync(Id, by, ct), await service.ChoicesAsync(by, ct));
    }

    private async Task SaveRightsAsync()
    {
        var command = new ChangeRoles(Id, _rights.Roles, _rights.ClientId, _rights.PartnerId, User.Version);
        var outcome = await DoAsync(async by => await service.ChangeRolesAsync(command, by, CancellationToken.None));
        _refusal = (outcome as Outcome.Refused)?.Why;
        if (outcome is Outcome.Stale)
        {
            await ReloadAsync();
            _staleRights = Differences();
        }
        else if (toasts.Show(outcome, "The roles are saved; they are signed out."))
        {
            await ReloadAsync();
            TakeTheirs();
        }
    }

    private async Task DisableAsync()
    {
        var command = new DisableUser(Id, _reason, User.Version);
        await TakeAwayAsync(
            by => service.DisableAsync(command, by, CancellationToken.None),
            $"{User.Name} is disabled and signed out.",
            undo: async () =>
                await ThenAsync(by => service.EnableAsync(new EnableUser(Id, User.Version), by, CancellationToken.None), "Enabled again.")
        );
    }

    private async Task ResetSecondFactorAsync()
    {
        var command = new ResetSecondFactor(Id, _reason, User.Version);
        await TakeAwayAsync(
            by => service.ResetSecondFactorAsync(command, by, CancellationToken.None),
            "The second factor is taken away; the password alone signs them in."
        );
    }

    private Task EnableAsync() =>
        ThenAsync(by => service.EnableAsync(new EnableUser(Id, User.Version), by, CancellationToken.None), "The account is enabled.");

    private Task UnlockAsync() =>
        ThenAsync(by => service.UnlockAsync(new UnlockUser(Id), by, CancellationToken.None), "The account is unlocked.");

    private Task InviteAgainAsync() =>
        ThenAsync(
            by => service.InviteAgainAsync(new InviteAgain(Id, address.Of(navigation.BaseUri)), by, CancellationToken.None),
            "The invitation is sent again; the former link stops working."
        );

    private Task EndSessionsAsync() =>
        ThenAsync(by => service.EndSessionsAsync(new EndSessions(Id), by, CancellationToken.None), "They are signed out everywhere.");

    private async Task TakeAwayAsync(Func<Actor, Task<Outcome>> act, string done, Func<Task>? undo = null)
    {
        var outcome = await DoAsync(act);
        _reasonRefusal = outcome is Outcome.Refused { Why: { Field: "Reason" } why } ? why : null;
        if (_reasonRefusal is not null)
        {
            return;
        }

        if (toasts.Show(outcome, done, undo: undo))
        {
            _reason = "";
        }

        await ReloadAsync();
    }

    private async Task ThenAsync(Func<Actor, Task<Outcome>> act, string done)
    {
        toasts.Show(await DoAsync(act), done);
        await ReloadAsync();
        StateHasChanged(); // from a toast, whose click is not this component's
    }

    private async Task<Outcome> DoAsync(Func<Actor, Task<Outcome>> act)
    {
        _busy = true;
        var outcome = await act(await actor.GetAsync());
        _busy = false;
        return outcome;
    }

    private Task ReloadAsync() => _page.LoadAsync(ReadAsync, Leaving);

    private void TakeTheirs()
    {
        _staleRights = null;
        if (_page.Value?.User is { } user)
        {
            _rights = RightsForm.Of(user.Roles, user.ClientId, user.PartnerId);
        }
    }

    private void KeepMine() => _staleRights = null;

    private List<StaleNotice.Change> Differences()
    {
        var theirs = RightsForm.Of(User.Roles, User.ClientId, User.PartnerId);
        return
        [
            .. new[]
            {
                new StaleNotice.Change("Roles", UserWords.List(theirs.Roles.Order()), UserWords.List(_rights.Roles.Order())),
                new StaleNotice.Change("Belongs to", NameOf(theirs), NameOf(_rights)),
            }.Where(c => c.Theirs != c.Mine),
        ];
    }

    private string NameOf(RightsForm rights)
    {
        var choices = _page.Value!.Choices;
        return choices.Clients.Concat(choices.Partners).FirstOrDefault(c => c.Id == (rights.ClientId ?? rights.PartnerId))?.Name
            ?? "The house";
    }

    public sealed record Shown(UserView? User, BindingChoices Choices);
}
