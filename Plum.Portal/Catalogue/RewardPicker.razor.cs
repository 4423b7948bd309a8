using Microsoft.AspNetCore.Components;
using Plum.Data.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>A reward in use, found as the catalogue finds it: by words of its name, brand or code.</summary>
public partial class RewardPicker(RewardService service, CurrentActor actor) : PickerOf<RewardChoice>("Reward")
{
    /// <summary>Only what is sold in this country; null for all.</summary>
    [Parameter]
    public string? Country { get; set; }

    /// <summary>Only what is sold at this value; null for all.</summary>
    [Parameter]
    public Money? Worth { get; set; }

    /// <summary>Only what this programme may give; null for all.</summary>
    [Parameter]
    public Guid? ProgrammeId { get; set; }

    private async Task<IReadOnlyList<RewardChoice>> FindAsync(string text, CancellationToken ct) =>
        await service.FindAsync(new RewardWanted(text, Country, Worth, ProgrammeId), PickerOptions.Most, await actor.GetAsync(), ct);
}
