using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Approvals;

/// <summary>Asks for money to be put into a budget or a goodwill fund, out of what was deposited. Somebody else decides, always.</summary>
public sealed class FundingService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Whether such an account can be funded, and the actor may ask for it; the amount is judged by their limits.</summary>
    public static Refusal? CannotAsk(AccountKind kind, Actor by) =>
        by.LacksForAll(Act.MakeCorrections)
        ?? by.Lacks(Act.ReadLedger)
        ?? (
            kind is AccountKind.ProgrammeBudget or AccountKind.GoodwillFund
                ? null
                : new Refusal("funding.kind", "Money is put into programme budgets and goodwill funds alone.")
        );

    public static Refusal NoAmount(string currency) => new("funding.amount", $"Give an amount above zero, in {currency}.", "Amount");

    public Task<Outcome> AskAsync(AskFunding command, Actor by, CancellationToken ct) =>
        contexts.AuditedAsync(
            () => TryToAskAsync(command, by, ct),
            AuditSubject.Of("account", command.AccountId.ToString()),
            "funding",
            by,
            clock,
            ct
        );

    private async Task<Outcome> TryToAskAsync(AskFunding command, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.LedgerAccounts.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(a => a.Id == command.AccountId, ct);
        if (account is null || CannotAsk(account.Kind, by) is not null)
        {
            return account is null ? Refusals.NotFound : CannotAsk(account.Kind, by)!;
        }

        if (command.Amount.Currency != account.Currency || command.Amount.MinorUnits <= 0)
        {
            return NoAmount(account.Currency);
        }

        var deposits = await contexts.OpenAsync(AccountTerms.Funding(account.Currency), now, ct);
        var key = $"funding:{account.Id:n}";
        return await RequestStep.KeepAsync(
            contexts,
            kept =>
                RequestStep.MakeAsync(
                    kept,
                    Act.MakeCorrections,
                    maker => new RequestTerms(
                        RequestKind.Funding,
                        $"Fund {account.Name} with {command.Amount}",
                        command.Amount,
                        command.Reason ?? "",
                        JsonSerializer.Serialize(new FundingPayload(deposits, account.Id, command.Amount), JsonSerializerOptions.Web),
                        maker,
                        new Beneficiary(key, account.Name),
                        ClientId: account.ClientId,
                        OpenKey: key
                    ),
                    Legs.Move(deposits, account.Id, command.Amount),
                    by,
                    now,
                    ct
                ),
            RequestRefusals.OpenAlready("Another request"),
            overtaken: null,
            ct
        );
    }
}

public sealed record AskFunding(Guid AccountId, Money Amount, string Reason);

/// <summary>What a request for funding asks for, frozen when it is made.</summary>
public sealed record FundingPayload(Guid FromId, Guid ToId, Money Amount);

/// <summary>Posts what was approved: it was reserved when it was asked for.</summary>
public sealed class FundingExecutor(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock) : IRequestExecutor
{
    public IReadOnlySet<RequestKind> Kinds { get; } = new HashSet<RequestKind> { RequestKind.Funding };

    public async Task ExecuteAsync(ClaimedRequest claim, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (why, request) = await db.LoadAsync(claim, Act.MakeCorrections, ct);
        if (why == RequestRefusals.ClaimLost)
        {
            return;
        }

        why ??= await RequestStep.SettleAsync(db, request, by, now, ct);
        if (why is null)
        {
            Executions.Done(db, request, claim.Attempt, supplierReference: null, by, now);
        }
        else
        {
            await Executions.FailAsync(db, request, claim.Attempt, why.Message, by, now, ct);
        }

        if (await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }
    }

    /// <summary>Money moves whole, or not at all.</summary>
    public Task<(Refusal? Why, string? Remains)> GiveUpAsync(
        PlumDbContext db,
        ApprovalRequest request,
        Actor by,
        DateTime nowUtc,
        CancellationToken ct
    ) => Task.FromResult<(Refusal?, string?)>((null, null));
}
