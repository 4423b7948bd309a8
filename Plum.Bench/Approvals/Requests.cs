using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Bench.Shared;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Bench.Approvals;

/// <summary>Goodwill requests by the ten thousand, as the service would have made them, with what they reserve; and who decides on them.</summary>
internal sealed class Requests
{
    private const string Currency = "GBP";
    private const long Pence = 500;
    private const int Batch = 1000;

    private readonly World _world;
    private readonly DateTime _now;

    private Requests(World world) => (_world, _now) = (world, TimeProvider.System.GetUtcNow().UtcDateTime);

    public IReadOnlyList<Actor> Checkers { get; private set; } = [];

    /// <summary>Those that wait, oldest first.</summary>
    public IReadOnlyList<(long Id, int Version, string Fingerprint)> Pending { get; private set; } = [];

    /// <param name="past">Executed long ago, and of no ticket.</param>
    public static async Task<Requests> SeedAsync(World world, int checkers, int pending, int past)
    {
        var seed = new Requests(world);
        var maker = await seed.PeopleAsync(checkers);
        var (fund, wallets, total) = await seed.AccountsAsync((pending + past) * Pence);
        await seed.RequestsAsync(maker, fund, wallets, pending, past);
        await using var db = seed.Open();
        await db.LedgerAccounts.Where(a => a.Id == fund).ExecuteUpdateAsync(set => set.SetProperty(a => a.PendingOut, pending * Pence));
        foreach (var (wallet, _, _, _) in wallets)
        {
            var coming = await db.Postings.Where(p => p.AccountId == wallet).SumAsync(p => p.MinorUnits);
            await db.LedgerAccounts.Where(a => a.Id == wallet).ExecuteUpdateAsync(set => set.SetProperty(a => a.PendingIn, coming));
        }

        var waiting = await db
            .ApprovalRequests.Where(r => r.State == RequestState.Pending && r.MakerId == maker.UserId)
            .OrderBy(r => r.Id)
            .Select(r => new
            {
                r.Id,
                r.Version,
                r.Fingerprint,
            })
            .ToListAsync();
        seed.Pending = [.. waiting.Select(r => (r.Id, r.Version, r.Fingerprint))];
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
        return seed;
    }

    /// <summary>Not guarded: rows by the ten thousand have no audit line each.</summary>
    private SqlitePlumDbContext Open() =>
        new(new DbContextOptionsBuilder<SqlitePlumDbContext>().UseSqlite(_world.Options.ConnectionString).Options);

    private async Task<Maker> PeopleAsync(int checkers)
    {
        await using var db = Open();
        var people = Enumerable
            .Range(0, checkers + 1)
            .Select(n => (Name: n == 0 ? "Bench Maker" : $"Bench Checker {n}", Role: n == 0 ? Role.Agent : Role.Checker))
            .Select(p => (User: Accounts.New($"{p.Name.Replace(' ', '.')}@bench.example", p.Name, new UpperCase()), p.Role))
            .ToList();
        foreach (var (user, role) in people)
        {
            db.Users.Add(user);
            db.AddRoles(user.Id, [role]);
        }

        await db.ApprovalLimits.Where(l => l.Kind == RequestKind.GoodwillCredit && l.Currency == Currency).ExecuteDeleteAsync();
        await db.ApprovalBands.Where(b => b.Kind == RequestKind.GoodwillCredit && b.Currency == Currency).ExecuteDeleteAsync();
        db.Add(
            ApprovalLimit.Set(null, Role.Agent, RequestKind.GoodwillCredit, Currency, new LimitValues(0, 0, 1_000_000_000, 1_000_000_000))
        );
        db.Add(ApprovalLimit.Set(null, Role.Checker, RequestKind.GoodwillCredit, Currency, new LimitValues(0, 1_000_000, 0, 0)));
        await db.SaveChangesAsync();
        Checkers = [.. people.Skip(1).Select(p => new Actor(p.User.Id, p.User.DisplayName, RoleActs.Of([Role.Checker])))];
        return new Maker(people[0].User.Id, people[0].User.DisplayName, nameof(Role.Agent));
    }

