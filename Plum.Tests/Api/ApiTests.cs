using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Tests.Allocations;
using Plum.Tests.Shared;
using static Plum.Tests.Api.ApiWorld;

namespace Plum.Tests.Api;

public class ApiTests
{
    [Theory]
    [EachDatabase]
    public async Task A_file_goes_the_same_way_as_one_dropped_in_the_portal_and_says_the_same_of_its_rows(string provider)
    {
        await using var api = await CreateAsync(provider);
        var http = await api.OpenAsync();

        var given = await api.GiveAsync(http, Csv(Good(1), Bad(2), Good(3)));
        Assert.Equal((202, "application/json"), (given.Status, given.Type));
        Assert.Equal($"/api/v1/allocations/{given["reference"]}", given.Location);
        Assert.Equal(("reading", "0"), (given["state"], given["counts.rows"]));
        await api.Plum.Get<AllocationWork>().RunDueAsync(default);

        var file = await ReadAsync(http, given.Location!);
        Assert.Equal(("checked", "3", "2", "1"), (file["state"], file["counts.rows"], file["counts.good"], file["counts.bad"]));
        var total = Assert.Single(file.Body!["totals"]!.AsArray())!;
        Assert.Equal(
            ("GBP", "5000", "50.00", "50000.00"),
            ($"{total["currency"]}", $"{total["minorUnits"]}", $"{total["amount"]}", $"{total["available"]}")
        );
        Assert.Equal("2", file["funnel.validated"]);
        Assert.Equal(("false", "1 rows are bad. Mend them, or choose to send without them."), (file["submit.can"], file["submit.why"]));
        var number = AllocationReference.Parse(file["reference"])!.Value;
        var shown = Assert.Single((await api.Plum.Get<MendService>().PageAsync(new BadRowQuery(number), api.World.Admin, default)).Rows);
        var bad = Assert.Single((await ReadAsync(http, file["links.errors"])).Body!["data"]!.AsArray())!;
        var error = Assert.Single(bad["errors"]!.AsArray())!;
        Assert.Equal(
            (shown.Line.ToString(CultureInfo.InvariantCulture), shown.Faults[0].Code, shown.Faults[0].ToString(), "email", "nowhere"),
            ($"{bad["line"]}", $"{error["code"]}", $"{error["detail"]}", $"{error["column"]}", $"{error["value"]}")
        );
        Assert.Equal("nowhere", $"{bad["cells"]!["email"]}");
        await using var db = api.Plum.Peek();
        Assert.Equal(
            ["Uploaded", "Check asked for", "Checked"],
            await db.AuditEntries.Where(a => a.Subject == file["reference"]).OrderBy(a => a.Id).Select(a => a.What).ToListAsync()
        );
        var calls = await db
            .AuditEntries.Where(a => a.Room == "Api" && a.Subject.StartsWith("api-key/") && a.What.Contains("/api/"))
            .OrderBy(a => a.Id)
            .ToListAsync();
        Assert.Equal(
            [
                "POST /api/v1/programmes/{code}/allocations",
                "GET /api/v1/allocations/{reference}",
                "GET /api/v1/allocations/{reference}/errors",
            ],
            calls.Select(a => a.What)
        );
        Assert.All(calls, a => Assert.Equal(("Payroll (API key of Pia Programme)", api.World.Client.Id), (a.Who, a.ClientId)));
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("multipart/form-data")]
    [InlineData("application/json")]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task Rows_come_as_a_file_as_a_form_as_a_workbook_or_as_JSON(string type)
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();
        HttpContent content = type switch
        {
            "text/csv" => Text(Csv(Good(1))),
            "application/json" => Text(Rows(1), type),
            "multipart/form-data" => new MultipartFormDataContent
            {
                { new StringContent("ignored"), "comment" },
                { new ByteArrayContent(Encoding.UTF8.GetBytes(Csv(Good(1)))), "file", "August & September.csv" },
            },
            _ => new ByteArrayContent(
                AllocationDesk.Workbook(AllocationDesk.SheetRow(1, Header.Split(',')) + AllocationDesk.SheetRow(2, Good(1).Split(',')))
            )
            {
                Headers = { ContentType = new MediaTypeHeaderValue(type) },
            },
        };

        var given = await SendAsync(http, HttpMethod.Post, api.Files, content);
        Assert.Equal((202, given.Body?.ToJsonString()), (given.Status, given.Body?.ToJsonString()));
        await api.Plum.Get<AllocationWork>().RunDueAsync(default);

