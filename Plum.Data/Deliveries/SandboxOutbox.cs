using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>The sandbox as people look at it: every message as its recipient would see it, and how it is told to behave.</summary>
public sealed class SandboxOutbox(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Newest first, by key. A message holds a link that opens a reward: so only whoever writes the messages sees it.</summary>
    public async Task<(IReadOnlyList<SandboxMessageRow> Rows, long? Next)> ListAsync(SandboxQuery query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.EditMessages))
        {
            return ([], null);
        }

        var take = Math.Clamp(query.Take, 1, Paging.MostRows);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = Visible(db, by);
        found = query.Channel is { } channel ? found.Where(m => m.Channel == channel) : found;
        found = query.Before is { } before ? found.Where(m => m.Id < before) : found;
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            var start = Like.StartingWith(query.Text);
            found = found.Where(m => EF.Functions.Like(m.To, start, Like.Escape));
        }

        var rows = await found
            .OrderByDescending(m => m.Id)
            .Take(take + 1)
            .Select(m => new SandboxMessageRow(m.Id, m.Channel, m.To, m.Subject, m.Text.Substring(0, 120), m.TakenAtUtc, m.Code))
            .ToListAsync(ct);
        return rows.Count > take ? (rows.GetRange(0, take), rows[take - 1].Id) : (rows, null);
    }

    public async Task<SandboxMessageView?> ViewAsync(long id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.EditMessages))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Visible(db, by)
            .Where(m => m.Id == id)
            .Select(m => new SandboxMessageView(
                m.Id,
                m.Key,
                m.Channel,
                m.To,
                m.Language,
                m.Subject,
                m.Text,
                m.Html,
                m.Template,
                m.TakenAtUtc,
                m.Code
            ))
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>One a channel, as it is told or as it is by itself.</summary>
    public async Task<IReadOnlyList<SandboxMannerRow>> RulesAsync(Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadDeliveries))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var told = await db.SandboxDeliveryRules.AsNoTracking().ToDictionaryAsync(r => r.Channel, ct);
        return
        [
            .. Enum.GetValues<DeliveryChannel>()
                .Select(c => told.GetValueOrDefault(c) ?? SandboxDeliveryRule.Usual(c))
                .Select(r => new SandboxMannerRow(r.Channel, r.Manner, r.Code, r.DelaySeconds, r.Version)),
        ];
    }

    public async Task<Outcome> SetAsync(SetSandboxManner command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.RunJobs) is { } refused)
        {
            return refused;
        }

        if (SandboxDeliveryRule.CannotBe(command.Manner, command.Code, command.DelaySeconds) is { } wrong)
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rule = await db.SandboxDeliveryRules.AsTracking().SingleOrDefaultAsync(r => r.Channel == command.Channel, ct);
        if (rule is null)
        {
            rule = SandboxDeliveryRule.Usual(command.Channel);
            db.Add(rule);
        }
        else
        {
            db.Expect(rule, command.Version);
        }

        rule.Change(command.Manner, command.Code, command.DelaySeconds);
        db.Add(
            DeliveryAudit.Line(
                SandboxDelivery.SenderName,
                $"Told what to do with {DeliveryWords.Of(command.Channel)}: {command.Manner}",
                by,
                now
            )
        );
        return await db.SaveAsync(new Outcome.Done(command.Channel.ToString()), ct);
    }

    private static IQueryable<SandboxMessage> Visible(PlumDbContext db, Actor by) =>
        db.SandboxMessages.AsNoTracking().Where(m => by.PartnerId == null && (by.ClientId == null || m.ClientId == by.ClientId));
}

public sealed record SandboxQuery(long? Before = null, int Take = 50, DeliveryChannel? Channel = null, string? Text = null);

public sealed record SandboxMessageRow(
    long Id,
    DeliveryChannel Channel,
    string To,
    string Subject,
    string Start,
    DateTime TakenAtUtc,
    string? Code
);

public sealed record SandboxMessageView(
    long Id,
    string Key,
    DeliveryChannel Channel,
    string To,
    string? Language,
    string Subject,
    string Text,
    string? Html,
    string? Template,
    DateTime TakenAtUtc,
    string? Code
);

public sealed record SandboxMannerRow(DeliveryChannel Channel, SandboxManner Manner, string? Code, int DelaySeconds, int Version);

public sealed record SetSandboxManner(DeliveryChannel Channel, int Version, SandboxManner Manner, string? Code, int DelaySeconds);