    private async Task<(Guid Fund, List<(Guid Wallet, long Recipient, string Name, Guid Client)> Wallets, long Total)> AccountsAsync(
        long total
    )
    {
        var contexts = _world.Get<IDbContextFactory<PlumDbContext>>();
        var funding = await contexts.OpenAsync(AccountTerms.Funding(Currency), _now, default);
        var fund = await contexts.OpenAsync(AccountTerms.Goodwill(Currency), _now, default);
        var wallets = new List<(Guid, long, string, Guid)>();
        await using (var db = Open())
        {
            var recipients = await db
                .Recipients.OrderBy(r => r.Id)
                .Take(200)
                .Select(r => new
                {
                    r.Id,
                    r.Name,
                    r.ClientId,
                })
                .ToListAsync();
            foreach (var to in recipients)
            {
                var terms = AccountTerms.Wallet(to.ClientId, to.Id, null, Currency, to.Name);
                wallets.Add((await contexts.OpenAsync(terms, _now, default), to.Id, to.Name, to.ClientId));
            }
        }

        await using var guarded = await contexts.CreateDbContextAsync();
        await using var transaction = await guarded.Database.BeginTransactionAsync();
        var money = new EntryTerms("bench", "Funding", "Bench", Legs.Move(funding, fund, new Money(total, Currency)));
        if (await guarded.PostAsync(money, World.By, _now, default) is { } refused)
        {
            throw new InvalidOperationException(refused.Message);
        }

        await guarded.SaveChangesAsync();
        await transaction.CommitAsync();
        return (fund, wallets, total);
    }

    private async Task RequestsAsync(
        Maker maker,
        Guid fund,
        List<(Guid Wallet, long Recipient, string Name, Guid Client)> wallets,
        int pending,
        int past
    )
    {
        long first;
        List<long> tickets;
        await using (var db = Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            first = await db.TakeAsync(Numbers.Requests, pending + past, default);
            await transaction.CommitAsync();
            tickets = await db.Tickets.Where(t => t.ResolvedAtUtc == null && t.MergedIntoId == null).Select(t => t.Id).ToListAsync();
        }

        var policy = new PolicySnapshot(null, 1, null, AsksSecondFactor: false);
        for (var done = 0; done < pending + past; done += Batch)
        {
            await using var db = Open();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var n = done; n < Math.Min(done + Batch, pending + past); n++)
            {
                var (wallet, recipient, name, client) = wallets[n % wallets.Count];
                var isPast = n < past;
                var amount = new Money(Pence, Currency);
                var terms = new RequestTerms(
                    RequestKind.GoodwillCredit,
                    $"Goodwill of {amount} to {name}",
                    amount,
                    "The voucher came late",
                    JsonSerializer.Serialize(new CorrectionPayload.Goodwill(fund, wallet, amount, name), JsonSerializerOptions.Web),
                    maker,
                    Beneficiary.Recipient(recipient, name, email: null),
                    nameof(ReasonCode.ServiceFailure),
                    client,
                    PartnerId: null,
                    isPast ? null : tickets[n % tickets.Count],
                    OrderId: null,
                    recipient,
                    isPast ? null : string.Create(CultureInfo.InvariantCulture, $"bench/{n}")
                );
                var made = isPast ? _now.AddDays(-400).AddMinutes(n) : _now.AddHours(-24).AddSeconds(n);
                var request = ApprovalRequest.Make(first + n, terms, policy, Pence, [], made);
                if (isPast)
                {
                    request.Approve(made);
                    request.Claim(made);
                    request.Execute(1, supplierReference: null, made);
                }
                else
                {
                    var hold = new EntryTerms(
                        RequestStep.HoldKey(request.Id),
                        "Reserved",
                        request.Title,
                        Legs.Move(fund, wallet, amount),
                        request.Id,
                        request.TicketId
                    );
                    db.Add(JournalEntry.Write(hold, EntryPhase.Pending, resolves: null, World.By, made));
                }

                db.Add(request);
                db.Add(RequestEvent.Of(request, RequestEventKind.Made, World.By, made));
            }

            await db.SaveChangesAsync();
        }
    }

    private sealed class UpperCase : Microsoft.AspNetCore.Identity.ILookupNormalizer
    {
        public string? NormalizeEmail(string? email) => email?.ToUpperInvariant();

        public string? NormalizeName(string? name) => name?.ToUpperInvariant();
    }
}
