using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;

namespace Plum.Data.Deliveries;

/// <summary>What a programme says about its messages, as the sender needs it.</summary>
internal sealed record ProgrammeWordings(string Language, int LinkDays, IReadOnlyList<Wording> Wordings)
{
    /// <summary>The link ends with the voucher where that ends first.</summary>
    public DateOnly LastDay(DateOnly today, DateTime? orderExpiresAtUtc)
    {
        var usual = today.AddDays(LinkDays);
        return orderExpiresAtUtc is { } ends && DateOnly.FromDateTime(ends) < usual ? DateOnly.FromDateTime(ends) : usual;
    }

    public static async Task<IReadOnlyDictionary<Guid, ProgrammeWordings>> OfAsync(
        PlumDbContext db,
        List<Guid> programmes,
        DeliveryChannel channel,
        CancellationToken ct
    )
    {
        var settings = await db
            .ProgrammeDeliveries.AsNoTracking()
            .Where(s => programmes.Contains(s.ProgrammeId))
            .ToDictionaryAsync(s => s.ProgrammeId, ct);
        var templates = await db
            .DeliveryTemplates.AsNoTracking()
            .Where(t => programmes.Contains(t.ProgrammeId) && t.Channel == channel)
            .ToListAsync(ct);
        return programmes.ToDictionary(
            id => id,
            id =>
            {
                var of = settings.GetValueOrDefault(id) ?? ProgrammeDelivery.Usual(id);
                return new ProgrammeWordings(of.Language, of.LinkDays, [.. templates.Where(t => t.ProgrammeId == id).Select(ToWording)]);
            }
        );
    }

    public static Wording ToWording(DeliveryTemplate template) =>
        new(
            template.Channel,
            template.Language,
            new TemplateTexts(template.Subject, template.Body, template.ProviderName, template.Variables),
            template.Id
        );
}
