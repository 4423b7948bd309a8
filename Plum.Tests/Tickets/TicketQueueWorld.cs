using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Orders;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Tickets;

/// <summary>Tickets of every sort, made straight in the database: to a queue it does not matter how they came to stand so.</summary>
internal sealed class TicketQueueWorld(PlumDatabase plum)
{
    private static readonly string[] Subjects =
    [
        "Voucher lost",
        "Code declined at the till",
        "Refund please",
        "Gift card lost, refund",
        "Où est ma carte",
    ];

    private long _next = 1001;

    public PlumDatabase Plum => plum;
    public Client Acme { get; private set; } = null!;
    public Client Nord { get; private set; } = null!;
    public Programme Gold { get; private set; } = null!;
    public Programme Blue { get; private set; } = null!;
    public Category Lost { get; private set; } = null!;
    public Category Declined { get; private set; } = null!;
    public PlumUser Lea { get; private set; } = null!;
    public PlumUser Ada { get; private set; } = null!;
    public PlumUser OtherAda { get; private set; } = null!;
    public Recipient Okafor { get; private set; } = null!;
    public Recipient Silva { get; private set; } = null!;
    public Brand Brand { get; private set; } = null!;
    public Supplier Supplier { get; private set; } = null!;

    /// <summary>Whoever looks: an ops lead who sees every client.</summary>
    public Actor Me => PlumDatabase.Lead with { UserId = Lea.Id };

    public static async Task<TicketQueueWorld> CreateAsync(PlumDatabase plum)
    {
        var world = new TicketQueueWorld(plum)
        {
            Acme = await plum.HasClientAsync("ACME", "Acme"),
            Nord = await plum.HasClientAsync("NORD", "Nordbank"),
        };
        await using var db = plum.Peek();
        world.Gold = Programme.Start(world.Acme.Id, "GOLD", "Gold", "GBP", DeliveryChannel.Email);
        world.Blue = Programme.Start(world.Nord.Id, "BLUE", "Blue", "INR", DeliveryChannel.Sms);
        world.Lost = Category.Add("Voucher not received", Severity.P3, Dispositions.VoucherNotReceived);
        world.Declined = Category.Add("Code declined", Severity.P2, Dispositions.FailedRedemption);
        world.Lea = User("Lea Lead", Role.OpsLead);
        world.Ada = User("Ada Agent", Role.Agent);
        world.OtherAda = User("Ada Agent", Role.Agent);
        world.Okafor = Recipient.Enrol(1, world.Acme.Id, "J. Okafor", "j.okafor@example.com", "+447911123456", null, "GB");
        world.Silva = Recipient.Enrol(2, world.Nord.Id, "M. Silva", "m.silva@example.com", null, null, "PT");
        world.Brand = Brand.List("Amazonia");
        world.Supplier = Supplier.Engage("SUP", "Supplier");
        db.AddRange(world.Gold, world.Blue, world.Lost, world.Declined, world.Okafor, world.Silva, world.Brand, world.Supplier);
        db.AddRange(world.Lea, world.Ada, world.OtherAda);
        await db.SaveChangesAsync();
        return world;

        static PlumUser User(string name, Role role) =>
            new()
            {
                DisplayName = name,
                UserName = $"{Guid.NewGuid():n}@example.com",
                Email = $"{role}-{Guid.NewGuid():n}@example.com",
            };
    }

    /// <summary>Any ticket: of either client, open or final, however it may stand.</summary>
    public TicketLooks Looks(Random random)
    {
        var nord = random.Next(3) == 0;
        var disposition = Pick(random, [.. Dispositions.StandardCodes]);
        var open = disposition is not (Dispositions.Resolved or Dispositions.RefundProcessed);
        DateTime? due = open && random.Next(3) > 0 ? plum.Now.AddMinutes(random.Next(-100, 300)) : null;
        return new TicketLooks(
            nord ? Nord : Acme,
            disposition,
            Pick(random, Lost, Declined),
            random.Next(2) == 0 ? null
                : nord ? Blue
                : Gold,
            random.Next(2) == 0 ? null
                : nord ? Silva
                : Okafor,
            Pick(random, null, Lea, Ada, OtherAda),
            (IntakeChannel)random.Next(1, 11),
            (Severity)random.Next(1, 5),
            (WaitingOn)random.Next(0, 4),
            (SupportLevel)random.Next(1, 4),
            plum.Now.AddHours(-random.Next(0, 900)),
            plum.Now.AddHours(-random.Next(0, 20)),
            due,
            due?.AddMinutes(-60),
            open && due is null && random.Next(2) == 0,
            random.Next(4) == 0,
            random.Next(2) == 0,
            Pick(random, Subjects),
            random.Next(2) == 0 ? "The café said the code was used" : null,
            random.Next(3) == 0 ? "called the brand, refund agreed" : null
        );
    }

