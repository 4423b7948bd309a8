using Microsoft.EntityFrameworkCore;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Demonstration;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Demonstration;

/// <summary>Writes limits and bands, how orders were paid, and the accounts: deposits, budgets, what was spent of them, goodwill funds.</summary>
internal sealed class DemonstrationMoney(PlumDbContext db, DemonstrationPlan plan, Actor by)
{
    private readonly Dice _dice = Dice.For(plan.Seed, stream: 91, index: 0);
    private readonly Dictionary<string, Guid> _accounts = [];
    private readonly List<ApprovalLimit> _limits = [];
    private readonly List<ApprovalBand> _bands = [];

    public IReadOnlyList<ApprovalLimit> Limits => _limits;

    public IReadOnlyList<ApprovalBand> Bands => _bands;

    /// <summary>The account of a key that <see cref="WriteAsync"/> opened, or that is opened now.</summary>
    public async Task<Guid> OpenAsync(AccountTerms terms, CancellationToken ct)
    {
        if (!_accounts.TryGetValue(terms.Key, out var id))
        {
            id = Add(terms);
            await db.SaveChangesAsync(ct);
        }

        return id;
    }

    private Guid Add(AccountTerms terms)
    {
        var account = LedgerAccount.Open(terms, plan.StartUtc);
        var id = _dice.Key(plan.StartUtc);
        db.Entry(account).Property(nameof(LedgerAccount.Id)).CurrentValue = id;
        db.Add(account);
        _accounts.Add(terms.Key, id);
        return id;
    }

    public async Task SetLimitsAsync(CancellationToken ct) => await LimitsAsync(await CurrenciesAsync(ct), ct);

