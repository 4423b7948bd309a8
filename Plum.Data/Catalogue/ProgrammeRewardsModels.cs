using Plum.Domain.Catalogue;

namespace Plum.Data.Catalogue;

/// <param name="ClientCode">Of the client whose programme it is.</param>
public sealed record ProgrammeRewardsView(
    Guid ProgrammeId,
    string Programme,
    string ClientCode,
    IReadOnlyList<NamedLine> Allowed,
    IReadOnlyList<NamedLine> Denied,
    int Favourites,
    int Version
);

/// <param name="Name">Of the reward, brand or supplier; null for a kind or a country, and for what is no longer there.</param>
public sealed record NamedLine(RewardLine Line, string? Name);

/// <param name="SeenVersion">0 for a programme that has chosen nothing yet.</param>
public sealed record ChooseRewards(
    Guid ProgrammeId,
    int SeenVersion,
    IReadOnlyList<RewardLine> Allowed,
    IReadOnlyList<RewardLine> Denied,
    string? Why = null
);

public sealed record FavourReward(Guid ProgrammeId, Guid RewardId, bool IsFavourite);
