using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class CategoryServiceTests
{
    private static readonly AddCategory Late = new("Late delivery", Severity.P2, Dispositions.VoucherNotReceived);

    [Theory]
    [EachDatabase]
    public async Task An_added_category_is_listed_and_offered_and_its_audit_line_says_what_it_is(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var categories = plum.Get<CategoryService>();

        var outcome = await categories.AddAsync(Late with { Name = "  Late delivery " }, PlumDatabase.Lead, default);

        var id = Guid.Parse(Assert.IsType<Outcome.Done>(outcome).Key!);
        var page = await categories.ListAsync(new CategoryListQuery(), PlumDatabase.Agent, default);
        Assert.Equal(
            new CategoryRow(id, "Late delivery", Severity.P2, Dispositions.VoucherNotReceived, "Voucher not received", true, 0),
            Assert.Single(page.Rows)
        );
        Assert.Equal(
            [new CategoryChoice(id, "Late delivery", Severity.P2, Dispositions.VoucherNotReceived)],
            await categories.FindAsync("LATE", 10, PlumDatabase.Agent, default)
        );
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync(a => a.What == "Category added");
        Assert.Equal(("Late delivery", "Lea Lead", plum.Now), (line.Subject, line.Who, line.AtUtc));
        Assert.Equal(
            """{"name":"Late delivery","defaultSeverity":"P2","firstDisposition":"VoucherNotReceived","isActive":true}""",
            line.After
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Changing_one_writes_down_only_what_changed(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var category = await plum.HasCategoryAsync();
        await plum.HasCategoryAsync("Another");

        var outcome = await plum.Get<CategoryService>()
            .ChangeAsync(Change(category) with { DefaultSeverity = Severity.P1, IsActive = false }, PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Done>(outcome);
        await using var db = plum.Peek();
        var saved = await db.Categories.SingleAsync(c => c.Id == category.Id);
        Assert.Equal((Severity.P1, false, 1), (saved.DefaultSeverity, saved.IsActive, saved.Version));
        var line = await db.AuditEntries.SingleAsync();
        Assert.Equal(
            ("Category switched off", """{"defaultSeverity":"P3","isActive":true}""", """{"defaultSeverity":"P1","isActive":false}"""),
            (line.What, line.Before!, line.After!)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Saving_without_a_change_leaves_no_trace(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var category = await plum.HasCategoryAsync();

        Assert.IsType<Outcome.Done>(await plum.Get<CategoryService>().ChangeAsync(Change(category), PlumDatabase.Lead, default));

        await using var db = plum.Peek();
        Assert.Equal(0, (await db.Categories.SingleAsync()).Version);
        Assert.Empty(await db.AuditEntries.ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_change_the_taxonomy_is_refused_and_a_clients_own_lead_too(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var category = await plum.HasCategoryAsync();
        var bound = PlumDatabase.Bound(await plum.HasClientAsync(), Role.OpsLead);
        var categories = plum.Get<CategoryService>();

        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.EditTaxonomy)),
            await categories.AddAsync(Late, PlumDatabase.Agent, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotAllowed(Act.EditTaxonomy)),
            await categories.ChangeAsync(Change(category), PlumDatabase.Agent, default)
        );
        Assert.Equal(new Outcome.Refused(Refusals.SharedByAll), await categories.AddAsync(Late, bound, default));
        Assert.Equal(new Outcome.Refused(Refusals.SharedByAll), await categories.ChangeAsync(Change(category), bound, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_has_nothing_to_do_with_tickets_is_shown_no_category(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var category = await plum.HasCategoryAsync();
        var partner = PlumDatabase.Person("Pat Partner", Role.Partner);
        var categories = plum.Get<CategoryService>();

        Assert.Empty((await categories.ListAsync(new CategoryListQuery(), partner, default)).Rows);
        Assert.Empty(await categories.FindAsync(null, 10, partner, default));
        Assert.Null(await categories.ViewAsync(category.Id, partner, default));
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_people_is_told_that_their_copy_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var category = await plum.HasCategoryAsync();
        var categories = plum.Get<CategoryService>();
        await categories.ChangeAsync(Change(category) with { Name = "Theirs" }, PlumDatabase.Lead, default);

        var outcome = await categories.ChangeAsync(Change(category) with { Name = "Mine" }, PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Stale>(outcome);
        Assert.Equal("Theirs", (await categories.ViewAsync(category.Id, PlumDatabase.Lead, default))!.Name);
        await using var db = plum.Peek();
        Assert.Single(await db.AuditEntries.ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_name_in_use_is_refused_beside_the_name_in_any_case(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasCategoryAsync("Late delivery");
        var other = await plum.HasCategoryAsync("Other");
        var categories = plum.Get<CategoryService>();

        var added = await categories.AddAsync(Late with { Name = "LATE delivery" }, PlumDatabase.Lead, default);
        var changed = await categories.ChangeAsync(Change(other) with { Name = "Late Delivery" }, PlumDatabase.Lead, default);

        Assert.Equal(new Outcome.Refused(CategoryRefusals.Taken("LATE delivery")), added);
        Assert.Equal(new Outcome.Refused(CategoryRefusals.Taken("Late Delivery")), changed);
    }

    [Theory]
    [EachDatabase]
    public async Task Of_two_people_who_add_the_same_name_at_once_one_is_refused(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var categories = plum.Get<CategoryService>();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => categories.AddAsync(Late, PlumDatabase.Lead, default)))
        );

        Assert.Single(outcomes.OfType<Outcome.Done>());
        Assert.Equal(Enumerable.Repeat(new Outcome.Refused(CategoryRefusals.Taken(Late.Name)), 7), outcomes.OfType<Outcome.Refused>());
        await using var db = plum.Peek();
        Assert.Equal(1, await db.Categories.CountAsync());
        Assert.Equal(1, await db.AuditEntries.CountAsync()); // the refused ones left no line
    }

    [Theory]
    [EachDatabase]
    public async Task Wrong_input_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var category = await plum.HasCategoryAsync();

        foreach (
            var (wrong, code, field) in new (AddCategory, string, string)[]
            {
                (Late with { Name = " " }, "shared.missing", "Name"),
                (Late with { Name = new string('x', Category.NameMaxLength + 1) }, "shared.too-long", "Name"),
                (Late with { DefaultSeverity = (Severity)9 }, "category.severity", "DefaultSeverity"),
                (Late with { FirstDisposition = "Nowhere" }, "category.first-disposition", "FirstDisposition"),
                (Late with { FirstDisposition = Dispositions.Resolved }, "category.first-disposition", "FirstDisposition"),
            }
        )
        {
            var added = await plum.Get<CategoryService>().AddAsync(wrong, PlumDatabase.Lead, default);
            var changed = await plum.Get<CategoryService>()
                .ChangeAsync(
                    new(category.Id, 0, wrong.Name, wrong.DefaultSeverity, wrong.FirstDisposition, true),
                    PlumDatabase.Lead,
                    default
                );

            Assert.Equal((code, field), (Assert.IsType<Outcome.Refused>(added).Why.Code, ((Outcome.Refused)added).Why.Field));
            Assert.Equal((code, field), (Assert.IsType<Outcome.Refused>(changed).Why.Code, ((Outcome.Refused)changed).Why.Field));
        }
    }

    [Theory]
    [EachDatabase]
    public async Task The_last_category_in_use_stays_in_use(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var category = await plum.HasCategoryAsync();

        var outcome = await plum.Get<CategoryService>().ChangeAsync(Change(category) with { IsActive = false }, PlumDatabase.Lead, default);

        Assert.Equal(new Outcome.Refused(CategoryRefusals.Last), outcome);
    }

    [Theory]
    [EachDatabase]
    public async Task A_category_that_does_not_exist_is_not_found(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);

        var outcome = await plum.Get<CategoryService>()
            .ChangeAsync(new(Guid.NewGuid(), 0, "X", Severity.P1, Dispositions.FailedRedemption, true), PlumDatabase.Lead, default);

        Assert.Equal(new Outcome.Refused(Refusals.NotFound), outcome);
        Assert.Null(await plum.Get<CategoryService>().ViewAsync(Guid.NewGuid(), PlumDatabase.Lead, default));
    }

    [Theory]
    [EachDatabase]
    public async Task The_list_is_sorted_searched_and_paged_and_counts_open_tickets_that_the_reader_may_see(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var acme = await plum.HasClientAsync("ACME");
        var nord = await plum.HasClientAsync("NORD");
        await plum.HasTicketAsync(acme);
        await plum.HasTicketAsync(nord);
        var done = await plum.HasTicketAsync(nord);
        await plum.Get<TicketService>().MoveAsync(new(done.Id, 0, Dispositions.Resolved), PlumDatabase.Lead, default);
        await plum.HasCategoryAsync("100% wrong", Dispositions.FailedRedemption);
        await plum.HasCategoryAsync("Wrong value", Dispositions.FailedRedemption);
        var categories = plum.Get<CategoryService>();

        async Task<string> ListAsync(CategoryListQuery query, Actor by)
        {
            var page = await categories.ListAsync(query, by, default);
            return $"{page.Total}: {string.Join(", ", page.Rows.Select(r => $"{r.Name} ({r.OpenTickets})"))}";
        }

        Assert.Equal("3: 100% wrong (0), Voucher not received (2), Wrong value (0)", await ListAsync(new(), PlumDatabase.Lead));
        Assert.Equal("3: Wrong value (0)", await ListAsync(new(Take: 1, Descending: true), PlumDatabase.Lead));
        Assert.Equal("3: Voucher not received (2)", await ListAsync(new(Skip: 1, Take: 1), PlumDatabase.Lead));
        Assert.Equal("1: 100% wrong (0)", await ListAsync(new(Search: "0%"), PlumDatabase.Lead)); // not a wildcard
        Assert.Equal("2: 100% wrong (0), Wrong value (0)", await ListAsync(new(Search: "wrong"), PlumDatabase.Lead));
        Assert.Equal("0: ", await ListAsync(new(Active: false), PlumDatabase.Lead));
        Assert.Equal(
            "3: 100% wrong (0), Voucher not received (1), Wrong value (0)",
            await ListAsync(new(), PlumDatabase.Bound(acme, Role.Agent))
        );
    }

    private static ChangeCategory Change(Category category) =>
        new(category.Id, category.Version, category.Name, category.DefaultSeverity, category.FirstDisposition, category.IsActive);
}
