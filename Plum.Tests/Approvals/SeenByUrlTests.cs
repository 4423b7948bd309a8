using Plum.Data.Approvals;
using Plum.Data.Ledger;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Partners;
using Plum.Tests.Shared;

namespace Plum.Tests.Approvals;

/// <summary>A request named by its reference or number by somebody who belongs elsewhere: as if there were none, and nothing changes.</summary>
public class SeenByUrlTests
{
    private static string Code(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    [Theory]
    [EachDatabase]
    public async Task A_request_of_another_client_is_neither_read_nor_found_nor_counted(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(700));
        var (queue, plum) = (world.Plum.Get<ApprovalQueue>(), world.Plum);

        foreach (var stranger in await StrangersAsync(world))
        {
            Assert.Null(await plum.Get<RequestReading>().GetAsync(request.Id, stranger, default));
            Assert.Null(await plum.Get<EvidenceService>().GetAsync(request.Id, stranger, default));
            Assert.Empty(await queue.OfTicketAsync(world.Ticket.Id, stranger, default));
            Assert.All((await queue.CountAsync(stranger, default)).Values, count => Assert.Equal(0, count));
            foreach (var shelf in Enum.GetValues<RequestShelf>())
            {
                var query = new RequestQuery(shelf, Search: RequestReference.Of(request.Id));
                Assert.Equal(0, (await queue.ListAsync(query, stranger, default)).Total);
                Assert.Empty(await queue.TotalsAsync(new RequestQuery(shelf), stranger, default));
            }
        }

        // Their own colleagues see it, so that the question is a fair one.
        var own = await plum.HasUserAsync("Olive Own", Role.Checker, world.Client);
        Assert.NotNull(await plum.Get<RequestReading>().GetAsync(request.Id, own, default));
        Assert.Equal(1, (await queue.ListAsync(new RequestQuery(RequestShelf.All, Search: "REQ-1001"), own, default)).Total);
    }

    [Theory]
    [EachDatabase]
    public async Task A_request_of_another_client_is_neither_decided_nor_withdrawn_nor_answered_nor_tried_again(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var request = await world.AskAsync(world.Goodwill(700));
        var (id, version, print) = (request.Id, request.Version, request.Fingerprint);
        var service = world.Approvals;

        foreach (var stranger in await StrangersAsync(world))
        {
            Outcome[] outcomes =
            [
                await world.ApproveAsync(request, stranger),
                await world.ApproveAsync(request, stranger, onBehalfOf: world.Lead.UserId),
                await world.RejectAsync(request, stranger),
                await service.SendBackAsync(new SendBackRequest(id, version, print, "Why?"), stranger, default),
                await service.WithdrawAsync(new WithdrawRequest(id, version), stranger, default),
                await service.AnswerAsync(new AnswerRequest(id, version, "So"), stranger, default),
                await service.RetryAsync(new RetryRequest(id, version, "So"), stranger, default),
                await service.AbandonAsync(new AbandonRequest(id, version, "So"), stranger, default),
                (await service.ApproveManyAsync([new ApproveRequest(id, version, print)], stranger, default)).Single().Outcome,
                (await service.RejectManyAsync([new RejectRequest(id, version, print, "No")], stranger, default)).Single().Outcome,
            ];
            Assert.All(outcomes, outcome => Assert.Equal("shared.not-found", Code(outcome)));
        }

        var same = await world.RequestAsync(id);
        Assert.Equal((RequestState.Pending, version), (same.State, same.Version));
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request));
    }

    [Theory]
    [EachDatabase]
    public async Task Nobody_lends_their_authority_to_somebody_bound_elsewhere(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var delegations = world.Plum.Get<DelegationService>();
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");
        var other = await Bank.FoundAsync(world.Plum, "Second Bank");

        foreach (var (from, to) in new[] { (world.Lead, bank.Checker), (bank.Checker, other.Checker), (bank.Checker, world.Checker) })
        {
            var grant = new GrantDelegation(to.UserId!.Value, world.Plum.Now, world.Plum.Now.AddHours(1), "Holiday");
            Assert.Equal("delegation.unable", Code(await delegations.GrantAsync(grant, from, default)));
            Assert.DoesNotContain(await delegations.CandidatesAsync(from, default), p => p.Id == to.UserId);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_decides_elsewhere_has_no_failed_request_of_another_institution_tried_again_or_given_up(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");
        var request = await bank.AskAsync(1500);
        await world.ApproveAsync(request, bank.Checker);
        await world.Plum.HasDisabledAsync(bank.Maker);
        await world.RunAsync();
        var failed = await world.RequestAsync(request.Id);
        Assert.Equal(RequestState.Failed, failed.State);

        Assert.Equal(
            "shared.not-allowed",
            Code(await world.Approvals.AbandonAsync(new AbandonRequest(failed.Id, failed.Version, "No"), world.Lead, default))
        );
        var seen = (await world.Plum.Get<RequestReading>().GetAsync(failed.Id, world.Lead, default))!;
        Assert.False(seen.Standing.MayRetry);
        Assert.IsType<Outcome.Done>(
            await world.Approvals.AbandonAsync(new AbandonRequest(failed.Id, failed.Version, "No"), bank.Checker, default)
        );
        await world.BooksAreRightAsync();
    }

    /// <summary>People of another client and of a bank, each with more rights than such people can have, and an agent with no hand in it.</summary>
    private static async Task<IReadOnlyList<Actor>> StrangersAsync(CorrectionWorld world)
    {
        var nord = await world.Plum.HasClientAsync("NORD");
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");
        var everything = RoleActs.Of(Roles.All);
        return
        [
            await world.Plum.HasUserAsync("Bo Bound", Role.Checker, nord),
            await world.Plum.HasUserAsync("Al Bound", Role.OpsLead, nord) with
            {
                Acts = everything,
            },
            bank.Maker,
            bank.Checker,
            bank.Checker with
            {
                Acts = everything,
            },
        ];
    }
}
