using Plum.Domain.Clients;
using static Plum.Domain.Clients.DeliveryChannel;

namespace Plum.Domain.Demonstration;

/// <param name="Weight">Its share of tickets and orders among all clients.</param>
/// <param name="Language">In which some of its recipients write, besides English.</param>
public sealed record PlannedClient(
    Guid Id,
    string Code,
    string Name,
    string TimeZoneId,
    string Country,
    string Currency,
    string PolicyCode,
    int Weight,
    string? Language,
    IReadOnlyList<PlannedProgramme> Programmes
)
{
    public string Domain => Code.ToLowerInvariant() + ".example";
}

public sealed record PlannedProgramme(Guid Id, string Code, string Name, string Currency, DeliveryChannel Channel);

/// <summary>Twelve clients in eight time zones, and their forty programmes.</summary>
internal static class ClientsOf
{
    private sealed record Draft(
        string Code,
        string Name,
        string Zone,
        string Country,
        string Currency,
        string Policy,
        int Weight,
        string? Language,
        params (string Code, string Name, DeliveryChannel Channel)[] Programmes
    );

    private static readonly Draft[] Drafts =
    [
        new(
            "NORDBANK",
            "Nordbank AG",
            "Europe/Berlin",
            "DE",
            "EUR",
            "GOLD",
            21,
            "de",
            ("EMPFEHLEN", "Kunden werben Kunden", Email),
            ("JUBILAEUM", "Dienstjubiläen", Email),
            ("PARTNER", "Vertriebspartner-Prämien", Email),
            ("SPARWOCHE", "Sparwochen 2026", Sms)
        ),
        new(
            "ACME",
            "Acme Industries plc",
            "Europe/London",
            "GB",
            "GBP",
            "STANDARD",
            12,
            null,
            ("SPOT", "Spot Awards", Email),
            ("LONGSERVE", "Long Service", Email),
            ("SAFETY", "Safety First", Sms)
        ),
        new(
            "SARASWATI",
            "Saraswati Bank Ltd",
            "Asia/Kolkata",
            "IN",
            "INR",
            "GOLD",
            18,
            null,
            ("CARDLOYAL", "Card Loyalty Rewards", Sms),
            ("REFER", "Refer and Earn", WhatsApp),
            ("FESTIVE", "Festive Bonanza", Sms),
            ("BRANCH", "Branch Champions", Email)
        ),
        new(
            "MERIDIAN",
            "Meridian Mutual Insurance",
            "America/New_York",
            "US",
            "USD",
            "GOLD",
            13,
            null,
            ("WELLNESS", "Wellness Points", Email),
            ("AGENTS", "Agent Incentives", Email),
            ("CLAIMCARE", "Claim Goodwill", Email),
            ("WELCOME", "Welcome Gift", Sms)
        ),
        new(
            "ALNOOR",
            "Al Noor Islamic Bank",
            "Asia/Dubai",
            "AE",
            "AED",
            "PLATINUM",
            8,
            null,
            ("PRIVILEGE", "Privilege Circle", WhatsApp),
            ("SALARY", "Salary Transfer Offer", Sms),
            ("RAMADAN", "Ramadan Giving", WhatsApp)
        ),
        new(
            "HIKARI",
            "Hikari Securities K.K.",
            "Asia/Tokyo",
            "JP",
            "JPY",
            "PLATINUM",
            6,
            "ja",
            ("KANSHA", "Kansha Awards", Email),
            ("SHOKAI", "Shokai Referral", Email),
            ("NISA", "New Account Campaign", Email)
        ),
        new(
            "BRASA",
            "Banco Brasa S.A.",
            "America/Sao_Paulo",
            "BR",
            "BRL",
            "STANDARD",
            9,
            "pt",
            ("PONTOS", "Pontos Brasa", WhatsApp),
            ("INDIQUE", "Indique um Amigo", WhatsApp),
            ("VENDAS", "Metas de Vendas", Email)
        ),
        new(
            "SOUTHERN",
            "Southern Cross Energy",
            "Australia/Sydney",
            "AU",
            "AUD",
            "STANDARD",
            5,
            null,
            ("SOLAR", "Solar Switch Reward", Email),
            ("CREW", "Crew Recognition", Sms),
            ("REFERAU", "Refer a Neighbour", Email)
        ),
        new(
            "DECCAN",
            "Deccan Motors Ltd",
            "Asia/Kolkata",
            "IN",
            "INR",
            "STANDARD",
            8,
            null,
            ("DEALER", "Dealer Excellence Club", Sms),
            ("MECHANIC", "Mechanic Loyalty", WhatsApp),
            ("TESTDRIVE", "Test Drive Thank-you", Sms)
        ),
        new(
            "LUMEN",
            "Lumen Versicherung AG",
            "Europe/Berlin",
            "DE",
            "EUR",
            "STANDARD",
            4,
            "de",
            ("BONUS", "Bonusprogramm Gesund", Email),
            ("MAKLER", "Maklerwettbewerb", Email),
            ("TREUE", "Treueprämie", Email)
        ),
        new(
            "ALBION",
            "Albion Building Society",
            "Europe/London",
            "GB",
            "GBP",
            "GOLD",
            6,
            null,
            ("SWITCH", "Current Account Switch", Email),
            ("MORTGAGE", "Mortgage Completion Gift", Email),
            ("KINDNESS", "Colleague Kindness", Email)
        ),
        new(
            "HARBOR",
            "Harborline Logistics",
            "America/New_York",
            "US",
            "USD",
            "STANDARD",
            4,
            null,
            ("DRIVER", "Driver Milestones", Sms),
            ("ZEROHARM", "Zero Harm", Email),
            ("PEAK", "Peak Season Bonus", Sms),
            ("BROKER", "Broker Club", Email)
        ),
    ];

    public static IReadOnlyList<PlannedClient> Make(ulong seed, DateTime startUtc)
    {
        var dice = Dice.For(seed, Streams.Keys, 1);
        return
        [
            .. Drafts.Select(d => new PlannedClient(
                dice.Key(startUtc),
                d.Code,
                d.Name,
                d.Zone,
                d.Country,
                d.Currency,
                d.Policy,
                d.Weight,
                d.Language,
                [.. d.Programmes.Select(p => new PlannedProgramme(dice.Key(startUtc), p.Code, p.Name, d.Currency, p.Channel))]
            )),
        ];
    }
}
