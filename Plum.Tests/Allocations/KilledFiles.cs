using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Allocations;
using Plum.Data.Approvals;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Connectors;
using Plum.Domain.Jobs;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;

namespace Plum.Tests.Allocations;

/// <summary>What goes on with files in the process that is killed: approved requests are carried out, rows become orders, suppliers are asked for them.</summary>
internal sealed class KilledFiles : IKilledWork
{
    public const string Name = "files";

    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(6);
    private static readonly Actor Job = JobActors.Allocations;

    private readonly Plan _plan;
    private readonly ServiceProvider _services;
    private readonly DistantSupplier _supplier;
    private readonly KilledDesk.LeapingClock _clock;

    public KilledFiles(Plan plan)
    {
        _plan = plan;
        _clock = new KilledDesk.LeapingClock(plan.StartUtc);
        _supplier = new DistantSupplier(plan.SupplierPort);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IDataProtectionProvider, KilledDesk.OpenProtection>()
            .AddSingleton<TimeProvider>(_clock)
            .AddPlumData(new DatabaseOptions(DatabaseProvider.Sqlite, plan.Connection, plan.Folder))
            .AddSingleton(new SupplierGateways([_supplier], new SupplierRoutes()))
            .BuildServiceProvider();
    }

    public void Begin(int seed, TimeSpan after) => _clock.LeapTo(_plan.StartUtc + after);

    /// <summary>Reading and ordering are too much work for a fork, which cannot collect its garbage.</summary>
    public Task StepAsync() => throw new NotSupportedException($"'{Name}' is only finished.");

    /// <summary>Reads and checks what is to be read; then time leaps on until every order has its supplier's last word.</summary>
    public async Task FinishAsync()
    {
        KilledDesk.Say("ready");
        while (await _services.GetRequiredService<AllocationWork>().RunDueAsync(default) > 0) { }

        while (await IsUnderwayAsync())
        {
            await OrderAsync();
            if (await PlaceAsync() == 0)
            {
                _clock.LeapTo(_clock.GetUtcNow().UtcDateTime + Turn);
            }
        }
    }

    public void Dispose()
    {
        _services.Dispose();
        _supplier.Dispose();
    }

    private async Task OrderAsync()
    {
        await _services.GetRequiredService<RequestRunner>().RunNextAsync(JobActors.Execution, default);
        await _services.GetRequiredService<AllocationRun>().RunDueAsync(Job, default);
    }

    private Task<int> PlaceAsync() => _services.GetRequiredService<AllocationPlacing>().PlaceNextAsync(Job, default);

    private async Task<bool> IsUnderwayAsync()
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
        return await db.AllocationFiles.AnyAsync(f =>
                f.State == AllocationState.Submitted || f.State == AllocationState.Approved || f.State == AllocationState.Running
            )
            || await db.OrderPlacements.AnyAsync(p =>
                p.State == PlacementState.Waiting || p.State == PlacementState.Accepted || p.State == PlacementState.Unknown
            );
    }

    internal sealed record Plan(string Connection, string Folder, int SupplierPort, DateTime StartUtc);
}
