using Microsoft.AspNetCore.Components;
using Plum.Data.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Access;

public partial class InvitePage(UserService service, CurrentActor actor, Toasts toasts, NavigationManager navigation, PortalAddress address)
{
    private readonly Loadable<BindingChoices> _choices = new();
    private readonly RightsForm _rights = new();
    private string _email = "";
    private string _name = "";
    private string _partner = "";
    private Refusal? _refusal;
    private bool _busy;

    protected override async Task OnInitializedAsync()
    {
        var by = await actor.GetAsync();
        await LoadAsync(_choices, ct => service.ChoicesAsync(by, ct), keep: "choices");
    }

    private async Task InviteAsync()
    {
        if (_busy)
        {
            return; // a second click of the same hand
        }

        _busy = true;
        var command = new InviteUser(_email, _name, _rights.Roles, _rights.ClientId, _rights.PartnerId, address.Of(navigation.BaseUri));
        var outcome = await service.InviteAsync(command, await actor.GetAsync(), CancellationToken.None);
        _busy = false;
        _refusal = (outcome as Outcome.Refused)?.Why;
        if (outcome is Outcome.Done done)
        {
            toasts.Done($"{_name.Trim()} is invited.", ("Invite another", "/users/invite"));
            navigation.NavigateTo($"/users/{done.Key}");
        }
    }

    private async Task AddPartnerAsync()
    {
        var by = await actor.GetAsync();
        var outcome = await service.AddPartnerAsync(new AddPartner(_partner), by, CancellationToken.None);
        _refusal = (outcome as Outcome.Refused)?.Why;
        if (outcome is Outcome.Done done)
        {
            _choices.Fill(await service.ChoicesAsync(by, Leaving));
            (_rights.BelongsTo, _partner) = (RightsForm.OfPartner(Guid.Parse(done.Key!)), "");
            toasts.Done("The institution is added and chosen.");
        }
    }

    private string? Invalid(string field) => _refusal?.Field == field ? "true" : null;
}
