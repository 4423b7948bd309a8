using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Imports;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Tests.Shared;

namespace Plum.Tests.Imports;

public partial class ImportServiceTests
{
    [Theory]
    [InlineData("UTF-8", true)]
    [InlineData("UTF-8 with mark", true)]
    [InlineData("UTF-16 LE", true)]
    [InlineData("UTF-16 BE", true)]
    [InlineData("Windows-1252", false)]
    public async Task The_encoding_and_the_delimiter_are_found_and_an_assumption_is_said_to_be_one(string form, bool certain)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        const string Text = "Empfänger;Größe;Ort\nJosé;1,5;Köln\n";
        Encoding encoding = form switch
        {
            "UTF-8" => new UTF8Encoding(false),
            "UTF-8 with mark" => new UTF8Encoding(true),
            "UTF-16 LE" => Encoding.Unicode,
            "UTF-16 BE" => Encoding.BigEndianUnicode,
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        };
        var bytes = encoding.GetPreamble().Concat(encoding.GetBytes(Text)).ToArray();

        var number = await UploadedAsync(plum, client, bytes);

        var view = await ViewAsync(plum, number);
        Assert.Equal(
            (form.Replace(" with mark", "", StringComparison.Ordinal), ';', certain),
            (view.Form.Encoding, view.Form.Delimiter, view.Form.Certain)
        );
        Assert.Equal(["Empfänger", "Größe", "Ort"], view.Form.Headers);
        Assert.Equal(["José"], plum.Get<ImportService>().Columns(view, PlumDatabase.Lead)[0].Samples);
    }

    [Fact]
    public async Task A_file_can_be_read_otherwise_than_it_was_taken()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var number = await UploadedAsync(plum, client, "a,b;c\n1,2;3\n");

        var outcome = await plum.Get<ImportService>()
            .ReadAsAsync(new ReadImportAs(number, 0, FileForm.Windows1252, ';'), PlumDatabase.Lead, default);

        Assert.IsType<Outcome.Done>(outcome);
        Assert.Equal(["a,b", "c"], (await ViewAsync(plum, number)).Form.Headers);
    }

    [Fact]
    public async Task A_file_that_is_empty_too_large_or_damaged_leaves_nothing_behind()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var small = new ImportService(plum, plum.Options, new ImportOptions(MaxBytes: 100), plum.Clock);

        var empty = await UploadAsync(plum, client, "");
        var large = await small.UploadAsync(
            new UploadImport(client.Id, "x.csv"),
            new MemoryStream(new byte[101]),
            PlumDatabase.Lead,
            default
        );
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "a,b\n"u8, 0xC3, 0x28, .. "\n"u8];
        var damaged = await plum.Get<ImportService>()
            .UploadAsync(new UploadImport(client.Id, "x.csv"), new MemoryStream(bytes), PlumDatabase.Lead, default);

        Assert.Equal(
            ["import.empty", "import.too-large", "import.damaged"],
            new[] { empty, large, damaged }.Select(o => Assert.IsType<Outcome.Refused>(o).Why.Code)
        );
        Assert.Empty(Directory.GetFiles(Path.Combine(plum.Options.DataFolder, "imports")));
        await using var db = plum.Peek();
        Assert.Equal(0, await db.TicketImports.CountAsync());
    }

    [Theory]
    [InlineData("PK\u0003\u0004rest", "a workbook")]
    [InlineData("%PDF-1.7", "a PDF")]
    [InlineData("a,b\n\0\u0001,c\n", "no text")]
    public async Task What_is_no_CSV_is_refused_by_what_it_is(string content, string what)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();

        var why = Assert.IsType<Outcome.Refused>(await UploadAsync(plum, client, content)).Why;

        Assert.Equal(("import.not-csv", true), (why.Code, why.Message.Contains($"is {what}", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetFiles(Path.Combine(plum.Options.DataFolder, "imports")));
    }

    [Fact]
    public async Task Values_are_listed_with_what_they_are_mapped_to_and_what_they_may_mean()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var client = await plum.HasClientAsync();
        var number = await UploadedAsync(plum, client);
        var view = await ViewAsync(plum, number);
        var unmapped = Mapping.With(ImportField.Channel, new ImportFieldMapping(ImportField.Channel, ["Via"]));

        var values = await plum.Get<ImportService>().ValuesAsync(view, unmapped, ImportField.Channel, PlumDatabase.Lead, default);

        Assert.Equal(
            [
                new ImportValue("Phone", 1, "Phone", null),
                new ImportValue("Pigeon", 1, null, null),
                new ImportValue("Postal mail", 1, null, "Post"),
                new ImportValue("Web", 1, "Web", null),
            ],
            values
        );
        Assert.Contains(plum.Get<ImportService>().DateFormats(view, "Received", PlumDatabase.Lead), f => f == ("M/d/yyyy", 3, 4));
    }
}
