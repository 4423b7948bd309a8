using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

public class ApprovalServiceTests
{
    private static string Code(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    [Theory]
    [EachDatabase]
    public async Task A_chain_is_one_person_one_level_and_nothing_is_executed_before_its_end(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(15_000));
        Assert.Equal(2, request.StepsNeeded);

        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request));
        var half = await world.RequestAsync(request.Id);
        Assert.Equal((RequestState.Pending, 1), (half.State, half.StepsDone));
        Assert.False(await world.Plum.Get<RequestRunner>().RunNextAsync(JobActors.Execution, default));
        Assert.Equal("request.one-level", Code(await world.ApproveAsync(half)));
        Assert.IsType<Outcome.Stale>(await world.ApproveAsync(request, world.Second)); // as it was shown before the first decision
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(half, world.Second));

        await world.RunAsync();
        await using var db = world.Plum.Peek();
        Assert.Equal(
            [(1, "Chao Checker", "Checker"), (2, "Cheryl Checker", "Checker")],
            (await db.RequestEvents.Where(e => e.Step != null).OrderBy(e => e.Step).ToListAsync()).Select(e =>
                (e.Step!.Value, e.Who, e.Roles!)
            )
        );
        Assert.All(
            await db.RequestEvents.Where(e => e.Step != null).ToListAsync(),
            e => Assert.Equal((20_000L, request.Fingerprint), (e.Limit!.Values.Approve, e.Fingerprint))
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Nobody_decides_their_own_request_nor_above_their_limit(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var both = await world.Plum.HasUserAsync("Max Both", Role.OpsLead);
        await using (var db = world.Plum.Peek())
        {
            db.Add(ApprovalLimit.Set(null, Role.SeniorAgent, RequestKind.GoodwillCredit, "GBP", new LimitValues(0, 0, 90_000, 90_000)));
            await db.SaveChangesAsync();
            db.AddRoles(both.UserId!.Value, [Role.SeniorAgent]);
            await db.SaveChangesAsync();
        }

        var own = await world.AskAsync(world.Goodwill(30_000), both);

        Assert.Equal("request.own", Code(await world.ApproveAsync(own, both)));
        Assert.Equal("request.above-limit", Code(await world.ApproveAsync(own)));
        Assert.Equal("shared.not-found", Code(await world.ApproveAsync(own, world.Maker))); // other makers' requests are not theirs to see
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(own, world.Lead));
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_asked_first_does_not_decide_on_what_another_asks_in_its_place(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var both = await world.Plum.HasUserAsync("Max Both", Role.OpsLead);
        await using (var db = world.Plum.Peek())
        {
            db.AddRoles(both.UserId!.Value, [Role.Agent]);
            await db.SaveChangesAsync();
        }

        var first = await world.AskAsync(world.Goodwill(700), both);
        Assert.IsType<Outcome.Done>(await world.RejectAsync(first));
        var second = await world.AskAsync(world.Goodwill(700) with { ReplacesId = first.Id });

        Assert.Equal("request.own", Code(await world.ApproveAsync(second, both)));
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(second, world.Lead));
    }

    [Theory]
    [EachDatabase]
    public async Task A_question_goes_back_to_its_maker_and_the_answer_to_a_checker(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(500));
        var ask = new SendBackRequest(request.Id, request.Version, request.Fingerprint, "Which receipt?");

        Assert.IsType<Outcome.Done>(await world.Approvals.SendBackAsync(ask, world.Checker, default));
        var asked = await world.RequestAsync(request.Id);
        Assert.Equal("request.questioned", Code(await world.ApproveAsync(asked)));
        Assert.Equal("shared.not-found", Code(await AnswerAsync(asked, world.Plum.HasUserAsync("Another Agent"))));
        Assert.IsType<Outcome.Done>(await AnswerAsync(asked, Task.FromResult(world.Maker)));

        Assert.IsType<Outcome.Done>(await world.ApproveAsync(await world.RequestAsync(request.Id)));

        async Task<Outcome> AnswerAsync(ApprovalRequest seen, Task<Actor> by) =>
            await world.Approvals.AnswerAsync(new AnswerRequest(seen.Id, seen.Version, "Receipt 12"), await by, default);
    }

    [Theory]
    [EachDatabase]
    public async Task A_delegate_decides_in_anothers_stead_within_the_dates_and_never_for_the_maker(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var delegations = world.Plum.Get<DelegationService>();
        var (from, until) = (world.Plum.Now.AddHours(1), world.Plum.Now.AddHours(3));
        Assert.Equal(
            "delegation.unable",
            Code(await delegations.GrantAsync(new GrantDelegation(world.Maker.UserId!.Value, from, until, "Holiday"), world.Lead, default))
        );
        Assert.IsType<Outcome.Done>(
            await delegations.GrantAsync(new GrantDelegation(world.Checker.UserId!.Value, from, until, "Holiday"), world.Lead, default)
        );
        Assert.Equal(
            "delegation.overlap",
            Code(await delegations.GrantAsync(new GrantDelegation(world.Second.UserId!.Value, from, until, "On"), world.Checker, default))
        );
        var request = await world.AskAsync(world.Goodwill(30_000)); // above a checker's own limit

        Assert.Equal("request.no-delegation", Code(await world.ApproveAsync(request, onBehalfOf: world.Lead.UserId))); // not yet
        world.Plum.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request, onBehalfOf: world.Lead.UserId));
        var half = await world.RequestAsync(request.Id);
        Assert.Equal("request.one-level", Code(await world.ApproveAsync(half, world.Lead))); // their level is taken
        world.Plum.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("request.no-delegation", Code(await world.ApproveAsync(half, world.Second, world.Lead.UserId)));

        await using var db = world.Plum.Peek();
        var decision = await db.RequestEvents.SingleAsync(e => e.Step == 1);
        Assert.Equal(("Chao Checker", "Lou Lead", 100_000L), (decision.Who, decision.OnBehalfOf, decision.Limit!.Values.Approve));
    }

    [Theory]
    [EachDatabase]
    public async Task Emergency_access_lifts_the_limit_for_an_hour_and_is_reviewed_by_another(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var emergencies = world.Plum.Get<EmergencyService>();
        var request = await world.AskAsync(world.Goodwill(30_000));
        Assert.Equal("request.above-limit", Code(await world.ApproveAsync(request)));

        Assert.IsType<Outcome.Done>(
            await emergencies.TakeAsync(new TakeEmergencyAccess("All leads are on a plane"), world.Checker, default)
        );
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request));
        var taken = Assert.Single(await emergencies.ListAsync(world.Lead, default));
        Assert.Equal("emergency.active", Code(await ReviewAsync(world.Lead)));
        world.Plum.Clock.Advance(EmergencyAccess.Longest);
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(await world.RequestAsync(request.Id), world.Lead));
        await world.RunAsync();
        var next = await world.AskAsync(world.Goodwill(30_000), await world.Plum.HasUserAsync("Mo Maker"));
        Assert.Equal("request.above-limit", Code(await world.ApproveAsync(next)));
        Assert.Equal("shared.not-allowed", Code(await ReviewAsync(world.Checker)));
        Assert.Equal("emergency.unreviewed", Code(await emergencies.TakeAsync(new TakeEmergencyAccess("Again"), world.Checker, default)));
        Assert.IsType<Outcome.Done>(await ReviewAsync(world.Lead));
        Assert.Equal(
            (1, "Lou Lead"),
            (
                (await emergencies.ListAsync(world.Lead, default))[0].Decisions,
                (await emergencies.ListAsync(world.Lead, default))[0].Reviewer
            )
        );

        Task<Outcome> ReviewAsync(Actor by) =>
            emergencies.ReviewAsync(
                new ReviewEmergencyAccess(taken.Id, "Right: the recipient was at the counter", taken.Version),
                by,
                default
            );
    }

    [Theory]
    [EachDatabase]
    public async Task An_amount_above_the_band_asks_for_the_code_once_more_and_takes_no_code_twice(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var account = await world.Plum.HasAccountAsync("Cora Code", Role.Checker);
        var cora = PlumDatabase.As(account, Role.Checker);
        await using (var db = world.Plum.Peek())
        {
            db.Add(ApprovalBand.Set(RequestKind.GoodwillCredit, "GBP", 5000, 1, asksSecondFactor: true));
            await db.SaveChangesAsync();
        }

        var request = await world.AskAsync(world.Goodwill(6000));
        Assert.Equal("request.second-factor", Code(await ApproveAsync(request, null)));
        Assert.Equal("request.no-authenticator", Code(await ApproveAsync(request, "123456")));
        var (secret, _) = await world.Plum.HasSecondFactorAsync(account);
        Assert.Equal("request.wrong-code", Code(await ApproveAsync(request, "000000")));
        var code = SecondFactor.CodeAt(secret, world.Plum.Now);
        Assert.IsType<Outcome.Done>(await ApproveAsync(request, code));
        await world.RunAsync();

        var second = await world.AskAsync(world.Goodwill(6000));
        Assert.Equal("request.wrong-code", Code(await ApproveAsync(second, code)));

        Task<Outcome> ApproveAsync(ApprovalRequest seen, string? with) =>
            world.Approvals.ApproveAsync(new ApproveRequest(seen.Id, seen.Version, seen.Fingerprint, Code: with), cora, default);
    }

    [Theory]
    [EachDatabase]
    public async Task What_nobody_decides_is_reminded_of_each_day_and_expires_after_a_week(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider, fund: 500);
        var request = await world.AskAsync(world.Goodwill(500));
        var sweep = world.Plum.Get<RequestSweep>();

        Assert.Equal(0, await sweep.SweepAsync(Actor.Job("Sweep"), default));
        world.Plum.Clock.Advance(RequestTimes.Due);
        Assert.Equal((1, 0), (await sweep.SweepAsync(Actor.Job("Sweep"), default), await sweep.SweepAsync(Actor.Job("Sweep"), default)));
        world.Plum.Clock.Advance(RequestTimes.RemindEvery);
        Assert.Equal(1, await sweep.SweepAsync(Actor.Job("Sweep"), default));
        world.Plum.Clock.Advance(RequestTimes.Life);
        Assert.Equal("request.expired", Code(await world.ApproveAsync(await world.RequestAsync(request.Id)))); // swept or not
        Assert.Equal(1, await sweep.SweepAsync(Actor.Job("Sweep"), default));

        Assert.Equal(RequestState.Expired, (await world.RequestAsync(request.Id)).State);
        Assert.IsType<Outcome.Done>(await world.Corrections.AskAsync(world.Goodwill(500), world.Maker, default)); // its money is free again
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task Many_are_decided_at_once_with_an_answer_for_each(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var (small, large) = (await world.AskAsync(world.Refund(2000)), await world.AskAsync(world.Goodwill(30_000)));

        var items = await world.Approvals.ApproveManyAsync(
            [
                new ApproveRequest(small.Id, small.Version, small.Fingerprint),
                new ApproveRequest(large.Id, large.Version, large.Fingerprint),
                new ApproveRequest(4711, 0, ""),
            ],
            world.Checker,
            default
        );

        Assert.Equal(
            ["done", "request.above-limit", "shared.not-found"],
            items.Select(i => i.Outcome is Outcome.Refused refused ? refused.Why.Code : "done")
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_change_of_limits_is_itself_a_request_that_another_decides(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var limits = world.Plum.Get<LimitService>();
        var other = await world.Plum.HasUserAsync("Lena Lead", Role.OpsLead);
        var change = new ChangeLimit(
            null,
            Role.Agent,
            RequestKind.Refund,
            "GBP",
            new LimitValues(2000, 0, 50_000, 50_000),
            "They do well",
            0
        );

        Assert.Equal("shared.not-allowed", Code(await limits.AskAsync(change, world.Maker, default)));
        Assert.Equal("limit.order", Code(await limits.AskAsync(change with { Values = new LimitValues(9, 0, 1, 1) }, world.Lead, default)));
        var key = Assert.IsType<Outcome.Done>(await limits.AskAsync(change, world.Lead, default)).Key;
        var request = await world.RequestAsync(RequestReference.Parse(key)!.Value);
        Assert.Equal("request.own", Code(await world.ApproveAsync(request, world.Lead)));
        Assert.Equal("shared.not-allowed", Code(await world.ApproveAsync(request, world.Checker)));
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request, other));
        Assert.Equal(1000, (await AgentsAsync()).MakeAlone); // decided, not yet in force
        await world.RunAsync();
        Assert.Equal(2000, (await AgentsAsync()).MakeAlone);

        async Task<ApprovalLimit> AgentsAsync()
        {
            await using var db = world.Plum.Peek();
            return await db.ApprovalLimits.SingleAsync(l => l.Role == Role.Agent && l.Kind == RequestKind.Refund);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_decision_on_another_request_than_was_shown_is_refused(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(500));
        var forged = new ApproveRequest(request.Id, request.Version, new string('0', ApprovalRequest.FingerprintLength));

        Assert.IsType<Outcome.Stale>(await world.Approvals.ApproveAsync(forged, world.Checker, default));
        Assert.IsType<Outcome.Stale>(
            await world.Approvals.ApproveAsync(
                forged with
                {
                    SeenVersion = 7,
                    SeenFingerprint = request.Fingerprint,
                },
                world.Checker,
                default
            )
        );
        Assert.Equal(RequestState.Pending, (await world.RequestAsync(request.Id)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task One_amount_in_parts_counts_as_one_for_24_hours(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        world.Plum.Clock.Advance(world.Plum.Now.Date.AddDays(1).AddHours(20) - world.Plum.Now);

        Assert.Equal((0, 600), await RefundedAsync());
        await world.RunAsync();
        world.Plum.Clock.Advance(TimeSpan.FromHours(23)); // another day, and within the 24 hours
        Assert.Equal((1, 1200), await RefundedAsync()); // 10.00 alone, 12.00 with a checker
        world.Plum.Clock.Advance(TimeSpan.FromHours(1));
        await world.ApproveAsync(await LastAsync());
        await world.RunAsync();

        Assert.Equal((1, 1200), await RefundedAsync()); // of the two before, one is an hour old

        async Task<(int, long)> RefundedAsync()
        {
            var ticket = await world.Plum.HasTicketOfRecipientAsync(world.Recipient, "Part of it failed", world.Order);
            var request = await world.AskAsync(world.Refund(600) with { TicketId = ticket.Id });
            return (request.StepsNeeded, request.JudgedMinorUnits);
        }

        async Task<ApprovalRequest> LastAsync()
        {
            await using var db = world.Plum.Peek();
            return await db.ApprovalRequests.AsNoTracking().OrderBy(r => r.Id).LastAsync();
        }
    }

    [Theory]
    [EachDatabase]
    public async Task What_a_maker_asks_for_in_a_day_is_counted_over_all_recipients(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        world.Plum.Clock.Advance(world.Plum.Now.Date.AddDays(1).AddHours(20) - world.Plum.Now);
        var other = await world.Plum.HasRecipientAsync(world.Client, "John Roe", "john@acme.example", phone: null);
        var ticket = await world.Plum.HasTicketOfRecipientAsync(other, "Late again");
        var more = world.Goodwill(30_000) with { TicketId = ticket.Id, RecipientId = other.Id };

        await world.AskAsync(world.Goodwill(30_000));
        Assert.Equal("policy.per-day", Code(await world.Corrections.AskAsync(more, world.Maker, default)));
        world.Plum.Clock.Advance(TimeSpan.FromHours(4)); // midnight in UTC

        Assert.IsType<Outcome.Done>(await world.Corrections.AskAsync(more, world.Maker, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Decisions_are_append_only_in_the_database_itself(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        await world.ApproveAsync(await world.AskAsync(world.Goodwill(500)));
        await using var db = world.Plum.Peek();

        foreach (var sql in new[] { "UPDATE RequestEvents SET Who = 'x'", "DELETE FROM RequestEvents" })
        {
            var fault = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql));
            Assert.Contains("append-only", fault.Message, StringComparison.Ordinal);
        }
    }
}
