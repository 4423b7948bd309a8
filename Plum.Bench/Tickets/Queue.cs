using Microsoft.Data.Sqlite;
using Plum.Bench.Shared;
using Plum.Data.Tickets;
using Plum.Domain.Tickets;

namespace Plum.Bench.Tickets;

/// <summary>First page of 50 with its total and the counts of the views, filtered and sorted; and the search in subjects and messages.</summary>
internal static class Queue
{
    private static readonly (string View, string Filter, TicketOrder? Order)[] Asked =
    [
        (StandardViews.All, "", null),
        (StandardViews.All, "severity=p1,p2&open=yes", new TicketOrder(TicketSort.Created, Descending: true)),
        (StandardViews.All, "channel=web", new TicketOrder(TicketSort.Created, Descending: false)),
        (StandardViews.Unassigned, "", new TicketOrder(TicketSort.Sla, Descending: false)),
        (StandardViews.All, "severity=p3&channel=email", new TicketOrder(TicketSort.Updated, Descending: true)),
    ];

    // The same pages by hand.
    private static readonly (string Where, string Order)[] ByHand =
    [
        ("1 = 1", "Id DESC"),
        ("Severity IN ('P1', 'P2') AND Stage <> 'Final'", "CreatedAtUtc DESC, Id DESC"),
        ("Channel = 'Web'", "CreatedAtUtc, Id"),
        ("OwnerId IS NULL AND Stage <> 'Final'", "NextDueAtUtc, Id"),
        ("Severity = 'P3' AND Channel = 'Email'", "UpdatedAtUtc DESC, Id DESC"),
    ];

    // What the standard views hold; a job has no queue of its own.
    private static readonly string[] Views =
    [
        "Stage <> 'Final' AND OwnerId = zeroblob(16)",
        "Stage <> 'Final' AND NextDueAtUtc > datetime('now') AND NextWarnAtUtc <= datetime('now')",
        "Stage <> 'Final' AND NextDueAtUtc <= datetime('now')",
        "Stage <> 'Final' AND OwnerId IS NULL",
        "Stage <> 'Final' AND Disposition = 'VendorRejection'",
        "Stage <> 'Final' AND WaitingOn = 'Recipient'",
        "Stage <> 'Final'",
        "1 = 1",
    ];

    private static readonly string[] Words = ["voucher", "stranger", "refund twice", "never arrived", "points", "order GFT"];

    /// <summary>One page, as the queue's page asks for it; each run another.</summary>
    public static async Task ReadAsync(World world, int run)
    {
        var (view, filter, order) = Asked[run % Asked.Length];
        var query = new TicketQueueQuery(view, TicketFilterText.Pairs(filter), order);
        var page = await world.Get<TicketQueueService>().PageAsync(query, World.By, default);
        _ = page!.Rows.Count;
    }

    public static async Task<double> PageAsync(string cache, int scale, int runs, double? smallMedian)
    {
        await using var world = await World.OfAsync(cache, scale);
        var plum = await Runs.OfAsync(runs, run => ReadAsync(world, run), warmUps: Asked.Length * 2);
        await using var connection = world.Open();
        var floor = await Runs.OfAsync(
            Math.Min(runs, 25),
            run =>
            {
                var (where, order) = ByHand[run % ByHand.Length];
                Read(
                    connection,
                    $"""
                    SELECT t.*, c.Name, p.Name, g.Name, b.Name, r.Name, u.DisplayName, d.Label
                    FROM (SELECT * FROM Tickets WHERE {where} ORDER BY {order} LIMIT 50) t
                    JOIN Clients c ON c.Id = t.ClientId
                    JOIN Categories g ON g.Id = t.CategoryId
                    LEFT JOIN Programmes p ON p.Id = t.ProgrammeId
                    LEFT JOIN Brands b ON b.Id = t.BrandId
                    LEFT JOIN Recipients r ON r.Id = t.RecipientId
                    LEFT JOIN AspNetUsers u ON u.Id = t.OwnerId
                    LEFT JOIN Dispositions d ON d.Code = t.Disposition
                    """
                );
                foreach (var count in Views.Prepend(where))
                {
                    Read(connection, $"SELECT COUNT(*) FROM Tickets WHERE {count}");
                }

                return Task.CompletedTask;
            }
        );
        Figures.Print("queue, first page and counts", scale, plum, "2x the small, p95 50 ms", plum.MedianMs / smallMedian, floor);
        return plum.MedianMs;
    }

    public static async Task SearchAsync(string cache, int scale, int runs)
    {
        await using var world = await World.OfAsync(cache, scale);
        var queue = world.Get<TicketQueueService>();
        var plum = await Runs.OfAsync(
            runs,
            async run =>
            {
                var beyond = new Dictionary<string, string> { [TicketFilterText.Text] = Words[run % Words.Length] };
                var page = await queue.PageAsync(new TicketQueueQuery(StandardViews.All, beyond), World.By, default);
                _ = page!.Total;
            },
            warmUps: Words.Length
        );
        await using var connection = world.Open();
        var floor = await Runs.OfAsync(
            Math.Min(runs, 24),
            run =>
            {
                var match = string.Join(' ', Words[run % Words.Length].Split(' ').Select(w => $"\"{w}\""));
                Read(connection, $"SELECT rowid FROM TicketText WHERE TicketText MATCH '{match}' ORDER BY rowid DESC LIMIT 50");
                Read(connection, $"SELECT COUNT(*) FROM TicketText WHERE TicketText MATCH '{match}'");
                return Task.CompletedTask;
            }
        );
        Figures.Print("text search", scale, plum, "p95 100 ms", floor: floor);
    }

    private static void Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // of the constants above
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
        }
    }
}
