using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Data.Orders;
using Plum.Domain.Allocations;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

/// <summary>
/// The process is killed, again and again, while it reads a file and while it orders another. Every row is accounted for, and of each order the supplier,
/// who keeps its own books, has one. PLUM_KILLS=60 kills oftener.
/// </summary>
public class KilledFilesTests
{
    private const int Seed = 20260304;
    private const int Usual = 9;
    private const int Most = 60; // more would find nothing left to order
    private const int Ordered = 1_500;
    private const int Persons = 1_000; // some have two
    private const int Value = 1_000;
    private const int Read = 60_000;
    private const int Interrupted = 4;

    // What a dead process had claimed is taken over when its lease has run out: the next life starts after that.
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Each_row_is_ordered_once_however_often_the_process_is_killed()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("PLUM_KILLS"), CultureInfo.InvariantCulture, out var told)
            ? Math.Min(told, Most)
            : Usual;
        await using var world = await AllocationWorld.CreateAsync();
        var number = await world.HasFileAsync(Ordered, value: Value, person: n => $"r{n % Persons}");
        Assert.IsType<Outcome.Done>(await world.SubmitAsync(number));
        Assert.IsType<Outcome.Done>(await world.ApproveAsync(Assert.Single(await world.RequestsAsync(number))));
        await using var supplier = new SupplierBooks(Seed);
        var plan = new KilledFiles.Plan(world.Plum.Options.ConnectionString, world.Plum.Options.DataFolder, supplier.Port, world.Plum.Now);
        var file = await WriteAsync(plan);
        var random = new Random(Seed);
        var hit = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var kill = 0; kill < kills; kill++)
        {
            var called = supplier.NextCallAsync();
            await using (var life = new KilledProcess(KilledFiles.Name, file, KilledLives.Finish, Minutes(kill)))
            {
                await life.ReadyAsync();
                await life.ComesToAsync(kill == 0 ? BeginsAsync(world, number) : called);
                await Task.Delay(kill == 0 ? 0 : random.Next(1, kill % 4 > 0 ? 80 : 1_500)); // the moment of the kill is what is tested
            }

            var phase = await PhaseAsync(world, supplier, number, plan.StartUtc + (Apart * kill));
            hit[phase] = hit.GetValueOrDefault(phase) + 1;
        }

        await using (var last = new KilledProcess(KilledFiles.Name, file, KilledLives.Finish, Minutes(kills)))
        {
            await last.EndAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", hit.OrderBy(h => h.Key).Select(h => $"{h.Key} {h.Value}")));
        await BooksAgreeAsync(world, supplier, number);
        Assert.All(
            (string[])["ordering", "issued, not written down"],
            phase => Assert.True(hit.GetValueOrDefault(phase) > 0, $"No kill fell into '{phase}': {string.Join(", ", hit)}.")
        );
    }

    [Fact]
    public async Task Each_row_is_read_once_however_often_the_process_is_killed()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        var lines = Enumerable.Range(1, Read).Select(n => n % 100 == 0 ? $"R-{n},,,,,,,,," : AllocationDesk.Good(n));
        var number = await desk.UploadedAsync(AllocationDesk.Csv(lines));
        var check = new CheckAllocation(number, (await desk.ViewAsync(number)).Version);
        Assert.IsType<Outcome.Done>(await plum.Get<AllocationService>().CheckAsync(check, AllocationDesk.Pia, default));
        var plan = await WriteAsync(new KilledFiles.Plan(plum.Options.ConnectionString, plum.Options.DataFolder, 0, plum.Now));
        var random = new Random(Seed);
        var midway = new HashSet<long>();
        for (var life = 0; midway.Count < Interrupted; life++)
        {
            var before = await desk.ViewAsync(number);
            Assert.True(before.State == AllocationState.Reading, $"It is {before.State} after {midway.Count} kills: give it more rows.");
            var started = Stopwatch.StartNew();
            await using (var reader = new KilledProcess(KilledFiles.Name, plan, KilledLives.Finish, Minutes(life)))
            {
                await reader.ReadyAsync();
                while (await desk.ViewAsync(number) is { State: AllocationState.Reading } now && now.Rows == before.Rows)
                {
                    Assert.True(started.Elapsed < TimeSpan.FromMinutes(1), "It reads nothing.");
                }

                await Task.Delay(random.Next(1, 60)); // the moment of the kill is what is tested
            }

            midway.Add((await desk.ViewAsync(number)).Rows);
        }

        await using (var last = new KilledProcess(KilledFiles.Name, plan, KilledLives.Finish, Minutes(Interrupted)))
        {
            await last.EndAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Killed at {string.Join(", ", midway.Order())} rows.");
        Assert.All(midway, rows => Assert.InRange(rows, 1, Read - 1));
        await desk.AgreesAsync(number);
        Assert.Equal((Read, Read / 100), ((int)(await desk.ViewAsync(number)).Rows, (int)(await desk.ViewAsync(number)).Bad));
        Assert.Equal(
            Enumerable.Range(2, Read).Select(n => (long)n),
            (await desk.RowsAsync(number)).Select(r => AllocationRow.LineOf(r.Id))
        );
    }

    private static async Task BooksAgreeAsync(AllocationWorld world, SupplierBooks supplier, long number)
    {
        await using var db = world.Plum.Peek();
        var file = await world.FileAsync(number);
        Assert.Equal((AllocationState.Finished, (long)Ordered), (file.State, file.Ordered));
        var rows = await db.AllocationRows.AsNoTracking().Where(r => r.FileId == file.Id).ToListAsync();
        var orders = await db.Orders.AsNoTracking().ToDictionaryAsync(o => o.Id);
        Assert.All(rows, r => Assert.Equal(AllocationRowState.Ordered, r.State));
        Assert.Equal(Ordered, rows.Select(r => r.OrderId).Distinct().Count());
        Assert.Equal(orders.Keys.Order(), rows.Select(r => r.OrderId!.Value).Order());
        Assert.Equal(Persons, await db.Recipients.CountAsync());

        var placed = await db.OrderPlacements.AsNoTracking().ToListAsync();
        Assert.Equal(orders.Keys.Order(), placed.Select(p => p.OrderId).Order());
        Assert.All(placed, p => Assert.True(p.State is PlacementState.Done or PlacementState.Failed, $"{p.Key} is {p.State}."));
        var done = placed.Where(p => p.State == PlacementState.Done).ToList();
        Assert.Empty(supplier.Wrong);
        Assert.Equal(supplier.Placed.Keys.Order(StringComparer.Ordinal), done.Select(p => p.Key).Order(StringComparer.Ordinal));
        var vault = new VoucherVault(new KilledDesk.OpenProtection());
        Assert.All(done, p => Assert.Equal(supplier.Placed[p.Key], vault.Open(p.OrderId, orders[p.OrderId].VoucherSealed!)?.Code));
        Assert.Equal(
            done.Select(p => p.OrderId).Order(),
            (await db.Deliveries.Where(d => d.AllocationFileId == file.Id).Select(d => d.OrderId).ToListAsync()).Order()
        );
        Assert.Equal((5_000_000 - (Ordered * Value), 0, Ordered * Value), await world.HoldsAsync());
        await world.BooksAreRightAsync();
    }

    /// <summary>Its first rows become orders.</summary>
    private static async Task BeginsAsync(AllocationWorld world, long number)
    {
        while ((await world.FileAsync(number)).State != AllocationState.Running) { }
    }

    /// <summary>What the dead one left behind.</summary>
    private static async Task<string> PhaseAsync(AllocationWorld world, SupplierBooks supplier, long number, DateTime startUtc)
    {
        await using var db = world.Plum.Peek();
        var held = await db.OrderPlacements.AsNoTracking().Where(p => p.Claim != null && p.ClaimedUntilUtc > startUtc).ToListAsync();
        return held.Exists(p => supplier.Placed.ContainsKey(p.Key)) ? "issued, not written down"
            : held.Count > 0 ? "at the supplier"
            : (await world.FileAsync(number)).Ordered < Ordered ? "ordering"
            : "between";
    }

    private static async Task<string> WriteAsync(KilledFiles.Plan plan)
    {
        var file = Path.Combine(plan.Folder, "plan.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(plan));
        return file;
    }

    private static string Minutes(int lives) => (Apart.TotalMinutes * lives).ToString(CultureInfo.InvariantCulture);
}
