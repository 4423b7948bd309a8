using Microsoft.Extensions.Logging.Abstractions;
using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class TicketFeedTests
{
    private static TicketFeed Feed(PlumDatabase plum) =>
        new(plum.Get<TicketNews>(), plum.Get<PresenceService>(), plum.Clock, NullLogger<TicketFeed>.Instance);

    private static async Task MoveAsync(PlumDatabase plum, Ticket ticket) =>
        Assert.IsType<Outcome.Done>(
            await plum.Get<TicketService>()
                .MoveAsync(new MoveTicket(ticket.Id, ticket.Version, Dispositions.VendorRejection), PlumDatabase.Lead, default)
        );

    [Fact]
    public async Task What_happened_between_the_reading_of_a_page_and_its_listening_is_not_lost()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var ticket = await plum.HasTicketAsync();
        var feed = Feed(plum);
        var (queue, page) = (new List<TicketsChanged>(), new List<TicketsChanged>());

        using var first = feed.Listen(ticketId: null, queue.Add);
        await MoveAsync(plum, ticket); // after a page has read, before the feed first looks
        await feed.PollAsync(default);
        Assert.Single(queue);

        using var second = feed.Listen(ticket.Id, page.Add);
        await feed.PollAsync(default);
        Assert.Equal([ticket.Id], Assert.Single(page).TicketIds);
        Assert.Single(queue);
    }

    [Fact]
    public async Task Each_listener_hears_once_of_what_concerns_it_and_none_after_it_left()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var (ours, other) = (await plum.HasTicketAsync(), await plum.HasTicketAsync());
        var feed = Feed(plum);
        var (queue, page, left) = (new List<TicketsChanged>(), new List<TicketsChanged>(), new List<TicketsChanged>());
        using var first = feed.Listen(ticketId: null, queue.Add);
        using var second = feed.Listen(other.Id, page.Add);
        var third = feed.Listen(ours.Id, left.Add);
        await feed.PollAsync(default);
        Assert.Equal((1, 1, 1), (queue.Count, page.Count, left.Count));
        queue.Clear();
        page.Clear();
        left.Clear();
        third.Dispose();

        await MoveAsync(plum, ours);
        await feed.PollAsync(default);
        await feed.PollAsync(default);

        Assert.Equal([ours.Id], Assert.Single(queue).TicketIds);
        Assert.Empty(page);
        Assert.Empty(left);
    }
}
