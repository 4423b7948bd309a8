using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Deliveries;

/// <summary>Putting right what did not arrive: the same order and the same reward, sent again.</summary>
public sealed partial class DeliveryService
{
    private const int Chunk = 200;

    private static readonly Refusal NothingFound = new(
        "delivery.nothing-to-replace",
        "Its address does not hold that text: it is left as it is."
    );

    private static readonly Refusal NoAddress = new("delivery.no-address", "The recipient has no address for that channel.", "Channel");

    public Task<Outcome> ResendAsync(ResendDelivery command, Actor by, CancellationToken ct) =>
        OneAsync(command.Id, command.Version, (db, delivery, now) => ResendAsync(db, delivery, command.Address, by, now, ct), by, ct);

    /// <summary>By another channel, to the recipient's address there: a delivery that takes the failed one's place.</summary>
    public Task<Outcome> ReplaceChannelAsync(ReplaceChannel command, Actor by, CancellationToken ct) =>
        OneAsync(command.Id, command.Version, (db, delivery, now) => OtherChannelAsync(db, delivery, command.Channel, by, now, ct), by, ct);

    /// <summary>Each for itself: what cannot be mended is told with its reason and holds up no other.</summary>
    /// <returns>One result an id, in the order given; of what is not there or not to be seen too.</returns>
    public async Task<IReadOnlyList<Mended>> MendAsync(MendDeliveries command, Actor by, CancellationToken ct)
    {
        var ids = command.Ids.Distinct().Take(MendDeliveries.Most).ToList();
        if (by.Lacks(Act.MendDeliveries) is { } refused)
        {
            return [.. ids.Select(id => new Mended(id, "", refused))];
        }

        var results = new Dictionary<long, Mended>();
        foreach (var chunk in ids.Chunk(Chunk))
        {
            var now = clock.GetUtcNow().UtcDateTime;
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var deliveries = await Visible(db, by).AsTracking().Where(d => chunk.Contains(d.Id)).ToListAsync(ct);
            foreach (var delivery in deliveries)
            {
                var outcome = command.How switch
                {
                    Mend.Replace replace => Replaced(delivery, replace) is { } address
                        ? await ResendAsync(db, delivery, address, by, now, ct)
                        : NothingFound,
                    Mend.Addresses { ById: var to } => await ResendAsync(db, delivery, to.GetValueOrDefault(delivery.Id), by, now, ct),
                    Mend.OtherChannel other => await OtherChannelAsync(db, delivery, other.Channel, by, now, ct),
                    _ => await ResendAsync(db, delivery, address: null, by, now, ct),
                };
                results[delivery.Id] = new Mended(
                    delivery.Id,
                    OrderReference.Of(delivery.OrderId),
                    outcome ?? (Outcome)new Outcome.Done(OrderReference.Of(delivery.OrderId))
                );
            }

            if (await db.SaveAsync(new Outcome.Done(), ct) is Outcome.Done)
            {
                await transaction.CommitAsync(ct);
                continue;
            }

            foreach (var delivery in deliveries) // somebody, or a callback, was at one of them: none of these was changed
            {
                results[delivery.Id] = results[delivery.Id] with { Outcome = new Outcome.Stale() };
            }
        }

        return [.. ids.Select(id => results.GetValueOrDefault(id) ?? new Mended(id, "", Refusals.NotFound))];
    }

