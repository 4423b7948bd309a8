using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Audit;
using Plum.Data.Corrections;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Partners;
using Plum.Domain.Shared;

namespace Plum.Data.Partners;

/// <summary>
/// An institution's own people grant goodwill to its own customers from its own fund. The request goes through the one engine: another of the
/// institution's people decides it, within the limits that were set for the institution.
/// </summary>
public sealed class GoodwillService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public Task<Outcome> AskAsync(GrantGoodwill command, Actor by, CancellationToken ct) =>
        contexts.AuditedAsync(
            () => TryToAskAsync(command, by, ct),
            AuditSubject.Of("customer", command.CustomerId.ToString()),
            "goodwill",
            by,
            clock,
            ct
        );

    private async Task<Outcome> TryToAskAsync(GrantGoodwill command, Actor by, CancellationToken ct)
    {
        var (refused, plan) = await PlanAsync(command, by, ct);
        if (plan is null)
        {
            return refused!;
        }

        return await RequestStep.KeepAsync(
            contexts,
            db => MakeAsync(db, command, plan, by, ct),
            taken: CorrectionRefusals.Busy,
            overtaken: CorrectionRefusals.Busy,
            ct
        );
    }

    /// <returns>What would come of it; its refusal when it cannot be. Nothing is kept.</returns>
    public async Task<CorrectionPreview> DryRunAsync(GrantGoodwill command, Actor by, CancellationToken ct)
    {
        var (refused, plan) = await PlanAsync(command, by, ct);
        if (plan is null)
        {
            return new CorrectionPreview(refused, "", default, 0, AsksSecondFactor: false, [], Fee: null);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct); // never committed
        var (why, made) = await MakeAsync(db, command, plan, by, ct);
        var fund = await db.LedgerAccounts.AsNoTracking().SingleAsync(a => a.Id == command.FundId, ct);
        return new CorrectionPreview(
            why,
            plan.Title,
            command.Amount,
            made?.StepsNeeded ?? 0,
            made?.AsksSecondFactor ?? false,
            [
                new MoneyMove(fund.Name, new Money(-command.Amount.MinorUnits, fund.Currency), new Money(fund.Available, fund.Currency)),
                new MoneyMove($"Wallet of {plan.CustomerName}", command.Amount, command.Amount),
            ],
            Fee: null
        );
    }

    private async Task<(Refusal? Why, ApprovalRequest? Made)> MakeAsync(
        PlumDbContext db,
        GrantGoodwill command,
        GoodwillPlan plan,
        Actor by,
        CancellationToken ct
    ) =>
        await RequestStep.MakeAsync(
            db,
            Act.MakeCorrections,
            maker => new RequestTerms(
                RequestKind.GoodwillCredit,
                plan.Title,
                command.Amount,
                command.Reason ?? "",
                JsonSerializer.Serialize(
                    new CorrectionPayload.Goodwill(command.FundId, plan.WalletId, command.Amount, plan.CustomerName),
                    JsonSerializerOptions.Web
                ),
                maker,
                new Beneficiary(PartnerKeys.Beneficiary(command.CustomerId), plan.CustomerName, plan.CustomerEmail),
                command.ReasonCode.ToString(),
                PartnerId: plan.PartnerId,
                OpenKey: PartnerKeys.Open(command.CustomerId),
                ReplacesId: command.ReplacesId
            ),
            Legs.Move(command.FundId, plan.WalletId, command.Amount),
            by,
            clock.GetUtcNow().UtcDateTime,
            ct
        );

    private async Task<(Refusal? Why, GoodwillPlan? Plan)> PlanAsync(GrantGoodwill command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.Lacks(Act.MakeCorrections)
                ?? by.Lacks(Act.ReadCustomers)
                ?? (Enum.IsDefined(command.ReasonCode) ? null : CorrectionRefusals.NoReasonCode)
                ?? RequestRefusals.ForReason(command.Reason)
            ) is
            { } refused
        )
        {
            return (refused, null);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var customer = await db.PartnerCustomers.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(c => c.Id == command.CustomerId, ct);
        if (customer is null)
        {
            return (Refusals.NotFound with { Field = "Customer" }, null);
        }

        var fund = (await PartnerKeys.FundsAsync(db, customer.PartnerId, ct)).SingleOrDefault(f => f.Id == command.FundId);
        if ((fund is null ? CustomerRefusals.NoFund : CorrectionRules.CannotCredit(command.Amount, fund.Available.Currency)) is { } cannot)
        {
            return (cannot, null);
        }

        var wallet = await contexts.OpenAsync(
            AccountTerms.CustomerWallet(customer.PartnerId, customer.Id, command.Amount.Currency, customer.Name),
            clock.GetUtcNow().UtcDateTime,
            ct
        );
        return (
            null,
            new GoodwillPlan(
                customer.PartnerId,
                wallet,
                customer.Name,
                customer.Email,
                $"Credit {command.Amount} to {customer.Name} as goodwill"
            )
        );
    }

    private sealed record GoodwillPlan(Guid PartnerId, Guid WalletId, string CustomerName, string? CustomerEmail, string Title);
}
