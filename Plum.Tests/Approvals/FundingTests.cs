using Plum.Data.Approvals;
using Plum.Data.Ledger;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Partners;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

public class FundingTests
{
    private static string Code(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    [Theory]
    [EachDatabase]
    public async Task A_fund_is_funded_once_another_lead_approved_it_and_never_by_whoever_asked(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var other = await world.Plum.HasUserAsync("Olga Lead", Role.OpsLead);
        await LimitsAsync(world);
        var funding = world.Plum.Get<FundingService>();

        var asked = await funding.AskAsync(
            new AskFunding(world.Fund, new Money(50_000, "GBP"), "The year's second half"),
            world.Lead,
            default
        );
        var request = await world.RequestAsync(RequestReference.Parse(Assert.IsType<Outcome.Done>(asked).Key)!.Value);
        Assert.Equal((RequestState.Pending, "Fund Goodwill fund of Plum with GBP 500.00"), (request.State, request.Title));
        Assert.Equal((100_000, 0), await world.HoldsAsync(AccountKey.Goodwill(null, "GBP"))); // nothing before it is approved
        Assert.Equal("request.own", Code(await world.ApproveAsync(request, world.Lead)));
        Assert.Equal("request.above-limit", Code(await world.ApproveAsync(request))); // a checker has no limit for it
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request, other));
        await world.RunAsync();

        Assert.Equal(RequestState.Executed, (await world.RequestAsync(request.Id)).State);
        Assert.Equal((150_000, 0), await world.HoldsAsync(AccountKey.Goodwill(null, "GBP")));
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task It_is_refused_to_whoever_has_no_limit_belongs_elsewhere_or_names_what_is_not_to_be_funded(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        await LimitsAsync(world);
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");
        var funding = world.Plum.Get<FundingService>();
        var ask = new AskFunding(world.Fund, new Money(100, "GBP"), "More");

        Assert.Equal("shared.not-allowed", Code(await funding.AskAsync(ask, world.Maker, default))); // reads no ledger
        Assert.Equal("shared.not-found", Code(await funding.AskAsync(ask, bank.Checker, default)));
        Assert.Equal("shared.not-allowed", Code(await funding.AskAsync(ask with { AccountId = bank.Fund }, bank.Checker, default)));
        Assert.Equal("funding.amount", Code(await funding.AskAsync(ask with { Amount = new Money(100, "EUR") }, world.Lead, default)));
        Assert.Equal("funding.amount", Code(await funding.AskAsync(ask with { Amount = new Money(0, "GBP") }, world.Lead, default)));
        Assert.Equal("policy.per-day", Code(await funding.AskAsync(ask with { Amount = new Money(90_001, "GBP") }, world.Lead, default)));
        var deposits = await world.Plum.OpenAsync(AccountTerms.Funding("GBP"), world.Plum.Now, default);
        Assert.Equal("funding.kind", Code(await funding.AskAsync(ask with { AccountId = deposits }, world.Lead, default)));
        await world.BooksAreRightAsync();
    }

    private static async Task LimitsAsync(CorrectionWorld world)
    {
        await using var db = world.Plum.Peek();
        db.Add(ApprovalLimit.Set(null, Role.OpsLead, RequestKind.Funding, "GBP", new LimitValues(0, 90_000, 90_000, 90_000)));
        await db.SaveChangesAsync();
    }
}
