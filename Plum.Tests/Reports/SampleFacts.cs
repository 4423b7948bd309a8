using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Tests.Reports;

/// <summary>Two months of a made-up client, the same for the same seed: for what a renderer makes of a full report, not for what its figures are.</summary>
public static class SampleFacts
{
    public static KpiFacts Of(
        int tickets,
        string client = "Nordbank Employee Rewards",
        string? longName = null,
        int seed = 7,
        bool benchmarks = true
    )
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");
        var frame = ReportFrame.Month(new DateOnly(2026, 6, 1), zone, new DateTime(2026, 7, 1, 4, 0, 0, DateTimeKind.Utc));
        var random = new Random(seed);
        string[] categories =
        [
            "Voucher not received",
            "Failed redemption",
            "Wrong value",
            "Expired voucher",
            "Refund request",
            "Brand declined",
            longName ?? "Login trouble",
            "Delivery address",
        ];
        string?[] brands = ["Amazon", "Decathlon", "Stockmann", "Booking.com", "K-Citymarket", "Airalo", longName, null];
        var lines = Enumerable.Range(1, tickets).Select(n => Line(n, frame, random, categories, brands, longName)).ToList();
        var agreed = benchmarks
            ? new Dictionary<string, decimal>
            {
                [Kpis.ReplyMedian.Code] = 240,
                [Kpis.FullMedian.Code] = 960,
                [Kpis.Adherence.Code] = 95,
                [Kpis.Satisfaction.Code] = 80,
                [Kpis.Backlog.Code] = 25,
            }
            : [];
        return new KpiFacts("NORDBANK", client, "Olga Ops", frame, agreed, lines);
    }

    private static TicketLine Line(int n, ReportFrame frame, Random random, string[] categories, string?[] brands, string? longName)
    {
        var created = frame.Before.StartUtc.AddMinutes(random.NextDouble() * (frame.This.EndUtc - frame.Before.StartUtc).TotalMinutes);
        var severity = (Severity)(1 + (int)(4 * Math.Sqrt(random.NextDouble()) * 0.999));
        var replyIn = TimeSpan.FromMinutes(20 + (Math.Pow(random.NextDouble(), 3) * 1800 * (int)severity));
        var resolveIn = replyIn + TimeSpan.FromHours(1 + (Math.Pow(random.NextDouble(), 2) * 160));
        var end = frame.This.EndUtc;
        var reply = created + replyIn < end ? new FirstReply(created + replyIn, replyIn / 2.6) : null;
        var resolved = created + resolveIn < end && random.Next(20) > 0 ? created + resolveIn : (DateTime?)null;
        var waits = random.Next(4) == 0;
        Standing? At(DateTime instant) =>
            created >= instant ? null
            : resolved < instant ? new Standing(random.Next(5) == 0 ? Dispositions.RefundProcessed : Dispositions.Resolved, true)
            : new Standing(Dispositions.StandardCodes[random.Next(4)], false, waits ? WaitingOn.Recipient : WaitingOn.Nobody);
        var targets = new List<TargetOutcome>();
        if (reply is not null)
        {
            targets.Add(new("First response", reply.AtUtc, replyIn.TotalMinutes < 1200 * (int)severity));
        }

        if (resolved is { } at)
        {
            targets.Add(new("Resolution", at, resolveIn.TotalHours < 120));
        }

        var answers = resolved is not null && random.Next(3) == 0;
        return new TicketLine
        {
            Id = 1000 + n,
            CreatedAtUtc = created,
            Category = categories[(int)(categories.Length * Math.Pow(random.NextDouble(), 2))],
            Channel = (IntakeChannel)random.Next(1, 6),
            Severity = severity,
            Brand = brands[random.Next(brands.Length)],
            Programme = longName ?? (random.Next(2) == 0 ? "Years of service" : "Spot awards"),
            IsIdentified = random.Next(15) > 0,
            Reply = reply,
            Resolutions = resolved is { } r
                ? [new Resolution(r, resolveIn / 3, resolveIn / 2.7, random.Next(30) == 0 && r.AddDays(3) < end ? r.AddDays(3) : null)]
                : [],
            AtEnd = At(end),
            AtEndBefore = At(frame.Before.EndUtc),
            Targets = targets,
            Escalations = random.Next(18) == 0 ? [new Raised(created.AddHours(5), SupportLevel.L2)] : [],
            AcceptedAtUtc = random.Next(9) == 0 ? created.AddHours(2) : null,
            Given = [.. Given(n, created)],
            HandedOverAtUtc = created,
            RepeatOf = random.Next(22) == 0 ? 1 : null,
            DuplicateOf = random.Next(50) == 0 ? 1 : null,
            CsatAskedAtUtc = resolved,
            CsatAtUtc = answers ? resolved!.Value.AddHours(7) : null,
            CsatScore = answers ? 5 - (int)(4 * Math.Pow(random.NextDouble(), 2.2)) : null,
        };
    }

    private static IEnumerable<GivenMoney> Given(int n, DateTime created)
    {
        if (n % 23 == 0)
        {
            yield return new GivenMoney(created.AddHours(30), MoneyGiven.Refund, new Money(1000 + n, n % 2 == 0 ? "EUR" : "SEK"));
        }

        if (n % 37 == 0)
        {
            yield return new GivenMoney(created.AddHours(40), MoneyGiven.Goodwill, new Money(500 + n, "EUR"));
        }
    }
}
