using Microsoft.EntityFrameworkCore;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Ledger;

public class LedgerStepTests
{
    private static readonly Actor By = PlumDatabase.Person("Led Ger", Role.Checker);

    private static EntryTerms Move(string key, Guid from, Guid to, long minor, string currency = "GBP") =>
        new(key, "Test", "A test moves it", Legs.Move(from, to, new Money(minor, currency)));

    /// <summary>In a transaction of its own, committed unless refused.</summary>
    private static async Task<Refusal?> InAsync(PlumDatabase plum, Func<PlumDbContext, Task<Refusal?>> step)
    {
        await using var db = plum.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var refusal = await step(db);
        if (refusal is null)
        {
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        return refusal;
    }

    private static async Task<(Guid Funding, Guid Fund, Guid Clearing)> FundedAsync(PlumDatabase plum, long minor = 1000)
    {
        var funding = await plum.OpenAsync(AccountTerms.Funding("GBP"), plum.Now, default);
        var fund = await plum.OpenAsync(AccountTerms.Goodwill("GBP"), plum.Now, default);
        var clearing = await plum.OpenAsync(AccountTerms.CardRefunds("GBP"), plum.Now, default);
        Assert.Null(await InAsync(plum, db => db.PostAsync(Move("fund", funding, fund, minor), By, plum.Now, default)));
        return (funding, fund, clearing);
    }

    private static async Task<(long Posted, long Out, long In)> StandsAsync(PlumDatabase plum, Guid account)
    {
        await using var db = plum.Peek();
        var row = await db.LedgerAccounts.AsNoTracking().SingleAsync(a => a.Id == account);
        return (row.Posted, row.PendingOut, row.PendingIn);
    }

    private static async Task IsRightAsync(PlumDatabase plum)
    {
        var trial = await plum.Get<LedgerService>().TryAsync(By, default);
        Assert.NotEmpty(trial.Rows);
        Assert.Empty(trial.Wrong);
        Assert.All(trial.Totals, t => Assert.Equal(0, t.Value));
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_reserved_is_spent_by_nobody_else_and_moves_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (_, fund, clearing) = await FundedAsync(plum);

        Assert.Null(await InAsync(plum, db => db.ReserveAsync(Move("hold", fund, clearing, 700), By, plum.Now, default)));
        Assert.Equal((1000, 700, 0), await StandsAsync(plum, fund));
        Assert.Equal((0, 0, 700), await StandsAsync(plum, clearing));
        var second = await InAsync(plum, db => db.ReserveAsync(Move("second", fund, clearing, 301), By, plum.Now, default));
        Assert.Equal(LedgerRefusals.Insufficient("Goodwill fund of Plum", new Money(300, "GBP"), new Money(301, "GBP")), second);

        Assert.Null(await InAsync(plum, db => db.SettleAsync("hold", Move("post", fund, clearing, 600), By, plum.Now, default)));
        Assert.Equal((400, 0, 0), await StandsAsync(plum, fund)); // what was reserved and not moved is free again
        Assert.Equal((600, 0, 0), await StandsAsync(plum, clearing));
        Assert.Equal(
            LedgerRefusals.Resolved,
            await InAsync(plum, db => db.SettleAsync("hold", Move("again", fund, clearing, 1), By, plum.Now, default))
        );
        Assert.Equal(
            LedgerRefusals.Resolved,
            await InAsync(plum, db => db.ReleaseAsync("hold", EntryPhase.Voided, "too late", By, plum.Now, default))
        );
        await IsRightAsync(plum);
    }

    [Theory]
    [EachDatabase]
    public async Task What_is_released_is_free_again_and_releasing_nothing_does_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (_, fund, clearing) = await FundedAsync(plum);
        Assert.Null(await InAsync(plum, db => db.ReserveAsync(Move("hold", fund, clearing, 1000), By, plum.Now, default)));

        Assert.Null(await InAsync(plum, db => db.ReleaseAsync("hold", EntryPhase.Expired, "nobody decided", By, plum.Now, default)));
        Assert.Null(await InAsync(plum, db => db.ReleaseAsync("hold", EntryPhase.Expired, "nobody decided", By, plum.Now, default)));
        Assert.Null(await InAsync(plum, db => db.ReleaseAsync("never", EntryPhase.Voided, "no such", By, plum.Now, default)));

        Assert.Equal((1000, 0, 0), await StandsAsync(plum, fund));
        await IsRightAsync(plum);
    }

    [Theory]
    [EachDatabase]
    public async Task The_same_key_moves_the_same_money_once_and_other_money_never(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (_, fund, clearing) = await FundedAsync(plum);

        for (var time = 0; time < 2; time++)
        {
            Assert.Null(await InAsync(plum, db => db.PostAsync(Move("once", fund, clearing, 10), By, plum.Now, default)));
        }

        Assert.Equal(
            LedgerRefusals.KeyReused,
            await InAsync(plum, db => db.PostAsync(Move("once", fund, clearing, 11), By, plum.Now, default))
        );
        Assert.Equal((990, 0, 0), await StandsAsync(plum, fund));
        await IsRightAsync(plum);
    }

