using System.Globalization;
using Plum.Domain.Catalogue;
using Plum.Domain.Orders;

namespace Plum.Domain.Demonstration;

/// <summary>Orders and the people they are for. What is not a list of known recipients is a function of the seed and the number.</summary>
internal sealed class OrderPlan(ulong seed, PlannedWorld world, int complaintsPerMille, DateTime nowUtc)
{
    public const long FirstId = 10_001;

    private readonly List<long>[] _known = [.. world.Clients.Select(_ => new List<long>())];
    private readonly PlannedReward[][] _atHome =
    [
        .. world.Clients.Select(c => world.Catalogue.Rewards.Where(r => r.Country == c.Country).ToArray()),
    ];
    private long _recipients;

    /// <summary>The order, and what will be complained of about it and when, if anything.</summary>
    public (PlannedOrder Order, Trouble? Trouble, DateTime DueUtc) Make(long id, int client, DateTime placedUtc)
    {
        var dice = Dice.For(seed, Streams.Orders, id);
        var isNew = _known[client].Count == 0 || dice.Chance(550);
        if (isNew)
        {
            _known[client].Add(++_recipients);
        }

        var recipient = Recipient(isNew ? _recipients : dice.Pick(_known[client]), client);
        var reward = dice.Chance(780) ? dice.Pick(_atHome[client]) : dice.Pick(world.Catalogue.Rewards);
        var value = reward.Denominations.Count > 0 ? dice.Pick(reward.Denominations) : reward.MinValue * dice.Between(1, 20);
        var (trouble, dueUtc) = Complaint(dice, reward, placedUtc);

        var issued = placedUtc.AddMinutes(dice.Spread([0, 1, 2, 4, 9, 30, 120, 600]));
        var life = new OrderLife(id, placedUtc, issued, nowUtc);
        life.Go(dice, trouble, reward, dueUtc);
        var isIssued = issued < nowUtc;
        var hasCode = isIssued && reward.Brand.Kind is not (RewardKind.Merchandise or RewardKind.Experience);
        var order = new PlannedOrder(
            id,
            recipient,
            isNew,
            dice.Pick(recipient.Client.Programmes),
            reward,
            value,
            dice.Weighted([80, 15, 5]) switch
            {
                0 => Tender.ProgrammeBudget,
                1 => Tender.Points,
                _ => Tender.Card,
            },
            life.Status,
            isIssued
                ? string.Create(CultureInfo.InvariantCulture, $"{reward.Supplier.Code[..2]}-{dice.Next() % 10_000_000_000:D10}")
                : null,
            hasCode ? Code(dice) : null,
            hasCode && dice.Chance(600) ? dice.Below(10_000).ToString("D4", CultureInfo.InvariantCulture) : null,
            placedUtc,
            isIssued ? issued : null,
            isIssued ? issued.AddDays(trouble == Trouble.Expired ? 60 : 365) : null,
            life.Events
        );
        return (order, trouble, dueUtc);
    }

    /// <summary>Somebody who had an order of this client before; null while there is nobody.</summary>
    public PlannedRecipient? Somebody(Dice dice, int client) =>
        _known[client].Count == 0 ? null : Recipient(dice.Pick(_known[client]), client);

    private PlannedRecipient Recipient(long id, int client)
    {
        var dice = Dice.For(seed, Streams.Recipients, id);
        var of = world.Clients[client];
        var country = dice.Chance(800) ? Countries.Of(of.Country) : dice.Pick(Countries.All);
        var (first, last) = People.Name(country.Code, dice);
        var domain = dice.Weighted([60, 25, 15]) switch
        {
            0 => of.Domain,
            1 => "mail.example",
            _ => "post.example",
        };
        return new PlannedRecipient(
            id,
            of,
            $"{first} {last}",
            first,
            string.Create(CultureInfo.InvariantCulture, $"{People.Plain(first)}.{People.Plain(last)}{id}@{domain}"),
            dice.Chance(850) ? country.PhonePrefix + Digits(dice, country.PhoneDigits) : null,
            domain == of.Domain ? string.Create(CultureInfo.InvariantCulture, $"{of.Code[..2]}{100_000 + (id * 7 % 899_999)}") : null,
            country.Code
        );
    }

    private (Trouble? Trouble, DateTime DueUtc) Complaint(Dice dice, PlannedReward reward, DateTime placedUtc)
    {
        var isSpike = reward.Supplier.Code == CatalogueOf.TroubledSupplier && placedUtc > nowUtc.AddDays(-DemonstrationPlan.SpikeDays);
        if (!dice.Chance(isSpike ? Math.Min(900, complaintsPerMille * 5 / 2) : complaintsPerMille))
        {
            return (null, default);
        }

        var trouble =
            isSpike && dice.Chance(800)
                ? dice.Chance(600)
                    ? Trouble.DeclinedAtTill
                    : Trouble.CodeInvalid
                : reward.Brand.Kind switch
                {
                    RewardKind.Experience => dice.Chance(700) ? Trouble.Booking : Trouble.Cancellation,
                    RewardKind.Merchandise => dice.Chance(700) ? Trouble.Damaged : Trouble.NotReceived,
                    RewardKind.PrepaidWallet => dice.Chance(750) ? Trouble.WalletBalance : Trouble.ChargedTwice,
                    _ => (Trouble)dice.Weighted([360, 190, 150, 90, 50, 90, 45, 0, 0, 0, 0, 0, 25]),
                };
        var hours = trouble switch
        {
            Trouble.NotReceived => dice.Spread([4, 20, 40, 76, 150, 300, 500, 900]),
            Trouble.Expired => 1440 + dice.Spread([2, 20, 60, 130, 260, 400, 500, 700]),
            Trouble.Cancellation or Trouble.ChargedTwice => dice.Spread([1, 1, 3, 12, 40, 90, 160, 300]),
            _ => dice.Spread([1, 8, 24, 70, 180, 400, 700, 1200]),
        };
        return (trouble, placedUtc.AddHours(hours));
    }

    private static string Code(Dice dice)
    {
        const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; // none that is taken for another
        return dice.Chance(500)
            ? Digits(dice, 16)
            : string.Create(
                14,
                dice,
                (code, d) =>
                {
                    for (var i = 0; i < code.Length; i++)
                    {
                        code[i] = i is 4 or 9 ? '-' : Letters[d.Below(Letters.Length)];
                    }
                }
            );
    }

    private static string Digits(Dice dice, int count) =>
        string.Create(
            count,
            dice,
            (digits, d) =>
            {
                for (var i = 0; i < digits.Length; i++)
                {
                    digits[i] = (char)('0' + d.Below(10));
                }
            }
        );
}
