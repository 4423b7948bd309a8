using Plum.Domain.Shared;

namespace Plum.Domain.Catalogue;

/// <summary>
/// Which rewards a programme may give, and which of them its people like best. What is denied is denied; of the rest an empty allow list
/// allows all, another only what one of its lines names.
/// </summary>
public sealed class ProgrammeRewards : IVersioned
{
    public const int MaxLines = 500;

    /// <summary>They all stand on the first page.</summary>
    public const int MaxFavourites = 50;

    private ProgrammeRewards() { } // EF Core

    public Guid Id { get; private init; }
    public Guid ProgrammeId { get; private init; }
    public IReadOnlyList<RewardLine> Allowed { get; private set; } = [];
    public IReadOnlyList<RewardLine> Denied { get; private set; } = [];

    /// <summary>Rewards.</summary>
    public IReadOnlyList<Guid> Favourites { get; private set; } = [];
    public int Version { get; private set; }

    /// <summary>Of a programme that has chosen nothing yet: it may give everything.</summary>
    public static ProgrammeRewards Of(Guid programmeId) => new() { ProgrammeId = programmeId };

    public RewardRules Rules => new(Allowed, Denied);

    public void Choose(IReadOnlyList<RewardLine> allowed, IReadOnlyList<RewardLine> denied)
    {
        RefusedException.ThrowIf(ProgrammeRewardRefusals.ForLines(allowed, denied));

        (Allowed, Denied) = ([.. allowed.Distinct()], [.. denied.Distinct()]);
    }

    public void Favour(Guid rewardId, bool isFavourite)
    {
        RefusedException.ThrowIf(CannotFavour(rewardId, isFavourite));

        Favourites = isFavourite ? [.. Favourites.Append(rewardId).Distinct()] : [.. Favourites.Where(f => f != rewardId)];
    }

    public Refusal? CannotFavour(Guid rewardId, bool isFavourite) =>
        isFavourite && Favourites.Count >= MaxFavourites && !Favourites.Contains(rewardId)
            ? ProgrammeRewardRefusals.TooManyFavourites
            : null;
}

public enum RewardLineKind
{
    Reward = 1,
    Brand = 2,
    Kind = 3,
    Supplier = 4,
    Country = 5,
}

/// <summary>One line of an allow or deny list.</summary>
/// <param name="Value">A key of a reward, brand or supplier; the name of a kind; a country's two letters.</param>
public sealed record RewardLine(RewardLineKind Kind, string Value)
{
    public static RewardLine Reward(Guid id) => new(RewardLineKind.Reward, id.ToString());

    public static RewardLine Brand(Guid id) => new(RewardLineKind.Brand, id.ToString());

    public static RewardLine Supplier(Guid id) => new(RewardLineKind.Supplier, id.ToString());

    public static RewardLine Of(RewardKind kind) => new(RewardLineKind.Kind, kind.ToString());

    public static RewardLine Country(string code) => new(RewardLineKind.Country, code);
}

/// <summary>What the rule asks of a reward.</summary>
public readonly record struct RewardFacts(Guid RewardId, Guid BrandId, RewardKind Kind, Guid SupplierId, string Country)
{
    public static RewardFacts Of(Reward reward) => new(reward.Id, reward.BrandId, reward.Kind, reward.SupplierId, reward.Country);
}

/// <summary>The allow and deny lists of a programme, made ready to be asked about many rewards. Asked by page, service and validator alike.</summary>
public sealed class RewardRules(IReadOnlyList<RewardLine> allowed, IReadOnlyList<RewardLine> denied)
{
    private readonly Lines _allowed = new(allowed);
    private readonly Lines _denied = new(denied);

    public static RewardRules All { get; } = new([], []);

    public IReadOnlyList<RewardLine> Allowed { get; } = allowed;
    public IReadOnlyList<RewardLine> Denied { get; } = denied;

    public bool AllowsAll => Allowed.Count == 0 && Denied.Count == 0;

    /// <summary>Why the programme may not give this reward; null when it may.</summary>
    public Refusal? CannotGive(in RewardFacts reward) =>
        _denied.Name(reward) ? ProgrammeRewardRefusals.Denied
        : Allowed.Count > 0 && !_allowed.Name(reward) ? ProgrammeRewardRefusals.NotAllowed
        : null;

    private sealed class Lines
    {
        private readonly HashSet<Guid> _rewards = [];
        private readonly HashSet<Guid> _brands = [];
        private readonly HashSet<Guid> _suppliers = [];
        private readonly HashSet<RewardKind> _kinds = [];
        private readonly HashSet<string> _countries = new(StringComparer.OrdinalIgnoreCase);

        public Lines(IReadOnlyList<RewardLine> lines)
        {
            foreach (var (kind, value) in lines)
            {
                _ = kind switch
                {
                    RewardLineKind.Reward => _rewards.Add(Guid.Parse(value)),
                    RewardLineKind.Brand => _brands.Add(Guid.Parse(value)),
                    RewardLineKind.Supplier => _suppliers.Add(Guid.Parse(value)),
                    RewardLineKind.Kind => _kinds.Add(Enum.Parse<RewardKind>(value)),
                    _ => _countries.Add(value),
                };
            }
        }

        public bool Name(in RewardFacts reward) =>
            _rewards.Contains(reward.RewardId)
            || _brands.Contains(reward.BrandId)
            || _suppliers.Contains(reward.SupplierId)
            || _kinds.Contains(reward.Kind)
            || _countries.Contains(reward.Country);
    }
}

public static class ProgrammeRewardRefusals
{
    public static readonly Refusal Denied = new("programme-rewards.denied", "The programme's deny list names this reward. Choose another.");

    public static readonly Refusal NotAllowed = new(
        "programme-rewards.not-allowed",
        "The programme's allow list does not name this reward. Choose another, or have it allowed."
    );

    public static readonly Refusal TooManyFavourites = new(
        "programme-rewards.favourites",
        $"A programme has at most {ProgrammeRewards.MaxFavourites} favourites. Take one away first."
    );

    public static Refusal? ForLines(IReadOnlyList<RewardLine> allowed, IReadOnlyList<RewardLine> denied) =>
        allowed.Count > ProgrammeRewards.MaxLines || denied.Count > ProgrammeRewards.MaxLines
            ? new Refusal(
                "programme-rewards.too-many",
                $"A list has at most {ProgrammeRewards.MaxLines} lines. Name a brand or a country instead."
            )
        : allowed.Concat(denied).All(IsReadable) ? null
        : new Refusal("programme-rewards.line", "Choose what each line of the lists names.");

    private static bool IsReadable(RewardLine line) =>
        line.Kind switch
        {
            RewardLineKind.Reward or RewardLineKind.Brand or RewardLineKind.Supplier => Guid.TryParse(line.Value, out _),
            RewardLineKind.Kind => Enum.TryParse<RewardKind>(line.Value, out var kind) && Enum.IsDefined(kind),
            RewardLineKind.Country => line.Value.Length == 2 && line.Value.All(char.IsAsciiLetterUpper),
            _ => false,
        };
}
