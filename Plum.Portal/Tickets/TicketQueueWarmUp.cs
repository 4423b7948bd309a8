using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Tickets;

namespace Plum.Portal.Tickets;

/// <summary>Reads the queue's index while the portal starts, so that nobody's first page waits for it.</summary>
public sealed class TicketQueueWarmUp(TicketQueueIndex index, IDbContextFactory<PlumDbContext> contexts) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => index.WarmAsync(contexts, stoppingToken), stoppingToken);
}
