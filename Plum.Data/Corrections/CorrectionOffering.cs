using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Corrections;

/// <summary>What can be put right on a ticket, and why the rest cannot: for the panel beside its order.</summary>
public sealed class CorrectionOffering(IDbContextFactory<PlumDbContext> contexts)
{
    /// <returns>Null for whoever asks for no corrections, or does not see the ticket.</returns>
    public async Task<CorrectionOffers?> OfAsync(long ticketId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.MakeCorrections) || by.UserId is not { } userId)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(t => t.Id == ticketId, ct);
        if (ticket is null)
        {
            return null;
        }

        var closed = ticket.CannotWork() is null ? null : CorrectionRefusals.TicketFinal;
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == ticket.OrderId, ct);
        var payments = order is null ? [] : await db.PaymentsAsync(order.Id, ct);
        var reward = order is null ? null : await db.Rewards.AsNoTracking().SingleAsync(r => r.Id == order.RewardId, ct);
        var none = order is null ? new Refusal("correction.no-order", "The ticket names no order. Add it first.") : null;
        var open = order is null
            ? null
            : await db
                .ApprovalRequests.Where(r => r.OrderId == order.Id && r.EndedAtUtc == null && r.Kind != RequestKind.GoodwillCredit)
                .Select(r => (long?)r.Id)
                .FirstOrDefaultAsync(ct);
        var busy = open is { } id ? RequestRefusals.OpenAlready(RequestReference.Of(id)) : null;
        var funds = await db
            .LedgerAccounts.AsNoTracking()
            .Where(a => a.Kind == AccountKind.GoodwillFund && a.PartnerId == null)
            .OrderBy(a => a.Currency)
            .ThenBy(a => a.Id)
            .ToListAsync(ct);
        return new CorrectionOffers(
            order?.Id,
            ticket.RecipientId,
            closed ?? none ?? busy ?? CorrectionRules.CannotReissue(order!),
            closed ?? none ?? busy ?? CorrectionRules.CannotCancel(order!, reward!.Kind),
            closed ?? none ?? busy ?? CorrectionRules.CannotRefund(order!, payments),
            closed
                ?? (
                    ticket.RecipientId is null
                        ? new Refusal("correction.no-recipient", "The ticket names no recipient. Add them first.")
                        : null
                )
                ?? (funds.Count == 0 ? new Refusal("correction.no-fund", "There is no goodwill fund yet. Ask an operations lead.") : null),
            order?.Value,
            order is null ? null : new Money(payments.Sum(p => p.Left), order.Value.Currency),
            [
                .. payments.Select(p => new TenderLine(
                    p.Line,
                    p.Tender.ToString(),
                    new Money(p.Captured, p.Currency),
                    new Money(p.Refunded, p.Currency)
                )),
            ],
            [.. funds.Select(f => new FundChoice(f.Id, f.Name, new Money(f.Available, f.Currency)))],
            reward?.Country,
            ticket.ProgrammeId,
            await LimitsAsync(db, userId, order?.Value.Currency, ct)
        );
    }

    private static async Task<IReadOnlyDictionary<RequestKind, LimitValues>> LimitsAsync(
        PlumDbContext db,
        Guid userId,
        string? currency,
        CancellationToken ct
    )
    {
        var roles = await db.RolesOfAsync(userId, ct);
        var limits = await db
            .ApprovalLimits.AsNoTracking()
            .Where(l => l.PartnerId == null && roles.Contains(l.Role) && l.Currency == currency)
            .ToListAsync(ct);
        return limits.GroupBy(l => l.Kind).ToDictionary(g => g.Key, g => g.MaxBy(l => l.PerDay)!.Values);
    }
}
