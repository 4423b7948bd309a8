using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Corrections;
using Plum.Data.Ledger;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Clients;
using Plum.Domain.Corrections;
using Plum.Domain.Jobs;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Corrections;

/// <summary>A desk where money can be moved: makers, checkers, limits in pounds and points, a goodwill fund, an order of 25 pounds on a ticket.</summary>
internal sealed class CorrectionWorld : IAsyncDisposable
{
    public const string Reason = "The code was never accepted";

    private CorrectionWorld(PlumDatabase plum) => Plum = plum;

    public PlumDatabase Plum { get; }
    public FakeSupplier Supplier => Plum.FakeSupplier;
    public Actor Maker { get; private set; } = null!;
    public Actor Checker { get; private set; } = null!;
    public Actor Second { get; private set; } = null!;
    public Actor Lead { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    public Recipient Recipient { get; private set; } = null!;
    public Order Order { get; private set; } = null!;
    public Ticket Ticket { get; private set; } = null!;
    public Guid Fund { get; private set; }

    public ApprovalService Approvals => Plum.Get<ApprovalService>();
    public CorrectionService Corrections => Plum.Get<CorrectionService>();

    /// <param name="fund">Pounds, in pence.</param>
    public static async Task<CorrectionWorld> CreateAsync(string provider = "Sqlite", long fund = 100_000)
    {
        var world = new CorrectionWorld(await PlumDatabase.CreateAsync(provider));
        await world.FillAsync(fund);
        return world;
    }

    /// <summary>10 pounds alone, 500 a day; a checker approves to 200, an ops lead to 1,000; above 100 two decide.</summary>
    private async Task FillAsync(long fund)
    {
        Maker = await Plum.HasUserAsync("Mia Maker", Role.Agent);
        Checker = await Plum.HasUserAsync("Chao Checker", Role.Checker);
        Second = await Plum.HasUserAsync("Cheryl Checker", Role.Checker);
        Lead = await Plum.HasUserAsync("Lou Lead", Role.OpsLead);
        Client = await Plum.HasClientAsync();
        Recipient = await Plum.HasRecipientAsync(Client);
        Order = await Plum.HasOrderAsync(Recipient);
        Ticket = await Plum.HasTicketOfRecipientAsync(Recipient, order: Order);
        await using (var db = Plum.Peek())
        {
            foreach (var kind in new[] { RequestKind.Reissue, RequestKind.Cancellation, RequestKind.Refund, RequestKind.GoodwillCredit })
            {
                var alone = kind == RequestKind.GoodwillCredit ? 0 : 1000;
                db.Add(ApprovalLimit.Set(null, Role.Agent, kind, "GBP", new LimitValues(alone, 0, 50_000, 50_000)));
                db.Add(ApprovalLimit.Set(null, Role.Checker, kind, "GBP", new LimitValues(0, 20_000, 0, 0)));
                db.Add(ApprovalLimit.Set(null, Role.OpsLead, kind, "GBP", new LimitValues(0, 100_000, 0, 0)));
                db.Add(ApprovalBand.Set(kind, "GBP", 10_000, 2, asksSecondFactor: false));
            }

            await db.SaveChangesAsync();
        }

        var funding = await Plum.OpenAsync(AccountTerms.Funding("GBP"), Plum.Now, default);
        Fund = await Plum.OpenAsync(AccountTerms.Goodwill("GBP"), Plum.Now, default);
        await using var guarded = Plum.CreateDbContext();
        await using var transaction = await guarded.Database.BeginTransactionAsync();
        var terms = new EntryTerms("start", "Funding", "For the test", Legs.Move(funding, Fund, new Money(fund, "GBP")));
        Assert.Null(await guarded.PostAsync(terms, Lead, Plum.Now, default));
        await guarded.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    public AskCorrection.Refund Refund(long pence) => new(Ticket.Id, Order.Id, new Money(pence, "GBP"), ReasonCode.CodeNotAccepted, Reason);

    public AskCorrection.Goodwill Goodwill(long pence) =>
        new(Ticket.Id, Recipient.Id, Fund, new Money(pence, "GBP"), ReasonCode.ServiceFailure, Reason);

    public AskCorrection.Reissue Reissue() => new(Ticket.Id, Order.Id, null, ReasonCode.CodeNotAccepted, Reason);

    public AskCorrection.Cancellation Cancellation() => new(Ticket.Id, Order.Id, ReasonCode.ChangedMind, Reason);

    /// <summary>Asked for, and as it then stands.</summary>
    public async Task<ApprovalRequest> AskAsync(AskCorrection command, Actor? by = null)
    {
        var outcome = await Corrections.AskAsync(command, by ?? Maker, default);
        Assert.True(outcome is Outcome.Done, $"{outcome}");
        return await RequestAsync(RequestReference.Parse(((Outcome.Done)outcome).Key)!.Value);
    }

    public async Task<ApprovalRequest> RequestAsync(long id)
    {
        await using var db = Plum.Peek();
        return await db.ApprovalRequests.AsNoTracking().SingleAsync(r => r.Id == id);
    }

    public async Task<Outcome> ApproveAsync(ApprovalRequest seen, Actor? by = null, Guid? onBehalfOf = null) =>
        await Approvals.ApproveAsync(
            new ApproveRequest(seen.Id, seen.Version, seen.Fingerprint, OnBehalfOf: onBehalfOf),
            by ?? Checker,
            default
        );

    public Task<Outcome> RejectAsync(ApprovalRequest seen, Actor? by = null) =>
        Approvals.RejectAsync(new RejectRequest(seen.Id, seen.Version, seen.Fingerprint, "Not enough evidence"), by ?? Checker, default);

    /// <summary>Everything that is due, by one node.</summary>
    public async Task RunAsync()
    {
        while (await Plum.Get<RequestRunner>().RunNextAsync(JobActors.Execution, default)) { }
    }

    public async Task<(long Posted, long Out)> HoldsAsync(string key)
    {
        await using var db = Plum.Peek();
        var account = await db.LedgerAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Key == key);
        return (account?.Posted ?? 0, account?.PendingOut ?? 0);
    }

    public async Task<string> DispositionAsync() => (await Plum.ReloadAsync(Ticket)).Disposition;

    public async Task<Order> OrderNowAsync()
    {
        await using var db = Plum.Peek();
        return await db.Orders.AsNoTracking().SingleAsync(o => o.Id == Order.Id);
    }

    public async Task BooksAreRightAsync()
    {
        var trial = await Plum.Get<LedgerService>().TryAsync(Lead, default);
        Assert.NotEmpty(trial.Rows);
        Assert.Empty(trial.Wrong);
        Assert.All(trial.Totals, t => Assert.Equal(0, t.Value));
    }

    public ValueTask DisposeAsync() => Plum.DisposeAsync();
}
