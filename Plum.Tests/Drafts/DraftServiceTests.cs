using Microsoft.EntityFrameworkCore;
using Plum.Data.Drafts;
using Plum.Domain.Drafts;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Drafts;

public class DraftServiceTests
{
    private const string Key = "ticket:PLM-1:reply";

    private static async Task<Outcome> KeepAsync(PlumDatabase plum, Actor by, string text, string key = Key) =>
        await plum.Get<DraftService>().KeepAsync(new KeepDraft(key, text), by, default);

    [Theory]
    [EachDatabase]
    public async Task What_was_typed_last_is_what_is_found_again(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasUserAsync("Ana");

        await KeepAsync(plum, ana, "Dear J");
        plum.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<Outcome.Done>(await KeepAsync(plum, ana, "Dear Jane,\nwe have"));

        Assert.Equal(new DraftView("Dear Jane,\nwe have", plum.Now), await plum.Get<DraftService>().ReadAsync(Key, ana, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Nobody_reads_anothers_draft_of_the_same_place(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (ana, bo) = (await plum.HasUserAsync("Ana"), await plum.HasUserAsync("Bo"));

        await KeepAsync(plum, ana, "Mine");

        Assert.Null(await plum.Get<DraftService>().ReadAsync(Key, bo, default));
    }

    [Theory]
    [EachDatabase]
    public async Task An_empty_text_drops_the_draft(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasUserAsync("Ana");
        await KeepAsync(plum, ana, "Dear J");

        await KeepAsync(plum, ana, "");

        await using var db = plum.Peek();
        Assert.Equal(0, await db.Drafts.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_draft_that_nobody_came_back_to_is_dropped_when_another_begins(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasUserAsync("Ana");
        await KeepAsync(plum, ana, "Old", "old");
        plum.Clock.Advance(TimeSpan.FromDays(1));
        await KeepAsync(plum, ana, "Not so old", "newer");
        plum.Clock.Advance(TimeSpan.FromDays(Draft.KeptDays));

        await KeepAsync(plum, ana, "New", "new");

        await using var db = plum.Peek();
        Assert.Equal(["new", "newer"], await db.Drafts.OrderBy(d => d.Key).Select(d => d.Key).ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_job_and_a_text_too_long_are_refused(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ana = await plum.HasUserAsync("Ana");

        Assert.Equal(new Outcome.Refused(DraftRefusals.Nobody), await KeepAsync(plum, Actor.Job("test"), "text"));
        Assert.Equal(
            "draft.too-long",
            Assert.IsType<Outcome.Refused>(await KeepAsync(plum, ana, new string('x', Draft.TextMaxLength + 1))).Why.Code
        );
        Assert.Equal("draft.key", Assert.IsType<Outcome.Refused>(await KeepAsync(plum, ana, "text", "")).Why.Code);
    }
}
