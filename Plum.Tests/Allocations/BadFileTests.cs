using System.IO.Compression;
using System.Text;
using Plum.Data.Allocations;
using Plum.Domain.Allocations;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

/// <summary>What people give instead of a good file. Each is refused in words, or its bad rows are named; nothing of it is lost, and nothing is an error.</summary>
public class BadFileTests
{
    [Fact]
    public async Task A_file_that_cannot_be_rows_is_refused_at_once_and_leaves_nothing_behind()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        var sheet = AllocationDesk.SheetRow(1, "Name") + AllocationDesk.SheetRow(2, "Ann");
        (string What, byte[] Bytes, string Code)[] files =
        [
            ("empty", [], "import.empty"),
            ("only a mark", [0xEF, 0xBB, 0xBF], "allocation.no-header"),
            ("only line ends", Utf8("\r\n\r\n\n"), "allocation.no-header"),
            ("binary", [0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 1, 2, 3, 0, 0], "allocation.not-rows"),
            ("a PDF", Utf8("%PDF-1.7\nx"), "allocation.not-rows"),
            ("an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "allocation.not-rows"),
            ("compressed", [0x1F, 0x8B, 8, 0, 0, 0], "allocation.not-rows"),
            ("an archive of something else", Zip(z => AllocationDesk.Put(z, "readme.txt", "hello")), "allocation.workbook"),
            ("the beginning of an archive", [.. AllocationDesk.Workbook(sheet).Take(40)], "allocation.workbook"),
            ("a header alone", Utf8(AllocationDesk.Header), "allocation.no-rows"),
            ("no header", Utf8(AllocationDesk.Good(1) + "\r\n" + AllocationDesk.Good(2)), "allocation.headless"),
            ("a header with its quotation mark open", Utf8("\"Name,Email\r\nx,y"), "allocation.no-header"),
            ("a million columns", Utf8(new string(',', 1_000_000) + "\r\nx\r\n"), "allocation.too-wide"),
            ("two million columns", Utf8(new string(',', 2_000_000) + "\r\nx\r\n"), "allocation.no-header"),
            ("one line without an end", Utf8(new string('x', 3_000_000)), "allocation.no-header"),
            ("said to be UTF-8, and not", [0xEF, 0xBB, 0xBF, .. Utf8("Name,Email\r\n"), 0xFF, 0xFE, 0xC3], "allocation.damaged"),
            ("a sheet without rows", AllocationDesk.Workbook(""), "allocation.no-header"),
            ("a sheet with a header alone", AllocationDesk.Workbook(AllocationDesk.SheetRow(1, "Name")), "allocation.no-rows"),
            (
                "a sheet of a thousand columns and more",
                AllocationDesk.Workbook("""<row r="1"><c r="AZZ1"><v>1</v></c></row>"""),
                "allocation.workbook"
            ),
            ("broken XML", AllocationDesk.Workbook("""<row r="1"><c>"""), "allocation.workbook"),
            (
                "a text that is not there",
                AllocationDesk.Workbook("""<row r="1"><c r="A1" t="s"><v>7</v></c></row>"""),
                "allocation.workbook"
            ),
            ("a zip bomb", Bomb(), "allocation.workbook"),
            ("a bomb of entities", Laughs(), "allocation.workbook"),
        ];

        foreach (var (what, bytes, code) in files)
        {
            var outcome = await desk.UploadAsync(bytes, name: "rewards.csv");

            Assert.Equal((what, code), (what, (outcome as Outcome.Refused)?.Why.Code));
            Assert.Equal("File", ((Outcome.Refused)outcome).Why.Field);
        }

        Assert.Empty(Directory.GetFiles(Path.Combine(plum.Options.DataFolder, "allocations")));
    }

    [Fact]
    public async Task A_file_larger_than_it_may_be_is_refused_while_it_comes_and_leaves_nothing_behind()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        var small = new AllocationService(plum, plum.Options, new AllocationOptions(MaxBytes: 100_000), plum.Clock);
        using var endless = new EndlessStream();

        var outcome = await small.UploadAsync(new(desk.Programme.Id, "endless.csv"), endless, AllocationDesk.Pia, default);

        Assert.Equal("allocation.too-large", Assert.IsType<Outcome.Refused>(outcome).Why.Code);
        Assert.True(endless.Given < 300_000, "It was read on after it was too large.");
        Assert.Empty(Directory.GetFiles(Path.Combine(plum.Options.DataFolder, "allocations")));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_behind()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        using var broken = new EndlessStream(breaksAt: 200_000);

        await Assert.ThrowsAsync<IOException>(() =>
            plum.Get<AllocationService>().UploadAsync(new(desk.Programme.Id, "x.csv"), broken, AllocationDesk.Pia, default)
        );

