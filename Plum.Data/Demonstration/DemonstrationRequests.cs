using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Data.Ledger;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Demonstration;
using Plum.Domain.Jobs;
using Plum.Domain.Ledger;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Demonstration;

/// <summary>
/// Some sixty requests in every state, on tickets and orders of the demonstration. They go through the entity's own verbs, and their money through
/// the ledger, so that both agree. Who decides are accounts of Development: without them there are none.
/// </summary>
internal sealed class DemonstrationRequests(PlumDbContext db, DemonstrationPlan plan, DemonstrationMoney money)
{
    private static readonly (RequestState End, int Count)[] _open =
    [
        (RequestState.Pending, 12),
        (RequestState.Questioned, 3),
        (RequestState.Failed, 2),
    ];

    private static readonly (RequestState End, int Count)[] _closed =
    [
        (RequestState.Executed, 30),
        (RequestState.Rejected, 7),
        (RequestState.Withdrawn, 3),
        (RequestState.Expired, 3),
    ];

    private readonly Dice _dice = Dice.For(plan.Seed, stream: 92, index: 0);
    private readonly List<ChosenRequest> _chosen = [];
    private readonly Dictionary<string, (Actor Actor, Role Role)> _people = [];

    /// <summary>The orders whose money went back by one of these requests.</summary>
    public IReadOnlySet<long> Refunded =>
        _chosen
            .Where(c => c.Kind is RequestKind.Refund or RequestKind.Cancellation && c.End == RequestState.Executed)
            .Select(c => c.OrderId)
            .ToHashSet();

    /// <summary>Looks for tickets that such requests could have been made on.</summary>
    public async Task ChooseAsync(CancellationToken ct)
    {
        foreach (var user in await db.Users.AsNoTracking().Where(u => u.ClientId == null && u.PartnerId == null).ToListAsync(ct))
        {
            var roles = await db.RolesOfAsync(user.Id, ct);
            _people[user.Email!] = (new Actor(user.Id, user.DisplayName, RoleActs.Of(roles)), roles.FirstOrDefault());
        }

        if (Person(Role.Checker) is null || Person(Role.OpsLead) is null)
        {
            return;
        }

        var tickets = await (
            from ticket in db.Tickets
            join order in db.Orders on ticket.OrderId equals order.Id
            join recipient in db.Recipients on order.RecipientId equals recipient.Id
            where ticket.MergedIntoId == null && ticket.RecipientId == order.RecipientId && order.Value.MinorUnits > 0
            orderby ticket.Id descending
            select new OnTicket(ticket, order, recipient)
        )
            .AsNoTracking()
            .Take(1_500)
            .ToListAsync(ct);
        var used = new HashSet<long>();
        foreach (var (end, count) in _open)
        {
            Take(tickets.Where(t => t.Ticket.IsOpen), end, count, used);
        }

        foreach (var (end, count) in _closed)
        {
            Take(tickets.Where(t => !t.Ticket.IsOpen && t.Ticket.ResolvedAtUtc < plan.NowUtc.AddDays(-1)), end, count, used);
        }
    }

    public async Task WriteAsync(CancellationToken ct)
    {
        var inOrder = _chosen.OrderBy(c => c.MadeAtUtc).ThenBy(c => c.On.Ticket.Id).ToList();
        if (inOrder.Count == 0)
        {
            return;
        }

        var first = await db.TakeAsync(Numbers.Requests, inOrder.Count, ct);
        foreach (var (chosen, i) in inOrder.Select((c, i) => (c, i)))
        {
            await WriteAsync(first + i, chosen, ct);
            db.ChangeTracker.Clear();
        }
    }

    private void Take(IEnumerable<OnTicket> tickets, RequestState end, int count, HashSet<long> used)
    {
        foreach (var on in tickets)
        {
            if (count == 0)
            {
                return;
            }

            if (!used.Contains(on.Order.Id) && Plan(on, end) is { } chosen)
            {
                used.Add(on.Order.Id);
                _chosen.Add(chosen);
                count--;
            }
        }
    }

