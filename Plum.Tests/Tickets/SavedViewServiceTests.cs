using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class SavedViewServiceTests
{
    private static readonly TicketFilter Urgent = new() { Open = true, Severities = [Severity.P1] };

    [Theory]
    [EachDatabase]
    public async Task A_view_is_a_tab_with_the_count_of_its_filter_and_opens_with_its_order_and_columns(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var lea = await plum.HasUserAsync("Lea Lead", Role.OpsLead);
        await plum.HasTicketAsync(severity: Severity.P1);
        await plum.HasTicketAsync(severity: Severity.P2);
        await plum.HasTicketAsync(severity: Severity.P1);

        var key = await SaveAsync(plum, lea, Terms("Urgent") with { Order = TicketOrder.Newest, Columns = [TicketColumn.Subject] });

        var queue = await QueueAsync(plum, lea, key);
        var tab = queue.Tabs.Single(t => t.View.Key == key);
        Assert.Equal((2, 0, true, ViewKind.Personal), (tab.Count, tab.Version, tab.IsMine, tab.View.Kind));
        Assert.Equal([1003L, 1001L], queue.Rows.Select(r => r.Id));
        Assert.Equal([TicketColumn.Subject], queue.View.Columns);
        Assert.False(queue.IsNarrowed);
        Assert.Equal([.. StandardViews.List.Select(v => v.Key), key], queue.Tabs.Select(t => t.View.Key));
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "View saved");
        Assert.Equal(("View Urgent", "Lea Lead", null), (line.Subject, line.Who, line.Before));
        Assert.Contains("severity=p1", line.After, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase]
    public async Task One_sees_ones_own_views_and_those_shared_among_the_same_clients_people(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var lea = await plum.HasUserAsync("Lea Lead", Role.OpsLead);
        var ana = await plum.HasUserAsync("Ana Agent");
        var ada = await plum.HasUserAsync("Ada of Acme", Role.SeniorAgent, acme);
        var abe = await plum.HasUserAsync("Abe of Acme", Role.Agent, acme);
        var nia = await plum.HasUserAsync("Nia of Nord", Role.SeniorAgent, nord);

        await SaveAsync(plum, lea, Terms("Lea's own"));
        await SaveAsync(plum, lea, Terms("Plum's") with { IsShared = true });
        await SaveAsync(plum, ada, Terms("Acme's") with { IsShared = true });
        await SaveAsync(plum, ada, Terms("Ada's own"));

        Assert.Equal(["Lea's own", "Plum's"], await SavedAsync(plum, lea));
        Assert.Equal(["Plum's"], await SavedAsync(plum, ana));
        Assert.Equal(["Acme's", "Ada's own"], await SavedAsync(plum, ada));
        Assert.Equal(["Acme's"], await SavedAsync(plum, abe));
        Assert.Empty(await SavedAsync(plum, nia));
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_share_can_neither_share_a_view_nor_change_or_delete_a_shared_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var lea = await plum.HasUserAsync("Lea Lead", Role.OpsLead);
        var ana = await plum.HasUserAsync("Ana Agent");
        var views = plum.Get<SavedViewService>();
        var id = Id(await SaveAsync(plum, lea, Terms("Team") with { IsShared = true }));
        var own = Id(await SaveAsync(plum, ana, Terms("Ana's")));

        Outcome[] refused =
        [
            await views.SaveAsync(new SaveView(Terms("Mine") with { IsShared = true }), ana, default),
            await views.ChangeAsync(new ChangeView(own, 0, Terms("Ana's") with { IsShared = true }), ana, default),
            await views.ChangeAsync(new ChangeView(id, 0, Terms("Taken over")), ana, default),
            await views.DeleteAsync(new DeleteView(id, 0), ana, default),
        ];

        Assert.All(refused, r => Assert.Equal(new Outcome.Refused(Refusals.NotAllowed(Act.ShareViews)), r));
        Assert.Equal(["Ana's", "Team"], await SavedAsync(plum, ana));
    }

    [Theory]
    [EachDatabase]
    public async Task Somebody_elses_own_view_and_another_clients_do_not_exist(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        var ada = await plum.HasUserAsync("Ada of Acme", Role.SeniorAgent, acme);
        var abe = await plum.HasUserAsync("Abe of Acme", Role.SeniorAgent, acme);
        var nia = await plum.HasUserAsync("Nia of Nord", Role.SeniorAgent, nord);
        var views = plum.Get<SavedViewService>();
        var own = Id(await SaveAsync(plum, ada, Terms("Ada's own")));
        var shared = Id(await SaveAsync(plum, ada, Terms("Acme's") with { IsShared = true }));

        Outcome[] gone =
        [
            await views.ChangeAsync(new ChangeView(own, 0, Terms("Abe's")), abe, default),
            await views.DeleteAsync(new DeleteView(own, 0), abe, default),
            await views.ChangeAsync(new ChangeView(shared, 0, Terms("Nord's")), nia, default),
            await views.DeleteAsync(new DeleteView(shared, 0), nia, default),
            await views.DeleteAsync(new DeleteView(Guid.NewGuid(), 0), ada, default),
        ];

        Assert.All(gone, o => Assert.Equal(new Outcome.Refused(Refusals.NotFound), o));
        Assert.Equal(["Acme's", "Ada's own"], await SavedAsync(plum, ada));
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_who_change_a_shared_view_is_told_that_theirs_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var lea = await plum.HasUserAsync("Lea Lead", Role.OpsLead);
        var sam = await plum.HasUserAsync("Sam Senior", Role.SeniorAgent);
        var views = plum.Get<SavedViewService>();
        var id = Id(await SaveAsync(plum, lea, Terms("Team") with { IsShared = true }));

        var first = await views.ChangeAsync(new ChangeView(id, 0, Terms("Team one") with { IsShared = true }), lea, default);
        var second = await views.ChangeAsync(new ChangeView(id, 0, Terms("Team two") with { IsShared = true }), sam, default);
        var late = await views.DeleteAsync(new DeleteView(id, 0), sam, default);

        Assert.IsType<Outcome.Done>(first);
        Assert.IsType<Outcome.Stale>(second);
        Assert.IsType<Outcome.Stale>(late);
        Assert.Equal(["Team one"], await SavedAsync(plum, sam));
        await using var db = plum.Peek();
        Assert.Equal(["View saved", "View changed"], await db.AuditEntries.OrderBy(a => a.Id).Select(a => a.What).ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_name_is_given_once_among_ones_own_and_once_among_the_shared(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var lea = await plum.HasUserAsync("Lea Lead", Role.OpsLead);
        var views = plum.Get<SavedViewService>();
        await SaveAsync(plum, lea, Terms("Urgent"));
        await SaveAsync(plum, lea, Terms("urgent ") with { IsShared = true });

        Assert.Equal("view.name-taken", await RefusedAsync(views, lea, Terms(" URGENT")));
        Assert.Equal("view.name-taken", await RefusedAsync(views, lea, Terms("Urgent") with { IsShared = true }));
        Assert.Equal("view.standard-name", await RefusedAsync(views, lea, Terms("at risk")));
        Assert.Equal("shared.missing", await RefusedAsync(views, lea, Terms("  ")));
        Assert.Equal("shared.too-long", await RefusedAsync(views, lea, Terms(new string('x', SavedView.NameMaxLength + 1))));
        Assert.Equal("view.columns", await RefusedAsync(views, lea, Terms("None") with { Columns = [] }));
        Assert.Equal(["Urgent", "urgent"], (await SavedAsync(plum, lea)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [EachDatabase]
    public async Task Tabs_stand_as_each_person_has_arranged_them_and_a_deleted_view_leaves_no_gap(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var lea = await plum.HasUserAsync("Lea Lead", Role.OpsLead);
        var ana = await plum.HasUserAsync("Ana Agent");
        var views = plum.Get<SavedViewService>();
        var key = await SaveAsync(plum, lea, Terms("Team") with { IsShared = true });

        var done = await views.ArrangeAsync(new ArrangeTabs(key, [StandardViews.All, key, "nonsense", key]), ana, default);

        Assert.IsType<Outcome.Done>(done);
        var hers = await QueueAsync(plum, ana, view: null);
        Assert.Equal((key, key), (hers.View.Key, hers.First));
        Assert.Equal([StandardViews.All, key, StandardViews.Mine], hers.Tabs.Take(3).Select(t => t.View.Key));
        Assert.Equal(StandardViews.Mine, (await QueueAsync(plum, lea, view: null)).View.Key);

        await views.DeleteAsync(new DeleteView(Id(key), 0), lea, default);
        var after = await QueueAsync(plum, ana, view: null);
        Assert.Equal((StandardViews.Mine, StandardViews.Mine), (after.View.Key, after.First));
        Assert.Equal([StandardViews.All, StandardViews.Mine], after.Tabs.Take(2).Select(t => t.View.Key));
        var gone = await QueueAsync(plum, ana, key);
        Assert.Equal(StandardViews.All, gone.View.Key);
        Assert.Contains("gone", Assert.Single(gone.Unread), StringComparison.Ordinal);
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound with { Field = "First" }),
            await views.ArrangeAsync(new ArrangeTabs(key, []), ana, default)
        );
    }

    private static SavedViewTerms Terms(string name) => new(name, Urgent, TicketOrder.BySla, TicketColumns.Usual);

    private static async Task<string> SaveAsync(PlumDatabase plum, Actor by, SavedViewTerms terms) =>
        Assert.IsType<Outcome.Done>(await plum.Get<SavedViewService>().SaveAsync(new SaveView(terms), by, default)).Key!;

    private static async Task<string> RefusedAsync(SavedViewService views, Actor by, SavedViewTerms terms) =>
        Assert.IsType<Outcome.Refused>(await views.SaveAsync(new SaveView(terms), by, default)).Why.Code;

    private static async Task<TicketQueueView> QueueAsync(PlumDatabase plum, Actor by, string? view) =>
        (await plum.Get<TicketQueueService>().PageAsync(new TicketQueueQuery(view), by, default))!;

    private static async Task<IEnumerable<string>> SavedAsync(PlumDatabase plum, Actor by) =>
        (await QueueAsync(plum, by, StandardViews.All)).Tabs.Where(t => t.View.Kind != ViewKind.Standard).Select(t => t.View.Name);

    private static Guid Id(string key) => Guid.ParseExact(key, "n");
}