    private static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];

    /// <returns>The ticket's number.</returns>
    public async Task<long> HasAsync(TicketLooks looks) => (await HaveAsync([looks]))[0];

    public async Task<IReadOnlyList<long>> HaveAsync(IReadOnlyList<TicketLooks> many)
    {
        await using var db = plum.Peek();
        var dispositions = await db.Dispositions.AsNoTracking().ToDictionaryAsync(d => d.Code);
        var ids = new List<long>();
        foreach (var looks in many)
        {
            var client = looks.Client ?? Acme;
            var disposition = dispositions[looks.Disposition];
            var created = looks.Created ?? plum.Now.AddHours(-2);
            var ticket = Ticket.Open(
                _next++,
                new OpenTicketTerms(client.Id, (looks.Category ?? Lost).Id, looks.Subject, looks.Channel, looks.Severity),
                dispositions[Dispositions.VoucherNotReceived],
                created
            );
            var entry = db.Add(ticket);
            entry.Property(t => t.Disposition).CurrentValue = disposition.Code;
            entry.Property(t => t.Stage).CurrentValue = disposition.Stage;
            entry.Property(t => t.ProgrammeId).CurrentValue = looks.Programme?.Id;
            entry.Property(t => t.RecipientId).CurrentValue = looks.Recipient?.Id;
            entry.Property(t => t.BrandId).CurrentValue = looks.HasBrand ? Brand.Id : null;
            entry.Property(t => t.SupplierId).CurrentValue = looks.HasBrand ? Supplier.Id : null;
            entry.Property(t => t.OwnerId).CurrentValue = looks.Owner?.Id;
            entry.Property(t => t.WaitingOn).CurrentValue = looks.WaitingOn;
            entry.Property(t => t.Level).CurrentValue = looks.Level;
            entry.Property(t => t.UpdatedAtUtc).CurrentValue = looks.Updated ?? created;
            entry.Property(t => t.NextDueAtUtc).CurrentValue = looks.Due;
            entry.Property(t => t.NextWarnAtUtc).CurrentValue = looks.Warn;
            entry.Property(t => t.IsSlaPaused).CurrentValue = looks.IsPaused;
            entry.Property(t => t.BreachedTargets).CurrentValue = looks.WasBreached ? SlaTargets.FirstResponse : SlaTargets.None;
            if (looks.Message is not null)
            {
                db.Add(TicketMessage.Say(ticket.Id, MessageKind.Incoming, looks.Message, Me, created));
            }

            if (looks.Note is not null)
            {
                db.Add(TicketMessage.Say(ticket.Id, MessageKind.Note, looks.Note, Me, created));
            }

            ids.Add(ticket.Id);
        }

        await db.SaveChangesAsync();
        return ids;
    }
}

/// <param name="Client">Acme unless given.</param>
internal sealed record TicketLooks(
    Client? Client = null,
    string Disposition = Dispositions.VoucherNotReceived,
    Category? Category = null,
    Programme? Programme = null,
    Recipient? Recipient = null,
    PlumUser? Owner = null,
    IntakeChannel Channel = IntakeChannel.Email,
    Severity Severity = Severity.P3,
    WaitingOn WaitingOn = WaitingOn.Nobody,
    SupportLevel Level = SupportLevel.L1,
    DateTime? Created = null,
    DateTime? Updated = null,
    DateTime? Due = null,
    DateTime? Warn = null,
    bool IsPaused = false,
    bool WasBreached = false,
    bool HasBrand = false,
    string Subject = "My voucher never came",
    string? Message = null,
    string? Note = null
);