    /// <returns>Null when such a request does not go with that ticket.</returns>
    private ChosenRequest? Plan(OnTicket on, RequestState end)
    {
        var (ticket, order) = (on.Ticket, on.Order);
        var goodwill = _dice.Chance(350);
        RequestKind? kind =
            end == RequestState.Executed
                ? order.Status == OrderStatus.Refunded
                    ? RequestKind.Refund
                    : order.Status == OrderStatus.Cancelled
                        ? RequestKind.Cancellation
                        : goodwill
                            ? RequestKind.GoodwillCredit
                            : null
                : order.Status is OrderStatus.Refunded or OrderStatus.Cancelled
                    ? null
                    : goodwill
                        ? RequestKind.GoodwillCredit
                        : order.Status switch
                        {
                            OrderStatus.Issued or OrderStatus.DeliveryFailed => _dice.Pick([
                                RequestKind.Refund,
                                RequestKind.Reissue,
                                RequestKind.Cancellation,
                            ]),
                            OrderStatus.Delivered or OrderStatus.Rejected => _dice.Pick([RequestKind.Refund, RequestKind.Reissue]),
                            _ => null,
                        };
        if (kind is not { } of)
        {
            return null;
        }

        var currency = of == RequestKind.GoodwillCredit && _dice.Chance(400) ? Currencies.Points : order.Value.Currency;
        var amount =
            of == RequestKind.GoodwillCredit ? new Money(DemonstrationMoney.Of(5 * _dice.Between(1, 15), currency), currency) : order.Value;
        var made =
            end == RequestState.Expired ? plan.NowUtc.AddDays(-_dice.Between(9, 25))
            : ticket.IsOpen ? plan.NowUtc.AddMinutes(-_dice.Between(25, 60 * 20))
            : ticket.CreatedAtUtc + ((ticket.ResolvedAtUtc!.Value - ticket.CreatedAtUtc) / 4);
        if (made < ticket.CreatedAtUtc || (ticket.IsOpen && made < ticket.UpdatedAtUtc) || made < plan.StartUtc)
        {
            return null;
        }

        var (maker, role) = _dice.Pick([.. _people.Values.Where(p => p.Role is Role.Agent or Role.SeniorAgent)]);
        var limits = money.Limits.Where(l => l.Kind == of && l.Currency == amount.Currency).ToList();
        var answer = ApprovalPolicy.Judge(
            of,
            amount,
            [.. limits.Where(l => l.Role == role)],
            limits,
            [.. money.Bands.Where(b => b.Kind == of && b.Currency == amount.Currency)],
            new Used(0, 0)
        );
        return answer switch
        {
            PolicyAnswer.Chain { Policy: { } policy } => new ChosenRequest(on, of, end, amount, made, maker, role, policy),
            PolicyAnswer.Alone { Policy: { } policy } when end == RequestState.Executed => new ChosenRequest(
                on,
                of,
                end,
                amount,
                made,
                maker,
                role,
                policy
            ),
            _ => null,
        };
    }

    private async Task WriteAsync(long id, ChosenRequest chosen, CancellationToken ct)
    {
        var (kind, ticket, order, recipient) = (chosen.Kind, chosen.On.Ticket, chosen.On.Order, chosen.On.Recipient);
        var (payload, hold) = await new DemonstrationPayloads(db, plan, money).OfAsync(chosen, ct);
        var (code, reason) = DemonstrationPayloads.Words(kind, _dice);
        var terms = new RequestTerms(
            kind,
            DemonstrationPayloads.Title(chosen),
            chosen.Amount,
            reason,
            JsonSerializer.Serialize(payload, payload.GetType(), JsonSerializerOptions.Web),
            new Maker(chosen.Maker.UserId!.Value, chosen.Maker.Name, chosen.Role.ToString()),
            Beneficiary.Recipient(recipient.Id, recipient.Name, recipient.Email),
            code.ToString(),
            ticket.ClientId,
            PartnerId: null,
            ticket.Id,
            kind == RequestKind.GoodwillCredit ? ticket.OrderId : order.Id,
            recipient.Id,
            kind == RequestKind.GoodwillCredit ? $"goodwill:{TicketReference.Of(ticket.Id)}" : OrderReference.Of(order.Id)
        );
        var request = ApprovalRequest.Make(id, terms, chosen.Policy, chosen.Amount.MinorUnits, hands: [], chosen.MadeAtUtc);
        db.Add(request);
        Tell(
            request,
            RequestEventKind.Made,
            chosen.Maker,
            chosen.MadeAtUtc,
            request.StepsNeeded == 0 ? "Within the maker's own limit" : null
        );
        RequestStep.Audit(db, request, "Asked for", chosen.Maker, chosen.MadeAtUtc, request.Reason);
        if (hold.Count > 0)
        {
            var reserved = new EntryTerms(RequestStep.HoldKey(id), "Reserved", request.Title, hold, id, ticket.Id, request.OrderId);
            Must(await db.ReserveAsync(reserved, chosen.Maker, chosen.MadeAtUtc, ct));
        }

        await db.SaveChangesAsync(ct);
        var atUtc = await LiveAsync(request, chosen, hold, ct);
        RequestStep.Audit(db, request, RequestWords.Of(request.State), chosen.Maker, atUtc);
        await db.SaveChangesAsync(ct);
    }

