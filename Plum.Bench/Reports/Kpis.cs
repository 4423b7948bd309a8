using System.Globalization;
using Microsoft.Data.Sqlite;
using Plum.Bench.Shared;
using Plum.Data.Reports;
using Plum.Portal.Reports.Pdf;
using Plum.Portal.Reports.Workbook;

namespace Plum.Bench.Reports;

/// <summary>A client's figures of a month, and its files, against the same numbers by SQL as one would write it by hand.</summary>
internal static class Kpis
{
    private const string Created = "t.ClientId = $client AND +t.MergedIntoId IS NULL AND t.CreatedAtUtc >= $from AND t.CreatedAtUtc < $to";
    private const string Resolved =
        "t.ClientId = $client AND +t.MergedIntoId IS NULL AND t.FirstResolvedAtUtc >= $from AND t.FirstResolvedAtUtc < $to";

    // Medians and percentiles come from the sorted values, as in the report.
    private static readonly string[] ByHand =
    [
        $"SELECT CategoryId, Channel, Severity, BrandId, ProgrammeId, COUNT(*) FROM Tickets t WHERE {Created} GROUP BY 1, 2, 3, 4, 5",
        "SELECT FirstResponseWorkingMinutes, FirstRespondedAtUtc, CreatedAtUtc FROM Tickets t WHERE t.ClientId = $client AND +t.MergedIntoId IS NULL AND t.FirstRespondedAtUtc >= $from AND t.FirstRespondedAtUtc < $to ORDER BY 1",
        $"SELECT FirstResolutionWorkingMinutes, FirstResolutionGrossMinutes, FirstResolvedAtUtc, CreatedAtUtc FROM Tickets t WHERE {Resolved} ORDER BY 1",
        "SELECT ResolutionWorkingMinutes, ResolutionGrossMinutes, ResolvedAtUtc, CreatedAtUtc FROM Tickets t WHERE t.ClientId = $client AND +t.MergedIntoId IS NULL AND t.ResolvedAtUtc >= $from AND t.ResolvedAtUtc < $to ORDER BY 1",
        "SELECT Disposition, WaitingOn, CAST(julianday($to) - julianday(CreatedAtUtc) AS INTEGER), COUNT(*) FROM Tickets t WHERE t.ClientId = $client AND +t.MergedIntoId IS NULL AND t.CreatedAtUtc < $to AND (t.ResolvedAtUtc IS NULL OR t.ResolvedAtUtc >= $to) GROUP BY 1, 2, 3",
        "SELECT t.CategoryId, t.Severity, c.Target, COUNT(*), SUM(c.BreachedAtUtc IS NOT NULL) FROM Tickets t JOIN SlaClocks c ON c.TicketId = t.Id WHERE t.ClientId = $client AND +t.MergedIntoId IS NULL AND ((c.MetAtUtc >= $from AND c.MetAtUtc < $to) OR (c.MetAtUtc IS NULL AND c.DueAtUtc >= $from AND c.DueAtUtc < $to)) GROUP BY 1, 2, 3",
        "SELECT e.\"To\", COUNT(*) FROM Tickets t JOIN TicketEvents e ON e.TicketId = t.Id WHERE t.ClientId = $client AND e.Kind = 'Escalated' AND e.AtUtc >= $from AND e.AtUtc < $to AND t.UpdatedAtUtc >= $from GROUP BY 1",
        $"SELECT COUNT(t.RepeatOfId), COUNT(t.DuplicateOfId), COUNT(t.HandedOverAtUtc), SUM(t.ReopenCount > 0) FROM Tickets t WHERE {Created}",
        "SELECT CsatScore, COUNT(*) FROM Tickets t WHERE t.ClientId = $client AND t.CsatAtUtc >= $from AND t.CsatAtUtc < $to GROUP BY 1",
        "SELECT COUNT(*) FROM Tickets t WHERE t.ClientId = $client AND t.CsatAskedAtUtc >= $from AND t.CsatAskedAtUtc < $to",
    ];

    public static async Task MeasureAsync(string cache, int scale, int runs)
    {
        await using var world = await World.OfAsync(cache, scale);
        await using var connection = world.Open();
        var (id, code) = Largest(connection);
        var month = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddMonths(-1);
        month = month.AddDays(1 - month.Day);
        var reports = world.Get<ReportService>();

        var content = (await reports.ReckonAsync(code, month, World.By, default))!;
        var plum = await Runs.OfAsync(runs, async _ => content = (await reports.ReckonAsync(code, month, World.By, default))!);
        var floor = await Runs.OfAsync(
            runs,
            _ =>
            {
                Read(connection, id, month);
                Read(connection, id, month.AddMonths(-1));
                return Task.CompletedTask;
            }
        );
        Figures.Print($"KPI figures ({content.Lines.Count:N0} tickets in sight)", scale, plum, "3x floor", floor: floor);

        var culture = CultureInfo.GetCultureInfo("en-GB");
        var pdf = await Runs.OfAsync(
            5,
            _ =>
            {
                PdfReport.Render(content.Document, culture);
                return Task.CompletedTask;
            }
        );
        Figures.Print("PDF of it", scale, pdf, "1 s");
        var workbook = await Runs.OfAsync(
            5,
            _ =>
            {
                WorkbookReport.Render(content, culture);
                return Task.CompletedTask;
            }
        );
        Figures.Print("workbook of it", scale, workbook, "1 s");
    }

    private static (byte[] Id, string Code) Largest(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT c.Id, c.Code FROM Clients c ORDER BY (SELECT COUNT(*) FROM Tickets t WHERE t.ClientId = c.Id) DESC LIMIT 1";
        using var reader = command.ExecuteReader();
        reader.Read();
        return ((byte[])reader[0], reader.GetString(1));
    }

    private static void Read(SqliteConnection connection, byte[] client, DateOnly month)
    {
        foreach (var sql in ByHand)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // of the constants above
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Parameters.AddWithValue("$client", client);
            command.Parameters.AddWithValue("$from", month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00");
            command.Parameters.AddWithValue("$to", month.AddMonths(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00");
            using var reader = command.ExecuteReader();
            var values = new object[reader.FieldCount];
            while (reader.Read())
            {
                reader.GetValues(values);
            }
        }
    }
}