        Assert.Empty(Directory.GetFiles(Path.Combine(plum.Options.DataFolder, "allocations")));
        Assert.Equal(0, (await plum.Get<AllocationService>().ListAsync(0, 10, null, null, AllocationDesk.Pia, default)).Total);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8 with a mark")]
    [InlineData("utf-16")]
    [InlineData("utf-16 big endian")]
    [InlineData("windows-1252")]
    public async Task Every_encoding_and_delimiter_is_read(string encoding)
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        foreach (var delimiter in FileForm.Delimiters)
        {
            var csv =
                string.Join(delimiter, AllocationDesk.Header.Split(','))
                + "\r\n"
                + string.Join(
                    delimiter,
                    $"R-{(int)delimiter}",
                    "Jürgen Müller",
                    "j@example.com",
                    "",
                    "GB",
                    "Email",
                    "AMAZING-GB",
                    "25",
                    "GBP",
                    "Für Sie"
                )
                + "\r\n";
            byte[] bytes = encoding switch
            {
                "utf-8" => Utf8(csv),
                "utf-8 with a mark" => [.. Encoding.UTF8.GetPreamble(), .. Utf8(csv)],
                "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(csv)],
                "utf-16 big endian" => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(csv)],
                _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(csv),
            };

            var number = AllocationReference.Parse(Assert.IsType<Outcome.Done>(await desk.UploadAsync(bytes)).Key)!.Value;
            var view = await desk.CheckAsync(number);

