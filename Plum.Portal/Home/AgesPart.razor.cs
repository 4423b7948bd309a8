using System.Globalization;
using Plum.Data.Home;
using Plum.Portal.Shared;

namespace Plum.Portal.Home;

/// <summary>How old the backlog is.</summary>
public partial class AgesPart(HomeService home, CurrentActor actor, Viewer viewer)
{
    private readonly Loadable<IReadOnlyList<AgedBacklog>> _ages = new();

    protected override Task OnInitializedAsync() =>
        LoadAsync(_ages, async ct => await home.AgesAsync(viewer.Zone.Id, await actor.GetAsync(), ct), keep: "home:ages");

    private static string Width(AgedBacklog age, IReadOnlyList<AgedBacklog> ages) =>
        (100m * age.Count / Math.Max(1, ages.Max(a => a.Count))).ToString("0.#", CultureInfo.InvariantCulture);
}
