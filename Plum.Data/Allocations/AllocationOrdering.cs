using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Catalogue;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>
/// Makes orders of a running file's rows, in batches: recipients, orders, what was paid, what suppliers are to be asked, and how far the file is,
/// in one transaction. Killed at any instant, each row has its one order or none; of two nodes at once one makes the batch.
/// </summary>
public sealed class AllocationOrdering(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public const int Batch = 500;

    /// <returns>False when no row is left, or the file does not run.</returns>
    public async Task<bool> OrderNextAsync(Guid fileId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var file = await db.AllocationFiles.AsNoTracking().SingleAsync(f => f.Id == fileId, ct);
        var (from, to) = (Math.Max(file.OrderedToId, AllocationText.RangeOf(file.Number).From - 1), AllocationText.RangeOf(file.Number).To);
        var rows = await db
            .AllocationRows.Where(r => r.Id > from && r.Id <= to && r.State == AllocationRowState.Good)
            .OrderBy(r => r.Id)
            .Take(Batch)
            .ToListAsync(ct);
        if (rows.Count == 0 || file.State != AllocationState.Running)
        {
            return false;
        }

        var ids = rows.Select(r => r.RewardId!.Value).Distinct().ToList();
        var rewards = await db.Rewards.AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var rules = (await RewardProgramme.ProgrammeRewardsOf(db, file.ProgrammeId, ct)).Rules;
        var clearing = await ClearingAsync(db, rows, rewards, now, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (was, last) = (file.OrderedToId, rows[^1].Id);
        // ExecuteUpdate: the work's own columns, past the version that people see; guarded by what they were.
        var isOurs = await db
            .AllocationFiles.Where(f => f.Id == fileId && f.State == AllocationState.Running && f.OrderedToId == was)
            .ExecuteUpdateAsync(
                set => set.SetProperty(f => f.OrderedToId, last).SetProperty(f => f.Ordered, f => f.Ordered + rows.Count),
                ct
            );
        if (isOurs == 0)
        {
            return false;
        }

        var recipients = await AllocationRecipients.ResolveAsync(db, file.ClientId, rows, ct);
        var number = await db.TakeAsync(Numbers.Orders, rows.Count, ct);
        foreach (var row in rows)
        {
            Place(db, file, row, rewards[row.RewardId!.Value], rules, recipients[row.Id], number++, by, now);
        }

        await PostAsync(db, file, rows, rewards, clearing, by, now, ct);
        db.Add(
            AuditEntry.For(
                AllocationText.Room,
                file.Reference,
                "Rows ordered",
                by,
                now,
                file.ClientId,
                $"{rows.Count} rows, lines {rows[0].Line} to {rows[^1].Line}: {OrderReference.Of(number - rows.Count)} to {OrderReference.Of(number - 1)}"
            )
        );
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static void Place(
        PlumDbContext db,
        AllocationFile file,
        AllocationRow row,
        Reward reward,
        RewardRules rules,
        Recipient recipient,
        long number,
        Actor by,
        DateTime now
    )
    {
        var value = new Money(row.Value, row.Currency!);
        var order = Order.Place(
            number,
            file.ClientId,
            file.ProgrammeId,
            recipient.Id,
            reward.Id,
            reward.BrandId,
            reward.SupplierId,
            value,
            Tender.ProgrammeBudget,
            now
        );
        var placement = OrderPlacement.Prepare(order.Id, reward.SupplierId, file.Id, now);
        if (Since(reward, rules, recipient, value) is { } cannot)
        {
            placement.Fail(cannot);
        }

        row.Order(order.Id);
        db.Add(order);
        db.Add(OrderPayment.Capture(order.Id, 1, Tender.ProgrammeBudget, value));
        db.Add(OrderEvent.Of(order.Id, order.Status, "Ordered", by, now, $"{file.Reference}, line {row.Line}"));
        db.Add(placement);
    }

    /// <summary>What has changed since the file was checked, so that the supplier is not asked; null when nothing has.</summary>
    private static string? Since(Reward reward, RewardRules rules, Recipient recipient, Money value) =>
        recipient.OptedOutAtUtc is not null ? "The recipient has opted out since the file was checked."
        : recipient.LeftOn is not null ? "The recipient has left the company since the file was checked."
        : !reward.IsActive ? $"{reward.Name} is no longer sold."
        : rules.CannotGive(RewardFacts.Of(reward)) is not null ? $"The programme may no longer send {reward.Name}."
        : reward.CannotBeWorth(value.MinorUnits)?.Message;

    /// <summary>The suppliers' accounts, opened before the transaction that moves money.</summary>
    private async Task<Dictionary<(Guid Supplier, string Currency), Guid>> ClearingAsync(
        PlumDbContext db,
        IReadOnlyList<AllocationRow> rows,
        Dictionary<Guid, Reward> rewards,
        DateTime now,
        CancellationToken ct
    )
    {
        var accounts = new Dictionary<(Guid, string), Guid>();
        foreach (var (supplier, currency) in rows.Select(r => (rewards[r.RewardId!.Value].SupplierId, r.Currency!)).Distinct())
        {
            var name = await db.Suppliers.Where(s => s.Id == supplier).Select(s => s.Name).SingleAsync(ct);
            accounts[(supplier, currency)] = await contexts.OpenAsync(AccountTerms.Supplier(supplier, currency, name), now, ct);
        }

        return accounts;
    }

    private static async Task PostAsync(
        PlumDbContext db,
        AllocationFile file,
        IReadOnlyList<AllocationRow> rows,
        Dictionary<Guid, Reward> rewards,
        Dictionary<(Guid, string), Guid> clearing,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var approvals = await db.AllocationApprovals.Where(a => a.FileId == file.Id).ToListAsync(ct);
        foreach (var ofCurrency in rows.GroupBy(r => r.Currency!))
        {
            var (currency, sum) = (ofCurrency.Key, ofCurrency.Sum(r => r.Value));
            var approval = approvals.Single(a => a.Currency == currency);
            approval.Order(sum);
            var from = await db.AccountIdAsync(AccountKey.Allocations(file.ProgrammeId, currency), ct);
            var terms = new EntryTerms(
                string.Create(CultureInfo.InvariantCulture, $"{file.Reference}/{currency}/{rows[0].Line}"),
                "Ordered",
                $"{ofCurrency.Count()} rewards of {file.Reference}",
                [
                    new Leg(from!.Value, new Money(-sum, currency)),
                    .. ofCurrency
                        .GroupBy(r => clearing[(rewards[r.RewardId!.Value].SupplierId, currency)])
                        .Select(g => new Leg(g.Key, new Money(g.Sum(r => r.Value), currency))),
                ],
                approval.RequestId
            );
            if (await db.PostAsync(terms, by, now, ct) is { } refused)
            {
                throw new InvalidOperationException($"{file.Reference}: {refused.Message}");
            }
        }
    }
}
