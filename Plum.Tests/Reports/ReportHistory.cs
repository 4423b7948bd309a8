using Microsoft.EntityFrameworkCore;
using Plum.Data.Reports;
using Plum.Data.Shared;
using Plum.Data.Sla;
using Plum.Data.Tickets;
using Plum.Domain.Clients;
using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Reports;

/// <summary>A client's complaints as they came and went, told in order: each step sets the clock and does what a person did then.</summary>
internal sealed class ReportHistory(PlumDatabase plum, Client client)
{
    public static readonly DateOnly March = new(2026, 3, 1);

    public Client Client => client;

    public static async Task<ReportHistory> OfAsync(PlumDatabase plum, string code = "ACME", string timeZone = "UTC") =>
        new(plum, await plum.HasClientAsync(code, timeZone: timeZone));

    public ReportHistory At(int month, int day, int hour = 0, int minute = 0)
    {
        plum.Clock.AdjustTime(new DateTimeOffset(2026, month, day, hour, minute, 0, TimeSpan.Zero));
        return this;
    }

    public async Task<long> OpenedAsync(string category = "Voucher not received", Severity severity = Severity.P3)
    {
        var kind = await plum.HasCategoryAsync(category);
        var command = new OpenTicket(client.Id, kind.Id, "It never came", IntakeChannel.Email, Severity: severity);
        var outcome = Assert.IsType<Outcome.Done>(await plum.Get<TicketService>().OpenAsync(command, PlumDatabase.Lead, default));
        return TicketReference.Parse(outcome.Key)!.Value;
    }

    public async Task ChangedAsync(long id, TicketChange change)
    {
        await using var db = plum.Peek();
        var version = await db.Tickets.Where(t => t.Id == id).Select(t => t.Version).SingleAsync();
        var outcome = await plum.Get<TicketService>().ChangeAsync(new ChangeTicket(id, version, change), PlumDatabase.Lead, default);
        Assert.IsType<Outcome.Done>(outcome);
    }

    public Task MovedAsync(long id, string disposition) => ChangedAsync(id, new TicketChange.Move(disposition));

    public Task RepliedAsync(long id) =>
        HappenedAsync(
            id,
            (ticket, now) =>
            {
                ticket.Answer(now);
                return TicketEvent.Of(id, TicketEventKind.Replied, PlumDatabase.Agent, now);
            }
        );

    public async Task ReopenedAsync(long id, string disposition = Dispositions.VoucherNotReceived)
    {
        await using var db = plum.Peek();
        var to = await db.Dispositions.SingleAsync(d => d.Code == disposition);
        await HappenedAsync(
            id,
            (ticket, now) =>
            {
                var from = ticket.Disposition;
                ticket.Reopen(to, windowDays: 60, now);
                return TicketEvent.Of(id, TicketEventKind.Reopened, PlumDatabase.Agent, now, from, disposition);
            }
        );
    }

    public async Task MergedAsync(long id, long into)
    {
        await using var db = plum.Peek();
        var final = await db.Dispositions.SingleAsync(d => d.Code == Dispositions.Resolved);
        var target = await db.Tickets.AsNoTracking().SingleAsync(t => t.Id == into);
        await HappenedAsync(
            id,
            (ticket, now) =>
            {
                ticket.MergeInto(target, final, now);
                return TicketEvent.Of(id, TicketEventKind.Merged, PlumDatabase.Agent, now, to: TicketReference.Of(into));
            }
        );
    }

    public async Task<ReportView> MadeAsync(DateOnly? month = null)
    {
        var reports = plum.Get<ReportService>();
        var outcome = await reports.MakeAsync(new MakeReport(client.Id, month ?? March), PlumDatabase.Lead, default);
        return (await reports.OpenAsync(Guid.Parse(Assert.IsType<Outcome.Done>(outcome).Key!), PlumDatabase.Lead, default))!;
    }

    /// <summary>What has no service of its own to be done by, with its event and the clocks reckoned as a service does.</summary>
    private async Task HappenedAsync(long id, Func<Ticket, DateTime, TicketEvent> happens)
    {
        await using var db = plum.Peek();
        var ticket = await db.Tickets.SingleAsync(t => t.Id == id);
        db.Add(happens(ticket, plum.Now));
        await SlaStep.ReckonAsync(db, ticket, plum.Now, default);
        await db.SaveChangesAsync();
    }
}
