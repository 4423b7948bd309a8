using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class DispositionServiceTests
{
    private static readonly AddDisposition Bank = new("BankReview", "With the bank", Stage.InProgress, Dispositions.VendorRejection);

    [Theory]
    [EachDatabase]
    public async Task Renaming_one_keeps_its_code_and_stage_and_says_so_in_the_audit(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();

        var outcome = await dispositions.ChangeAsync(
            new(Dispositions.VendorRejection, 0, " Declined by brand ", true),
            PlumDatabase.Lead,
            default
        );

        Assert.Equal(new Outcome.Done(Dispositions.VendorRejection), outcome);
        var row = (await dispositions.ListAsync(PlumDatabase.Agent, default)).Single(d => d.Code == Dispositions.VendorRejection);
        Assert.Equal(
            new DispositionRow(row.Code, "Declined by brand", Stage.InProgress, Dispositions.VendorRejection, true, true, 60, 1),
            row
        );
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync();
        Assert.Equal(
            ("Disposition changed", Dispositions.VendorRejection, """{"label":"Vendor rejection"}""", """{"label":"Declined by brand"}"""),
            (line.What, line.Subject, line.Before!, line.After!)
        );
    }

    [Theory]
    [EachDatabase]
    public async Task An_added_one_comes_last_and_can_be_used_at_once(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var ticket = await plum.HasTicketAsync();

        Assert.Equal(new Outcome.Done("BankReview"), await plum.Get<DispositionService>().AddAsync(Bank, PlumDatabase.Lead, default));

        Assert.Equal(
            new DispositionRow("BankReview", "With the bank", Stage.InProgress, Dispositions.VendorRejection, false, true, 80, 0),
            (await plum.Get<DispositionService>().ListAsync(PlumDatabase.Lead, default))[^1]
        );
        Assert.IsType<Outcome.Done>(
            await plum.Get<TicketService>().MoveAsync(new(ticket.Id, ticket.Version, "BankReview"), PlumDatabase.Agent, default)
        );
        Assert.Equal(
            [("BankReview", 1)],
            (await plum.Get<DispositionService>().CountOpenAsync(PlumDatabase.Lead, default)).Select(c => (c.Key, c.Value))
        );
    }

    [Theory]
    [EachDatabase]
    public async Task A_standard_one_cannot_be_switched_off_and_an_added_one_can(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();
        await dispositions.AddAsync(Bank, PlumDatabase.Lead, default);

        var standard = await dispositions.ChangeAsync(new(Dispositions.Resolved, 0, "Resolved", false), PlumDatabase.Lead, default);
        var added = await dispositions.ChangeAsync(new("BankReview", 0, "With the bank", false), PlumDatabase.Lead, default);

        Assert.Equal("disposition.standard", Assert.IsType<Outcome.Refused>(standard).Why.Code);
        Assert.IsType<Outcome.Done>(added);
        await using var db = plum.Peek();
        Assert.Equal("Disposition switched off", (await db.AuditEntries.OrderBy(a => a.Id).LastAsync()).What);
    }

    [Theory]
    [EachDatabase]
    public async Task One_that_new_tickets_of_a_category_start_with_stays_in_use(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();
        await dispositions.AddAsync(new("Damaged", "Damaged goods", Stage.Intake, Dispositions.Other), PlumDatabase.Lead, default);
        await plum.HasCategoryAsync("Damage", "Damaged");

        var outcome = await dispositions.ChangeAsync(new("Damaged", 0, "Damaged goods", false), PlumDatabase.Lead, default);

        Assert.Equal(new Outcome.Refused(DispositionRefusals.FirstOfCategory("Damaged goods", "Damage")), outcome);
    }

    [Theory]
    [EachDatabase]
    public async Task Shifting_one_up_swaps_it_with_its_neighbour_and_the_ends_refuse(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();

        var up = await dispositions.ShiftAsync(new(Dispositions.Resolved, 0, Up: true), PlumDatabase.Lead, default);
        var beyond = await dispositions.ShiftAsync(new(Dispositions.VendorRejection, 1, Up: false), PlumDatabase.Lead, default);
        var before = await dispositions.ShiftAsync(new(Dispositions.FailedRedemption, 0, Up: true), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Done>(up);
        Assert.Equal(new Outcome.Refused(DispositionRefusals.AtTheEnd("Vendor rejection", up: false)), beyond);
        Assert.Equal(new Outcome.Refused(DispositionRefusals.AtTheEnd("Failed redemption", up: true)), before);
        Assert.Equal(
            [Dispositions.RefundProcessed, Dispositions.Resolved, Dispositions.VendorRejection],
            (await dispositions.ListAsync(PlumDatabase.Lead, default)).TakeLast(3).Select(d => d.Code)
        );
        await using var db = plum.Peek();
        var line = await db.AuditEntries.SingleAsync();
        Assert.EndsWith("\"VendorRejection\",\"Resolved\"]}", line.Before, StringComparison.Ordinal);
        Assert.EndsWith("\"Resolved\",\"VendorRejection\"]}", line.After, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase]
    public async Task Wrong_input_is_refused_beside_its_field(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();
        await dispositions.AddAsync(Bank, PlumDatabase.Lead, default);
        var fresh = Bank with { Code = "Fresh", Label = "Fresh" };

        foreach (
            var (wrong, code, field) in new (AddDisposition, string, string)[]
            {
                (fresh with { Code = "" }, "shared.missing", "Code"),
                (fresh with { Code = "with blank" }, "disposition.code-form", "Code"),
                (fresh with { Code = new string('x', Disposition.CodeMaxLength + 1) }, "shared.too-long", "Code"),
                (fresh with { Code = "resolved" }, "disposition.code-taken", "Code"),
                (fresh with { Code = "bankreview" }, "disposition.code-taken", "Code"),
                (fresh with { Label = "" }, "shared.missing", "Label"),
                (fresh with { Label = new string('x', Disposition.LabelMaxLength + 1) }, "shared.too-long", "Label"),
                (fresh with { Label = "WITH the bank" }, "disposition.label-taken", "Label"),
                (fresh with { Stage = (Stage)7 }, "disposition.stage", "Stage"),
                (fresh with { ReportsUnder = "Nothing" }, "disposition.reports-under", "ReportsUnder"),
                (fresh with { ReportsUnder = Dispositions.Resolved }, "disposition.other-stage", "ReportsUnder"),
                (
                    fresh with
                    {
                        Stage = Stage.Final,
                        ReportsUnder = Dispositions.RefundProcessed,
                    },
                    "disposition.refund-processed",
                    "ReportsUnder"
                ),
            }
        )
        {
            var refused = Assert.IsType<Outcome.Refused>(await dispositions.AddAsync(wrong, PlumDatabase.Lead, default)).Why;
            Assert.Equal((code, field), (refused.Code, refused.Field));
        }

        var renamed = await dispositions.ChangeAsync(new("BankReview", 0, "resolved", true), PlumDatabase.Lead, default);
        Assert.Equal(new Outcome.Refused(DispositionRefusals.LabelTaken("resolved")), renamed);
        var blank = await dispositions.ChangeAsync(new("BankReview", 0, " ", true), PlumDatabase.Lead, default);
        Assert.Equal("Label", Assert.IsType<Outcome.Refused>(blank).Why.Field);
    }

    [Theory]
    [EachDatabase]
    public async Task Of_two_people_who_take_the_same_label_at_once_one_is_refused(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i => Task.Run(() => dispositions.AddAsync(Bank with { Code = $"B{i}" }, PlumDatabase.Lead, default)))
        );

        Assert.Single(outcomes.OfType<Outcome.Done>());
        Assert.Equal(
            Enumerable.Repeat(new Outcome.Refused(DispositionRefusals.LabelTaken(Bank.Label)), 5),
            outcomes.OfType<Outcome.Refused>()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task The_second_of_two_people_is_told_that_their_copy_is_stale(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();
        await dispositions.ChangeAsync(new(Dispositions.Resolved, 0, "Closed", true), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Stale>(
            await dispositions.ChangeAsync(new(Dispositions.Resolved, 0, "Done", true), PlumDatabase.Lead, default)
        );
        Assert.IsType<Outcome.Stale>(await dispositions.ShiftAsync(new(Dispositions.Resolved, 0, Up: true), PlumDatabase.Lead, default));
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_change_the_taxonomy_is_refused_and_a_clients_own_lead_too(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();
        var bound = PlumDatabase.Bound(await plum.HasClientAsync(), Role.OpsLead);

        foreach (var (by, why) in new[] { (PlumDatabase.Agent, Refusals.NotAllowed(Act.EditTaxonomy)), (bound, Refusals.SharedByAll) })
        {
            Assert.Equal(new Outcome.Refused(why), await dispositions.AddAsync(Bank, by, default));
            Assert.Equal(new Outcome.Refused(why), await dispositions.ChangeAsync(new(Dispositions.Resolved, 0, "X", true), by, default));
            Assert.Equal(new Outcome.Refused(why), await dispositions.ShiftAsync(new(Dispositions.Resolved, 0, true), by, default));
        }

        Assert.Empty(await dispositions.ListAsync(PlumDatabase.Person("Pat Partner", Role.Partner), default));
    }

    [Theory]
    [EachDatabase]
    public async Task One_that_does_not_exist_is_not_found(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var dispositions = plum.Get<DispositionService>();

        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await dispositions.ChangeAsync(new("Nowhere", 0, "X", true), PlumDatabase.Lead, default)
        );
        Assert.Equal(
            new Outcome.Refused(Refusals.NotFound),
            await dispositions.ShiftAsync(new("Nowhere", 0, true), PlumDatabase.Lead, default)
        );
    }
}
