using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Corrections;

/// <summary>
/// A process that asks, decides and executes is killed at seeded moments, again and again, on one database and against one supplier, which keeps its
/// own books. Nothing is lost, nothing is done twice, and the books agree. PLUM_KILLS=1000 kills oftener.
/// </summary>
public class KilledAtAnyInstantTests
{
    private const int Seed = 20260302;
    private const int Usual = 200;

    // In milliseconds: of those that are killed by the clock alone, and of those that are killed after something else.
    private const int Longest = 300;
    private const int Shortest = 30;

    // An executor that died holds its claim for a while: the next life starts after that.
    private static readonly TimeSpan Apart = ApprovalRequest.ClaimLifetime + TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Nothing_is_lost_and_nothing_is_done_twice()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("PLUM_KILLS"), CultureInfo.InvariantCulture, out var told)
            ? told
            : Usual;
        await using var world = await CorrectionWorld.CreateAsync(fund: 100_000_000);
        await using var supplier = new SupplierBooks(Seed);
        await using var another = new SupplierBooks(Seed);
        var plan = await PlanAsync(world, supplier.Port, cases: Math.Max(40, kills));
        var (real, copy) = (await WriteAsync(plan), await WriteAsync(await CopyAsync(plan, another.Port)));
        var random = new Random(Seed);
        var hit = new Dictionary<string, int>(StringComparer.Ordinal);
        var promised = new List<(RequestEventKind Kind, long Id)>();
        await using (var lives = new KilledProcess(KilledDesk.Name, real, copy))
        {
            await lives.ReadyAsync();
            for (var kill = 0; kill < kills; kill++)
            {
                var life = await lives.LiveAsync(
                    Seed + kill,
                    Apart * kill,
                    lines: kill % 3 == 1 ? random.Next(1, 9) : 0,
                    kill % 3 == 2 ? supplier.NextCallAsync() : Task.CompletedTask,
                    TimeSpan.FromMilliseconds(random.Next(1, kill % 3 == 0 ? Longest : Shortest))
                );
                promised.AddRange(life.Promised);
                var phase = life.Begun is { } begun ? await PhaseAsync(world, begun, plan.StartUtc + (Apart * kill)) : "between";
                hit[phase] = hit.GetValueOrDefault(phase) + 1;
            }

            await lives.EndAsync();
        }

        await using (
            var last = new KilledProcess(
                KilledDesk.Name,
                real,
                KilledLives.Finish,
                (Apart.TotalMinutes * kills).ToString(CultureInfo.InvariantCulture)
            )
        )
        {
            await last.EndAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", hit.OrderBy(h => h.Key).Select(h => $"{h.Key} {h.Value}")));
        await new KilledBooks(world, supplier, promised).AgreeAsync();
        Assert.All(
            (string[])["ask", "decide", "execute: claimed", "execute: at the supplier", "execute: answered"],
            phase => Assert.True(hit.GetValueOrDefault(phase) > 0, $"No kill fell into '{phase}': {string.Join(", ", hit)}.")
        );
    }

    private static async Task<KilledDesk.Plan> PlanAsync(CorrectionWorld world, int port, int cases)
    {
        await using (var db = world.Plum.Peek())
        {
            await db
                .ApprovalLimits.Where(l => l.Role == Role.Agent)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(l => l.PerDay, 100_000_000)
                        .SetProperty(l => l.PerBeneficiary, 100_000_000)
                        .SetProperty(l => l.MakeAlone, 0)
                );
            await db
                .ApprovalLimits.Where(l => l.Role == Role.Checker)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.Approve, 100_000_000));
            await db.ApprovalBands.ExecuteDeleteAsync();
        }

        var all = new List<KilledDesk.Case>();
        for (var n = 0; n < cases; n++)
        {
            var recipient = await world.Plum.HasRecipientAsync(world.Client, $"Recipient {n}", $"r{n}@acme.example", phone: null);
            var order = await world.Plum.HasOrderAsync(recipient);
            all.Add(new((await world.Plum.HasTicketOfRecipientAsync(recipient, $"Case {n}", order)).Id, recipient.Id, order.Id));
        }

        return new KilledDesk.Plan(
            world.Plum.Options.ConnectionString,
            world.Plum.Options.DataFolder,
            port,
            world.Plum.Now.AddHours(1),
            world.Fund,
            [world.Maker.UserId!.Value],
            [world.Checker.UserId!.Value, world.Second.UserId!.Value],
            all
        );
    }

    private static async Task<KilledDesk.Plan> CopyAsync(KilledDesk.Plan plan, int port)
    {
        var folder = Directory.CreateDirectory(Path.Combine(plan.Folder, "warm")).FullName;
        var connection = DatabaseOptions.Sqlite(Path.Combine(folder, "plum.db"));
        await using (var from = new SqliteConnection(plan.Connection))
        await using (var to = new SqliteConnection(connection))
        {
            await from.OpenAsync();
            await to.OpenAsync();
            from.BackupDatabase(to);
        }

        return plan with
        {
            Connection = connection,
            Folder = folder,
            SupplierPort = port,
        };
    }

    private static async Task<string> WriteAsync(KilledDesk.Plan plan)
    {
        var file = Path.Combine(plan.Folder, "plan.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(plan));
        return file;
    }

    /// <summary>Where it died: what it had begun, and of an execution what it left behind.</summary>
    private static async Task<string> PhaseAsync(CorrectionWorld world, string begun, DateTime startUtc)
    {
        if (begun != "execute")
        {
            return begun;
        }

        await using var db = world.Plum.Peek();
        var claimed = await db
            .ApprovalRequests.AsNoTracking()
            .Where(r => r.State == RequestState.Executing && r.NextAttemptAtUtc >= startUtc + ApprovalRequest.ClaimLifetime)
            .OrderByDescending(r => r.NextAttemptAtUtc)
            .FirstOrDefaultAsync();
        if (claimed is null)
        {
            return "execute: not claimed, or done";
        }

        var calls = await db.SupplierCalls.AsNoTracking().Where(c => c.RequestId == claimed.Id).ToListAsync();
        return calls.Exists(c => c.State != SupplierCallState.Done) ? "execute: at the supplier"
            : calls.Count > 0 ? "execute: answered"
            : "execute: claimed";
    }
}
