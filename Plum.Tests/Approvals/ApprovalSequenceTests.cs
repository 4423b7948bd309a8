using Plum.Data.Approvals;
using Plum.Data.Corrections;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

/// <summary>
/// Random sequences of makers, checkers, delegations, changes of limits and leaps of the clock, against a small model of what the policy promises:
/// nothing is executed without the approvals that it asked for, nobody passes a limit by splitting, no fund goes below zero.
/// </summary>
public class ApprovalSequenceTests
{
    private const int Steps = 80;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task No_sequence_breaks_what_the_policy_promises(int seed)
    {
        await using var world = await CorrectionWorld.CreateAsync(fund: 250_000);
        var run = new Run(world, new Random(seed));
        await run.SetUpAsync();
        for (var step = 0; step < Steps; step++)
        {
            await run.StepAsync();
            await run.CheckAsync(step);
        }

        Assert.True(run.Executed > 0 && run.Refused > 0, $"{run.Executed} executed and {run.Refused} refused: the sequence tries nothing.");
        await world.BooksAreRightAsync();
    }

    private sealed class Run(CorrectionWorld world, Random random)
    {
        private readonly List<Actor> _makers = [];
        private readonly List<Actor> _checkers = [];
        private readonly List<(long Ticket, long Recipient)> _cases = [];
        private readonly Dictionary<long, Asked> _asked = [];
        private (long PerDay, long PerBeneficiary) _limit = (50_000, 50_000);
        private int _limitVersion;

        private Actor _otherLead = null!;

        public int Executed { get; private set; }
        public int Refused { get; private set; }

        public async Task SetUpAsync()
        {
            _makers.AddRange([world.Maker, await world.Plum.HasUserAsync("Mo Maker")]);
            _checkers.AddRange([world.Checker, world.Second, world.Lead]);
            _otherLead = await world.Plum.HasUserAsync("Lena Lead", Role.OpsLead);
            for (var n = 0; n < 2; n++)
            {
                var recipient = await world.Plum.HasRecipientAsync(world.Client, $"Recipient {n}", $"r{n}@acme.example", phone: null);
                _cases.Add(((await world.Plum.HasTicketOfRecipientAsync(recipient, $"Case {n}")).Id, recipient.Id));
            }
        }

        public Task StepAsync() =>
            random.Next(24) switch
            {
                < 9 => AskAsync(),
                < 17 => DecideAsync(),
                17 => LeapAsync(),
                18 or 19 => DelegateAsync(),
                20 => WithdrawAsync(),
                21 => ChangeLimitAsync(),
                _ => world.RunAsync(),
            };

        /// <summary>The model: the makers' and checkers' limits of <see cref="CorrectionWorld"/>, and what this run has seen being done.</summary>
        public async Task CheckAsync(int step)
        {
            Executed = 0;
            foreach (var (id, asked) in _asked)
            {
                var request = await world.RequestAsync(id);
                if (request.State != RequestState.Executed)
                {
                    continue;
                }

                Executed++;
                var needed = asked.Judged > 10_000 ? 2 : 1;
                Assert.True(
                    asked.ApprovedBy.Count >= needed,
                    $"Step {step}: REQ-{id} was executed with {asked.ApprovedBy.Count} of {needed}."
                );
                Assert.DoesNotContain(asked.Maker, asked.ApprovedBy);
                Assert.Equal(asked.ApprovedBy.Count, asked.ApprovedBy.Distinct().Count());
            }

            var (posted, held) = await world.HoldsAsync(AccountKey.Goodwill(null, "GBP"));
            Assert.True(held >= 0 && posted - held >= 0, $"Step {step}: the fund holds {posted}, of which {held} is reserved.");
        }

