using Microsoft.EntityFrameworkCore;
using Plum.Data.Deliveries;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Portal.Deliveries;
using Plum.Tests.Shared;

namespace Plum.Tests.Deliveries;

public class MendingTests
{
    [Theory]
    [EachDatabase]
    public async Task A_corrected_address_is_sent_to_again_for_the_same_order(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var failed = await FailedAsync(plum);
        var service = plum.Get<DeliveryService>();

        var outcome = await service.ResendAsync(
            new ResendDelivery(failed.Id, failed.Version, " Jane.Okafor@ACME.example "),
            PlumDatabase.Agent,
            default
        );
        Assert.Equal(new Outcome.Done(OrderReference.Of(failed.OrderId)), outcome);
        await plum.DispatchAsync();

        var after = await plum.ReloadAsync(failed);
        Assert.Equal((DeliveryState.Delivered, "jane.okafor@acme.example", 2), (after.State, after.Address, after.Attempts));
        await using var db = plum.Peek();
        Assert.Equal(1, await db.Orders.CountAsync());
        Assert.Equal(
            ["jane@acme.example", "jane.okafor@acme.example"],
            await db.SandboxMessages.OrderBy(m => m.Id).Select(m => m.To).ToListAsync()
        );
        Assert.Contains("Sent again, to another address", await db.AuditEntries.Select(a => a.What).ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task What_may_not_be_sent_again_is_refused_with_its_reason(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var failed = await FailedAsync(plum);
        var service = plum.Get<DeliveryService>();
        var ask = new ResendDelivery(failed.Id, failed.Version);

        Assert.Equal("shared.not-allowed", Code(await service.ResendAsync(ask, PlumDatabase.Reader, default)));
        Assert.Equal("shared.not-found", Code(await service.ResendAsync(ask with { Id = 999 }, PlumDatabase.Agent, default)));
        Assert.Equal("delivery.email", Code(await service.ResendAsync(ask with { Address = "nobody" }, PlumDatabase.Agent, default)));
        Assert.IsType<Outcome.Stale>(await service.ResendAsync(ask with { Version = failed.Version - 1 }, PlumDatabase.Agent, default));
        var other = await plum.HasClientAsync("OTHER");
        Assert.Equal("shared.not-found", Code(await service.ResendAsync(ask, PlumDatabase.Bound(other, Role.ProgrammeAdmin), default)));
        await using (var db = plum.Peek())
        {
            await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, OrderStatus.Cancelled));
        }

        Assert.Equal("delivery.order-gone", Code(await service.ResendAsync(ask, PlumDatabase.Agent, default)));
        await using (var db = plum.Peek())
        {
            await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, OrderStatus.DeliveryFailed));
            await db.Recipients.ExecuteUpdateAsync(s => s.SetProperty(r => r.OptedOutAtUtc, plum.Now));
        }

        Assert.Equal("delivery.opted-out", Code(await service.ResendAsync(ask, PlumDatabase.Agent, default)));
        var results = await service.MendAsync(
            new MendDeliveries([failed.Id], new Mend.OtherChannel(DeliveryChannel.Sms)),
            PlumDatabase.Agent,
            default
        );
        Assert.Equal("delivery.opted-out", Code(Assert.Single(results).Outcome));
        Assert.Empty((await service.ListAsync(new(new()), PlumDatabase.Bound(other, Role.ProgrammeAdmin), default)).Rows);
    }

    [Theory]
    [EachDatabase]
    public async Task Of_two_who_send_again_at_once_one_is_told(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var failed = await FailedAsync(plum);
        var service = plum.Get<DeliveryService>();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() => service.ResendAsync(new ResendDelivery(failed.Id, failed.Version), PlumDatabase.Agent, default))
                )
        );

        Assert.Single(outcomes, o => o is Outcome.Done);
        await plum.DispatchAsync();
        Assert.Equal(2, (await plum.ReloadAsync(failed)).Attempts);
    }

    [Theory]
    [EachDatabase]
    public async Task Many_are_mended_by_replacing_and_each_is_answered_for_itself(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var typo = await FailedAsync(plum, "typo@gmial.com");
        var right = await FailedAsync(plum, "right@acme.example");
        var service = plum.Get<DeliveryService>();

        var results = await service.MendAsync(
            new MendDeliveries([typo.Id, right.Id, 999], new Mend.Replace("@GMIAL.com", "@gmail.com")),
            PlumDatabase.Agent,
            default
        );

        Assert.Equal(
            ["", "delivery.nothing-to-replace", "shared.not-found"],
            results.Select(r => r.Outcome is Outcome.Done ? "" : Code(r.Outcome))
        );
        Assert.Equal(
            ("typo@gmail.com", DeliveryState.Queued),
            ((await plum.ReloadAsync(typo)).Address, (await plum.ReloadAsync(typo)).State)
        );
        Assert.Equal(DeliveryState.Failed, (await plum.ReloadAsync(right)).State);
    }

    [Theory]
    [EachDatabase]
    public async Task The_other_channel_takes_the_failed_ones_place_and_the_order_stays_one(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var failed = await FailedAsync(plum);
        var service = plum.Get<DeliveryService>();

        Assert.IsType<Outcome.Done>(
            await service.ReplaceChannelAsync(
                new ReplaceChannel(failed.Id, failed.Version, DeliveryChannel.Sms),
                PlumDatabase.Agent,
                default
            )
        );
        await plum.DispatchAsync();

        var all = await service.OfOrderAsync(failed.OrderId, PlumDatabase.Agent, default);
        Assert.Equal(
            [(DeliveryChannel.Email, DeliveryState.Withdrawn), (DeliveryChannel.Sms, DeliveryState.Delivered)],
            all.Select(d => (d.Channel, d.State))
        );
        Assert.Equal(OrderStatus.Delivered, await plum.StatusOfAsync(failed.OrderId));
    }

    [Theory]
    [EachDatabase]
    public async Task A_file_goes_out_is_mended_and_comes_back_with_its_formulas_harmless(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var recipient = await plum.HasRecipientAsync(client, "=HYPERLINK(\"evil\")", email: "a@gmial.com");
        var failed = await FailedAsync(plum, order: await plum.HasOrderAsync(recipient));
        var service = plum.Get<DeliveryService>();
        await using var csv = new StringWriter();

        await service.ExportAsync(new DeliveryFilter(), PlumDatabase.Agent, csv, default);

        Assert.Contains("\"'=HYPERLINK(\"\"evil\"\")\"", csv.ToString(), StringComparison.Ordinal);
        var mended = csv.ToString().Replace("a@gmial.com", "a@gmail.com", StringComparison.Ordinal);
        var (refusal, results) = await service.MendFromCsvAsync(new StringReader(mended), PlumDatabase.Agent, default);
        Assert.Null(refusal);
        Assert.IsType<Outcome.Done>(Assert.Single(results).Outcome);
        Assert.Equal("a@gmail.com", (await plum.ReloadAsync(failed)).Address);

        foreach (
            var wrong in new[] { "", "a,b\n1,2\n", "delivery,address\nx,a@b.example\n", "delivery,address\n1,a@b.example\n1,a@b.example\n" }
        )
        {
            Assert.NotNull((await service.MendFromCsvAsync(new StringReader(wrong), PlumDatabase.Agent, default)).Refusal);
        }
    }

    [Theory]
    [EachDatabase]
    public async Task A_failed_delivery_becomes_one_ticket_with_its_order_and_by_rule_too(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        await plum.HasCategoryAsync();
        var failed = await FailedAsync(plum);
        var ruled = await FailedAsync(plum);
        var service = plum.Get<DeliveryService>();

        var first = await service.OpenTicketAsync(new OpenDeliveryTicket(failed.Id), PlumDatabase.Agent, default);
        var again = await service.OpenTicketAsync(new OpenDeliveryTicket(failed.Id), PlumDatabase.Agent, default);

        Assert.IsType<Outcome.Done>(first);
        Assert.Equal(first, again);
        Assert.Equal(0, await service.OpenTicketsByRuleAsync(10, PlumDatabase.Job, default));
        await using (var db = plum.Peek())
        {
            var settings = ProgrammeDelivery.Usual(failed.ProgrammeId);
            settings.Change(fallback: null, "en", 30, opensTickets: true);
            db.Add(settings);
            await db.SaveChangesAsync();
        }

        Assert.Equal(1, await service.OpenTicketsByRuleAsync(10, PlumDatabase.Job, default));
        Assert.Equal(0, await service.OpenTicketsByRuleAsync(10, PlumDatabase.Job, default));
        await using var after = plum.Peek();
        Assert.Equal([failed.OrderId, ruled.OrderId], await after.Tickets.OrderBy(t => t.Id).Select(t => t.OrderId!.Value).ToListAsync());
        Assert.All(await after.Tickets.Select(t => t.Disposition).ToListAsync(), d => Assert.Equal("VoucherNotReceived", d));
    }

    [Theory]
    [EachDatabase]
    public async Task A_template_of_the_programme_is_checked_chosen_by_language_and_never_runs_what_a_value_holds(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var client = await plum.HasClientAsync();
        var recipient = await plum.HasRecipientAsync(client, "<b>{{link}}</b>");
        var order = await plum.HasOrderAsync(recipient);
        var service = plum.Get<MessageService>();
        var texts = new TemplateTexts("Für {{name}}", "Hallo {{name}},\nöffnen: {{link}}", ProviderName: null, []);
        var write = new WriteTemplate(order.ProgrammeId, null, 0, DeliveryChannel.Email, "de", texts);

        Assert.Equal("shared.not-allowed", Code(await service.WriteAsync(write, PlumDatabase.Agent, default)));
        foreach (
            var (body, code) in new[]
            {
                ("{{who}} {{link}}", "template.unknown"),
                ("{{link}} {{name", "template.unclosed"),
                ("no way in", "template.no-link"),
            }
        )
        {
            Assert.Equal(
                code,
                Code(await service.WriteAsync(write with { Texts = texts with { Body = body } }, PlumDatabase.Lead, default))
            );
        }

        Assert.IsType<Outcome.Done>(await service.WriteAsync(write, PlumDatabase.Lead, default));
        Assert.Equal("template.taken", Code(await service.WriteAsync(write, PlumDatabase.Lead, default)));

        await plum.HasDeliveryAsync(order, language: "de-AT");
        await plum.DispatchAsync();

        await using var db = plum.Peek();
        var message = await db.SandboxMessages.SingleAsync();
        Assert.Equal(("Für <b>{{link}}</b>", "de"), (message.Subject, message.Language));
        Assert.DoesNotContain("<b>", message.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;{{link}}&lt;/b&gt;", message.Html, StringComparison.Ordinal);

        var (_, preview) = await service.PreviewAsync(
            new(order.ProgrammeId, DeliveryChannel.Email, "ar", texts),
            PlumDatabase.Lead,
            default
        );
        Assert.Contains("dir=\"rtl\"", preview!.Html, StringComparison.Ordinal);
        Assert.Equal(
            new Outcome.Done("me@plum.example"),
            await service.TestAsync(
                new(new(order.ProgrammeId, DeliveryChannel.Email, "de", texts), "me@plum.example"),
                PlumDatabase.Lead,
                default
            )
        );
        Assert.Equal(2, await db.SandboxMessages.CountAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task The_list_is_narrowed_by_file_client_and_words_and_one_that_is_not_there_finds_nothing(string provider)
    {
        await using var plum = await PlumDatabase.CreateAsync(provider);
        var other = await FailedAsync(plum, "other@acme.example");
        var order = await plum.HasOrderAsync(await plum.HasRecipientAsync(name: "Zoë Müller", email: "zoe@acme.example"));
        var file = AllocationFile.Receive(
            Guid.CreateVersion7(),
            7,
            order.ClientId,
            order.ProgrammeId,
            "june.csv",
            1,
            new string('0', 64),
            FileForm.Unknown,
            AllocationMapping.Nothing,
            PlumDatabase.Lead,
            plum.Now
        );
        await using (var db = plum.Peek())
        {
            db.Add(file);
            Assert.Null(await DeliveryQueueing.QueueAsync(db, order, plum.Now, default, allocationFileId: file.Id));
            await db.SaveChangesAsync();
        }

        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "5.1.1");
        await plum.DispatchAsync();

        Assert.Equal([order.Id], await FoundAsync("file=IPA-7"));
        Assert.Equal([order.Id], await FoundAsync("file=ipa-7&client=ACME"));
        Assert.Equal([order.Id], await FoundAsync("q=müller"));
        Assert.Equal([other.OrderId], await FoundAsync("q=other@"));
        Assert.Equal([other.OrderId], await FoundAsync($"q={OrderReference.Of(other.OrderId)}"));
        Assert.Equal([order.Id, other.OrderId], await FoundAsync("fault=recipient&code=5.1.1&channel=email"));
        foreach (var nothing in new[] { "file=IPA-8", "file=june", "client=NONE", "state=delivered", "channel=sms" })
        {
            Assert.Empty(await FoundAsync(nothing));
        }

        async Task<IEnumerable<long>> FoundAsync(string query)
        {
            var filter = DeliveryFiles.FilterOf(DeliveryFiles.Read($"/deliveries?{query}"));
            return (await plum.Get<DeliveryService>().ListAsync(new(filter), PlumDatabase.Agent, default)).Rows.Select(r => r.OrderId);
        }
    }

    private static string Code(Outcome outcome) => Assert.IsType<Outcome.Refused>(outcome).Why.Code;

    private static async Task<Delivery> FailedAsync(PlumDatabase plum, string? address = null, Order? order = null)
    {
        order ??= await plum.HasOrderAsync(await plum.HasRecipientAsync(email: address ?? "jane@acme.example"));
        var delivery = await plum.HasDeliveryAsync(order);
        await plum.HasSandboxAsync(SandboxManner.RefuseAll, "5.1.1");
        await plum.DispatchAsync();
        await plum.HasSandboxAsync(SandboxManner.Deliver);
        delivery = await plum.ReloadAsync(delivery);
        Assert.Equal(DeliveryState.Failed, delivery.State);
        return delivery;
    }
}
