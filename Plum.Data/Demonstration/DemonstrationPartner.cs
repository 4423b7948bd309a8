using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Approvals;
using Plum.Data.Audit;
using Plum.Data.Ledger;
using Plum.Data.Partners;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Corrections;
using Plum.Domain.Demonstration;
using Plum.Domain.Jobs;
using Plum.Domain.Ledger;
using Plum.Domain.Partners;
using Plum.Domain.Shared;

namespace Plum.Data.Demonstration;

/// <summary>
/// The customers of the partner institution, and goodwill that its own maker asked for: most of it granted, some waiting for its checker. Without the
/// accounts of Development there is no institution, and nothing is written.
/// </summary>
internal sealed class DemonstrationPartner(PlumDbContext db, DemonstrationPlan plan, DemonstrationMoney money, Actor by)
{
    private const int Customers = 14;
    private const string Currency = "EUR";

    /// <summary>Hours before the demonstration's end, oldest first.</summary>
    private static readonly (RequestState End, int HoursAgo, int Euros, string Reason)[] _asked =
    [
        (RequestState.Executed, 700, 25, "The card was blocked for two days by our mistake."),
        (RequestState.Executed, 500, 40, "Waited three weeks for the welcome bonus."),
        (RequestState.Rejected, 340, 90, "Unhappy with the exchange rate."),
        (RequestState.Executed, 210, 15, "The branch was closed without notice."),
        (RequestState.Executed, 90, 60, "The direct debit was taken twice."),
        (RequestState.Pending, 20, 35, "The standing order was carried out a day late, and a fee fell due."),
        (RequestState.Pending, 3, 50, "Cash machine kept the card; replaced after nine days."),
    ];

    private readonly Dice _dice = Dice.For(plan.Seed, stream: 93, index: 0);

