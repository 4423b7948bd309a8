using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Orders;
using Plum.Domain.Shared;

namespace Plum.Data.Deliveries;

/// <summary>What a programme sends its recipients: its templates, its other channel, its links.</summary>
public sealed class MessageService(
    IDbContextFactory<PlumDbContext> contexts,
    DeliverySenders senders,
    RewardLinks links,
    DeliveryOptions options,
    TimeProvider clock
)
{
    /// <returns>Null when there is no such programme, or the actor may not see it.</returns>
    public async Task<ProgrammeMessages?> ViewAsync(Guid programmeId, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.ReadDeliveries) && !by.May(Act.EditMessages))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await FindAsync(db, programmeId, by, ct) is not { } programme)
        {
            return null;
        }

        var client = await db.Clients.Where(c => c.Id == programme.ClientId).Select(c => new { c.Code, c.Name }).SingleAsync(ct);
        var settings =
            await db.ProgrammeDeliveries.AsNoTracking().SingleOrDefaultAsync(s => s.ProgrammeId == programmeId, ct)
            ?? ProgrammeDelivery.Usual(programmeId);
        var templates = await db.DeliveryTemplates.AsNoTracking().Where(t => t.ProgrammeId == programmeId).ToListAsync(ct);
        return new ProgrammeMessages(
            programmeId,
            programme.Name,
            client.Code,
            client.Name,
            programme.DefaultChannel,
            settings.Fallback,
            settings.Language,
            settings.LinkDays,
            settings.OpensTickets,
            settings.Version,
            [
                .. templates
                    .OrderBy(t => t.Channel)
                    .ThenBy(t => t.Language, StringComparer.Ordinal)
                    .Select(t => new TemplateRow(t.Id, t.Channel, t.Language, ProgrammeWordings.ToWording(t).Texts, t.Version)),
            ]
        );
    }

    public async Task<Outcome> SetAsync(SetProgrammeDelivery command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.EditMessages) is { } refused)
        {
            return refused;
        }

        if (ProgrammeDelivery.CannotBe(command.Fallback, command.Language, command.LinkDays) is { } wrong)
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await FindAsync(db, command.ProgrammeId, by, ct) is not { } programme)
        {
            return Refusals.NotFound;
        }

        var settings = await db.ProgrammeDeliveries.AsTracking().SingleOrDefaultAsync(s => s.ProgrammeId == command.ProgrammeId, ct);
        if (settings is null)
        {
            settings = ProgrammeDelivery.Usual(command.ProgrammeId);
            db.Add(settings);
        }
        else
        {
            db.Expect(settings, command.Version);
        }

        settings.Change(command.Fallback, command.Language, command.LinkDays, command.OpensTickets);
        db.Add(DeliveryAudit.Line(programme.Code, "Delivery settings changed", by, now, programme.ClientId));
        return await db.SaveAsync(new Outcome.Done(programme.Code), ct, TemplateRefusals.Taken);
    }

    /// <summary>Writes a template of a channel and language, or changes the one that is there.</summary>
    public async Task<Outcome> WriteAsync(WriteTemplate command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.EditMessages) is { } refused)
        {
            return refused;
        }

        if (
            (LanguageTag.Cannot("Language", command.Language) ?? TemplateRefusals.Each(command.Channel, command.Texts).FirstOrDefault()) is
            { } wrong
        )
        {
            return wrong;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await FindAsync(db, command.ProgrammeId, by, ct) is not { } programme)
        {
            return Refusals.NotFound;
        }

        var what = $"{DeliveryWords.Of(command.Channel)} template in {command.Language.Trim()}";
        if (command.Id is { } id)
        {
            var template = await db
                .DeliveryTemplates.AsTracking()
                .SingleOrDefaultAsync(t => t.Id == id && t.ProgrammeId == command.ProgrammeId, ct);
            if (template is null)
            {
                return Refusals.NotFound;
            }

            db.Expect(template, command.Version);
            template.Change(command.Texts);
            db.Add(DeliveryAudit.Line(programme.Code, $"Changed the {what}", by, now, programme.ClientId));
        }
        else
        {
            db.Add(DeliveryTemplate.Write(command.ProgrammeId, command.Channel, command.Language, command.Texts));
            db.Add(DeliveryAudit.Line(programme.Code, $"Wrote the {what}", by, now, programme.ClientId));
        }

        return await db.SaveAsync(new Outcome.Done(programme.Code), ct, TemplateRefusals.Taken);
    }

    /// <summary>Takes a template away: the next in the chain holds.</summary>
    public async Task<Outcome> RemoveAsync(RemoveTemplate command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.EditMessages) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var template = await db.DeliveryTemplates.AsTracking().SingleOrDefaultAsync(t => t.Id == command.Id, ct);
        if (template is null || await FindAsync(db, template.ProgrammeId, by, ct) is not { } programme)
        {
            return Refusals.NotFound;
        }

        db.Expect(template, command.Version);
        db.Remove(template);
        db.Add(
            DeliveryAudit.Line(
                programme.Code,
                $"Removed the {DeliveryWords.Of(template.Channel)} template in {template.Language}",
                by,
                now,
                programme.ClientId
            )
        );
        return await db.SaveAsync(new Outcome.Done(programme.Code), ct);
    }

    /// <summary>The message as the newest recipient of the programme would get it, or an example where there is none.</summary>
    public async Task<(Refusal? Refusal, OutgoingMessage? Message)> PreviewAsync(PreviewTemplate query, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.EditMessages))
        {
            return (Refusals.NotAllowed(Act.EditMessages), null);
        }

        if (
            (LanguageTag.Cannot("Language", query.Language) ?? TemplateRefusals.Each(query.Channel, query.Texts).FirstOrDefault()) is
            { } wrong
        )
        {
            return (wrong, null);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await FindAsync(db, query.ProgrammeId, by, ct) is not { } programme)
        {
            return (Refusals.NotFound, null);
        }

        return (
            null,
            DeliveryWriting.Write(
                await MaterialAsync(db, programme, query, ct),
                new Wording(query.Channel, query.Language.Trim(), query.Texts)
            )
        );
    }

    /// <summary>Sends the preview to an address of one's own, by the provider of the channel. Its link opens nothing.</summary>
    public async Task<Outcome> TestAsync(TestTemplate command, Actor by, CancellationToken ct)
    {
        var (refusal, message) = await PreviewAsync(command.Of, by, ct);
        if ((refusal ?? DeliveryRefusals.ForAddress(command.Of.Channel, command.To)) is { } wrong)
        {
            return wrong with { Field = wrong.Field == "Address" ? "To" : wrong.Field };
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var sender = senders.Of(command.Of.Channel);
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var programme = (await FindAsync(db, command.Of.ProgrammeId, by, ct))!;
            db.Add(
                DeliveryAudit.Line(programme.Code, $"Sent a test by {DeliveryWords.Of(command.Of.Channel)}", by, now, programme.ClientId)
            );
            await db.SaveChangesAsync(ct);
        }

        var to = DeliveryRefusals.Neat(command.Of.Channel, command.To);
        return await sender.SendAsync(
            message! with
            {
                Key = $"test.{Guid.NewGuid():N}",
                DeliveryId = 0,
                To = to,
            },
            CancellationToken.None
        ) switch
        {
            SendOutcome.Taken => new Outcome.Done(to),
            SendOutcome.Refused refused => new Refusal(
                "template.test-refused",
                $"{sender.Name} refused it: {refused.Code} {refused.Words}",
                "To"
            ),
            _ => new Refusal("template.test-doubt", $"{sender.Name} gave no answer. The test may have left.", "To"),
        };
    }

    private static Task<Programme?> FindAsync(PlumDbContext db, Guid id, Actor by, CancellationToken ct) =>
        db
            .Programmes.AsNoTracking()
            .SingleOrDefaultAsync(p => p.Id == id && by.PartnerId == null && (by.ClientId == null || p.ClientId == by.ClientId), ct);

    private async Task<DeliveryMaterial> MaterialAsync(PlumDbContext db, Programme programme, PreviewTemplate query, CancellationToken ct)
    {
        var lastDay = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(ProgrammeDelivery.UsualLinkDays);
        var client = await db.Clients.Where(c => c.Id == programme.ClientId).Select(c => c.Name).SingleAsync(ct);
        var sample = DeliveryMaterial.Sample(query.Channel, query.Language, programme.Name, client, lastDay);
        var real = await (
            from o in db.Orders
            join r in db.Recipients on o.RecipientId equals r.Id
            join w in db.Rewards on o.RewardId equals w.Id
            join b in db.Brands on o.BrandId equals b.Id
            where o.ProgrammeId == programme.Id
            orderby o.Id descending
            select new
            {
                r.Name,
                Reward = w.Name,
                Brand = b.Name,
                o.Value,
            }
        ).FirstOrDefaultAsync(ct);
        var link = options.LinkOf((await links.SignerAsync(ct)).Sign(0, lastDay)); // of no delivery: it opens nothing
        return real is null
            ? sample with
            {
                Link = link,
                ClientId = programme.ClientId,
            }
            : sample with
            {
                Link = link,
                ClientId = programme.ClientId,
                Recipient = real.Name,
                Reward = real.Reward,
                Brand = real.Brand,
                Value = real.Value,
            };
    }
}

public sealed record ProgrammeMessages(
    Guid ProgrammeId,
    string Programme,
    string ClientCode,
    string ClientName,
    DeliveryChannel Channel,
    DeliveryChannel? Fallback,
    string Language,
    int LinkDays,
    bool OpensTickets,
    int Version,
    IReadOnlyList<TemplateRow> Templates
);

public sealed record TemplateRow(Guid Id, DeliveryChannel Channel, string Language, TemplateTexts Texts, int Version);

public sealed record SetProgrammeDelivery(
    Guid ProgrammeId,
    int Version,
    DeliveryChannel? Fallback,
    string Language,
    int LinkDays,
    bool OpensTickets
);

/// <param name="Id">Null writes a new one.</param>
public sealed record WriteTemplate(Guid ProgrammeId, Guid? Id, int Version, DeliveryChannel Channel, string Language, TemplateTexts Texts);

public sealed record RemoveTemplate(Guid Id, int Version);

public sealed record PreviewTemplate(Guid ProgrammeId, DeliveryChannel Channel, string Language, TemplateTexts Texts);

public sealed record TestTemplate(PreviewTemplate Of, string To);