    /// <returns>When it came to where it stands.</returns>
    private async Task<DateTime> LiveAsync(ApprovalRequest request, ChosenRequest chosen, IReadOnlyList<Leg> hold, CancellationToken ct)
    {
        var at = chosen.MadeAtUtc;
        var (checker, lead) = (Person(Role.Checker)!.Value, Person(Role.OpsLead)!.Value);
        var system = JobActors.Execution;
        switch (chosen.End)
        {
            case RequestState.Pending:
                return at;
            case RequestState.Questioned:
                Decide(
                    request,
                    RequestEventKind.SentBack,
                    checker,
                    at = Later(at, 20),
                    "Which delivery failed, and did the recipient try the code?"
                );
                request.SendBack(at);
                return at;
            case RequestState.Rejected:
                Decide(
                    request,
                    RequestEventKind.Rejected,
                    checker,
                    at = Later(at, 90),
                    "The code was redeemed two days before the complaint."
                );
                request.Reject(at);
                break;
            case RequestState.Withdrawn:
                request.Withdraw(at = Later(at, 60));
                Tell(request, RequestEventKind.Withdrawn, chosen.Maker, at, "The recipient found the e-mail after all.");
                break;
            case RequestState.Expired:
                at = request.ExpiresAtUtc.AddSeconds(30);
                request.Expire(at);
                Tell(request, RequestEventKind.Expired, JobActors.Approvals, at, note: null);
                break;
            default:
                // The first level is a checker's as far as their limit goes; above it, and for the second, the lead's.
                for (var step = 0; step < request.StepsNeeded; step++)
                {
                    var reach = money.Limits.First(l =>
                        l.Kind == request.Kind && l.Currency == request.Amount.Currency && l.Role == Role.Checker
                    );
                    var who = step == 0 && request.JudgedMinorUnits <= reach.Approve ? checker : lead;
                    Decide(request, RequestEventKind.Approved, who, at = Later(at, 75), note: null);
                    request.Approve(at);
                }

                request.Claim(at = at.AddSeconds(2));
                if (chosen.End == RequestState.Failed)
                {
                    const string words = "The supplier answered: order is locked for settlement until tomorrow.";
                    request.Fail(request.Attempts, words);
                    Tell(request, RequestEventKind.Failed, system, at, words);
                    return at;
                }

                request.Execute(request.Attempts, supplierReference: null, at);
                Tell(request, RequestEventKind.Executed, system, at, note: null);
                if (hold.Count > 0)
                {
                    var terms = new EntryTerms(
                        RequestStep.PostKey(request.Id),
                        RequestKinds.Words(request.Kind),
                        request.Title,
                        hold,
                        request.Id,
                        request.TicketId,
                        request.OrderId
                    );
                    Must(await db.SettleAsync(RequestStep.HoldKey(request.Id), terms, system, at, ct));
                }

                return at;
        }

        Must(await RequestStep.ReleaseAsync(db, request, chosen.Maker, at, ct));
        return at;
    }

    private void Tell(ApprovalRequest request, RequestEventKind kind, Actor by, DateTime atUtc, string? note) =>
        db.Add(RequestEvent.Of(request, kind, by, atUtc, note));

    private void Decide(ApprovalRequest request, RequestEventKind kind, (Actor Actor, Role Role) who, DateTime atUtc, string? note)
    {
        var limit = money.Limits.First(l => l.Kind == request.Kind && l.Currency == request.Amount.Currency && l.Role == who.Role);
        db.Add(
            RequestEvent.Decision(
                request,
                kind,
                new Decision(who.Actor.UserId!.Value, who.Actor.Name, who.Role.ToString(), note, limit.Snapshot()),
                atUtc
            )
        );
    }

    /// <summary>So many minutes later or twice that, and not after the demonstration's end.</summary>
    private DateTime Later(DateTime at, int minutes)
    {
        var later = at.AddMinutes(_dice.Between(minutes, 2 * minutes));
        return later < plan.NowUtc ? later : at + ((plan.NowUtc - at) / 2);
    }

    private (Actor Actor, Role Role)? Person(Role role) =>
        DemonstrationAccounts.All.FirstOrDefault(a => a.Role == role && a.Binding == Binding.None) is { } account
        && _people.TryGetValue(account.Email, out var person)
            ? person
            : null;

    private static void Must(Refusal? refused)
    {
        if (refused is not null)
        {
            throw new InvalidOperationException(refused.Message);
        }
    }
}
