using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Tests.Shared;

/// <summary>What a test may start from, and who acts in it.</summary>
public sealed partial class PlumDatabase
{
    public static readonly Actor Agent = Person("Ada Agent", Role.Agent);
    public static readonly Actor Lead = Person("Lea Lead", Role.OpsLead);
    public static readonly Actor Reader = Person("Rae Reader", Role.Checker);
    public static readonly Actor Auditor = Person("Aud Auditor", Role.Auditor);

    public static Actor Person(string name, params Role[] roles) => new(Guid.NewGuid(), name, RoleActs.Of(roles));

    /// <summary>Somebody of the client's own, who must see nothing of another.</summary>
    public static Actor Bound(Client client, params Role[] roles) => Person($"Bo of {client.Code}", roles) with { ClientId = client.Id };

    public async Task<Client> HasClientAsync(string code = "ACME", string? name = null, string timeZone = "UTC")
    {
        var calendar = await HasCalendarAsync();
        var policy = await HasPolicyAsync();
        await using var db = Peek();
        var client = Client.Register(code, name ?? $"{code} Corporation", timeZone, calendar.Id, policy.Id);
        db.Add(client);
        await db.SaveChangesAsync();
        return client;
    }

    /// <summary>Open around the clock unless told otherwise; one of each code.</summary>
    public async Task<BusinessCalendar> HasCalendarAsync(string code = "ALWAYS", CalendarHours? hours = null)
    {
        await using var db = Peek();
        if (await db.BusinessCalendars.SingleOrDefaultAsync(c => c.Code == code) is { } there)
        {
            return there;
        }

        var calendar = BusinessCalendar.Draw(code, code, hours ?? CalendarHours.AlwaysOpen());
        db.Add(calendar);
        await db.SaveChangesAsync();
        return calendar;
    }

    /// <summary>Promises 1 h, 2 h, 4 h and 8 h for a response from P1 to P4, and ten times that for the resolution, unless told otherwise.</summary>
    public async Task<SlaPolicy> HasPolicyAsync(string code = "STANDARD", SlaTerms? terms = null)
    {
        await using var db = Peek();
        if (await db.SlaPolicies.SingleOrDefaultAsync(p => p.Code == code) is { } there)
        {
            return there;
        }

        var policy = SlaPolicy.Draw(code, code);
        db.Add(policy);
        db.Add(
            policy.Issue(
                terms ?? new SlaTerms([new(60, 60, 600), new(120, 120, 1200), new(240, 240, 2400), new(480, 480, 4800)]),
                note: null,
                Lead,
                Now
            )
        );
        await db.SaveChangesAsync();
        return policy;
    }

    public async Task<Category> HasCategoryAsync(string name = "Voucher not received", string first = Dispositions.VoucherNotReceived)
    {
        await using var db = Peek();
        if (await db.Categories.SingleOrDefaultAsync(c => c.Name == name) is { } there)
        {
            return there;
        }

        var category = Category.Add(name, Severity.P3, first);
        db.Add(category);
        await db.SaveChangesAsync();
        return category;
    }

    /// <summary>A ticket as the service opens it; of a client ACME unless told otherwise.</summary>
    public async Task<Ticket> HasTicketAsync(Client? client = null, string subject = "My voucher never came", Severity? severity = null)
    {
        client ??= await OnlyClientAsync();
        var category = await HasCategoryAsync();
        var outcome = await Get<TicketService>()
            .OpenAsync(new OpenTicket(client.Id, category.Id, subject, IntakeChannel.Email, Severity: severity), Lead, default);
        var id = TicketReference.Parse(Assert.IsType<Outcome.Done>(outcome).Key)!.Value;
        await using var db = Peek();
        return await db.Tickets.SingleAsync(t => t.Id == id);
    }

    /// <summary>The ticket as it stands now.</summary>
    public async Task<Ticket> ReloadAsync(Ticket ticket)
    {
        await using var db = Peek();
        return await db.Tickets.SingleAsync(t => t.Id == ticket.Id);
    }

    public async Task HasReopenedAsync(Ticket ticket, Actor by)
    {
        var now = await ReloadAsync(ticket);
        Assert.IsType<Outcome.Done>(
            await Get<TicketService>()
                .ReopenAsync(new ReopenTicket(now.Id, now.Version, "It goes on", Dispositions.CancellationRequested), by, default)
        );
    }

    private async Task<Client> OnlyClientAsync()
    {
        await using var db = Peek();
        return await db.Clients.OrderBy(c => c.Code).FirstOrDefaultAsync() ?? await HasClientAsync();
    }
}
