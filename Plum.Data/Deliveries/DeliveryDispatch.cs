using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>
/// Sends what is due, batch by batch: claim and store the attempts, call, record. Killed at any moment it loses nothing; what it repeats it repeats
/// under the same key, and only by a provider that honours keys.
/// </summary>
public sealed class DeliveryDispatch(
    IDbContextFactory<PlumDbContext> contexts,
    DeliverySenders senders,
    DeliveryClaims claims,
    DeliveryRecording recording,
    RewardLinks links,
    DeliveryOptions options,
    TimeProvider clock
)
{
    public const int Batch = 1000;

    /// <returns>How many were tried: fewer than <paramref name="most"/> when nothing more is due.</returns>
    public async Task<int> SendDueAsync(DeliveryChannel channel, int most, Actor by, CancellationToken ct)
    {
        var sender = senders.Of(channel);
        var size = sender is IBatchDeliverySender ? Batch : Math.Clamp(sender.Pace.AtOnce, 1, Batch);
        var tried = 0;
        while (tried < most && !ct.IsCancellationRequested)
        {
            var started = clock.GetTimestamp();
            var claimed = await claims.ClaimAsync(sender, channel, Math.Min(size, most - tried), by, ct);
            if (claimed.All.Count == 0)
            {
                return tried;
            }

            var messages = await WriteAsync(channel, claimed.All, ct);
            var outcomes = await SendAsync(sender, messages, ct);
            var ends = claimed.All.Select((d, i) => (d, outcomes[i])).ToList();
            await recording.RecordAsync(sender, claimed.Claim, ends, Random.Shared.NextDouble, by, CancellationToken.None); // what has left is written down
            tried += claimed.All.Count;
            if (outcomes.Any(o => o is SendOutcome.Refused { Verdict.Fault: DeliveryFault.Sender }))
            {
                return tried; // paused
            }

            if (claimed.All.Count < size)
            {
                return tried;
            }

            // The provider's own pace: so many a second, over the batch.
            var rest = TimeSpan.FromSeconds(claimed.All.Count / (double)Math.Max(sender.Pace.PerSecond, 1)) - clock.GetElapsedTime(started);
            if (rest > TimeSpan.Zero && tried < most)
            {
                await Task.Delay(rest, clock, ct);
            }
        }

        return tried;
    }

    private static async Task<IReadOnlyList<SendOutcome?>> SendAsync(
        IDeliverySender sender,
        List<OutgoingMessage> messages,
        CancellationToken ct
    )
    {
        if (sender is IBatchDeliverySender all)
        {
            return await all.SendAllAsync(messages, ct);
        }

        var outcomes = new ConcurrentDictionary<int, SendOutcome>();
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, messages.Count),
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(sender.Pace.AtOnce, 1), CancellationToken = ct },
                async (i, stop) => outcomes[i] = await TryAsync(sender, messages[i], stop)
            );
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped: what was begun has its outcome, the rest has none.
        }

        return [.. Enumerable.Range(0, messages.Count).Select(i => outcomes.GetValueOrDefault(i))];
    }

    /// <summary>A call that was begun is not broken off: it has a time limit of its own.</summary>
    private static async Task<SendOutcome> TryAsync(IDeliverySender sender, OutgoingMessage message, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return await sender.SendAsync(message, CancellationToken.None);
    }

    private async Task<List<OutgoingMessage>> WriteAsync(
        DeliveryChannel channel,
        IReadOnlyList<ClaimedDelivery> claimed,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var programmes = claimed.Select(d => d.ProgrammeId).Distinct().ToList();
        var wordings = await ProgrammeWordings.OfAsync(db, programmes, channel, ct);
        var signer = await links.SignerAsync(ct);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return [.. claimed.Select(Write)];

        OutgoingMessage Write(ClaimedDelivery d)
        {
            var of = wordings[d.ProgrammeId];
            var lastDay = of.LastDay(today, d.OrderExpiresAtUtc);
            return DeliveryWriting.Write(
                new DeliveryMaterial(
                    DeliveryKey.Of(d.Id, d.Attempt),
                    d.Id,
                    d.ClientId,
                    channel,
                    d.Address,
                    d.Language ?? of.Language,
                    d.Message,
                    d.Recipient,
                    d.Reward,
                    d.Brand,
                    d.Value,
                    d.Programme,
                    d.Client,
                    options.LinkOf(signer.Sign(d.Id, lastDay)),
                    lastDay,
                    d.IsRepeat
                ),
                DeliveryWriting.Choose(of.Wordings, channel, d.Language, of.Language)
            );
        }
    }
}
