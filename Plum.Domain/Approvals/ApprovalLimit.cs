using Plum.Domain.Access;
using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

/// <summary>How much a role may do, of one kind in one currency, in minor units. Where there is no row, the limit is zero.</summary>
public sealed class ApprovalLimit : IVersioned
{
    private ApprovalLimit() { } // EF Core

    public Guid Id { get; private init; }

    /// <summary>The partner institution whose people it binds; null binds Plum's own.</summary>
    public Guid? PartnerId { get; private init; }
    public Role Role { get; private init; }
    public RequestKind Kind { get; private init; }
    public string Currency { get; private init; } = "";

    /// <summary>At most this, without a checker.</summary>
    public long MakeAlone { get; private set; }

    /// <summary>At most this, as a checker.</summary>
    public long Approve { get; private set; }

    /// <summary>All that one person asks for or does in a day, of UTC.</summary>
    public long PerDay { get; private set; }

    /// <summary>All that one person asks for or does for one beneficiary in 24 hours.</summary>
    public long PerBeneficiary { get; private set; }
    public int Version { get; private set; }

    public static ApprovalLimit Set(Guid? partnerId, Role role, RequestKind kind, string currency, LimitValues values)
    {
        RefusedException.ThrowIf(LimitRefusals.For(kind, currency, values));

        var limit = new ApprovalLimit
        {
            PartnerId = partnerId,
            Role = role,
            Kind = kind,
            Currency = currency,
        };
        limit.Change(values);
        return limit;
    }

    public void Change(LimitValues values)
    {
        RefusedException.ThrowIf(LimitRefusals.For(Kind, Currency, values));

        (MakeAlone, Approve, PerDay, PerBeneficiary) = (values.MakeAlone, values.Approve, values.PerDay, values.PerBeneficiary);
    }

    public LimitValues Values => new(MakeAlone, Approve, PerDay, PerBeneficiary);

    public LimitSnapshot Snapshot() => new(Id, Version, Role, Values);
}

/// <summary>Minor units; see <see cref="ApprovalLimit"/>.</summary>
public sealed record LimitValues(long MakeAlone, long Approve, long PerDay, long PerBeneficiary);

/// <summary>A limit as it was when it allowed something.</summary>
public sealed record LimitSnapshot(Guid Id, int Version, Role Role, LimitValues Values);

/// <summary>How many checkers an amount above a threshold needs, one after the other.</summary>
public sealed class ApprovalBand : IVersioned
{
    public const int MostCheckers = 4;

    private ApprovalBand() { } // EF Core

    public Guid Id { get; private init; }
    public RequestKind Kind { get; private init; }
    public string Currency { get; private init; } = "";

    /// <summary>Minor units: amounts greater than this, never equal to it. Of several bands the highest counts.</summary>
    public long Above { get; private init; }
    public int Checkers { get; private set; }

    /// <summary>Each of the checkers gives the code of the authenticator app once more; for all that is above, whatever higher bands say.</summary>
    public bool AsksSecondFactor { get; private set; }
    public int Version { get; private set; }

    public static ApprovalBand Set(RequestKind kind, string currency, long above, int checkers, bool asksSecondFactor)
    {
        RefusedException.ThrowIf(LimitRefusals.ForBand(currency, above, checkers));

        return new ApprovalBand
        {
            Kind = kind,
            Currency = currency,
            Above = above,
            Checkers = checkers,
            AsksSecondFactor = asksSecondFactor,
        };
    }

    public void Change(int checkers, bool asksSecondFactor)
    {
        RefusedException.ThrowIf(LimitRefusals.ForBand(Currency, Above, checkers));

        (Checkers, AsksSecondFactor) = (checkers, asksSecondFactor);
    }
}

public static class LimitRefusals
{
    public static Refusal? For(RequestKind kind, string? currency, LimitValues values) =>
        ForCurrency(currency)
        ?? (
            new[] { values.MakeAlone, values.Approve, values.PerDay, values.PerBeneficiary }.Any(v => v < 0)
                ? new Refusal("limit.negative", "A limit is zero or more.")
                : null
        )
        ?? (
            values.MakeAlone > 0 && RequestKinds.AlwaysNeedsChecker(kind)
                ? new Refusal("limit.alone", $"{RequestKinds.Words(kind)} always needs a checker: nobody makes one alone.", "MakeAlone")
                : null
        )
        ?? (
            values.MakeAlone > values.PerBeneficiary || values.PerBeneficiary > values.PerDay
                ? new Refusal(
                    "limit.order",
                    "What is made alone is at most what one beneficiary may get in 24 hours, and that at most the day's total.",
                    "PerDay"
                )
                : null
        );

    public static Refusal? ForBand(string? currency, long above, int checkers) =>
        ForCurrency(currency)
        ?? (above < 0 ? new Refusal("limit.band-above", "A threshold is zero or more.", "Above") : null)
        ?? (
            checkers is < 1 or > ApprovalBand.MostCheckers
                ? new Refusal("limit.band-checkers", $"One to {ApprovalBand.MostCheckers} checkers decide.", "Checkers")
                : null
        );

    private static Refusal? ForCurrency(string? currency) =>
        Currencies.Exists(currency) ? null : new Refusal("limit.currency", "Choose a currency.", "Currency");
}
