using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;

namespace Plum.Data.Deliveries;

/// <summary>
/// Takes the messages of every channel that has no provider, keeps them where people can look, and misbehaves as it is told to. Nothing leaves the
/// machine. It honours keys, and knows no actor and writes no audit, as no provider would.
/// </summary>
public sealed class SandboxDelivery(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock) : IBatchDeliverySender
{
    public const string SenderName = "sandbox";

    public string Name => SenderName;

    public IReadOnlySet<DeliveryChannel> Channels { get; } = new HashSet<DeliveryChannel>(Enum.GetValues<DeliveryChannel>());

    public bool HonoursKeys => true;

    public SendPace Pace { get; } = new(PerSecond: 100_000, AtOnce: 1);

    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken ct) => (await SendAllAsync([message], ct))[0];

    public async Task<IReadOnlyList<SendOutcome>> SendAllAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var rules = await db.SandboxDeliveryRules.AsNoTracking().ToDictionaryAsync(r => r.Channel, ct);
        var keys = messages.Where(m => m.IsRepeat).Select(m => m.Key).ToList();
        var known =
            keys.Count == 0
                ? []
                : await db
                    .SandboxMessages.Where(m => keys.Contains(m.Key))
                    .ToDictionaryAsync(m => m.Key, m => m.Code, StringComparer.Ordinal, ct);
        var answers = messages.Select(m => known.TryGetValue(m.Key, out var code) ? SandboxAnswer.Again(code, m) : Answer(m)).ToList();
        using var tables = new BulkTables(db);
        await SandboxTables.Messages(tables, now).AddAsync(messages.Zip(answers).Where(a => a.Second.IsNew), ct);
        await SandboxTables.Callbacks(tables, now).AddAsync(answers.Where(a => a.IsNew).SelectMany(a => a.Later), ct);
        await tables.FlushAsync(ct);
        await transaction.CommitAsync(ct);
        return [.. answers.Select(a => a.Outcome)];

        SandboxAnswer Answer(OutgoingMessage m) =>
            SandboxAnswer.Of(rules.GetValueOrDefault(m.Channel) ?? SandboxDeliveryRule.Usual(m.Channel), m, now);
    }
}

/// <summary>The sandbox's tables, written by the thousand.</summary>
internal static class SandboxTables
{
    public static BulkTable<(OutgoingMessage First, SandboxAnswer Second)> Messages(BulkTables tables, DateTime nowUtc) =>
        tables.Into<(OutgoingMessage First, SandboxAnswer Second), SandboxMessage>(columns =>
            columns
                .Text(nameof(SandboxMessage.Key), m => m.First.Key)
                .Long(nameof(SandboxMessage.DeliveryId), m => m.First.DeliveryId)
                .Guid(nameof(SandboxMessage.ClientId), m => m.First.ClientId)
                .Name<DeliveryChannel>(nameof(SandboxMessage.Channel), m => m.First.Channel)
                .Text(nameof(SandboxMessage.To), m => m.First.To)
                .Text(nameof(SandboxMessage.Language), m => m.First.Language)
                .Text(nameof(SandboxMessage.Subject), m => m.First.Subject)
                .Text(nameof(SandboxMessage.Text), m => m.First.Text)
                .Text(nameof(SandboxMessage.Html), m => m.First.Html)
                .Text(
                    nameof(SandboxMessage.Template),
                    m => m.First.Template is { } t ? $"{t.Name} ({t.Language}): {string.Join(" | ", t.Variables)}" : null
                )
                .Time(nameof(SandboxMessage.TakenAtUtc), _ => nowUtc)
                .Text(nameof(SandboxMessage.Code), m => m.Second.Code)
        );

    public static BulkTable<SandboxCallback> Callbacks(BulkTables tables, DateTime nowUtc) =>
        tables.Into<SandboxCallback, SandboxCallback>(columns =>
            columns
                .Text(nameof(SandboxCallback.Key), c => c.Key)
                .Text(nameof(SandboxCallback.EventId), c => c.EventId)
                .Name<DeliveryEventKind>(nameof(SandboxCallback.Kind), c => c.Kind)
                .Text(nameof(SandboxCallback.Code), c => c.Code)
                .Time(nameof(SandboxCallback.AtUtc), c => c.AtUtc)
                .Time(nameof(SandboxCallback.DueAtUtc), c => c.DueAtUtc)
        );
}
