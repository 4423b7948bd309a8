using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Approvals;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Connectors;
using Plum.Domain.Corrections;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Corrections;

/// <summary>
/// Asks for corrections on a ticket. A dry run does all that the request itself would do, in a transaction that is then taken back: what cannot be is
/// refused to the maker's face, in the same words.
/// </summary>
public sealed class CorrectionService(IDbContextFactory<PlumDbContext> contexts, SupplierGateways suppliers, TimeProvider clock)
{
    public Task<Outcome> AskAsync(AskCorrection command, Actor by, CancellationToken ct) =>
        contexts.AuditedAsync(() => TryToAskAsync(command, by, ct), TicketReference.Of(command.TicketId), "correction", by, clock, ct);

    private async Task<Outcome> TryToAskAsync(AskCorrection command, Actor by, CancellationToken ct)
    {
        var (refused, plan) = await PlanAsync(command, by, ct);
        if (refused is not null)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        return await RequestStep.KeepAsync(
            contexts,
            db => MakeAsync(db, command, plan!, by, now, ct),
            taken: CorrectionRefusals.Busy,
            overtaken: CorrectionRefusals.Busy,
            ct
        );
    }

    /// <returns>What would come of it; its refusal when it cannot be. Nothing is kept.</returns>
    public async Task<CorrectionPreview> DryRunAsync(AskCorrection command, Actor by, CancellationToken ct)
    {
        var (refused, plan) = await PlanAsync(command, by, ct);
        if (plan is null)
        {
            return new CorrectionPreview(refused, "", default, 0, AsksSecondFactor: false, [], Fee: null);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct); // never committed
        var (why, made) = refused is null ? await MakeAsync(db, command, plan, by, now, ct) : (refused, null);
        var ids = plan.Hold.Select(l => l.AccountId).ToList();
        var accounts = await db.LedgerAccounts.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        return new CorrectionPreview(
            why,
            plan.Title,
            plan.Amount,
            made?.StepsNeeded ?? 0,
            made?.AsksSecondFactor ?? false,
            [
                .. plan.Hold.Select(l =>
                {
                    var account = accounts[l.AccountId];
                    var coming = Math.Max(0, l.Amount.MinorUnits); // what leaves is reserved by now, what comes is not yet there
                    return new MoneyMove(account.Name, l.Amount, new Money(account.Available + coming, account.Currency));
                }),
            ],
            plan.Fee
        );
    }

    private static async Task<(Refusal? Why, ApprovalRequest? Made)> MakeAsync(
        PlumDbContext db,
        AskCorrection command,
        CorrectionPlan plan,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        if (await plan.ChangedAsync(db, ct))
        {
            return (CorrectionRefusals.Busy, null);
        }

        var (why, made) = await RequestStep.MakeAsync(
            db,
            Act.MakeCorrections,
            maker => new RequestTerms(
                plan.Kind,
                plan.Title,
                plan.Amount,
                command.Reason ?? "",
                JsonSerializer.Serialize(plan.Payload, plan.Payload.GetType(), JsonSerializerOptions.Web),
                maker,
                plan.Beneficiary,
                command.ReasonCode.ToString(),
                plan.ClientId,
                PartnerId: null,
                command.TicketId,
                plan.OrderId,
                plan.RecipientId,
                plan.OpenKey,
                command.ReplacesId
            ),
            plan.Hold,
            by,
            now,
            ct
        );
        if (made is not null)
        {
            await RequestTicket.TellAsync(db, made, RequestEventKind.Made, by, now, note: null, ct);
        }

        return (why, made);
    }

    private async Task<(Refusal? Why, CorrectionPlan? Plan)> PlanAsync(AskCorrection command, Actor by, CancellationToken ct)
    {
        if (
            (
                by.Lacks(Act.MakeCorrections)
                ?? (Enum.IsDefined(command.ReasonCode) ? null : CorrectionRefusals.NoReasonCode)
                ?? RequestRefusals.ForReason(command.Reason)
            ) is
            { } refused
        )
        {
            return (refused, null);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(t => t.Id == command.TicketId, ct);
        return ticket is null ? (Refusals.NotFound, null)
            : ticket.CannotWork() is { } closed ? (ticket.IsOpen ? closed : CorrectionRefusals.TicketFinal, null)
            : await new CorrectionPlanning(contexts, suppliers, clock).PlanAsync(db, ticket, command, by, ct);
    }
}