        private async Task AskAsync()
        {
            var maker = Any(_makers);
            var (ticket, recipient) = Any(_cases);
            var pence = random.Next(5) switch
            {
                0 => random.Next(1, 500),
                1 => random.Next(9_000, 11_000), // about the band
                2 => random.Next(19_000, 21_000), // about a checker's limit
                3 => random.Next(40_000, 60_000), // about the day's
                _ => random.Next(1, 30_000),
            };
            var before = _asked
                .Values.Where(a =>
                    a.Maker == maker.UserId && a.Recipient == recipient && !a.CameToNothing && a.At > world.Plum.Now.AddHours(-24)
                )
                .Sum(a => a.Pence);
            var outcome = await world.Corrections.AskAsync(
                new AskCorrection.Goodwill(ticket, recipient, world.Fund, new Money(pence, "GBP"), ReasonCode.ServiceFailure, "Late"),
                maker,
                default
            );
            var today = _asked
                .Values.Where(a => a.Maker == maker.UserId && !a.CameToNothing && a.At >= world.Plum.Now.Date)
                .Sum(a => a.Pence);
            if (outcome is Outcome.Done { Key: { } key })
            {
                Assert.True(before + pence <= _limit.PerBeneficiary, $"{before} and {pence} for one recipient within 24 hours.");
                Assert.True(today + pence <= _limit.PerDay, $"{today} and {pence} in one day.");
                _asked[RequestReference.Parse(key)!.Value] = new Asked(
                    maker.UserId!.Value,
                    recipient,
                    pence,
                    before + pence,
                    world.Plum.Now
                );
            }
            else
            {
                Refused++;
            }
        }

        private async Task DecideAsync()
        {
            if (_asked.Count == 0)
            {
                return;
            }

            var undecided = _asked.Where(a => !a.Value.CameToNothing && a.Value.ApprovedBy.Count < 2).Select(a => a.Key).ToList();
            var id = Any(undecided.Count > 0 && random.Next(5) > 0 ? undecided : [.. _asked.Keys]);
            var request = await world.RequestAsync(id);
            var by = Any(random.Next(3) > 0 ? _checkers : [.. _checkers, .. _makers]);
            var stead = random.Next(3) == 0 ? Any(_checkers).UserId : null;
            var rejects = random.Next(5) == 0;
            var outcome = rejects
                ? await world.RejectAsync(request, by)
                : await world.ApproveAsync(request, by, stead == by.UserId ? null : stead);
            if (outcome is not Outcome.Done)
            {
                Refused++;
            }
            else if (rejects)
            {
                _asked[id].CameToNothing = true;
            }
            else
            {
                _asked[id].ApprovedBy.Add(by.UserId!.Value);
            }
        }

        private async Task WithdrawAsync()
        {
            if (_asked.Count == 0)
            {
                return;
            }

            var id = Any(_asked.Keys.ToList());
            var request = await world.RequestAsync(id);
            var outcome = await world.Approvals.WithdrawAsync(new WithdrawRequest(id, request.Version), Any(_makers), default);
            _asked[id].CameToNothing |= outcome is Outcome.Done;
        }

        /// <summary>Asked by one lead, approved by another, and in force once carried out.</summary>
        private async Task ChangeLimitAsync()
        {
            var (perDay, perBeneficiary) = (random.Next(40, 120) * 1000L, random.Next(20, 41) * 1000L);
            var change = new ChangeLimit(
                PartnerId: null,
                Role.Agent,
                RequestKind.GoodwillCredit,
                "GBP",
                new LimitValues(0, 0, perDay, perBeneficiary),
                "As the season asks",
                _limitVersion
            );
            var asked = Assert.IsType<Outcome.Done>(await world.Plum.Get<LimitService>().AskAsync(change, world.Lead, default));
            var request = await world.RequestAsync(RequestReference.Parse(asked.Key)!.Value);
            Assert.IsType<Outcome.Refused>(await world.ApproveAsync(request, world.Lead));
            Assert.IsType<Outcome.Done>(await world.ApproveAsync(request, _otherLead));
            await world.RunAsync();
            (_limit, _limitVersion) = ((perDay, perBeneficiary), _limitVersion + 1);
        }

        private async Task DelegateAsync()
        {
            var now = world.Plum.Now;
            var grant = new GrantDelegation(Any([.. _checkers, .. _makers]).UserId!.Value, now, now.AddHours(random.Next(1, 48)), "Away");
            await world.Plum.Get<DelegationService>().GrantAsync(grant, Any(_checkers), default);
        }

        private async Task LeapAsync()
        {
            world.Plum.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 60 * 40)));
            await world.Plum.Get<RequestSweep>().SweepAsync(Actor.Job("Sweep"), default);
            foreach (var (id, asked) in _asked)
            {
                asked.CameToNothing |= (await world.RequestAsync(id)).State == RequestState.Expired;
            }
        }

        private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
    }

    private sealed record Asked(Guid Maker, long Recipient, long Pence, long Judged, DateTime At)
    {
        public List<Guid> ApprovedBy { get; } = [];
        public bool CameToNothing { get; set; }
    }
}
