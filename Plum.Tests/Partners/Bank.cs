using Microsoft.EntityFrameworkCore;
using Plum.Data.Ledger;
using Plum.Data.Partners;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Partners;

/// <summary>A partner institution with a maker, a checker, two customers, and 100 pounds to give: 50 a day, and one checker for all of it.</summary>
internal sealed class Bank
{
    private readonly PlumDatabase _plum;

    private Bank(PlumDatabase plum, Guid id) => (_plum, Id) = (plum, id);

    public Guid Id { get; }
    public Actor Maker { get; private set; } = null!;
    public Actor Checker { get; private set; } = null!;
    public Guid Customer { get; private set; }
    public Guid Other { get; private set; }
    public Guid Fund { get; private set; }

    public CustomerService Customers => _plum.Get<CustomerService>();
    public GoodwillService Goodwill => _plum.Get<GoodwillService>();

    public static async Task<Bank> FoundAsync(PlumDatabase plum, string name)
    {
        await using var db = plum.Peek();
        var partner = PartnerInstitution.Register(name);
        db.Add(partner);
        await db.SaveChangesAsync();
        db.Add(ApprovalLimit.Set(partner.Id, Role.Agent, RequestKind.GoodwillCredit, "GBP", new LimitValues(0, 0, 5000, 5000)));
        db.Add(ApprovalLimit.Set(partner.Id, Role.Checker, RequestKind.GoodwillCredit, "GBP", new LimitValues(0, 5000, 0, 0)));
        await db.SaveChangesAsync();

        var bank = new Bank(plum, partner.Id);
        bank.Maker = PlumDatabase.As(await plum.HasAccountAsync($"Mia of {name}", Role.Agent, partnerId: partner.Id), Role.Agent);
        bank.Checker = PlumDatabase.As(await plum.HasAccountAsync($"Cy of {name}", Role.Checker, partnerId: partner.Id), Role.Checker);
        bank.Customer = await bank.HasCustomerAsync("K-1", "Carl Customer");
        bank.Other = await bank.HasCustomerAsync("K-2", "Olga Other");
        var funding = await plum.OpenAsync(AccountTerms.Funding("GBP"), plum.Now, default);
        bank.Fund = await plum.OpenAsync(AccountTerms.Goodwill(partner.Id, "GBP", name), plum.Now, default);
        await using var guarded = plum.CreateDbContext();
        await using var transaction = await guarded.Database.BeginTransactionAsync();
        var terms = new EntryTerms($"start {name}", "Funding", "For the test", Legs.Move(funding, bank.Fund, new Money(10_000, "GBP")));
        Assert.Null(await guarded.PostAsync(terms, PlumDatabase.Lead, plum.Now, default));
        await guarded.SaveChangesAsync();
        await transaction.CommitAsync();
        return bank;
    }

    public GrantGoodwill Grant(long pence) =>
        new(Customer, Fund, new Money(pence, "GBP"), ReasonCode.ServiceFailure, "The card was blocked");

    public async Task<ApprovalRequest> AskAsync(long pence, Actor? by = null)
    {
        var outcome = await Goodwill.AskAsync(Grant(pence), by ?? Maker, default);
        var id = RequestReference.Parse(Assert.IsType<Outcome.Done>(outcome).Key)!.Value;
        await using var db = _plum.Peek();
        return await db.ApprovalRequests.AsNoTracking().SingleAsync(r => r.Id == id);
    }

    private async Task<Guid> HasCustomerAsync(string number, string name)
    {
        var outcome = await Customers.AddAsync(new AddCustomer(number, name, $"{number}@bank.example"), Maker, default);
        return Guid.Parse(Assert.IsType<Outcome.Done>(outcome).Key!);
    }
}
