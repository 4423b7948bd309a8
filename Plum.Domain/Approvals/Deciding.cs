using Plum.Domain.Shared;

namespace Plum.Domain.Approvals;

/// <summary>Whether somebody may be the one who decides: never the maker, in no disguise. Pure: everything it looks at is given to it.</summary>
public static class Deciding
{
    /// <param name="onBehalfOf">The delegator, when the person decides for another; null for oneself.</param>
    public static Refusal? CannotBeChecker(RequestFacts request, Decider who, Decider? onBehalfOf)
    {
        foreach (var person in onBehalfOf is null ? [who] : new[] { who, onBehalfOf })
        {
            if (request.Hands.Contains(person.UserId))
            {
                return RequestRefusals.Own;
            }

            if (IsSamePerson(person.Email, request.MakerEmail))
            {
                return RequestRefusals.Own; // a second account
            }

            if (IsSamePerson(person.Email, request.BeneficiaryEmail))
            {
                return RequestRefusals.Beneficiary;
            }

            if (request.DecidedBy.Contains(person.UserId))
            {
                return RequestRefusals.OneLevel;
            }
        }

        return who.StandsInFor.Any(d => request.Hands.Contains(d.UserId) || IsSamePerson(d.Email, request.BeneficiaryEmail))
            ? RequestRefusals.MakersDelegate
            : null;
    }

    /// <summary>Why the person's limit does not reach; null when it does.</summary>
    public static Refusal? CannotApprove(long judged, string currency, IReadOnlyCollection<ApprovalLimit> limits)
    {
        var most = limits.Select(l => l.Approve).DefaultIfEmpty(0).Max();
        return judged <= most
            ? null
            : new Refusal(
                "request.above-limit",
                $"{new Money(judged, currency)} is above the {new Money(most, currency)} that you may approve. Somebody with a higher limit decides it."
            );
    }

    /// <summary>Mailboxes of one person: case, and what stands after a plus sign, make no difference (RFC 5233 subaddressing).</summary>
    public static bool IsSamePerson(string? one, string? other) =>
        one is not null && other is not null && string.Equals(Bare(one), Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string email)
    {
        var (at, plus) = (email.LastIndexOf('@'), email.IndexOf('+', StringComparison.Ordinal));
        return plus > 0 && plus < at ? string.Concat(email.AsSpan(0, plus), email.AsSpan(at)) : email;
    }
}

/// <param name="Hands">The maker and all who had a hand in what it replaces.</param>
/// <param name="DecidedBy">Who has approved a step already, delegators included.</param>
public sealed record RequestFacts(
    IReadOnlyCollection<Guid> Hands,
    string? MakerEmail,
    string? BeneficiaryEmail,
    IReadOnlyCollection<Guid> DecidedBy
);

/// <param name="StandsInFor">Those whose delegate the person is at this moment.</param>
public sealed record Decider(Guid UserId, string? Email, IReadOnlyCollection<Delegator> StandsInFor);

public sealed record Delegator(Guid UserId, string? Email);
