using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Data.Audit;
using Plum.Data.Corrections;
using Plum.Data.Ledger;
using Plum.Data.Partners;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Partners;

public class PartnerTests
{
    private static string Code(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    [Theory]
    [EachDatabase]
    public async Task A_banks_maker_asks_its_checker_decides_and_its_own_fund_pays_its_own_customer(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");

        var preview = await bank.Goodwill.DryRunAsync(bank.Grant(1500), bank.Maker, default);
        Assert.Equal((null, 1, "Credit GBP 15.00 to Carl Customer as goodwill"), (preview.CannotBe, preview.Checkers, preview.Title));
        var request = await bank.AskAsync(1500);
        Assert.Equal((bank.Id, (Guid?)null, RequestState.Pending), (request.PartnerId, request.ClientId, request.State));
        Assert.Equal("request.open-already", Code(await bank.Goodwill.AskAsync(bank.Grant(1), bank.Maker, default)));
        Assert.Equal((10_000, 1500), await world.HoldsAsync(AccountKey.Goodwill(bank.Id, "GBP")));
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request, bank.Checker));
        await world.RunAsync();

        Assert.Equal(RequestState.Executed, (await world.RequestAsync(request.Id)).State);
        Assert.Equal((8500, 0), await world.HoldsAsync(AccountKey.Goodwill(bank.Id, "GBP")));
        Assert.Equal((1500, 0), await world.HoldsAsync(AccountKey.CustomerWallet(bank.Customer, "GBP")));
        Assert.Equal((100_000, 0), await world.HoldsAsync(AccountKey.Goodwill(null, "GBP"))); // Plum's own is untouched
        Assert.Equal([new Money(1500, "GBP")], (await bank.Customers.GetAsync(bank.Customer, bank.Maker, default))!.Wallets);
        await world.BooksAreRightAsync();
    }

    [Theory]
    [EachDatabase]
    public async Task A_banks_maker_is_never_its_checker_and_its_limits_are_its_own(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");
        await using (var db = world.Plum.Peek())
        {
            db.AddRoles(bank.Maker.UserId!.Value, [Role.Checker]); // both at once
            await db.SaveChangesAsync();
        }

        var both = bank.Maker with { Acts = RoleActs.For([Role.Agent, Role.Checker], ofClient: false, ofPartner: true) };
        var request = await bank.AskAsync(1500, both);

        Assert.Equal("request.own", Code(await world.ApproveAsync(request, both)));
        Assert.Equal(
            "policy.per-day",
            Code(await bank.Goodwill.AskAsync(bank.Grant(5001) with { CustomerId = bank.Other }, bank.Maker, default))
        );
        Assert.Equal("shared.not-allowed", Code(await bank.Goodwill.AskAsync(bank.Grant(100), bank.Checker, default)));
    }

    [Theory]
    [EachDatabase]
    public async Task Nothing_of_one_bank_is_seen_or_used_by_another_by_a_client_or_by_plums_own_makers_and_checkers(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");
        var other = await Bank.FoundAsync(world.Plum, "Second Bank");
        var request = await bank.AskAsync(1500);
        var ours = await world.AskAsync(world.Goodwill(700));
        var bound = await world.Plum.HasUserAsync("Bo Bound", Role.Checker, await world.Plum.HasClientAsync("NORD"));
        var (queue, reading, ledger) = (world.Plum.Get<ApprovalQueue>(), world.Plum.Get<RequestReading>(), world.Plum.Get<LedgerService>());

        foreach (var stranger in new[] { other.Maker, other.Checker, bound })
        {
            Assert.Null(await reading.GetAsync(request.Id, stranger, default));
            Assert.Null(await world.Plum.Get<EvidenceService>().GetAsync(request.Id, stranger, default));
            Assert.DoesNotContain((await queue.ListAsync(new(RequestShelf.All), stranger, default)).Rows, r => r.Id == request.Id);
            Assert.Empty(await queue.TotalsAsync(new(RequestShelf.ToDecide), stranger, default));
            Assert.All((await queue.CountAsync(stranger, default)).Values, count => Assert.Equal(0, count));
            Assert.Null(await bank.Customers.GetAsync(bank.Customer, stranger, default));
            Assert.DoesNotContain((await bank.Customers.ListAsync(new(), stranger, default)).Rows, c => c.Id == bank.Customer);
            Assert.Null(await ledger.GetAsync(bank.Fund, 0, 10, stranger, default));
            Assert.Equal("shared.not-found", Code(await world.ApproveAsync(request, stranger)));
            Assert.Equal("shared.not-found", Code(await world.RejectAsync(request, stranger)));
            var services = world.Approvals;
            Assert.Equal(
                "shared.not-found",
                Code(await services.SendBackAsync(new(request.Id, request.Version, request.Fingerprint, "Why?"), stranger, default))
            );
            Assert.Equal("shared.not-found", Code(await services.WithdrawAsync(new(request.Id, request.Version), stranger, default)));
            Assert.Equal("shared.not-found", Code(await services.AnswerAsync(new(request.Id, request.Version, "So"), stranger, default)));
            Assert.Equal("shared.not-found", Code(await services.RetryAsync(new(request.Id, request.Version, "So"), stranger, default)));
            Assert.Equal("shared.not-found", Code(await services.AbandonAsync(new(request.Id, request.Version, "So"), stranger, default)));
        }

        // Another bank's money and customers are no names that one could use, nor is Plum's fund.
        Assert.Equal(
            "shared.not-found",
            Code(await bank.Goodwill.AskAsync(bank.Grant(1) with { CustomerId = other.Customer }, bank.Maker, default))
        );
        Assert.Equal(
            "customer.no-fund",
            Code(await bank.Goodwill.AskAsync(bank.Grant(1) with { FundId = other.Fund }, bank.Maker, default))
        );
        Assert.Equal(
            "customer.no-fund",
            Code(await bank.Goodwill.AskAsync(bank.Grant(1) with { FundId = world.Fund }, bank.Maker, default))
        );
        Assert.Equal(
            "shared.not-found",
            Code(await bank.Customers.CorrectAsync(new(other.Customer, "Mine", null, 0), bank.Maker, default))
        );

        // Plum's own people see a bank's requests where they may see all, and decide none; a bank sees none of Plum's.
        Assert.Equal("shared.not-found", Code(await world.ApproveAsync(request, world.Checker)));
        Assert.Equal(
            "shared.not-allowed",
            Code(await world.Approvals.RetryAsync(new(request.Id, request.Version, "So"), world.Checker, default))
        );
        Assert.Equal(
            "correction.fund",
            Code(await world.Corrections.AskAsync(world.Goodwill(1) with { FundId = bank.Fund }, world.Maker, default))
        );
        Assert.Null(await bank.Customers.GetAsync(bank.Customer, world.Lead, default));
        Assert.Null(await reading.GetAsync(ours.Id, bank.Checker, default));
        Assert.Empty(await queue.OfTicketAsync(world.Ticket.Id, bank.Checker, default));
        Assert.Equal("shared.not-found", Code(await world.Corrections.AskAsync(world.Goodwill(1), bank.Maker, default)));
        Assert.Equal([request.Id], (await queue.ListAsync(new(RequestShelf.ToDecide), bank.Checker, default)).Rows.Select(r => r.Id));
        Assert.Equal(
            ["Goodwill fund of First Bank", "Wallet of Carl Customer"],
            (await ledger.ListAsync(new(), bank.Checker, default)).Rows.Select(a => a.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(RequestState.Pending, (await world.RequestAsync(request.Id)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_was_bound_elsewhere_since_they_signed_in_asks_and_decides_nothing_there_any_more(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");
        var other = await Bank.FoundAsync(world.Plum, "Second Bank");
        var request = await bank.AskAsync(1500);
        await BindAsync(world.Plum, bank.Checker, other.Id);
        Assert.Equal("shared.not-found", Code(await world.ApproveAsync(request, bank.Checker))); // the page still says First Bank
        await BindAsync(world.Plum, bank.Checker, bank.Id);
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(request, bank.Checker));

        await BindAsync(world.Plum, bank.Maker, other.Id);
        Assert.Equal(
            "shared.not-found",
            Code(await bank.Goodwill.AskAsync(bank.Grant(1) with { CustomerId = bank.Other }, bank.Maker, default))
        );
        await world.RunAsync();

        var failed = await world.RequestAsync(request.Id);
        Assert.Equal(RequestState.Failed, failed.State);
        Assert.StartsWith("Mia of First Bank no longer has the right", failed.Outcome, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase]
    public async Task The_audit_names_the_institution_and_is_narrowed_to_it(string provider)
    {
        await using var world = await CorrectionWorld.CreateAsync(provider);
        var bank = await Bank.FoundAsync(world.Plum, "First Bank");
        var other = await Bank.FoundAsync(world.Plum, "Second Bank");
        await world.ApproveAsync(await bank.AskAsync(1500), bank.Checker);
        await world.RunAsync();
        var auditor = await world.Plum.HasUserAsync("Aud Auditor", Role.Auditor);
        var own = PlumDatabase.As(await world.Plum.HasAccountAsync("Abe Auditor", Role.Auditor, partnerId: bank.Id), Role.Auditor);
        var audit = world.Plum.Get<AuditService>();

        var lines = (await audit.ListAsync(new AuditQuery(PartnerId: bank.Id), auditor, default))!.Rows;
        Assert.Equal(
            ["Executed", "Taken for execution", "Approved", "Asked for", "Customer added", "Customer added"],
            lines.Select(l => l.What)
        );
        Assert.All(lines, l => Assert.Equal("First Bank", l.Institution));
        Assert.Equal(lines.Select(l => l.Id), (await audit.ListAsync(new AuditQuery(), own, default))!.Rows.Select(l => l.Id));
        Assert.Empty((await audit.ListAsync(new AuditQuery(PartnerId: other.Id), own, default))!.Rows);
        Assert.Equal(["First Bank", "Second Bank"], (await audit.InstitutionsAsync(auditor, default)).Select(i => i.Name));
        Assert.Empty(await audit.InstitutionsAsync(own, default));
        Assert.Equal("First Bank", (await world.Plum.Get<EvidenceService>().GetAsync(1001, own, default))!.Institution);
    }

    [Theory]
    [EachDatabase]
    public async Task A_customer_is_added_once_corrected_by_whoever_saw_the_newest_and_masked_in_the_audit(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var bank = await Bank.FoundAsync(plum, "First Bank");

        Assert.Equal("customer.number-taken", Code(await bank.Customers.AddAsync(new("K-1", "Again", null), bank.Maker, default)));
        Assert.Equal("shared.missing", Code(await bank.Customers.AddAsync(new("K-9", " ", null), bank.Maker, default)));
        Assert.Equal("shared.not-allowed", Code(await bank.Customers.AddAsync(new("K-9", "New", null), bank.Checker, default)));
        Assert.Equal("shared.not-allowed", Code(await bank.Customers.AddAsync(new("K-9", "New", null), PlumDatabase.Lead, default)));
        var seen = (await bank.Customers.GetAsync(bank.Customer, bank.Maker, default))!.Customer;
        Assert.IsType<Outcome.Done>(
            await bank.Customers.CorrectAsync(new(seen.Id, "Carla Customer", null, seen.Version), bank.Maker, default)
        );
        Assert.IsType<Outcome.Stale>(await bank.Customers.CorrectAsync(new(seen.Id, "Karl", null, seen.Version), bank.Maker, default));
        Assert.Equal("Carla Customer", (await bank.Customers.ListAsync(new("K-1"), bank.Maker, default)).Rows.Single().Name);
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Customer corrected");
        Assert.Equal(bank.Id, line.PartnerId);
        Assert.DoesNotContain("Carla", line.After!, StringComparison.Ordinal);
    }

    private static async Task BindAsync(PlumDatabase plum, Actor person, Guid partnerId)
    {
        await using var db = plum.Peek();
        await db.Users.Where(u => u.Id == person.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.PartnerId, partnerId));
    }
}
