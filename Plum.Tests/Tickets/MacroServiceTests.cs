using Microsoft.EntityFrameworkCore;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

public class MacroServiceTests
{
    private static readonly MacroTerms Apology = new("Apology", "Dear {{recipient.name}}, {{order.reference}} is on its way.");

    private static async Task<MacroRow> HasMacroAsync(PlumDatabase plum, MacroTerms terms)
    {
        Assert.IsType<Outcome.Done>(await plum.Get<MacroService>().WriteAsync(new WriteMacro(terms), PlumDatabase.Lead, default));
        return (await plum.Get<MacroService>().ListAsync(PlumDatabase.Lead, default)).Single(m => m.Name == terms.Name);
    }

    private static async Task<Refusal> RefusedAsync(Task<Outcome> command) => Assert.IsType<Outcome.Refused>(await command).Why;

    [Theory]
    [InlineData("Hello {{who}}", 7, "{{who}}")]
    [InlineData("Dear\n{{recipient.name}},\n{{order.refrence}}", 26, "{{order.refrence}}")]
    public void An_unknown_placeholder_is_refused_with_its_place_and_what_may_have_been_meant(string text, int place, string name)
    {
        var why = MacroText.CannotFill(text)!;

        Assert.Equal(("macro.unknown", "Body"), (why.Code, why.Field));
        Assert.Contains($"{name} at character {place}", why.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean {{", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_placeholder_that_is_not_closed_is_refused_with_its_place() =>
        Assert.Equal(
            new Refusal("macro.unclosed", "The placeholder at character 6 (line 1) is opened with {{ and never closed. Add }}.", "Body"),
            MacroText.CannotFill("Dear {{recipient.name")
        );

    [Theory]
    [EachDatabase]
    public async Task A_macro_is_written_changed_and_switched_off_each_with_its_audit_line(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var macros = plum.Get<MacroService>();
        var macro = await HasMacroAsync(plum, Apology);

        var changed = await macros.ChangeAsync(
            new ChangeMacro(macro.Id, macro.Version, Apology with { Name = "Sorry", IsActive = false }),
            PlumDatabase.Lead,
            default
        );

        Assert.Equal(new Outcome.Done(macro.Id.ToString()), changed);
        Assert.Equal(
            [("Sorry", Apology.Body, false)],
            (await macros.ListAsync(PlumDatabase.Lead, default)).Select(m => (m.Name, m.Body, m.IsActive))
        );
        await using var db = plum.Peek();
        Assert.Equal(
            ["macro Apology Wrote a macro by Lea Lead", "macro Sorry Changed a macro by Lea Lead"],
            await db
                .AuditEntries.Where(a => a.What.EndsWith("a macro"))
                .OrderBy(a => a.Id)
                .Select(a => $"{a.Subject} {a.What} by {a.Who}")
                .ToListAsync()
        );
    }

    [Theory]
    [EachDatabase]
    public async Task Whoever_may_not_write_macros_what_is_not_there_a_name_taken_and_an_old_copy_are_refused(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var macros = plum.Get<MacroService>();
        var macro = await HasMacroAsync(plum, Apology);
        await macros.ChangeAsync(new ChangeMacro(macro.Id, macro.Version, Apology with { Body = "Sorry." }), PlumDatabase.Lead, default);

        Assert.Equal(
            Refusals.NotAllowed(Act.EditMacros),
            await RefusedAsync(macros.WriteAsync(new WriteMacro(Apology with { Name = "Mine" }), PlumDatabase.Agent, default))
        );
        Assert.Equal(
            Refusals.NotFound,
            await RefusedAsync(macros.ChangeAsync(new ChangeMacro(Guid.NewGuid(), 1, Apology), PlumDatabase.Lead, default))
        );
        Assert.Equal("macro.name-taken", (await RefusedAsync(macros.WriteAsync(new WriteMacro(Apology), PlumDatabase.Lead, default))).Code);
        Assert.IsType<Outcome.Stale>(
            await macros.ChangeAsync(new ChangeMacro(macro.Id, macro.Version, Apology), PlumDatabase.Lead, default)
        );
        Assert.Equal("Sorry.", (await macros.ListAsync(PlumDatabase.Lead, default)).Single().Body);
    }

    [Theory]
    [EachDatabase]
    public async Task Somebody_of_a_client_sees_and_writes_its_macros_alone(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (acme, nord) = (await plum.HasClientAsync("ACME"), await plum.HasClientAsync("NORD"));
        await HasMacroAsync(plum, Apology);
        var theirs = await HasMacroAsync(plum, new MacroTerms("Of Nord", "Hello", nord.Id));
        await HasMacroAsync(plum, new MacroTerms("Of Acme", "Hello", acme.Id));
        var bound = PlumDatabase.Bound(acme, Role.SeniorAgent);
        var macros = plum.Get<MacroService>();

        Assert.Equal(["Of Acme"], (await macros.ListAsync(bound, default)).Select(m => m.Name));
        Assert.Equal(
            Refusals.NotFound with
            {
                Field = "Client",
            },
            await RefusedAsync(macros.WriteAsync(new WriteMacro(new MacroTerms("For all", "Hello")), bound, default))
        );
        Assert.Equal(
            Refusals.NotFound,
            await RefusedAsync(
                macros.ChangeAsync(new ChangeMacro(theirs.Id, theirs.Version, new MacroTerms("Mine now", "Hello", acme.Id)), bound, default)
            )
        );
    }

    [Theory]
    [EachDatabase]
    public async Task On_a_ticket_those_in_use_that_fit_it_are_offered_and_filled(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var (recipient, order) = (await plum.HasRecipientAsync(), default(Plum.Domain.Orders.Order));
        order = await plum.HasOrderAsync(recipient);
        var ticket = await plum.HasTicketOfRecipientAsync(recipient, order: order);
        var fits = await HasMacroAsync(plum, Apology with { ThenWaitOn = WaitingOn.Recipient });
        await HasMacroAsync(plum, new MacroTerms("Other category", "Hello", CategoryId: (await plum.HasCategoryAsync("Another")).Id));
        await HasMacroAsync(plum, new MacroTerms("Switched off", "Hello", IsActive: false));
        var macros = plum.Get<MacroService>();

        Assert.Equal(["Apology"], (await macros.ForTicketAsync(ticket.Id, PlumDatabase.Agent, default)).Select(m => m.Name));
        var filled = (await macros.FillAsync(fits.Id, ticket.Id, PlumDatabase.Agent, default))!;

        Assert.Equal(("Dear Jane Okafor, GFT-10001 is on its way.", WaitingOn.Recipient), (filled.Text, filled.ThenWaitOn));
        Assert.Empty(filled.Missing);
    }
}