            Assert.Equal((delimiter, 1, encoding != "windows-1252"), (view.Form.Delimiter, view.Good, view.Form.Certain));
            var row = Assert.Single(await desk.RowsAsync(number));
            Assert.Equal(("Jürgen Müller", "Für Sie"), (row.Name, row.Message));
        }
    }

    [Fact]
    public async Task Text_of_two_encodings_is_never_taken_for_right()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        byte[] bytes =
        [
            .. Utf8(AllocationDesk.Header + "\r\nR-1,Jürgen,j@example.com,,GB,Email,AMAZING-GB,25,GBP,\r\n"),
            .. CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("R-2,Jürgen,k@example.com,,GB,Email,AMAZING-GB,25,GBP,\r\n"),
        ];

        var view = await desk.CheckAsync(AllocationReference.Parse(Assert.IsType<Outcome.Done>(await desk.UploadAsync(bytes)).Key)!.Value);

        Assert.False(view.Form.Certain);
        var bad = Assert.Single(await desk.BadAsync(view.Number));
        Assert.Equal((2L, "allocation.garbled"), (bad.Line, Assert.Single(bad.Faults).Code));
        Assert.Equal("Jürgen", (await desk.RowsAsync(view.Number))[1].Name);
    }

    [Theory]
    [InlineData("Referenz;Vorname;Nachname;E-Mail-Adresse;Mobilnummer;Land;Kanal;Gutschein;Betrag;Währung;Nachricht")]
    [InlineData("Référence;Prénom;Nom de famille;Courriel;Téléphone;Pays;Canal;Carte cadeau;Montant;Devise;Mot")]
    [InlineData("Referencia;Nombre;Apellidos;Correo electrónico;Móvil;País;Canal de envío;Tarjeta regalo;Importe;Moneda;Mensaje")]
    [InlineData("Sr. No.;First Name;Last Name;Email ID;Mobile No.;Country;Delivery Mode;Product Code;Amt;Currency;Remarks")]
    [InlineData("संदर्भ;First Name;Surname;ईमेल;मोबाइल नंबर;देश;माध्यम;उपहार;राशि;मुद्रा;संदेश")]
    public void Headers_of_other_languages_are_recognised(string headers)
    {
        var names = headers.Split(';');

        var mapping = AllocationHeaders.Suggest(names, remembered: null);

        Assert.Empty(AllocationMappingRules.Each(mapping, names));
        Assert.Equal(names, mapping.Sources.SelectMany(s => s.Columns).OrderBy(c => Array.IndexOf(names, c)));
        Assert.Equal([names[1], names[2]], mapping[AllocationField.Name]!.Columns);
        Assert.Equal([names[8]], mapping[AllocationField.Value]!.Columns);
    }

    [Fact]
    public async Task A_second_header_ragged_rows_NULs_and_formulas_are_bad_rows_and_good_ones_beside_them_stay_good()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);

        var view = await desk.CheckedAsync(
            AllocationDesk.Csv(
                AllocationDesk.Good(1),
                AllocationDesk.Header,
                AllocationDesk.Good(2) + ",more",
                "R-3,Cy",
                "R-4,D\u0001,d@example.com,,GB,Email,AMAZING-GB,25,GBP,",
                "R-5,#REF!,e@example.com,,GB,Email,AMAZING-GB,25,GBP,",
                "R-6,\"open,f@example.com,,GB,Email,AMAZING-GB,25,GBP,",
                AllocationDesk.Good(7),
                "R-8,\"a\"b,f@example.com,,GB,Email,AMAZING-GB,25,GBP,",
                AllocationDesk.Good(9)
            )
        );

        Assert.Equal(
            [
                "3 allocation.header-again",
                "4 allocation.ragged",
                "5 allocation.ragged",
                "6 allocation.control",
                "7 allocation.formula",
                "8 allocation.quote-text", // its quotation mark is closed two rows down, and text follows
                "10 allocation.quote-text",
            ],
            (await desk.BadAsync(view.Number)).Select(r => $"{r.Line} {Assert.Single(r.Faults).Code}")
        );
        Assert.Equal(["R-1", "R-7", "R-9"], (await desk.RowsAsync(view.Number)).Select(r => r.Reference).OfType<string>());
        await desk.AgreesAsync(view.Number);
    }

    [Fact]
    public async Task A_NUL_far_down_in_a_file_is_a_bad_cell()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);

        var view = await desk.CheckedAsync(
            AllocationDesk.Csv([
                .. Enumerable.Range(1, 100).Select(AllocationDesk.Good),
                "R-X,D\0,d@example.com,,GB,Email,AMAZING-GB,25,GBP,",
            ])
        );

        Assert.Equal((100, 1), (view.Good, view.Bad));
        Assert.Equal("allocation.control", Assert.Single(Assert.Single(await desk.BadAsync(view.Number)).Faults).Code);
    }

    [Fact]
    public async Task A_workbook_is_read_whatever_it_is_called_and_its_cells_are_what_they_show()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        var header = AllocationDesk.SheetRow(2, AllocationDesk.Header.Split(','));
        const string Row =
            """<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" t="inlineStr"><is><r><t>Jane </t></r><r><t>Okafor</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c><c r="C4" t="str"><f>A1</f><v>jane@example.com</v></c><c r="D4"><v>447400123456</v></c><c r="E4" t="inlineStr"><is><t>GB</t></is></c><c r="G4" t="s"><v>1</v></c><c r="H4"><f>5*5</f><v>25.000000000000004</v></c></row>""";
        const string Formulas =
            """<row r="5"><c r="A5"><v>919812345678901234</v></c><c r="B5"><f>NOW()</f></c><c r="C5" t="e"><v>#N/A</v></c><c r="E5" t="b"><v>1</v></c><c r="G5" t="s"><v>1</v></c><c r="H5"><v>25.5</v></c></row>""";
        var workbook = AllocationDesk.Workbook(
            header + """<row r="3"/>""" + Row + Formulas,
            "<si><t>00042</t></si><si><t>AMAZING-GB</t></si>"
        );

        var number = AllocationReference
            .Parse(Assert.IsType<Outcome.Done>(await desk.UploadAsync(workbook, name: "rewards.csv")).Key)!
            .Value;
        var view = await desk.CheckAsync(number);

        Assert.True(view.Form.IsWorkbook);
        var rows = await desk.RowsAsync(number);
        Assert.Equal(
            (4L, "00042", "Jane Okafor", "jane@example.com", "+447400123456", 2500L),
            (rows[0].Line, rows[0].Reference, rows[0].Name, rows[0].Email, rows[0].Phone, rows[0].Value)
        );
        Assert.Equal(
            ["Name allocation.formula", "Email allocation.formula", "Reference allocation.rounded", "Country allocation.country"],
            rows[1]
                .Faults!.Where(f => f.Column is not ("Value" or "Email") || f.Code == "allocation.formula")
                .Select(f => $"{f.Column} {f.Code}")
                .Take(4)
        );
    }

    [Fact]
    public async Task A_workbook_that_is_damaged_further_down_stops_with_the_row_named_and_its_good_rows_kept()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        var sheet =
            AllocationDesk.SheetRow(1, AllocationDesk.Header.Split(','))
            + AllocationDesk.SheetRow(2, AllocationDesk.Good(1).Split(','))
            + AllocationDesk.SheetRow(2, AllocationDesk.Good(2).Split(','));

        var number = AllocationReference
            .Parse(Assert.IsType<Outcome.Done>(await desk.UploadAsync(AllocationDesk.Workbook(sheet), name: "r.xlsx")).Key)!
            .Value;
        var view = await desk.CheckAsync(number);

        Assert.Equal(AllocationState.Failed, view.State);
        Assert.Contains("row 2 of its sheet stands twice", view.Error, StringComparison.Ordinal);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        return file.ToArray();
    }

    /// <summary>Sixty megabytes of one letter in the shared texts: some sixty kilobytes packed.</summary>
    private static byte[] Bomb() =>
        AllocationDesk.Workbook(
            AllocationDesk.SheetRow(1, "Name"),
            more: zip =>
            {
                using var entry = new StreamWriter(zip.CreateEntry("xl/sharedStrings.xml").Open());
                entry.Write("<sst><si><t>");
                for (var i = 0; i < 60; i++)
                {
                    entry.Write(new string('A', 1 << 20));
                }

                entry.Write("</t></si></sst>");
            }
        );

    private static byte[] Laughs() =>
        AllocationDesk.Workbook(
            AllocationDesk.SheetRow(1, "Name"),
            more: zip =>
                AllocationDesk.Put(
                    zip,
                    "xl/sharedStrings.xml",
                    """<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>"""
                )
        );

    /// <summary>Gives lines without end, or breaks off like a lost connection.</summary>
    private sealed class EndlessStream(long breaksAt = long.MaxValue) : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Given;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            if (Given > breaksAt)
            {
                throw new IOException("The connection is gone.");
            }

            buffer.AsSpan(offset, count).Fill((byte)'\n');
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
