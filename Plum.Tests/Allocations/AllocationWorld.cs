using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Data.Approvals;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Jobs;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

/// <summary>A programme with a budget of 50,000 pounds, whose admin sends 1,000 alone and a checker approves 20,000; and files whose rows are checked.</summary>
internal sealed class AllocationWorld : IAsyncDisposable
{
    private static readonly Actor Job = JobActors.Allocations;

    private AllocationWorld(PlumDatabase plum) => Plum = plum;

    public PlumDatabase Plum { get; }
    public FakeSupplier Supplier => Plum.FakeSupplier;
    public Actor Admin { get; private set; } = null!;
    public Actor Checker { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    public Programme Programme { get; private set; } = null!;
    public Reward Reward { get; private set; } = null!;
    public AllocationSubmission Submission => Plum.Get<AllocationSubmission>();
    public AllocationRun Runs => Plum.Get<AllocationRun>();

    public static async Task<AllocationWorld> CreateAsync(string provider = "Sqlite")
    {
        var world = new AllocationWorld(await PlumDatabase.CreateAsync(provider));
        var plum = world.Plum;
        world.Admin = await plum.HasUserAsync("Pia Programme", Role.ProgrammeAdmin);
        world.Checker = await plum.HasUserAsync("Chao Checker", Role.Checker);
        world.Client = await plum.HasClientAsync();
        world.Programme = await plum.HasProgrammeAsync(world.Client);
        world.Reward = await plum.HasRewardAsync();
        await using (var db = plum.Peek())
        {
            foreach (var currency in new[] { "GBP", "EUR" })
            {
                db.Add(
                    ApprovalLimit.Set(
                        null,
                        Role.ProgrammeAdmin,
                        RequestKind.Allocation,
                        currency,
                        new LimitValues(100_000, 0, 9_000_000, 9_000_000)
                    )
                );
                db.Add(ApprovalLimit.Set(null, Role.Checker, RequestKind.Allocation, currency, new LimitValues(0, 2_000_000, 0, 0)));
            }

            await db.SaveChangesAsync();
        }

        await world.FundAsync("GBP", 5_000_000);
        return world;
    }

    public async Task FundAsync(string currency, long minorUnits)
    {
        var funding = await Plum.OpenAsync(AccountTerms.Funding(currency), Plum.Now, default);
        var budget = await Plum.OpenAsync(AccountTerms.Budget(Client.Id, Programme.Id, currency, Programme.Name), Plum.Now, default);
        await using var db = Plum.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var terms = new EntryTerms(
            $"start/{currency}",
            "Funding",
            "For the test",
            Legs.Move(funding, budget, new Money(minorUnits, currency))
        );
        Assert.Null(await db.PostAsync(terms, Admin, Plum.Now, default));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>A file as checking leaves it: each row for somebody of their own unless <paramref name="person"/> says who.</summary>
    public async Task<long> HasFileAsync(int rows, long value = 2500, Func<int, string>? person = null, Func<int, string>? currency = null)
    {
        await using var db = Plum.Peek();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var number = await db.TakeAsync(Numbers.Allocations, 1, default);
        var id = Guid.CreateVersion7();
        var file = AllocationFile.Receive(
            id,
            number,
            Client.Id,
            Programme.Id,
            "summer.csv",
            1000,
            number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture),
            FileForm.Unknown,
            AllocationMapping.Nothing,
            Admin,
            Plum.Now
        );
        db.Add(file);
        db.Entry(file)
            .CurrentValues.SetValues(
                new
                {
                    State = AllocationState.Checked,
                    Rows = (long)rows,
                    Good = (long)rows,
                    CheckedAtUtc = Plum.Now,
                }
            );
        for (var n = 1; n <= rows; n++)
        {
            var row = (AllocationRow)Activator.CreateInstance(typeof(AllocationRow), nonPublic: true)!;
            var entry = db.Entry(row);
            entry.CurrentValues.SetValues(
                new
                {
                    Id = AllocationRow.IdOf(number, n + 1),
                    FileId = id,
                    ProgrammeId = Programme.Id,
                    State = AllocationRowState.Good,
                    Key = $"{number}-{n}",
                    Name = $"Recipient {n}",
                    Email = $"{person?.Invoke(n) ?? $"r{n}"}@acme.example",
                    Country = "GB",
                    RewardId = Reward.Id,
                    Value = value,
                    Currency = currency?.Invoke(n) ?? "GBP",
                }
            );
            entry.State = EntityState.Added;
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return number;
    }

    public async Task<AllocationFile> FileAsync(long number)
    {
        await using var db = Plum.Peek();
        return await db.AllocationFiles.AsNoTracking().SingleAsync(f => f.Number == number);
    }

    public async Task<Outcome> SubmitAsync(long number, DateTime? atUtc = null, Actor? by = null) =>
        await Submission.SubmitAsync(
            new SubmitAllocation(number, (await FileAsync(number)).Version, "Summer awards", atUtc),
            by ?? Admin,
            default
        );

    public async Task<List<ApprovalRequest>> RequestsAsync(long number)
    {
        var file = await FileAsync(number);
        await using var db = Plum.Peek();
        return await db
            .ApprovalRequests.AsNoTracking()
            .Where(r => db.AllocationApprovals.Any(a => a.RequestId == r.Id && a.FileId == file.Id))
            .OrderBy(r => r.Id)
            .ToListAsync();
    }

    public Task<Outcome> ApproveAsync(ApprovalRequest request) =>
        Plum.Get<ApprovalService>().ApproveAsync(new ApproveRequest(request.Id, request.Version, request.Fingerprint), Checker, default);

    public Task<Outcome> RejectAsync(ApprovalRequest request) =>
        Plum.Get<ApprovalService>()
            .RejectAsync(new RejectRequest(request.Id, request.Version, request.Fingerprint, "Too many"), Checker, default);

    /// <summary>One turn of the jobs: requests, then files.</summary>
    public async Task TurnAsync()
    {
        await ExecuteAsync();
        await Runs.RunDueAsync(Job, default);
    }

    public async Task ExecuteAsync()
    {
        while (await Plum.Get<RequestRunner>().RunNextAsync(JobActors.Execution, default)) { }
    }

    public async Task PlaceAsync()
    {
        while (await Plum.Get<AllocationPlacing>().PlaceNextAsync(Job, default) > 0) { }
    }

    /// <summary>Turns until nothing is due.</summary>
    public async Task RunAsync()
    {
        await TurnAsync(); // the requests' answers
        await TurnAsync(); // approved, and ordered
        await PlaceAsync();
        await TurnAsync();
    }

    public async Task<ChangeAllocation> NowAsync(long number) => new(number, (await FileAsync(number)).Version);

    /// <returns>Budget, taken out for approved files, and paid to the supplier; minor units.</returns>
    public async Task<(long Budget, long Approved, long Supplier)> HoldsAsync(string currency = "GBP")
    {
        await using var db = Plum.Peek();
        var accounts = await db.LedgerAccounts.AsNoTracking().ToDictionaryAsync(a => a.Key, a => a.Posted - a.PendingOut);
        return (
            accounts[AccountKey.Budget(Programme.Id, currency)],
            accounts.GetValueOrDefault(AccountKey.Allocations(Programme.Id, currency)),
            accounts.GetValueOrDefault(AccountKey.Supplier(Reward.SupplierId, currency))
        );
    }

    public async Task<Dictionary<PlacementState, int>> PlacedAsync()
    {
        await using var db = Plum.Peek();
        return await db.OrderPlacements.GroupBy(p => p.State).ToDictionaryAsync(g => g.Key, g => g.Count());
    }

    public async Task BooksAreRightAsync()
    {
        var lead = await Plum.HasUserAsync($"Lou Lead {Guid.NewGuid():N}", Role.OpsLead);
        var trial = await Plum.Get<LedgerService>().TryAsync(lead, default);
        Assert.NotEmpty(trial.Rows);
        Assert.Empty(trial.Wrong);
        Assert.All(trial.Totals, t => Assert.Equal(0, t.Value));
    }

    public ValueTask DisposeAsync() => Plum.DisposeAsync();
}