        var file = await ReadAsync(http, given.Location!);
        Assert.Equal(("checked", "1", "1"), (file["state"], file["counts.rows"], file["counts.good"]));
        if (type == "multipart/form-data")
        {
            Assert.Equal("August & September.csv", file["fileName"]);
        }
    }

    [Fact]
    public async Task Rows_as_JSON_keep_every_text_as_it_is_and_a_wrong_one_is_pointed_to()
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();
        var rows = new JsonArray(
            Row(1, ("message", "Thank you;\nfor | \"everything\", Jane")),
            Row(2, ("value", 25.0m), ("phone", "+447400123456"), ("message", "=1+1")),
            Row(3, ("reward", "NO-SUCH"))
        );

        var given = await SendAsync(
            http,
            HttpMethod.Post,
            api.Files,
            Text(new JsonObject { ["rows"] = rows }.ToJsonString(), "application/json")
        );
        await api.Plum.Get<AllocationWork>().RunDueAsync(default);

        var lines = (await ReadAsync(http, $"{given.Location}/rows")).Body!["data"]!.AsArray();
        Assert.Equal(["good", "good", "bad"], lines.Select(l => $"{l!["state"]}"));
        Assert.Equal(("25.00", "+447400123456"), ($"{lines[1]!["value"]}", $"{lines[1]!["phone"]}"));
        await using var db = api.Plum.Peek();
        Assert.Equal(
            ["Thank you;\nfor | \"everything\", Jane", "=1+1"],
            await db.AllocationRows.Where(r => r.State == AllocationRowState.Good).OrderBy(r => r.Id).Select(r => r.Message).ToListAsync()
        );
        var bad = Assert.Single((await ReadAsync(http, $"{given.Location}/errors")).Body!["data"]!.AsArray())!;
        Assert.Equal("#/rows/2/reward", $"{bad["errors"]![0]!["pointer"]}"); // in spite of the line break before it
    }

    [Theory]
    [InlineData("""{"rows":[{"name":"A","valeu":1}]}""", 422, "api.rows", "#/rows/0/valeu")]
    [InlineData("""{"rows":[{"name":"A"},{"name":true}]}""", 422, "api.rows", "#/rows/1/name")]
    [InlineData("""{"rows":[1]}""", 422, "api.rows", "#/rows/0")]
    [InlineData("""{"rows":{}}""", 422, "api.rows", "#/rows")]
    [InlineData("""{"rows":[],"more/or~less":1}""", 422, "api.rows", "#/more~1or~0less")]
    [InlineData("[]", 422, "api.rows", "#")]
    [InlineData("""{"rows":[]}""", 422, "allocation.no-rows", "#/rows")]
    [InlineData("""{"rows":[}""", 400, "api.json", null)]
    [InlineData("""{"rows":[{"name":"\ud800"}]}""", 400, "api.text", null)]
    [InlineData("", 400, "api.json", null)]
    public async Task JSON_that_is_no_rows_is_refused_where_it_is_wrong(string json, int status, string code, string? pointer)
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();

        var told = await SendAsync(http, HttpMethod.Post, api.Files, Text(json, "application/json"));

        Assert.Equal((status, code), told.Problem);
        if (pointer is not null)
        {
            Assert.Equal(pointer, $"{Assert.Single(told.Body!["errors"]!.AsArray())!["pointer"]}");
        }

        await using var db = api.Plum.Peek();
        Assert.Empty(await db.AllocationFiles.ToListAsync());
    }

    [Theory]
    [InlineData("", 422, "import.empty", null, null)]
    [InlineData("reference,name,email,value,currency\r\nR-1,Jane,j@example.com,25,GBP\r\n", 422, "allocation.unmapped", "1", "reward")]
    [InlineData("jane@example.com,25\r\nbo@example.com,30\r\n", 422, "allocation.headless", "1", null)]
    [InlineData(Header, 422, "allocation.no-rows", "2", null)]
    [InlineData("%PDF-1.7 and so on", 422, "allocation.not-rows", null, null)]
    public async Task A_file_that_cannot_be_taken_says_why_in_the_portals_words_and_leaves_nothing(
        string csv,
        int status,
        string code,
        string? line,
        string? column
    )
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();

        var told = await api.GiveAsync(http, csv);

        Assert.Equal((status, code), told.Problem);
        Assert.Equal($"urn:plum:problem:{code}", told["type"]);
        var error = told.Body!["errors"]?.AsArray()[0];
        Assert.Equal((line, column), (error?["line"]?.ToString(), error?["column"]?.ToString()));
        await using var db = api.Plum.Peek();
        Assert.Empty(await db.AllocationFiles.ToListAsync());
        var kept = Path.Combine(api.Plum.Options.DataFolder, "allocations");
        Assert.Empty(Directory.Exists(kept) ? Directory.GetFiles(kept) : []);
    }

    [Fact]
    public async Task The_same_file_again_names_the_one_there_is_and_two_files_in_a_form_are_too_many()
    {
        await using var api = await CreateAsync();
        var http = await api.OpenAsync();
        var first = await api.GiveAsync(http, Csv(Good(1)));

        var again = await api.GiveAsync(http, Csv(Good(1)));
        Assert.Equal((409, "allocation.file-twice"), again.Problem);
        Assert.Contains(first["reference"], again["detail"], StringComparison.Ordinal);
        var two = await SendAsync(
            http,
            HttpMethod.Post,
            api.Files,
            new MultipartFormDataContent
            {
                { new StringContent(Csv(Good(2))), "file", "a.csv" },
                { new StringContent(Csv(Good(3))), "file", "b.csv" },
            }
        );
        Assert.Equal((422, "allocation.one-file"), two.Problem);
        var none = await SendAsync(http, HttpMethod.Post, api.Files, new MultipartFormDataContent { { new StringContent("x"), "file" } });
        Assert.Equal((422, "api.no-file"), none.Problem);
        var torn = new ByteArrayContent(
            Encoding.UTF8.GetBytes("--b\r\nContent-Disposition: form-data; name=f; filename=a.csv\r\n\r\nx,y\r\n")
        )
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b") },
        };
        Assert.Equal((400, "api.cut-short"), (await SendAsync(http, HttpMethod.Post, api.Files, torn)).Problem);
        await using var db = api.Plum.Peek();
        Assert.Single(await db.AllocationFiles.ToListAsync());
    }

    [Fact]
    public async Task What_is_too_large_or_of_another_type_is_said_before_it_is_kept()
    {
        await using var api = await CreateAsync("Sqlite", ("Allocations:MaxMegabytes", "1"), ("Api:MaxJsonMegabytes", "1"));
        var http = await api.OpenAsync();
        var large = new string('x', (1 << 20) + 1);

        Assert.Equal((413, "allocation.too-large"), (await api.GiveAsync(http, large)).Problem);
        using var unmeasured = new MultipartFormDataContent { { new StringContent(large), "file", "a.csv" } };
        Assert.Equal((413, "allocation.too-large"), (await SendAsync(http, HttpMethod.Post, api.Files, unmeasured)).Problem);
        Assert.Equal(
            (413, "api.json-too-large"),
            (await SendAsync(http, HttpMethod.Post, api.Files, Text(large, "application/json"))).Problem
        );
        Assert.Equal((415, "api.content-type"), (await SendAsync(http, HttpMethod.Post, api.Files, Text("a", "text/plain"))).Problem);
        Assert.Equal((415, "api.content-type"), (await SendAsync(http, HttpMethod.Post, api.Files)).Problem);
        Assert.Equal(
            (415, "api.content-type"),
            (await SendAsync(http, HttpMethod.Post, "/api/v1/allocations/IPA-1/submit", Text("a", "text/csv"))).Problem
        );
        await using var db = api.Plum.Peek();
        Assert.Empty(await db.AllocationFiles.ToListAsync());
    }

    [Theory]
    [EachDatabase]
    public async Task A_list_is_read_to_its_end_without_loss_while_it_grows(string provider)
    {
        await using var api = await CreateAsync(provider);
        var http = await api.OpenAsync();
        var files = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            files.Add(await api.CheckedAsync(http, Csv(Enumerable.Range(n * 10, 7).Select(r => r % 2 == 0 ? Bad(r) : Good(r)))));
        }

        var (rows, bad, listed) = (new List<string>(), new List<string>(), new List<string>());
        await EachPageAsync(http, $"/api/v1/allocations/{files[1]}/rows?limit=2", row => rows.Add($"{row["line"]}"));
        await EachPageAsync(http, $"/api/v1/allocations/{files[1]}/errors?limit=1&code=allocation.email", row => bad.Add($"{row["line"]}"));
        await EachPageAsync(
            http,
            $"{api.Files}?limit=2",
            row => listed.Add($"{row["reference"]}"),
            async () => await api.GiveAsync(http, Csv(Good(1000 + listed.Count)))
        );

        Assert.Equal(["2", "3", "4", "5", "6", "7", "8"], rows);
        Assert.Equal(["2", "4", "6", "8"], bad);
        Assert.Equal(files.AsEnumerable().Reverse(), listed);
        foreach (var wrong in (string[])["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=djE6eA", "cursor="])
        {
            Assert.Equal(400, (await ReadAsync(http, $"{api.Files}?{wrong}")).Problem.Status);
        }
    }

    private static JsonObject Row(int number, params (string Name, JsonNode Value)[] more)
    {
        var row = new JsonObject
        {
            ["reference"] = $"R-{number}",
            ["name"] = "Jane Okafor",
            ["email"] = $"jane{number}@example.com",
            ["country"] = "GB",
            ["reward"] = "AMAZING-GB",
            ["value"] = "25.00",
            ["currency"] = "GBP",
        };
        foreach (var (name, value) in more)
        {
            row[name] = value;
        }

        return row;
    }

    private static string Rows(params int[] numbers) =>
        new JsonObject { ["rows"] = new JsonArray([.. numbers.Select(n => Row(n))]) }.ToJsonString();

    private static async Task EachPageAsync(HttpClient http, string path, Action<JsonNode> each, Func<Task>? between = null)
    {
        for (string? next = path; next is not null; )
        {
            var page = await ReadAsync(http, next);
            Assert.Equal(200, page.Status);
            foreach (var row in page.Body!["data"]!.AsArray())
            {
                each(row!);
            }

            next = page.Body["next"]?.ToString();
            if (between is not null)
            {
                await between();
            }
        }
    }
}
