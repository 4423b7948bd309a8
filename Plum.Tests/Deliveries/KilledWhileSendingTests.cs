using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Deliveries;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Tests.Corrections;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

/// <summary>
/// A process that sends is killed at seeded moments, again and again, while the providers refuse every second message, tell of deliveries later, or lose
/// their answers. Afterwards every delivery is accounted for, and the sandbox, which keeps its own books, has each message once.
/// PLUM_KILLS=1000 kills oftener.
/// </summary>
public class KilledWhileSendingTests
{
    private const int Seed = 20260303;
    private const int Usual = 90;
    private const int PerKill = 45;

    // What a sender that died had claimed is taken over when its claim has run out: the next life starts after that.
    private static readonly TimeSpan Apart = Delivery.ClaimLifetime + TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_delivery_is_accounted_for_and_each_message_was_sent_once()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("PLUM_KILLS"), CultureInfo.InvariantCulture, out var told)
            ? told
            : Usual;
        await using var plum = await PlumDatabase.CreateAsync();
        var count = await QueueAsync(plum, kills * PerKill);
        var plan = new KilledSender.Plan(plum.Options.ConnectionString, plum.Options.DataFolder, plum.Now);
        var (real, copy) = (await WriteAsync(plan), await WriteAsync(await CopyAsync(plan)));
        var random = new Random(Seed);
        var hit = new Dictionary<string, int>(StringComparer.Ordinal);
        await using (var lives = new KilledProcess(KilledSender.Name, real, copy))
        {
            await lives.ReadyAsync();
            for (var kill = 0; kill < kills; kill++)
            {
                await lives.LiveAsync(
                    Seed + kill,
                    Apart * kill,
                    lines: kill % 3 != 0 ? (random.Next(0, 4) * 2) + 1 : 0, // the odd lines are those that say that something begins
                    Task.CompletedTask,
                    TimeSpan.FromMilliseconds(random.Next(1, kill % 3 != 0 ? 24 : 120))
                );
                var phase = await PhaseAsync(plum, plum.Now + (Apart * kill));
                hit[phase] = hit.GetValueOrDefault(phase) + 1;
            }

            await lives.EndAsync();
        }

        var after = (Apart.TotalMinutes * kills).ToString(CultureInfo.InvariantCulture);
        await using (var last = new KilledProcess(KilledSender.Name, real, KilledLives.Finish, after))
        {
            await last.EndAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", hit.OrderBy(h => h.Key).Select(h => $"{h.Key} {h.Value}")));
        await BooksAgreeAsync(plum, count);
        Assert.All(
            (string[])["claimed, not sent", "sent, not written down"],
            phase => Assert.True(hit.GetValueOrDefault(phase) > 0, $"No kill fell into '{phase}': {string.Join(", ", hit)}.")
        );
    }

    private static async Task BooksAgreeAsync(PlumDatabase plum, int count)
    {
        await using var db = plum.Peek();
        Assert.Equal(
            [(DeliveryState.Delivered, count)],
            (await db.Deliveries.GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync()).Select(g =>
                (g.Key, g.Count)
            )
        );
        var taken = await db.SandboxMessages.Where(m => m.Code == null).Select(m => m.DeliveryId).ToListAsync();
        Assert.Equal(count, taken.Distinct().Count());
        Assert.Equal(count, taken.Count);
        var keys = await db.SandboxMessages.Select(m => m.Key).ToListAsync();
        var attempts = await db
            .DeliveryAttempts.Select(a => new
            {
                a.DeliveryId,
                a.Number,
                a.Outcome,
            })
            .ToListAsync();
        Assert.Equal(
            keys.Order(StringComparer.Ordinal),
            attempts.Select(a => DeliveryKey.Of(a.DeliveryId, a.Number)).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(attempts, a => a.Outcome == AttemptOutcome.Open);
        Assert.Equal(
            attempts.GroupBy(a => a.DeliveryId).ToDictionary(g => g.Key, g => g.Max(a => a.Number)),
            await db.Deliveries.ToDictionaryAsync(d => d.Id, d => d.Attempts)
        );
        Assert.Empty(await db.SandboxCallbacks.ToListAsync());
    }

    /// <summary>What the dead one left behind.</summary>
    private static async Task<string> PhaseAsync(PlumDatabase plum, DateTime startUtc)
    {
        await using var db = plum.Peek();
        var held = await db
            .Deliveries.Where(d => d.State == DeliveryState.Sending && d.Claim != null && d.DueAtUtc >= startUtc + Delivery.ClaimLifetime)
            .OrderByDescending(d => d.DueAtUtc)
            .Select(d => new { d.Id, d.Attempts })
            .FirstOrDefaultAsync();
        if (held is null)
        {
            return "nothing held";
        }

        var key = DeliveryKey.Of(held.Id, held.Attempts);
        return await db.SandboxMessages.AnyAsync(m => m.Key == key) ? "sent, not written down" : "claimed, not sent";
    }

    private static async Task<int> QueueAsync(PlumDatabase plum, int count)
    {
        const int perOrder = 100;
        await plum.HasSandboxAsync(SandboxManner.RefuseEverySecond, "4.4.1");
        await plum.HasSandboxAsync(SandboxManner.DeliverLate, delay: 1, channel: DeliveryChannel.Sms);
        await plum.HasSandboxAsync(SandboxManner.LoseAnswer, channel: DeliveryChannel.WhatsApp);
        var recipient = await plum.HasRecipientAsync();
        var queued = 0;
        foreach (var channel in Enum.GetValues<DeliveryChannel>())
        {
            for (var left = count / 3; left > 0; left -= perOrder)
            {
                var order = await plum.HasOrderAsync(recipient);
                await using var db = plum.Peek();
                await using var transaction = await db.Database.BeginTransactionAsync();
                queued += await DeliveryQueueing.QueueAllAsync(
                    db,
                    Enumerable
                        .Range(0, Math.Min(perOrder, left))
                        .Select(turn => new QueuedDelivery(
                            order.ClientId,
                            order.ProgrammeId,
                            order.Id,
                            order.RecipientId,
                            channel,
                            channel == DeliveryChannel.Email ? "jane@acme.example" : "+447700900123",
                            Turn: turn
                        )),
                    plum.Now,
                    default
                );
                await transaction.CommitAsync();
            }
        }

        return queued;
    }

    private static async Task<KilledSender.Plan> CopyAsync(KilledSender.Plan plan)
    {
        var folder = Directory.CreateDirectory(Path.Combine(plan.Folder, "warm")).FullName;
        var connection = DatabaseOptions.Sqlite(Path.Combine(folder, "plum.db"));
        await using var from = new SqliteConnection(plan.Connection);
        await using var to = new SqliteConnection(connection);
        await from.OpenAsync();
        await to.OpenAsync();
        from.BackupDatabase(to);
        return plan with { Connection = connection, Folder = folder };
    }

    private static async Task<string> WriteAsync(KilledSender.Plan plan)
    {
        var file = Path.Combine(plan.Folder, "plan.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(plan));
        return file;
    }
}
