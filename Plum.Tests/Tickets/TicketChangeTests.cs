using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class TicketChangeTests
{
    /// <summary>Every plain change with what it writes into the timeline.</summary>
    public static TheoryData<string, TicketChange, TicketEventKind, string, string> Plain() =>
        new()
        {
            {
                "moved",
                new TicketChange.Move(Dispositions.VendorRejection),
                TicketEventKind.Moved,
                Dispositions.VoucherNotReceived,
                Dispositions.VendorRejection
            },
            { "waiting", new TicketChange.Wait(WaitingOn.Supplier), TicketEventKind.WaitingChanged, "Nobody", "Supplier" },
            { "graded", new TicketChange.Grade(Severity.P1), TicketEventKind.SeverityChanged, "P3", "P1" },
            { "rechannelled", new TicketChange.Rechannel(IntakeChannel.Phone), TicketEventKind.ChannelChanged, "Email", "Phone" },
            { "renamed", new TicketChange.Rename(" Never came "), TicketEventKind.SubjectChanged, "My voucher never came", "Never came" },
        };

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task A_change_saves_the_ticket_its_event_and_its_audit_line_together(
        string what,
        TicketChange change,
        TicketEventKind kind,
        string from,
        string to
    )
    {
        Assert.NotEmpty(what);
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketAsync();
        plum.Clock.Advance(TimeSpan.FromMinutes(1));

        var outcome = await ChangeAsync(plum, ticket, change, "because");

        Assert.Equal(new Outcome.Done("PLM-1001"), outcome);
        await using var db = plum.Peek();
        var saved = await db.Tickets.SingleAsync();
        var line = await db.TicketEvents.OrderBy(e => e.Id).LastAsync();
        var audit = await db.AuditEntries.OrderBy(a => a.Id).LastAsync();
        Assert.Equal((ticket.Version + 1, plum.Now), (saved.Version, saved.UpdatedAtUtc));
        Assert.Equal((kind, from, to, "because", plum.Now), (line.Kind, line.From, line.To, line.Note, line.AtUtc));
        Assert.Equal(("PLM-1001", "Ada Agent", "because", ticket.ClientId), (audit.Subject, audit.Who, audit.Why, audit.ClientId));
        Assert.NotNull(audit.Before);
        Assert.NotNull(audit.After);
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task A_change_to_what_is_there_already_is_refused(
        string what,
        TicketChange change,
        TicketEventKind kind,
        string from,
        string to
    )
    {
        Assert.NotEqual(from, to);
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketAsync();
        await ChangeAsync(plum, ticket, change);

        var again = await ChangeAsync(plum, await plum.ReloadAsync(ticket), change);

        Assert.Contains(Assert.IsType<Outcome.Refused>(again).Why.Code, new[] { "ticket.unchanged", "ticket.same-disposition" });
        await using var db = plum.Peek();
        Assert.True(1 == await db.TicketEvents.CountAsync(e => e.Kind == kind), what);
    }

    [Fact]
    public async Task A_closed_ticket_takes_no_severity_and_waits_on_nobody_but_may_still_be_described_better()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketAsync();
        await ChangeAsync(plum, ticket, new TicketChange.Move(Dispositions.Resolved));
        ticket = await plum.ReloadAsync(ticket);

        var graded = await ChangeAsync(plum, ticket, new TicketChange.Grade(Severity.P1));
        var waited = await ChangeAsync(plum, ticket, new TicketChange.Wait(WaitingOn.Recipient));
        var described = await ChangeAsync(plum, ticket, new TicketChange.Rechannel(IntakeChannel.Phone));

        Assert.Equal(new Outcome.Refused(TicketRefusals.Final), graded);
        Assert.Equal(new Outcome.Refused(TicketRefusals.Final), waited);
        Assert.IsType<Outcome.Done>(described);
    }

    [Theory]
    [EachDatabase]
    public async Task An_agent_takes_and_releases_but_assigns_nobody_else(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (ana, ben) = (await plum.HasUserAsync("Ana"), await plum.HasUserAsync("Ben"));
        var ticket = await plum.HasTicketAsync();

        var other = await ChangeAsync(plum, ticket, new TicketChange.Assign(ben.UserId), by: ana);
        var self = await ChangeAsync(plum, ticket, new TicketChange.Assign(ana.UserId), by: ana);
        var stolen = await ChangeAsync(plum, await plum.ReloadAsync(ticket), new TicketChange.Assign(null), by: ben);
        var released = await ChangeAsync(plum, await plum.ReloadAsync(ticket), new TicketChange.Assign(null), by: ana);

        Assert.Equal(new Outcome.Refused(Refusals.NotAllowed(Act.AssignTickets)), other);
        Assert.Equal(new Outcome.Refused(Refusals.NotAllowed(Act.AssignTickets)), stolen);
        Assert.IsType<Outcome.Done>(self);
        Assert.IsType<Outcome.Done>(released);
    }

    [Theory]
    [EachDatabase]
    public async Task Only_somebody_who_works_tickets_of_that_client_can_own_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync("ACME");
        var nord = await plum.HasClientAsync("NORD");
        var ticket = await plum.HasTicketAsync(acme);
        var good = await plum.HasUserAsync("Good");
        var boundHere = await plum.HasUserAsync("Bound here", boundTo: acme);
        Actor[] bad =
        [
            await plum.HasUserAsync("Reads only", Role.Auditor),
            await plum.HasUserAsync("Bound elsewhere", boundTo: nord),
            await plum.HasUserAsync("Gone", disabledAtUtc: plum.Now),
            PlumDatabase.Person("Nobody", Role.Agent),
        ];

        foreach (var owner in bad)
        {
            var refused = await ChangeAsync(plum, ticket, new TicketChange.Assign(owner.UserId), by: PlumDatabase.Lead);
            Assert.Equal("ticket.owner", Assert.IsType<Outcome.Refused>(refused).Why.Code);
        }

        Assert.IsType<Outcome.Done>(await ChangeAsync(plum, ticket, new TicketChange.Assign(good.UserId), by: PlumDatabase.Lead));
        ticket = await plum.ReloadAsync(ticket);
        Assert.IsType<Outcome.Done>(await ChangeAsync(plum, ticket, new TicketChange.Assign(boundHere.UserId), by: PlumDatabase.Lead));
    }

    [Fact]
    public async Task Unknown_values_are_refused_by_the_field_that_they_were_given_for()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketAsync();

        foreach (
            var (change, field) in new (TicketChange, string)[]
            {
                (new TicketChange.Move("Nonsense"), "Disposition"),
                (new TicketChange.Grade((Severity)9), "Severity"),
                (new TicketChange.Wait((WaitingOn)9), "WaitingOn"),
                (new TicketChange.Rechannel((IntakeChannel)99), "Channel"),
                (new TicketChange.Rename(" "), "Subject"),
                (new TicketChange.Rename(new string('x', Ticket.SubjectMaxLength + 1)), "Subject"),
                (new TicketChange.Categorise(Guid.NewGuid()), "Category"),
                (new TicketChange.PlaceIn(Guid.NewGuid()), "Programme"),
                (new TicketChange.ConcernRecipient(404), "Recipient"),
                (new TicketChange.ConcernOrder(404), "Order"),
            }
        )
        {
            Assert.Equal(field, Assert.IsType<Outcome.Refused>(await ChangeAsync(plum, ticket, change)).Why.Field);
        }

        await using var db = plum.Peek();
        Assert.Equal(ticket.Version, (await db.Tickets.SingleAsync()).Version);
        Assert.Equal(1, await db.TicketEvents.CountAsync());
    }

    [Fact]
    public async Task The_audit_line_of_a_subject_holds_no_words_of_it()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketAsync(subject: "Jane Okafor got nothing");

        await ChangeAsync(plum, ticket, new TicketChange.Rename("Nothing for Jane"));

        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Subject changed");
        Assert.DoesNotContain("Jane", line.Before + line.After, StringComparison.Ordinal);
        Assert.NotEqual(line.Before, line.After);
    }

    private static Task<Outcome> ChangeAsync(
        PlumDatabase plum,
        Ticket ticket,
        TicketChange change,
        string? note = null,
        Actor? by = null
    ) =>
        plum.Get<TicketService>().ChangeAsync(new ChangeTicket(ticket.Id, ticket.Version, change, note), by ?? PlumDatabase.Agent, default);
}
