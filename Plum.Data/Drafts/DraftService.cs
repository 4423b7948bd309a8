using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Drafts;
using Plum.Domain.Shared;

namespace Plum.Data.Drafts;

public sealed record KeepDraft(string Key, string Text);

public sealed record DraftView(string Text, DateTime UpdatedAtUtc);

/// <summary>A person's own drafts; nobody reads another's. They are no change to anything, so that no audit tells of them.</summary>
public sealed class DraftService(IDbContextFactory<PlumDbContext> contexts, TimeProvider clock)
{
    public async Task<DraftView?> ReadAsync(string key, Actor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Drafts.Where(d => d.UserId == by.UserId && d.Key == key)
            .Select(d => new DraftView(d.Text, d.UpdatedAtUtc))
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>Keeps the text under its key, in place of what was there; an empty text drops it.</summary>
    public async Task<Outcome> KeepAsync(KeepDraft command, Actor by, CancellationToken ct)
    {
        if (by.UserId is not { } user)
        {
            return DraftRefusals.Nobody;
        }

        if (DraftRefusals.For(command.Key, command.Text) is { } wrong)
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var mine = db.Drafts.Where(d => d.UserId == user && d.Key == command.Key);
        if (command.Text.Length == 0)
        {
            await mine.ExecuteDeleteAsync(ct);
            return new Outcome.Done();
        }

        // In place and without a version: one person writes it, and the last keystroke is what they want to find again.
        if (await UpdateAsync() > 0)
        {
            return new Outcome.Done();
        }

        var old = now.AddDays(-Draft.KeptDays);
        await db.Drafts.Where(d => d.UserId == user && d.UpdatedAtUtc < old).ExecuteDeleteAsync(ct);
        db.Add(Draft.Begin(user, command.Key, command.Text, now));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (!ct.IsCancellationRequested)
        {
            if (await UpdateAsync() == 0) // not the same draft begun in another window after all
            {
                throw;
            }
        }

        return new Outcome.Done();

        Task<int> UpdateAsync() =>
            mine.ExecuteUpdateAsync(s => s.SetProperty(d => d.Text, command.Text).SetProperty(d => d.UpdatedAtUtc, now), ct);
    }
}
