using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Plum.Bench.Shared;
using Plum.Data.Imports;
using Plum.Data.Shared;
using Plum.Domain.Imports;
using Plum.Domain.Shared;

namespace Plum.Bench.Imports;

/// <summary>
/// A history of many tickets through the import, against its floor: the same file parsed, and the same rows put into tables with the same
/// indexes by prepared inserts, without any judgement, clocks, search or queue.
/// </summary>
internal static class History
{
    private static readonly string[] Tables = ["Tickets", "TicketEvents", "TicketMessages", "SlaClocks"];

    public static async Task MeasureAsync(string cache, int small, int rows)
    {
        await using var world = await World.CopyOfAsync(cache, small);
        var csv = Encoding.UTF8.GetBytes(Csv(rows));
        var imports = world.Get<ImportService>();
        var client = (await imports.ClientsAsync(World.By, default))[0];
        using var content = new MemoryStream(csv);
        var reference = Done(await imports.UploadAsync(new UploadImport(client.Id, "history.csv"), content, World.By, default));
        var number = ImportReference.Parse(reference)!.Value;
        Done(await imports.MapAsync(new MapImport(number, 0, Mapping), World.By, default));
        var checking = Stopwatch.StartNew();
        Done(await imports.CheckAsync(number, 1, World.By, null, default));
        Figures.Print("import, check of all rows", rows, Runs.Of([checking.Elapsed.TotalMilliseconds]), "");
        Done(await imports.CommitAsync(new CommitImport(number, 2), World.By, default));

        var memory = new Memory();
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        await world.Get<ImportWork>().RunAsync(number, memory, default);
        var plum = Runs.Of([watch.Elapsed.TotalMilliseconds], GC.GetTotalAllocatedBytes() - allocated);
        var view = (await imports.ViewAsync(number, World.By, default))!;
        if (view.TicketsMade != rows)
        {
            throw new InvalidOperationException($"{view.TicketsMade} tickets were made of {rows} rows: {view.Error}");
        }

        var floor = Runs.Of([Floor(world, csv, view.Id).TotalMilliseconds]);
        Figures.Print("import, rows to tickets", rows, plum, "2x floor", floor: floor);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"    working set at most {memory.FirstHalf >> 20:N0} MB in its first half, {memory.SecondHalf >> 20:N0} MB in its second; {rows / (plum.MedianMs / 1000):N0} tickets/s, floor {rows / (floor.MedianMs / 1000):N0}/s"
            )
        );
        await world.DisposeAsync();
        Directory.Delete(world.Folder, recursive: true);
    }

    private static ImportMapping Mapping { get; } =
        new([
            new(ImportField.SourceReference, ["Ref"]),
            new(ImportField.Created, ["Received"], Format: "M/d/yyyy"),
            new(ImportField.Resolved, ["Closed"], Format: "M/d/yyyy"),
            new(ImportField.Category, ["Product", "Issue"]),
            new(ImportField.Message, ["Text"]),
            new(ImportField.Channel, ["Via"]),
            new(ImportField.Timely, ["Timely"]),
            new(ImportField.Disputed, ["Disputed"]),
        ])
        {
            NewCategories = [new("Card / Late"), new("Card / Lost"), new("Wallet / Late"), new("Wallet / Lost")],
        };

    private static string Csv(int rows)
    {
        var (csv, random) = (new StringBuilder("Ref,Received,Closed,Product,Issue,Text,Via,Timely,Disputed\r\n"), new Random(5));
        for (var row = 0; row < rows; row++)
        {
            var day = new DateOnly(2023, 1, 1).AddDays(random.Next(700));
            csv.Append(
                CultureInfo.InvariantCulture,
                $"B-{row},{day:M/d/yyyy},{day.AddDays(random.Next(9)):M/d/yyyy},{(random.Next(2) == 0 ? "Card" : "Wallet")},{(random.Next(2) == 0 ? "Late" : "Lost")},\"They said \"\"soon\"\", and number {random.Next()} never came, to this day.\",{(random.Next(3) == 0 ? "Phone" : "Web")},{(random.Next(20) == 0 ? "No" : "Yes")},{(random.Next(5) == 0 ? "Yes" : "No")}\r\n"
            );
        }

        return csv.ToString();
    }

    private static TimeSpan Floor(World world, byte[] csv, Guid import)
    {
        using var connection = world.Open();
        Do(connection, "PRAGMA foreign_keys = OFF");
        var first = (long)Scalar(connection, $"SELECT MIN(Id) FROM Tickets WHERE SourceReference = 'B-0'")!;
        var templates = Tables.Select(t => Template(connection, t, first)).ToList();
        foreach (var table in Tables)
        {
            Clone(connection, table);
        }

        var watch = Stopwatch.StartNew();
        using var rows = new CsvRows(new StreamReader(new MemoryStream(csv)), ',');
        rows.Read();
        var (ticket, done) = (10_000_000L, false);
        while (!done)
        {
            using var transaction = connection.BeginTransaction();
            var inserts = templates.Select((t, at) => t.Select(values => Insert(connection, Tables[at], values)).ToList()).ToList();
            for (var i = 0; i < 5_000 && !(done = !rows.Read()); i++)
            {
                ticket++;
                for (var table = 0; table < Tables.Length; table++)
                {
                    foreach (var insert in inserts[table])
                    {
                        insert.Parameters[table == 0 ? 0 : 1].Value = ticket;
                        if (table == 0)
                        {
                            insert.Parameters["$SourceReference"].Value = rows[0].ToString();
                            insert.Parameters["$CreatedAtUtc"].Value = DateTime
                                .ParseExact(rows[1], "M/d/yyyy", CultureInfo.InvariantCulture)
                                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                        }
                        else if (Tables[table] == "TicketMessages")
                        {
                            insert.Parameters["$Body"].Value = rows[5].ToString();
                        }

                        insert.ExecuteNonQuery();
                    }
                }
            }

            transaction.Commit();
        }

        return watch.Elapsed;
    }

    private static List<List<(string Column, object Value)>> Template(SqliteConnection connection, string table, long ticket)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names of this class
        command.CommandText = $"SELECT * FROM {table} WHERE {(table == "Tickets" ? "Id" : "TicketId")} = {ticket}";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<List<(string, object)>>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(c => (reader.GetName(c), reader.GetValue(c)))]);
        }

        return rows;
    }

    private static void Clone(SqliteConnection connection, string table)
    {
        var made = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText =
                "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = $table AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC";
            command.Parameters.AddWithValue("$table", table);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var sql = reader.GetString(2).Replace($"\"{table}\" (", $"\"F_{table}\" (", StringComparison.Ordinal);
                made.Add(sql.Replace($"INDEX \"{reader.GetString(1)}\"", $"INDEX \"F_{reader.GetString(1)}\"", StringComparison.Ordinal));
            }
        }

        made.ForEach(sql => Do(connection, sql));
    }

    private static SqliteCommand Insert(SqliteConnection connection, string table, List<(string Column, object Value)> values)
    {
        var command = connection.CreateCommand();
        var given = table == "Tickets" ? values : [("Id", DBNull.Value), .. values.Skip(1)];
#pragma warning disable CA2100 // names of the schema
        command.CommandText =
            $"INSERT INTO F_{table} ({string.Join(", ", given.Select(v => $"\"{v.Column}\""))}) VALUES ({string.Join(", ", given.Select(v => $"${v.Column}"))})";
#pragma warning restore CA2100
        foreach (var (column, value) in given)
        {
            command.Parameters.AddWithValue($"${column}", value);
        }

        command.Prepare();
        return command;
    }

    private static void Do(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // of the schema, or written here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // written here
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static string Done(Outcome outcome) =>
        outcome is Outcome.Done done ? done.Key ?? "" : throw new InvalidOperationException($"The import was not taken: {outcome}");

    private sealed class Memory : IProgress<ImportProgress>
    {
        public long FirstHalf { get; private set; }
        public long SecondHalf { get; private set; }

        public void Report(ImportProgress value)
        {
            var now = Environment.WorkingSet;
            (FirstHalf, SecondHalf) =
                value.Rows * 2 <= value.Total ? (Math.Max(FirstHalf, now), SecondHalf) : (FirstHalf, Math.Max(SecondHalf, now));
        }
    }
}
