using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Deliveries;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

/// <summary>The dispatch of every channel, a few messages at a time, and the sandbox's callbacks: until the process is killed.</summary>
internal sealed class KilledSender : IKilledWork
{
    public const string Name = "sender";

    private static readonly DeliveryChannel[] Channels = Enum.GetValues<DeliveryChannel>();

    private readonly Plan _plan;
    private readonly ServiceProvider _services;
    private readonly KilledDesk.LeapingClock _clock;
    private Random _random = new(0);

    public KilledSender(Plan plan)
    {
        _plan = plan;
        _clock = new KilledDesk.LeapingClock(plan.StartUtc);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IDataProtectionProvider, KilledDesk.OpenProtection>()
            .AddSingleton<TimeProvider>(_clock)
            .AddPlumData(new DatabaseOptions(DatabaseProvider.Sqlite, plan.Connection, plan.Folder))
            .BuildServiceProvider();
    }

    public void Begin(int seed, TimeSpan after)
    {
        _random = new Random(seed);
        _clock.LeapTo(_plan.StartUtc + after);
    }

    public async Task StepAsync()
    {
        KilledDesk.Say("begin");
        if (_random.Next(6) == 0)
        {
            await TellAsync();
        }
        else
        {
            await SendAsync(Channels[_random.Next(Channels.Length)], most: _random.Next(1, 12));
        }

        KilledDesk.Say("through");
    }

    public async Task FinishAsync()
    {
        while (true)
        {
            foreach (var channel in Channels)
            {
                await SendAsync(channel, most: 500);
            }

            await TellAsync();
            await using var db = await _services.GetRequiredService<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
            var due = new[]
            {
                await db
                    .Deliveries.Where(d => d.State == DeliveryState.Queued || d.State == DeliveryState.Sending)
                    .MinAsync(d => (DateTime?)d.DueAtUtc),
                await db.SandboxCallbacks.MinAsync(c => (DateTime?)c.DueAtUtc),
            }.Min();
            if (due is null)
            {
                return;
            }

            _clock.LeapTo(due.Value);
        }
    }

    public void Dispose() => _services.Dispose();

    private Task<int> SendAsync(DeliveryChannel channel, int most) =>
        _services.GetRequiredService<DeliveryDispatch>().SendDueAsync(channel, most, PlumDatabase.Job, default);

    private Task<int> TellAsync() => _services.GetRequiredService<SandboxTelling>().TellDueAsync(PlumDatabase.Job, default);

    internal sealed record Plan(string Connection, string Folder, DateTime StartUtc);
}