    public async Task WriteAsync(CancellationToken ct)
    {
        if (
            await db.PartnerInstitutions.AsNoTracking().OrderBy(p => p.Name).FirstOrDefaultAsync(ct) is not { } partner
            || await PersonAsync(partner.Id, Role.Agent, ct) is not { } maker
            || await PersonAsync(partner.Id, Role.Checker, ct) is not { } checker
        )
        {
            return;
        }

        var customers = await CustomersAsync(partner, ct);
        var limits = await db.LimitsAsync(partner.Id, RequestKind.GoodwillCredit, Currency, ct);
        var (makes, approves) = (limits.First(l => l.Role == Role.Agent).Snapshot(), limits.First(l => l.Role == Role.Checker).Snapshot());
        var fund = await money.OpenAsync(AccountTerms.Goodwill(partner.Id, Currency, partner.Name), ct);
        var first = await db.TakeAsync(Numbers.Requests, _asked.Length, ct);
        foreach (var (asked, i) in _asked.Select((a, i) => (a, i)))
        {
            var customer = customers[(i * 3) % customers.Count];
            var at = plan.NowUtc.AddHours(-asked.HoursAgo);
            var amount = new Money(DemonstrationMoney.Of(asked.Euros, Currency), Currency);
            var wallet = await money.OpenAsync(AccountTerms.CustomerWallet(partner.Id, customer.Id, Currency, customer.Name), ct);
            var request = ApprovalRequest.Make(
                first + i,
                new RequestTerms(
                    RequestKind.GoodwillCredit,
                    $"Credit {amount} to {customer.Name} as goodwill",
                    amount,
                    asked.Reason,
                    JsonSerializer.Serialize(
                        new CorrectionPayload.Goodwill(fund, wallet, amount, customer.Name),
                        JsonSerializerOptions.Web
                    ),
                    new Maker(maker.UserId!.Value, maker.Name, nameof(Role.Agent)),
                    new Beneficiary(PartnerKeys.Beneficiary(customer.Id), customer.Name, customer.Email),
                    nameof(ReasonCode.ServiceFailure),
                    PartnerId: partner.Id,
                    OpenKey: PartnerKeys.Open(customer.Id)
                ),
                new PolicySnapshot(makes, 1, null, AsksSecondFactor: false),
                amount.MinorUnits,
                hands: [],
                at
            );
            db.Add(request);
            db.Add(RequestEvent.Of(request, RequestEventKind.Made, maker, at, roles: nameof(Role.Agent)));
            RequestStep.Audit(db, request, "Asked for", maker, at, request.Reason);
            var legs = Legs.Move(fund, wallet, amount);
            Must(
                await db.ReserveAsync(
                    new EntryTerms(RequestStep.HoldKey(request.Id), "Reserved", request.Title, legs, request.Id),
                    maker,
                    at,
                    ct
                )
            );
            await db.SaveChangesAsync(ct);
            await LiveAsync(request, asked.End, legs, checker, approves, at.AddMinutes(_dice.Between(20, 150)), ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    private async Task LiveAsync(
        ApprovalRequest request,
        RequestState end,
        IReadOnlyList<Leg> legs,
        Actor checker,
        LimitSnapshot limit,
        DateTime at,
        CancellationToken ct
    )
    {
        if (end == RequestState.Pending)
        {
            return;
        }

        var kind = end == RequestState.Rejected ? RequestEventKind.Rejected : RequestEventKind.Approved;
        var note = end == RequestState.Rejected ? "That is how the market was on the day; nothing went wrong." : null;
        db.Add(
            RequestEvent.Decision(request, kind, new Decision(checker.UserId!.Value, checker.Name, nameof(Role.Checker), note, limit), at)
        );
        RequestStep.Audit(db, request, kind.ToString(), checker, at, note);
        if (end == RequestState.Rejected)
        {
            request.Reject(at);
            Must(await RequestStep.ReleaseAsync(db, request, checker, at, ct));
            return;
        }

        var system = JobActors.Execution;
        request.Approve(at);
        request.Claim(at = at.AddSeconds(2));
        request.Execute(request.Attempts, supplierReference: null, at);
        db.Add(RequestEvent.Of(request, RequestEventKind.Executed, system, at));
        RequestStep.Audit(db, request, "Executed", system, at);
        var terms = new EntryTerms(RequestStep.PostKey(request.Id), RequestKinds.Words(request.Kind), request.Title, legs, request.Id);
        Must(await db.SettleAsync(RequestStep.HoldKey(request.Id), terms, system, at, ct));
    }

    private async Task<List<PartnerCustomer>> CustomersAsync(PartnerInstitution partner, CancellationToken ct)
    {
        var customers = new List<PartnerCustomer>();
        for (var i = 0; i < Customers; i++)
        {
            var (name, mailbox) = DemonstrationPlan.Somebody("DE", _dice);
            var at = plan.StartUtc.AddDays(i);
            var customer = PartnerCustomer.Add(partner.Id, $"{700_113 + (i * 37)}", name, $"{mailbox}.{i + 1}@kunde.example", at);
            db.Entry(customer).Property(nameof(PartnerCustomer.Id)).CurrentValue = _dice.Key(plan.StartUtc);
            db.Add(customer);
            db.Add(
                AuditEntry.For("Partners", AuditSubject.Of("customer", customer.Number), "Customer added", by, at, partnerId: partner.Id)
            );
            customers.Add(customer);
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return customers;
    }

    private async Task<Actor?> PersonAsync(Guid partnerId, Role role, CancellationToken ct)
    {
        var email = DemonstrationAccounts.All.First(a => a.Role == role && a.Binding == Binding.Partner).Email;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Email == email && u.PartnerId == partnerId, ct);
        return user is null ? null : Actors.Of(user.Id, user.DisplayName, [role], clientId: null, partnerId);
    }

    private static void Must(Refusal? refused)
    {
        if (refused is not null)
        {
            throw new InvalidOperationException(refused.Message);
        }
    }
}