    /// <summary>The ids of all that match, newest first, for what is done with many.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(DeliveryFilter filter, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.MendDeliveries))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await MatchingAsync(db, filter, by, ct);
        return await found.OrderByDescending(d => d.Id).Take(MendDeliveries.Most).Select(d => d.Id).ToListAsync(ct);
    }

    /// <summary>Makes a ticket of a failed delivery, with its order and recipient; the one that it has become already when there is one.</summary>
    public async Task<Outcome> OpenTicketAsync(OpenDeliveryTicket command, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.OpenTickets) ?? by.Lacks(Act.ReadDeliveries)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var delivery = await Visible(db, by).AsTracking().SingleOrDefaultAsync(d => d.Id == command.Id, ct);
        if (delivery is null)
        {
            return Refusals.NotFound;
        }

        if (delivery.TicketId is { } known)
        {
            return new Outcome.Done(TicketReference.Of(known));
        }

        if (delivery.CannotResend() is { } notFailed)
        {
            return notFailed;
        }

        var (refusal, ticket) = await TicketOfAsync(db, delivery, by, now, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await db.SaveAsync(new Outcome.Done(TicketReference.Of(ticket!.Id)), ct);
        if (outcome is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
        }

        return outcome;
    }

    /// <summary>Lets messages leave by a provider again, once our account there is in order.</summary>
    public async Task<Outcome> ResumeAsync(ResumeProvider command, Actor by, CancellationToken ct)
    {
        if (by.LacksForAll(Act.MendDeliveries) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var pause = await db.ProviderPauses.AsTracking().SingleOrDefaultAsync(p => p.Provider == command.Provider, ct);
        if (pause is null)
        {
            return new Outcome.Done(command.Provider); // somebody has done it
        }

        db.Remove(pause);
        db.Add(DeliveryAudit.Line(pause.Provider, "Resumed", by, now));
        return await db.SaveAsync(new Outcome.Done(pause.Provider), ct);
    }

    /// <summary>By rule: what failed for good in a programme that says so, and is no ticket yet. Safe to run twice.</summary>
    public async Task<int> OpenTicketsByRuleAsync(int most, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await (
            from d in db.Deliveries.AsTracking()
            join s in db.ProgrammeDeliveries on d.ProgrammeId equals s.ProgrammeId
            where s.OpensTickets && d.State == DeliveryState.Failed && d.TicketId == null && d.Fault != DeliveryFault.Never
            orderby d.Id
            select d
        )
            .Take(most)
            .ToListAsync(ct);
        var opened = 0;
        foreach (var delivery in due)
        {
            var (refusal, _) = await TicketOfAsync(db, delivery, by, now, ct);
            opened += refusal is null ? 1 : 0;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return opened;
    }

    private static async Task<(Refusal?, Ticket?)> TicketOfAsync(
        PlumDbContext db,
        Delivery delivery,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var category = await db
            .Categories.Where(c => c.IsActive && c.FirstDisposition == Dispositions.VoucherNotReceived)
            .OrderBy(c => c.Name == "Voucher not received" ? 0 : 1)
            .ThenBy(c => c.Id)
            .Select(c => (Guid?)c.Id)
            .FirstOrDefaultAsync(ct);
        if (category is null)
        {
            return (
                new Refusal("delivery.no-category", "No category in use starts with 'Voucher not received'. Add one in the settings."),
                null
            );
        }

        var order = OrderReference.Of(delivery.OrderId);
        var (refusal, ticket) = await OpeningStep.OpenAsync(
            db,
            new OpenTicket(
                delivery.ClientId,
                category.Value,
                $"{order} did not reach its recipient by {DeliveryWords.Of(delivery.Channel)}",
                IntakeChannel.Web,
                $"To {delivery.Address}: {delivery.Words ?? "no reason was given"}{(delivery.Code is { } code ? $" ({code})" : "")}",
                Disposition: Dispositions.VoucherNotReceived,
                OrderId: delivery.OrderId
            ),
            by,
            now,
            ct
        );
        if (ticket is not null)
        {
            delivery.Attach(ticket.Id);
            db.Add(DeliveryAudit.Of(delivery, $"Became {TicketReference.Of(ticket.Id)}", by, now));
        }

        return (refusal, ticket);
    }

    private async Task<Outcome> OneAsync(
        long id,
        int version,
        Func<PlumDbContext, Delivery, DateTime, Task<Refusal?>> change,
        Actor by,
        CancellationToken ct
    )
    {
        if (by.Lacks(Act.MendDeliveries) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var delivery = await Visible(db, by).AsTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (delivery is null)
        {
            return Refusals.NotFound;
        }

        db.Expect(delivery, version);
        return await change(db, delivery, now) is { } cannot
            ? cannot
            : await db.SaveAsync(new Outcome.Done(OrderReference.Of(delivery.OrderId)), ct);
    }

    private static async Task<Refusal?> ResendAsync(
        PlumDbContext db,
        Delivery delivery,
        string? address,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        var corrected = string.IsNullOrWhiteSpace(address) || address.Trim() == delivery.Address ? null : address;
        if (
            (
                delivery.CannotResend()
                ?? (corrected is null ? null : DeliveryRefusals.ForAddress(delivery.Channel, corrected))
                ?? await CannotSendAsync(db, delivery, ct)
            ) is
            { } cannot
        )
        {
            return cannot;
        }

        delivery.Resend(corrected, now);
        db.Add(DeliveryAudit.Of(delivery, corrected is null ? "Sent again" : "Sent again, to another address", by, now));
        return null;
    }

    private static async Task<Refusal?> OtherChannelAsync(
        PlumDbContext db,
        Delivery delivery,
        DeliveryChannel channel,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        if (
            (
                delivery.CannotResend()
                ?? (delivery.Channel == channel ? DeliveryRefusals.SameChannel : null)
                ?? await CannotSendAsync(db, delivery, ct)
            ) is
            { } cannot
        )
        {
            return cannot;
        }

        var recipient = await db.Recipients.AsNoTracking().SingleAsync(r => r.Id == delivery.RecipientId, ct);
        var address = DeliveryQueueing.AddressOf(channel, recipient.Email, recipient.Phone);
        if (address is null || DeliveryRefusals.ForAddress(channel, address) is not null)
        {
            return NoAddress;
        }

        DeliveryAftermath.Replace(db, delivery, channel, address, by, now);
        return null;
    }

    private static string? Replaced(Delivery delivery, Mend.Replace how) =>
        how.Find.Length > 0 && delivery.Address.Contains(how.Find, StringComparison.OrdinalIgnoreCase)
            ? delivery.Address.Replace(how.Find, how.With, StringComparison.OrdinalIgnoreCase)
            : null;
}
