using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class TakeNextTests
{
    [Theory]
    [EachDatabase]
    public async Task Those_who_take_at_the_same_moment_each_get_another_and_the_last_are_told_that_none_is_left(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        for (var n = 0; n < 5; n++)
        {
            await plum.HasTicketAsync();
        }

        var people = new List<Actor>();
        for (var n = 0; n < 8; n++)
        {
            people.Add(await plum.HasUserAsync($"Agent {n}"));
        }

        using var start = new Barrier(people.Count);
        var taken = await Task.WhenAll(
            people.Select(by =>
                Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            return plum.Get<TicketService>().TakeNextAsync(new TakeNextTicket(), by, default);
                        },
                        default,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                    .Unwrap()
            )
        );

        Assert.Equal(
            ["PLM-1001", "PLM-1002", "PLM-1003", "PLM-1004", "PLM-1005"],
            taken.OfType<Outcome.Done>().Select(d => d.Key).Order(StringComparer.Ordinal)
        );
        Assert.Equal(Enumerable.Repeat("ticket.none-to-take", 3), taken.OfType<Outcome.Refused>().Select(r => r.Why.Code));
        await using var db = plum.Peek();
        var owners = await db.Tickets.ToDictionaryAsync(t => TicketReference.Of(t.Id), t => t.OwnerId);
        Assert.All(
            people.Zip(taken).Where(p => p.Second is Outcome.Done),
            p => Assert.Equal(p.First.UserId, owners[((Outcome.Done)p.Second).Key!])
        );
        Assert.Equal(5, await db.AuditEntries.CountAsync(a => a.What == "Assigned"));
    }

    [Theory]
    [EachDatabase]
    public async Task The_one_that_is_due_first_is_taken_of_those_that_are_open_unowned_and_wait_on_nobody(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var world = await TicketQueueWorld.CreateAsync(plum);
        var (ana, now) = (await plum.HasUserAsync("Ana Agent"), plum.Now);
        var ids = await world.HaveAsync([
            new(Due: now.AddMinutes(-50), Owner: world.Ada),
            new(Due: now.AddMinutes(-40), WaitingOn: WaitingOn.Supplier),
            new(Disposition: Dispositions.Resolved),
            new(Severity: Severity.P1), // no clock: after those with one
            new(Due: now.AddMinutes(30)),
            new(Due: now.AddMinutes(20)),
            new(world.Nord, Due: now.AddMinutes(10)),
        ]);

        var order = new List<string?>();
        for (var n = 0; n < 4; n++)
        {
            order.Add(Assert.IsType<Outcome.Done>(await plum.Get<TicketService>().TakeNextAsync(new TakeNextTicket(), ana, default)).Key);
        }

        Assert.Equal(new[] { 6, 5, 4, 3 }.Select(at => TicketReference.Of(ids[at])), order);
        Assert.IsType<Outcome.Refused>(await plum.Get<TicketService>().TakeNextAsync(new TakeNextTicket(), ana, default));
    }

    [Theory]
    [EachDatabase]
    public async Task One_takes_of_ones_own_client_only_and_of_the_client_asked_for(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        await plum.HasTicketAsync(acme);
        await plum.HasTicketAsync(nord);
        await plum.HasTicketAsync(nord);
        var nia = await plum.HasUserAsync("Nia of Nord", Role.Agent, nord);
        var ana = await plum.HasUserAsync("Ana Agent");
        var tickets = plum.Get<TicketService>();

        Assert.Equal(new Outcome.Done("PLM-1003"), await Second(nia, new TakeNextTicket()));
        Assert.IsType<Outcome.Refused>(await tickets.TakeNextAsync(new TakeNextTicket(acme.Id), nia, default));
        Assert.IsType<Outcome.Refused>(await tickets.TakeNextAsync(new TakeNextTicket(nord.Id), ana, default));
        Assert.Equal(new Outcome.Done("PLM-1001"), await tickets.TakeNextAsync(new TakeNextTicket(acme.Id), ana, default));

        async Task<Outcome> Second(Actor by, TakeNextTicket command)
        {
            Assert.Equal(new Outcome.Done("PLM-1002"), await tickets.TakeNextAsync(command, by, default));
            return await tickets.TakeNextAsync(command, by, default);
        }
    }

    [Fact]
    public async Task The_button_opens_what_was_taken_and_tells_when_there_is_nothing_to_take()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ana = await plum.HasUserAsync("Ana Agent");
        await plum.HasTicketAsync();
        await using var screen = PlumScreen.Of(plum, ana, Role.Agent, services => services.AddTicketDesk());
        screen.Get<BunitNavigationManager>().NavigateTo("/tickets?view=unassigned");
        var page = screen.Render<TicketsPage>();
        page.WaitForElement("[aria-label='Take next']");
        Assert.Equal("t", page.Find("[aria-label='Take next']").GetAttribute("data-key"));

        await page.Find("[aria-label='Take next']").ClickAsync();

        Assert.EndsWith("/tickets/PLM-1001", screen.Get<BunitNavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Contains("PLM-1001 is yours.", screen.Said);
        await page.Find("[aria-label='Take next']").ClickAsync();
        Assert.Contains(screen.Said, s => s.StartsWith("There is nothing to take", StringComparison.Ordinal));
        await using var db = plum.Peek();
        Assert.Equal(ana.UserId, (await db.Tickets.SingleAsync()).OwnerId);
    }

    [Fact]
    public async Task Whoever_may_not_work_or_export_is_offered_neither()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await plum.HasTicketAsync();
        await using var screen = PlumScreen.Of(plum, PlumDatabase.Reader, Role.Checker, services => services.AddTicketDesk());
        screen.Get<BunitNavigationManager>().NavigateTo("/tickets?view=all");
        var page = screen.Render<TicketsPage>();
        page.WaitForElement(".queue-table");

        Assert.Empty(page.FindAll("[aria-label='Take next'], [aria-label='Export'], input[type=checkbox][aria-label^=Select]"));
    }
}
