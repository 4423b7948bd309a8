using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Data.Audit;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>Gives a checked file to the checkers: one request a currency, and its budget reserved with it; all of them or none.</summary>
public sealed class AllocationSubmission(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public Task<Outcome> SubmitAsync(SubmitAllocation command, Actor by, CancellationToken ct) =>
        contexts.AuditedAsync(() => TryToSubmitAsync(command, by, ct), AllocationReference.Of(command.Number), "submission", by, clock, ct);

    /// <returns>What would come of it, by currency; nothing is kept.</returns>
    public async Task<IReadOnlyList<AllocationAsked>> PreviewAsync(long number, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (
            by.Lacks(Act.MakeAllocations) is not null
            || await db.AllocationFiles.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(f => f.Number == number, ct) is not { } file
        )
        {
            return [];
        }

        var programme = await db.Programmes.AsNoTracking().SingleAsync(p => p.Id == file.ProgrammeId, ct);
        var asked = new List<AllocationAsked>();
        foreach (var sum in await SumsAsync(db, file, ct))
        {
            var key = AccountKey.Budget(programme.Id, sum.Currency);
            var available = await db.LedgerAccounts.Where(a => a.Key == key).Select(a => a.Posted - a.PendingOut).SingleOrDefaultAsync(ct);
            var (needed, has) = (new Money(sum.Total, sum.Currency), new Money(available, sum.Currency));
            var (why, steps, code) =
                sum.Total > available
                    ? (AllocationSubmitRefusals.Short(needed, has), 0, false)
                    : await JudgeAsync(file, programme, sum, by, ct);
            asked.Add(new AllocationAsked(sum, has, steps, code, why));
        }

        return asked;
    }

    /// <summary>Back to its rows, after the checkers refused.</summary>
    public async Task<Outcome> TakeBackAsync(long number, int seenVersion, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.MakeAllocations) is { } lacking)
        {
            return lacking;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.AllocationFiles.VisibleTo(by).SingleOrDefaultAsync(f => f.Number == number, ct) is not { } file)
        {
            return Refusals.NotFound;
        }

        if (file.CannotTakeBack() is { } cannot)
        {
            return cannot;
        }

        db.Expect(file, seenVersion);
        file.TakeBack();
        db.Add(AuditEntry.For(AllocationText.Room, file.Reference, "Taken back", by, clock.GetUtcNow().UtcDateTime, file.ClientId));
        return await db.SaveAsync(new Outcome.Done(file.Reference), ct);
    }

    /// <summary>What the good rows come to, the largest currency first; read from the rows themselves.</summary>
    internal static async Task<List<AllocationSum>> SumsAsync(PlumDbContext db, AllocationFile file, CancellationToken ct)
    {
        var (from, to) = AllocationText.RangeOf(file.Number);
        var sums = await db
            .AllocationRows.Where(r => r.Id >= from && r.Id <= to && r.State == AllocationRowState.Good)
            .GroupBy(r => r.Currency!)
            .Select(g => new AllocationSum(g.Key, g.LongCount(), g.Sum(r => r.Value), g.Max(r => r.Value)))
            .ToListAsync(ct);
        return [.. sums.OrderByDescending(s => s.Total).ThenBy(s => s.Currency, StringComparer.Ordinal)];
    }

    private async Task<Outcome> TryToSubmitAsync(SubmitAllocation command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if ((by.Lacks(Act.MakeAllocations) ?? (command.AtUtc <= now ? AllocationSubmitRefusals.Past : null)) is { } refused)
        {
            return refused;
        }

        await using var reading = await contexts.CreateDbContextAsync(ct);
        if (
            await reading.AllocationFiles.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(f => f.Number == command.Number, ct)
            is not { } seen
        )
        {
            return Refusals.NotFound;
        }

        var programme = await reading.Programmes.AsNoTracking().SingleAsync(p => p.Id == seen.ProgrammeId, ct);
        var sums = await SumsAsync(reading, seen, ct);
        var accounts = new Dictionary<string, (Guid Budget, Guid Approved)>(StringComparer.Ordinal);
        foreach (var sum in sums)
        {
            accounts[sum.Currency] = (
                await contexts.OpenAsync(AccountTerms.Budget(seen.ClientId, programme.Id, sum.Currency, programme.Name), now, ct),
                await contexts.OpenAsync(AccountTerms.Allocations(seen.ClientId, programme.Id, sum.Currency, programme.Name), now, ct)
            );
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var file = await db.AllocationFiles.SingleAsync(f => f.Id == seen.Id, ct);
        db.Expect(file, command.SeenVersion);
        if (command.ByKey is { } key && file.CannotMend() is null && file.Bad > 0 && file.Good > 0)
        {
            file.LeaveOutBad(key.AcceptsPartial);
        }

        if (file.CannotSubmit() is { } cannot)
        {
            return cannot;
        }

        file.Submit(command.AtUtc);
        await db.AllocationApprovals.Where(a => a.FileId == file.Id).ExecuteDeleteAsync(ct); // of an earlier submission that came to nothing
        foreach (var sum in sums)
        {
            var (budget, approved) = accounts[sum.Currency];
            var hold = Legs.Move(budget, approved, new Money(sum.Total, sum.Currency));
            var (why, made) = await MakeAsync(db, file, programme, sum, command, hold, by, now, ct);
            if (why is not null)
            {
                return why;
            }

            db.Add(AllocationApproval.Ask(made!.Id, file.Id, sum));
        }

        db.Add(
            AuditEntry.For(
                AllocationText.Room,
                file.Reference,
                "Submitted",
                by,
                now,
                file.ClientId,
                command.Reason,
                after: Diff.Of(sums.ToDictionary(s => s.Currency, s => (object?)$"{s.Rows} rows, {new Money(s.Total, s.Currency)}"))
            )
        );
        var outcome = await db.SaveAsync(new Outcome.Done(file.Reference), ct, AllocationSubmitRefusals.Busy);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return outcome;
    }

    /// <summary>In a transaction that is never committed.</summary>
    private async Task<(Refusal? Why, int Steps, bool AsksCode)> JudgeAsync(
        AllocationFile file,
        Programme programme,
        AllocationSum sum,
        Actor by,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (why, made) = await MakeAsync(
            db,
            file,
            programme,
            sum,
            new SubmitAllocation(file.Number, file.Version, "As previewed"),
            hold: [],
            by,
            clock.GetUtcNow().UtcDateTime,
            ct
        );
        return (why, made?.StepsNeeded ?? 0, made?.AsksSecondFactor ?? false);
    }

    private static Task<(Refusal? Why, ApprovalRequest? Made)> MakeAsync(
        PlumDbContext db,
        AllocationFile file,
        Programme programme,
        AllocationSum sum,
        SubmitAllocation command,
        IReadOnlyList<Leg> hold,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var total = new Money(sum.Total, sum.Currency);
        return RequestStep.MakeAsync(
            db,
            Act.MakeAllocations,
            maker => new RequestTerms(
                RequestKind.Allocation,
                $"Send {sum.Rows:N0} rewards of {file.Reference}, {total} in all, {new Money(sum.Largest, sum.Currency)} the largest",
                total,
                command.Reason,
                JsonSerializer.Serialize(
                    new AllocationPayload(file.Id, file.Reference, file.FileName, file.Sha256, sum),
                    JsonSerializerOptions.Web
                ),
                maker,
                new Beneficiary($"programme:{programme.Id:n}", programme.Name),
                ClientId: file.ClientId,
                OpenKey: $"{file.Reference}/{sum.Currency}",
                NeverAlone: command.ByKey is not null,
                Hands: command.ByKey?.Hands
            ),
            hold,
            by,
            now,
            ct
        );
    }
}

/// <param name="Number">Of the file.</param>
/// <param name="AtUtc">When it is to run; null for as soon as it is approved.</param>
/// <param name="ByKey">A machine asks.</param>
public sealed record SubmitAllocation(long Number, int SeenVersion, string Reason, DateTime? AtUtc = null, SubmittedByKey? ByKey = null);

/// <summary>What a machine asks for is always decided by a person, whatever its owner may do alone.</summary>
/// <param name="AcceptsPartial">Said with each submission: the good rows go without the bad ones.</param>
/// <param name="Hands">Who could have sent the call: none of them decides it.</param>
public sealed record SubmittedByKey(bool AcceptsPartial, IReadOnlyList<Guid> Hands);

/// <summary>What would be asked for in one currency.</summary>
/// <param name="Available">In the programme's budget.</param>
/// <param name="Checkers">How many decide; 0 when it is within the maker's own limit.</param>
public sealed record AllocationAsked(AllocationSum Sum, Money Available, int Checkers, bool AsksSecondFactor, Refusal? CannotBe);
