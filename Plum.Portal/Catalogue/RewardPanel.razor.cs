using Microsoft.AspNetCore.Components;
using Plum.Data.Catalogue;
using Plum.Data.Clients;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>One reward beside the list, with what a programme may do with it.</summary>
public sealed partial class RewardPanel(RewardService rewards, ProgrammeRewardsService lists, Viewer viewer, Toasts toasts)
{
    private RewardRow? _row;
    private bool _isRead;
    private bool _isDenied;
    private (string?, Guid?) _shown;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Null while none is open.</summary>
    [Parameter]
    public string? Code { get; set; }

    [Parameter]
    public ProgrammeChoice? Programme { get; set; }

    [Parameter]
    public bool CanChoose { get; set; }

    [Parameter]
    public EventCallback Close { get; set; }

    [Parameter]
    public EventCallback<RewardRow> Edit { get; set; }

    /// <summary>What the list shows of it is no longer so.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Code, Programme?.Id) && Code is not null)
        {
            _shown = (Code, Programme?.Id);
            (_row, _isRead) = (null, false);
            await ReadAsync();
        }

        if (Code is null)
        {
            _shown = default; // what it shows stays readable until the sheet is gone
        }
    }

    private async Task ReadAsync()
    {
        _row = await rewards.ViewAsync(Code!, Programme?.Id, By, Leaving);
        _isDenied =
            _row is not null
            && Programme is not null
            && await lists.ViewAsync(Programme.Id, By, Leaving) is { } chosen
            && chosen.Denied.Any(l => l.Line == RewardLine.Reward(_row.Id));
        _isRead = true;
    }

    private Task FavourAsync() =>
        DoneAsync(
            () => lists.FavourAsync(new FavourReward(Programme!.Id, _row!.Id, !_row.IsFavourite), By, CancellationToken.None),
            _row!.IsFavourite ? $"{_row.Name} is no favourite any more." : $"{_row.Name} is a favourite of {Programme!.Name}."
        );

    private Task DenyAsync(bool deny) =>
        DoneAsync(
            async () =>
            {
                var (chosen, line) = (await lists.ViewAsync(Programme!.Id, By, CancellationToken.None), RewardLine.Reward(_row!.Id));
                if (chosen is null)
                {
                    return Refusals.NotFound;
                }

                var denied = chosen.Denied.Select(l => l.Line).Where(l => l != line);
                return await lists.ChooseAsync(
                    new ChooseRewards(
                        Programme.Id,
                        chosen.Version,
                        [.. chosen.Allowed.Select(l => l.Line)],
                        deny ? [.. denied, line] : [.. denied]
                    ),
                    By,
                    CancellationToken.None
                );
            },
            deny ? $"{Programme!.Name} may not give {_row!.Name}." : $"{_row!.Name} is off the deny list of {Programme!.Name}."
        );

    private async Task DoneAsync(Func<Task<Outcome>> command, string said)
    {
        toasts.Show(await command(), said);
        await ReadAsync();
        await Changed.InvokeAsync();
    }
}