    /// <param name="refunded">The orders whose money goes back by a request of the demonstration.</param>
    public async Task WriteAsync(IReadOnlySet<long> refunded, CancellationToken ct)
    {
        // Each was paid at once and whole; what was cancelled or refunded went back along the same way.
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO OrderPayments (OrderId, Line, Tender, Currency, Captured, Refunded)
            SELECT Id, 1, PaidWith, ValueCurrency, ValueMinorUnits, CASE WHEN Status IN ('Refunded', 'Cancelled') THEN ValueMinorUnits ELSE 0 END
            FROM Orders WHERE ValueMinorUnits > 0
            """,
            ct
        );
        var spent = await db
            .Orders.Where(o => refunded.Contains(o.Id) || (o.Status != OrderStatus.Cancelled && o.Status != OrderStatus.Refunded))
            .GroupBy(o => new
            {
                o.ProgrammeId,
                o.SupplierId,
                o.PaidWith,
                o.Value.Currency,
            })
            .Select(g => new Spent(g.Key.ProgrammeId, g.Key.SupplierId, g.Key.PaidWith, g.Key.Currency, g.Sum(o => o.Value.MinorUnits)))
            .ToListAsync(ct);
        await BudgetsAsync(spent, ct);
        await GoodwillAsync(await CurrenciesAsync(ct), ct);
    }

    private async Task<IReadOnlyList<string>> CurrenciesAsync(CancellationToken ct) =>
        [
            .. plan
                .World.Clients.Select(c => c.Currency)
                .Concat(await db.Orders.Select(o => o.Value.Currency).Distinct().ToListAsync(ct))
                .Append(Currencies.Points)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private async Task LimitsAsync(IReadOnlyList<string> currencies, CancellationToken ct)
    {
        foreach (var currency in currencies)
        {
            foreach (var kind in Enum.GetValues<RequestKind>().Where(RequestKinds.IsBoundByLimits))
            {
                foreach (var (role, alone, approve, perBeneficiary, perDay) in Rules(kind))
                {
                    var limit = ApprovalLimit.Set(
                        partnerId: null,
                        role,
                        kind,
                        currency,
                        new LimitValues(Of(alone, currency), Of(approve, currency), Of(perDay, currency), Of(perBeneficiary, currency))
                    );
                    Keyed(limit);
                    _limits.Add(limit);
                }

                if (kind != RequestKind.Funding)
                {
                    var band = ApprovalBand.Set(kind, currency, Of(Threshold(kind), currency), checkers: 2, asksSecondFactor: true);
                    Keyed(band);
                    _bands.Add(band);
                }
            }
        }

        if (await db.PartnerInstitutions.OrderBy(p => p.Name).FirstOrDefaultAsync(ct) is { } partner)
        {
            foreach (var currency in new[] { "EUR", Currencies.Points })
            {
                foreach (var (role, approve) in new[] { (Role.Agent, 0), (Role.Checker, 500) })
                {
                    var (day, one) = role == Role.Agent ? (1_000, 100) : (0, 0);
                    Keyed(
                        ApprovalLimit.Set(
                            partner.Id,
                            role,
                            RequestKind.GoodwillCredit,
                            currency,
                            new LimitValues(0, Of(approve, currency), Of(day, currency), Of(one, currency))
                        )
                    );
                }
            }
        }

        db.Add(AuditEntry.For("Approvals", "limits", "Limits and bands set", by, plan.StartUtc, why: "As agreed at the start."));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>In euros; other currencies get about as much, in round amounts.</summary>
    private static IEnumerable<(Role Role, int Alone, int Approve, int PerBeneficiary, int PerDay)> Rules(RequestKind kind) =>
        kind switch
        {
            RequestKind.Funding => [(Role.OpsLead, 0, 2_000_000, 2_000_000, 5_000_000)],
            RequestKind.Allocation =>
            [
                (Role.ProgrammeAdmin, 1_000, 0, 1_000_000, 1_000_000),
                (Role.Checker, 0, 100_000, 0, 0),
                (Role.OpsLead, 0, 1_000_000, 0, 0),
            ],
            RequestKind.GoodwillCredit =>
            [
                (Role.Agent, 0, 0, 100, 400),
                (Role.SeniorAgent, 0, 0, 200, 1_000),
                (Role.Checker, 0, 150, 0, 0),
                (Role.OpsLead, 0, 500, 500, 2_500),
            ],
            _ =>
            [
                (Role.Agent, 20, 0, 400, 1_500),
                (Role.SeniorAgent, 60, 0, 1_000, 4_000),
                (Role.Checker, 0, 500, 0, 0),
                (Role.OpsLead, 100, 2_500, 2_500, 10_000),
            ],
        };

    private static int Threshold(RequestKind kind) =>
        kind switch
        {
            RequestKind.GoodwillCredit => 120,
            RequestKind.Allocation => 50_000,
            _ => 400,
        };

    private async Task BudgetsAsync(IReadOnlyList<Spent> spent, CancellationToken ct)
    {
        var suppliers = plan.World.Catalogue.Suppliers.ToDictionary(s => s.Id, s => s.Name);
        foreach (
            var terms in spent
                .Where(s => s.PaidWith == Tender.ProgrammeBudget)
                .SelectMany(s =>
                    new[] { AccountTerms.Funding(s.Currency), AccountTerms.Supplier(s.SupplierId, s.Currency, suppliers[s.SupplierId]) }
                )
                .DistinctBy(t => t.Key)
                .OrderBy(t => t.Currency, StringComparer.Ordinal)
                .ThenBy(t => t.Name, StringComparer.Ordinal)
        )
        {
            Add(terms);
        }

        await db.SaveChangesAsync(ct); // all at once: there are hundreds
        foreach (var client in plan.World.Clients)
        {
            foreach (var programme in client.Programmes)
            {
                var ours = spent.Where(s => s.ProgrammeId == programme.Id && s.PaidWith == Tender.ProgrammeBudget).ToList();
                foreach (var currency in ours.Select(s => s.Currency).Append(programme.Currency).Distinct().Order(StringComparer.Ordinal))
                {
                    var budget = await OpenAsync(AccountTerms.Budget(client.Id, programme.Id, currency, programme.Name), ct);
                    var used = ours.Where(s => s.Currency == currency).ToList();
                    var total = used.Sum(s => s.MinorUnits);
                    var deposit = total + (total / 4) + Of(5_000, currency);
                    await PostAsync(
                        $"demonstration/deposit/{programme.Id:n}/{currency}",
                        "Deposit",
                        $"{client.Name} funds {programme.Name}",
                        Legs.Move(await OpenAsync(AccountTerms.Funding(currency), ct), budget, new Money(deposit, currency)),
                        plan.StartUtc,
                        ct
                    );
                    var legs = new List<Leg>();
                    foreach (var supplier in used.GroupBy(s => s.SupplierId).OrderBy(g => suppliers[g.Key], StringComparer.Ordinal))
                    {
                        var clearing = await OpenAsync(AccountTerms.Supplier(supplier.Key, currency, suppliers[supplier.Key]), ct);
                        legs.Add(new Leg(clearing, new Money(supplier.Sum(s => s.MinorUnits), currency)));
                    }

                    if (total > 0)
                    {
                        legs.Add(new Leg(budget, new Money(-total, currency)));
                        await PostAsync(
                            $"demonstration/issued/{programme.Id:n}/{currency}",
                            "Rewards issued",
                            $"What {programme.Name} paid its suppliers before requests were kept",
                            legs,
                            plan.StartUtc,
                            ct
                        );
                    }
                }
            }
        }
    }

    private async Task GoodwillAsync(IReadOnlyList<string> currencies, CancellationToken ct)
    {
        var partner = await db.PartnerInstitutions.OrderBy(p => p.Name).FirstOrDefaultAsync(ct);
        foreach (var currency in currencies)
        {
            var funds = new List<(Guid Id, string Name)> { (await OpenAsync(AccountTerms.Goodwill(currency), ct), "Plum") };
            if (partner is not null && currency is "EUR" or Currencies.Points)
            {
                funds.Add((await OpenAsync(AccountTerms.Goodwill(partner!.Id, currency, partner.Name), ct), partner.Name));
            }

            foreach (var (fund, name) in funds)
            {
                await PostAsync(
                    $"demonstration/goodwill/{fund:n}",
                    "Deposit",
                    $"{name} funds goodwill for the year",
                    Legs.Move(await OpenAsync(AccountTerms.Funding(currency), ct), fund, new Money(Of(20_000, currency), currency)),
                    plan.StartUtc,
                    ct
                );
            }
        }
    }

    private async Task PostAsync(string key, string what, string why, IReadOnlyList<Leg> legs, DateTime atUtc, CancellationToken ct)
    {
        if (await db.PostAsync(new EntryTerms(key, what, why, legs), by, atUtc, ct) is { } refused)
        {
            throw new InvalidOperationException($"{key}: {refused.Message}");
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <param name="euros">Whole euros.</param>
    /// <returns>Minor units of about as much in that currency.</returns>
    public static long Of(int euros, string currency) => euros * Rate(currency) * (long)Currencies.Scale(currency);

    /// <summary>Round, and of no use for exchange.</summary>
    private static long Rate(string currency) =>
        currency switch
        {
            "EUR" or "GBP" or "USD" or "CHF" => 1,
            "AUD" or "CAD" or "SGD" => 2,
            "AED" or "BRL" => 5,
            "INR" or "JPY" or Currencies.Points => 100,
            _ => 5,
        };

    private void Keyed<T>(T entity)
        where T : class
    {
        db.Entry(entity).Property("Id").CurrentValue = _dice.Key(plan.StartUtc);
        db.Add(entity);
    }

    private sealed record Spent(Guid ProgrammeId, Guid SupplierId, Tender PaidWith, string Currency, long MinorUnits);
}
