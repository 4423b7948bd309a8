using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Data.Audit;
using Plum.Data.Corrections;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Partners;
using Plum.Domain.Shared;

namespace Plum.Data.Partners;

/// <summary>The customers of a partner institution, for its own people. The audit keeps of their data what <see cref="Mask"/> leaves.</summary>
public sealed class CustomerService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    private const string Room = "Partners";
    private const int MostRequests = 50;

    public async Task<Page<CustomerRow>> ListAsync(CustomerQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCustomers))
        {
            return Page<CustomerRow>.Nothing;
        }

        var search = query.Search?.Trim();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Rows(
                db.PartnerCustomers.AsNoTracking()
                    .VisibleTo(by)
                    .Where(c =>
                        string.IsNullOrEmpty(search)
                        || c.Name.Contains(search)
                        || c.Number.StartsWith(search)
                        || (c.Email != null && c.Email.StartsWith(search))
                    )
                    .OrderBy(c => c.Name)
                    .ThenBy(c => c.Id)
            )
            .ToPageAsync(query.Skip, query.Take, ct);
    }

    /// <returns>Null when there is none for this person.</returns>
    public async Task<CustomerView?> GetAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCustomers))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var customer = await db.PartnerCustomers.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(c => c.Id == id, ct);
        if (customer is null)
        {
            return null;
        }

        var key = PartnerKeys.Beneficiary(id);
        var wallet = PartnerKeys.Wallets(id);
        var requests = db.ApprovalRequests.AsNoTracking().VisibleTo(by).Where(r => r.Beneficiary == key);
        var open = await db.ApprovalRequests.Where(r => r.OpenKey == PartnerKeys.Open(id)).Select(r => (long?)r.Id).FirstOrDefaultAsync(ct);
        var funds = by.May(Act.MakeCorrections) ? await PartnerKeys.FundsAsync(db, customer.PartnerId, ct) : [];
        return new CustomerView(
            new CustomerRow(customer.Id, customer.Number, customer.Name, customer.Email, customer.Version),
            await db.PartnerInstitutions.Where(p => p.Id == customer.PartnerId).Select(p => p.Name).SingleAsync(ct),
            customer.AddedAtUtc,
            await db
                .LedgerAccounts.AsNoTracking()
                .VisibleTo(by)
                .Where(a => a.Kind == AccountKind.RecipientWallet && a.Key.StartsWith(wallet))
                .OrderBy(a => a.Currency)
                .Select(a => new Money(a.Posted, a.Currency))
                .ToListAsync(ct),
            await ApprovalQueue.Rows(requests.OrderByDescending(r => r.Id).Take(MostRequests)).ToListAsync(ct),
            funds,
            by.Lacks(Act.MakeCorrections)
                ?? (open is { } busy ? RequestRefusals.OpenAlready(RequestReference.Of(busy)) : null)
                ?? (funds.Count == 0 ? CustomerRefusals.NoFund : null)
        );
    }

    /// <returns>Null for whoever belongs to no institution.</returns>
    public async Task<PartnerHome?> HomeAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadCustomers) || by.PartnerId is not { } partner)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return new PartnerHome(
            await db.PartnerInstitutions.Where(p => p.Id == partner).Select(p => p.Name).SingleAsync(ct),
            await db.PartnerCustomers.VisibleTo(by).CountAsync(ct),
            await db.ApprovalRequests.VisibleTo(by).CountAsync(r => r.MakerId == by.UserId && r.EndedAtUtc == null, ct),
            await PartnerKeys.FundsAsync(db, partner, ct)
        );
    }

    public async Task<Outcome> AddAsync(AddCustomer command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var actor = await db.ActorNowAsync(by, ct);
        if (actor.Lacks(Act.EditCustomers) is { } refused)
        {
            return refused;
        }

        if (actor.PartnerId is not { } partner)
        {
            return Refusals.NotFound;
        }

        if ((CustomerRefusals.ForNumber(command.Number) ?? CustomerRefusals.For(command.Name, command.Email)) is { } wrong)
        {
            return wrong;
        }

        var customer = PartnerCustomer.Add(partner, command.Number, command.Name, command.Email, now);
        db.Add(customer);
        db.Add(
            AuditEntry.For(
                Room,
                AuditSubject.Of("customer", customer.Number),
                "Customer added",
                actor,
                now,
                after: Diff.Of(Masked(customer))
            )
        );
        return await db.SaveAsync(new Outcome.Done(customer.Id.ToString()), ct, CustomerRefusals.NumberTaken);
    }

    public async Task<Outcome> CorrectAsync(CorrectCustomer command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var actor = await db.ActorNowAsync(by, ct);
        if (actor.Lacks(Act.EditCustomers) is { } refused)
        {
            return refused;
        }

        var customer = await db.PartnerCustomers.VisibleTo(actor).SingleOrDefaultAsync(c => c.Id == command.Id, ct);
        if (customer is null)
        {
            return Refusals.NotFound;
        }

        if (customer.Version != command.SeenVersion)
        {
            return new Outcome.Stale();
        }

        if (CustomerRefusals.For(command.Name, command.Email) is { } wrong)
        {
            return wrong;
        }

        var before = Masked(customer);
        customer.Correct(command.Name, command.Email);
        db.Expect(customer, command.SeenVersion);
        db.Add(
            AuditEntry.For(
                Room,
                AuditSubject.Of("customer", customer.Number),
                "Customer corrected",
                actor,
                now,
                before: Diff.Of(before),
                after: Diff.Of(Masked(customer))
            )
        );
        return await db.SaveAsync(new Outcome.Done(customer.Id.ToString()), ct);
    }

    private static IQueryable<CustomerRow> Rows(IQueryable<PartnerCustomer> customers) =>
        customers.Select(c => new CustomerRow(c.Id, c.Number, c.Name, c.Email, c.Version));

    private static Dictionary<string, object?> Masked(PartnerCustomer customer) =>
        new() { ["name"] = Mask.Name(customer.Name), ["email"] = Mask.Email(customer.Email) };
}
