using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;

namespace Plum.Tests.Approvals;

public class ApprovalPolicyTests
{
    private static readonly Used Nothing = new(0, 0);

    private static ApprovalLimit Limit(Role role, long alone, long approve, long day, long one, RequestKind kind = RequestKind.Refund) =>
        ApprovalLimit.Set(null, role, kind, "INR", new LimitValues(alone, approve, day, one));

    private static PolicyAnswer Judge(
        long amount,
        Used? used = null,
        IReadOnlyCollection<ApprovalLimit>? mine = null,
        IReadOnlyCollection<ApprovalBand>? bands = null,
        RequestKind kind = RequestKind.Refund
    )
    {
        mine ??= [Limit(Role.Agent, 1000, 0, 10_000, 5000)];
        return ApprovalPolicy.Judge(
            kind,
            new Money(amount, "INR"),
            mine,
            [.. mine, Limit(Role.Checker, 0, 4000, 0, 0), Limit(Role.OpsLead, 0, 8000, 0, 0)],
            bands ?? [],
            used ?? Nothing
        );
    }

    private static string Code(PolicyAnswer answer) =>
        answer switch
        {
            PolicyAnswer.Alone alone => $"alone {alone.Judged}",
            PolicyAnswer.Chain chain => $"{chain.Policy.Checkers} for {chain.Judged}",
            PolicyAnswer.Refused refused => refused.Why.Code,
            _ => "?",
        };

    [Theory]
    [InlineData(1, "alone 1")]
    [InlineData(1000, "alone 1000")]
    [InlineData(1001, "1 for 1001")]
    [InlineData(5000, "1 for 5000")]
    [InlineData(5001, "policy.per-beneficiary")]
    [InlineData(10_001, "policy.per-day")]
    [InlineData(0, "policy.not-positive")]
    [InlineData(-5, "policy.not-positive")]
    [InlineData(long.MaxValue, "policy.per-day")]
    public void An_amount_is_done_alone_or_by_a_checker_or_not_at_all(long amount, string answer) =>
        Assert.Equal(answer, Code(Judge(amount)));

    [Theory]
    [InlineData(400, 600, 600, "alone 1000")]
    [InlineData(401, 600, 600, "1 for 1001")] // split, it counts as one
    [InlineData(401, 600, 0, "alone 401")] // for others
    [InlineData(1000, 9001, 0, "policy.per-day")]
    [InlineData(1000, 9000, 0, "alone 1000")]
    [InlineData(1000, 5000, 4001, "policy.per-beneficiary")]
    public void What_was_asked_for_before_counts(long amount, long today, long forBeneficiary, string answer) =>
        Assert.Equal(answer, Code(Judge(amount, new Used(today, forBeneficiary))));

    [Fact]
    public void No_row_means_zero()
    {
        Assert.Equal("policy.no-limit", Code(Judge(1, mine: [])));
        Assert.Equal("policy.no-limit", Code(Judge(1, mine: [Limit(Role.Checker, 0, 4000, 0, 0)])));
    }

    [Fact]
    public void Goodwill_always_needs_a_checker_however_small() =>
        Assert.Equal(
            "1 for 1",
            Code(Judge(1, mine: [Limit(Role.Agent, 0, 0, 10_000, 5000, RequestKind.GoodwillCredit)], kind: RequestKind.GoodwillCredit))
        );

    [Fact]
    public void A_limit_that_lets_goodwill_be_made_alone_cannot_be_set() =>
        Assert.Equal("limit.alone", LimitRefusals.For(RequestKind.GoodwillCredit, "INR", new LimitValues(1, 0, 10, 10))?.Code);

    [Theory]
    [InlineData(2000, 1, false)]
    [InlineData(2001, 2, false)]
    [InlineData(4000, 2, false)]
    [InlineData(4001, 3, true)]
    public void The_highest_band_below_the_amount_says_how_many_decide(long amount, int checkers, bool code)
    {
        ApprovalBand[] bands =
        [
            ApprovalBand.Set(RequestKind.Refund, "INR", 4000, 3, asksSecondFactor: true),
            ApprovalBand.Set(RequestKind.Refund, "INR", 2000, 2, asksSecondFactor: false),
        ];

        var chain = Assert.IsType<PolicyAnswer.Chain>(Judge(amount, bands: bands));

        Assert.Equal((checkers, code), (chain.Policy.Checkers, chain.Policy.AsksSecondFactor));
    }

    [Fact]
    public void What_nobody_may_approve_is_refused_at_once() =>
        Assert.Equal("policy.above-everybody", Code(Judge(8001, mine: [Limit(Role.Agent, 1000, 0, 20_000, 20_000)])));

    [Fact]
    public void The_moves_of_a_request_are_these()
    {
        string[] table =
        [
            "Pending>Approved",
            "Pending>Questioned",
            "Pending>Rejected",
            "Pending>Withdrawn",
            "Pending>Expired",
            "Questioned>Pending",
            "Questioned>Withdrawn",
            "Questioned>Expired",
            "Approved>Executing",
            "Approved>Failed",
            "Executing>Executed",
            "Executing>Failed",
            "Executing>Unknown",
            "Executing>Approved",
            "Unknown>Executing",
            "Failed>Approved",
            "Failed>Abandoned",
        ];
        var states = Enum.GetValues<RequestState>();

        var allowed = states.SelectMany(from => states.Where(to => RequestMoves.Allows(from, to)).Select(to => $"{from}>{to}"));

        Assert.Equal(table.Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_maker_is_never_the_checker_in_any_disguise()
    {
        var (maker, checker, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var facts = new RequestFacts([maker], "mia@plum.example", "jo@acme.example", [other]);
        Decider Who(Guid id, string email, params Delegator[] standsInFor) => new(id, email, standsInFor);

        Assert.Null(Deciding.CannotBeChecker(facts, Who(checker, "chao@plum.example"), null));
        Assert.Equal("request.own", Deciding.CannotBeChecker(facts, Who(maker, "mia@plum.example"), null)?.Code);
        Assert.Equal("request.own", Deciding.CannotBeChecker(facts, Who(checker, "Mia+two@plum.example"), null)?.Code);
        Assert.Equal("request.beneficiary", Deciding.CannotBeChecker(facts, Who(checker, "JO@acme.example"), null)?.Code);
        Assert.Equal("request.one-level", Deciding.CannotBeChecker(facts, Who(other, "o@plum.example"), null)?.Code);
        Assert.Equal(
            "request.one-level",
            Deciding.CannotBeChecker(facts, Who(checker, "chao@plum.example"), Who(other, "o@plum.example"))?.Code
        );
        Assert.Equal(
            "request.own",
            Deciding.CannotBeChecker(facts, Who(checker, "chao@plum.example"), Who(maker, "mia@plum.example"))?.Code
        );
        Assert.Equal(
            "request.makers-delegate",
            Deciding.CannotBeChecker(facts, Who(checker, "chao@plum.example", new Delegator(maker, "mia@plum.example")), null)?.Code
        );
    }
}