    [Theory]
    [EachDatabase]
    public async Task Of_many_who_spend_the_same_money_at_once_only_as_many_as_it_covers_are_served(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (_, fund, clearing) = await FundedAsync(plum, 500);
        using var start = new Barrier(16);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(n =>
                    Task.Factory.StartNew(
                            () =>
                            {
                                start.SignalAndWait();
                                return InAsync(plum, db => db.ReserveAsync(Move($"hold {n}", fund, clearing, 100), By, plum.Now, default));
                            },
                            default,
                            TaskCreationOptions.LongRunning,
                            TaskScheduler.Default
                        )
                        .Unwrap()
                )
        );

        Assert.Equal((5, 11), (answers.Count(a => a is null), answers.Count(a => a?.Code == "ledger.insufficient")));
        Assert.Equal((500, 500, 0), await StandsAsync(plum, fund));
        await IsRightAsync(plum);
    }

    [Theory]
    [EachDatabase]
    public async Task Entries_and_postings_are_append_only_in_the_database_itself(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (_, fund, _) = await FundedAsync(plum);
        await using var db = plum.Peek();

        foreach (
            var sql in new[]
            {
                "UPDATE Postings SET MinorUnits = 1",
                "DELETE FROM Postings",
                "UPDATE JournalEntries SET Why = 'x'",
                "DELETE FROM JournalEntries",
            }
        )
        {
            var fault = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql));
            Assert.Contains("append-only", fault.Message, StringComparison.Ordinal);
        }

        // Not even the balance can be written below zero behind the portal's back.
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            db.Database.ExecuteSqlRawAsync("UPDATE LedgerAccounts SET PendingOut = Posted + 1 WHERE MayOverdraw = 0")
        );
        Assert.Equal((1000, 0, 0), await StandsAsync(plum, fund));
    }

    [Theory]
    [EachDatabase]
    public async Task A_balance_that_was_changed_behind_the_portal_is_found(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (_, fund, _) = await FundedAsync(plum);
        await using var db = plum.Peek();
        await db.Database.ExecuteSqlRawAsync("UPDATE LedgerAccounts SET Posted = Posted + 5 WHERE MayOverdraw = 0");

        var trial = await plum.Get<LedgerService>().TryAsync(By, default);

        Assert.Equal(fund, Assert.Single(trial.Wrong).Id);
        Assert.False(trial.IsRight);
    }

    [Fact]
    public void Legs_that_do_not_balance_are_no_entry()
    {
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());

        Assert.Null(Legs.Fault(Legs.Move(a, b, new Money(5, "GBP"))));
        Assert.Equal("an entry has two legs at least", Legs.Fault([new Leg(a, new Money(5, "GBP"))]));
        Assert.Equal("a leg moves nothing", Legs.Fault(Legs.Move(a, b, new Money(0, "GBP"))));
        Assert.Equal(
            "the legs in EUR do not sum to zero",
            Legs.Fault([new Leg(a, new Money(-5, "GBP")), new Leg(b, new Money(5, "GBP")), new Leg(a, new Money(1, "EUR"))])
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_client_sees_its_own_accounts_and_a_partner_its_own_fund(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync(), await plum.HasClientAsync("NORD"));
        foreach (var client in new[] { acme, nord })
        {
            var programme = await plum.HasProgrammeAsync(client);
            await plum.OpenAsync(AccountTerms.Budget(client.Id, programme.Id, "GBP", programme.Name), plum.Now, default);
        }

        var bank = Guid.NewGuid();
        await plum.OpenAsync(AccountTerms.Goodwill(bank, "GBP", "First Bank"), plum.Now, default);
        var ledger = plum.Get<LedgerService>();
        var client1 = By with { ClientId = acme.Id };
        var partner = By with { PartnerId = bank };

        Assert.Equal(["Budget of SUMMER of ACME"], (await ledger.ListAsync(new(), client1, default)).Rows.Select(a => a.Name));
        Assert.Equal(["Goodwill fund of First Bank"], (await ledger.ListAsync(new(), partner, default)).Rows.Select(a => a.Name));
        Assert.Equal(3, (await ledger.ListAsync(new(), By, default)).Total);
        Assert.Empty((await ledger.ListAsync(new(), PlumDatabase.Agent, default)).Rows);
        var others = (await ledger.ListAsync(new(), partner, default)).Rows[0].Id;
        Assert.Null(await ledger.GetAsync(others, 0, 10, client1, default));
        Assert.NotNull(await ledger.GetAsync(others, 0, 10, partner, default));
    }
}
