using System.Text;
using System.Text.Json;
using ClosedXML.Excel;
using Microsoft.EntityFrameworkCore;
using Plum.Portal.Shared;

namespace Plum.Tests.Shared;

/// <summary>What operators type, against the program's own services: what it says, and with what code it ends.</summary>
public sealed class CommandsTests : IAsyncLifetime
{
    private const string Csv = """
        Ref,Received,Closed,Product,Via
        A-1,1/5/2026,1/6/2026,Voucher not received,Web
        A-2,1/7/2026,1/9/2026,Something new,Postal mail
        A-3,2/30/2026,,Voucher not received,Web

        """;

    private const string Mapping = """
        {
          "fields": [
            { "field": "SourceReference", "column": "Ref" },
            { "field": "Created", "column": "Received", "format": "M/d/yyyy" }, // as Americans write it
            { "field": "Resolved", "column": "Closed", "format": "M/d/yyyy" },
            { "field": "Category", "columns": ["Product"] },
            { "field": "Channel", "column": "Via", "values": { "Postal mail": "Post" } },
          ],
          "makeCategories": true
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("plum-commands-").FullName;
    private PlumDatabase _plum = null!;
    private PlumPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _plum = await PlumDatabase.CreateAsync();
        await _plum.HasClientAsync();
        await _plum.HasCategoryAsync();
        _portal = new PlumPortal(_plum);
        await File.WriteAllTextAsync(At("history.csv"), Csv);
        await File.WriteAllTextAsync(At("mapping.json"), Mapping);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _plum.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Help_lists_every_command_and_each_explains_itself()
    {
        var (code, output, _) = await RunAsync("help");
        Assert.Equal(0, code);
        Assert.All(
            (string[])["migrate", "seed", "import tickets", "report", "audit export"],
            c => Assert.Contains(c, output, StringComparison.Ordinal)
        );

        string[][] commands =
        [
            ["migrate"],
            ["seed"],
            ["import", "tickets"],
            ["report"],
            ["audit", "export"],
        ];
        foreach (var command in commands)
        {
            var asked = await RunAsync([.. command, "--help"]);
            var help = await RunAsync(["help", .. command]);
            Assert.Equal((0, asked.Output), (asked.Code, help.Output));
            Assert.Contains($"{string.Join(' ', command)} ", asked.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_understood_is_told_in_one_line()
    {
        Assert.Equal((2, "", "plum: There is no 'nonsense'. Try 'help'.\n"), await RunAsync("nonsense"));
        Assert.Equal(
            (2, "", "plum: Option '--month' is required. Try 'help'.\n"),
            await RunAsync("report", "--client", "ACME", "--out", "x")
        );
    }

    [Fact]
    public async Task Migrating_what_is_up_to_date_does_nothing()
    {
        Assert.Equal((0, "The database is up to date.\n", ""), await RunAsync("migrate"));
    }

    [Fact]
    public async Task Seeding_fills_an_empty_database_and_refuses_one_that_is_not()
    {
        await using var empty = await PlumDatabase.CreateAsync();
        await using var portal = new PlumPortal(empty);

        var (code, output, _) = await RunAsync(portal, "seed", "--tickets", "60", "--seed", "3");
        var again = await RunAsync(portal, "seed", "--tickets", "60");

        Assert.Equal(0, code);
        Assert.Contains("Seeded 60 tickets in ", output, StringComparison.Ordinal);
        Assert.Equal(1, again.Code);
        Assert.StartsWith("plum: ", again.Errors, StringComparison.Ordinal);
        await using var db = empty.Peek();
        Assert.Equal(60, await db.Tickets.CountAsync());
    }

    [Fact]
    public async Task Importing_stops_at_bad_rows_unless_told_to_take_the_good_ones()
    {
        string[] import = ["import", "tickets", At("history.csv"), "--client", "ACME", "--mapping", At("mapping.json")];

        var (code, output, errors) = await RunAsync(import);
        Assert.Equal((1, "plum: Nothing was imported. Mend the rows, or import the good ones with --partial.\n"), (code, errors));
        Assert.Contains("1 category is to be made from Product.", output, StringComparison.Ordinal);
        Assert.Contains("IMP-1: 3 rows, 2 good, 1 rejected.", output, StringComparison.Ordinal);
        Assert.Contains("A-3,2/30/2026", await File.ReadAllTextAsync(At("history.rejected.csv")), StringComparison.Ordinal);

        (code, output, errors) = await RunAsync([.. import, "--partial"]);
        Assert.Equal((0, ""), (code, errors));
        Assert.EndsWith("IMP-1 made 2 tickets.\n", output, StringComparison.Ordinal);
        Assert.Contains("Rows imported  3 of 3", output, StringComparison.Ordinal);
        await using var db = _plum.Peek();
        Assert.Equal(["A-1", "A-2"], await db.Tickets.OrderBy(t => t.Id).Select(t => t.SourceReference!).ToListAsync());

        (code, _, errors) = await RunAsync([.. import, "--partial"]);
        Assert.Equal(1, code);
        Assert.StartsWith("plum: This file is imported already as IMP-1.", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.csv", "ACME", "mapping.json", "There is no file")]
    [InlineData("history.csv", "NOPE", "mapping.json", "There is no client 'NOPE'.")]
    [InlineData("history.csv", "ACME", "history.csv", "history.csv is no mapping")]
    public async Task An_import_that_cannot_begin_says_why(string file, string client, string mapping, string why)
    {
        var (code, _, errors) = await RunAsync("import", "tickets", At(file), "--client", client, "--mapping", At(mapping));

        Assert.Equal((1, true), (code, errors.StartsWith($"plum: {why}", StringComparison.Ordinal)));
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_report_is_written_as_PDF_workbook_and_figures_that_agree()
    {
        await RunAsync("import", "tickets", At("history.csv"), "--client", "ACME", "--mapping", At("mapping.json"), "--partial");

        var (code, output, errors) = await RunAsync("report", "--client", "ACME", "--month", "2026-01", "--out", At("reports"));

        Assert.Equal((0, ""), (code, errors));
        string[] files = [At("reports/ACME-2026-01.pdf"), At("reports/ACME-2026-01.xlsx"), At("reports/ACME-2026-01.json")];
        Assert.Equal(files, output.TrimEnd().Split('\n'));
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(files[0])), StringComparison.Ordinal);
        using var figures = JsonDocument.Parse(await File.ReadAllBytesAsync(files[2]));
        Assert.Equal(2, figures.RootElement.GetProperty("figures").GetProperty("tickets.created").GetProperty("value").GetInt32());
        using var workbook = new XLWorkbook(files[1]);
        Assert.Equal(
            2,
            workbook.Worksheet("Summary").RowsUsed().Single(r => r.Cell(1).GetString() == "Tickets created").Cell(2).GetValue<int>()
        );
    }

    [Theory]
    [InlineData("NOPE", "2026-01", "en-GB", "There is no client 'NOPE'")]
    [InlineData("ACME", "2026-13", "en-GB", "'2026-13' is not a month")]
    [InlineData("ACME", "2096-01", "en-GB", "2096-01 has not begun")]
    [InlineData("ACME", "2026-01", "xx-nowhere", "'xx-nowhere' is not a language")]
    public async Task A_report_that_cannot_be_made_says_why_and_writes_nothing(string client, string month, string language, string why)
    {
        var (code, output, errors) = await RunAsync(
            "report",
            "--client",
            client,
            "--month",
            month,
            "--language",
            language,
            "--out",
            At("reports")
        );

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(why, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("reports")));
    }

    [Fact]
    public async Task The_audit_is_exported_whole_or_by_room_and_half_a_file_is_never_left()
    {
        await RunAsync("import", "tickets", At("history.csv"), "--client", "ACME", "--mapping", At("mapping.json"), "--partial");

        var (code, output, _) = await RunAsync("audit", "export", "--out", At("audit.csv"), "--room", "Imports");

        Assert.Equal((0, $"5 entries in {At("audit.csv")}.\n"), (code, output));
        Assert.Equal(
            ["Uploaded", "Mapped", "Checked", "Committed", "Imported"],
            (await File.ReadAllLinesAsync(At("audit.csv"))).Skip(1).Select(l => l.Split(',')[3])
        );
        Assert.Equal(
            (1, "", "plum: A day is written as 2026-06-01.\n"),
            await RunAsync("audit", "export", "--out", At("x.csv"), "--from", "yesterday")
        );
        Assert.Equal(
            (1, "", $"plum: There is no folder {At("nowhere")}.\n"),
            await RunAsync("audit", "export", "--out", At("nowhere/x.csv"))
        );
        Assert.Empty(Directory.GetFiles(_folder, "*.part"));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] args) => RunAsync(_portal, args);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(PlumPortal portal, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await Commands.RunAsync(args, portal.Services, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
