using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Allocations;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Tests.Shared;

namespace Plum.Tests.Allocations;

/// <summary>A programme of a client, a few rewards, and the hands of whoever sends them.</summary>
internal sealed class AllocationDesk(PlumDatabase plum, Client client, Programme programme)
{
    public const string Header = "Reference,Name,Email,Phone,Country,Channel,Reward,Value,Currency,Message";

    public static readonly Actor Pia = PlumDatabase.Person("Pia Programme", Role.ProgrammeAdmin);

    public Client Client { get; } = client;

    public Programme Programme { get; } = programme;

    public static async Task<AllocationDesk> OfAsync(PlumDatabase plum)
    {
        await plum.HasUserAsync(Pia.Name, Role.ProgrammeAdmin, id: Pia.UserId);
        var client = await plum.HasClientAsync();
        var programme = await plum.HasProgrammeAsync(client);
        await plum.HasRewardAsync(code: "AMAZING-GB");
        await plum.HasRewardAsync("Gift card", "Amazing", kind: RewardKind.GiftCard, country: "IN", currency: "INR", code: "AMAZING-IN");
        return new AllocationDesk(plum, client, programme);
    }

    /// <summary>A line that is good in every cell.</summary>
    public static string Good(int number) =>
        $"R-{number},Jane Okafor,jane{number}@example.com,+44 7400 {123456 + number},GB,Email,AMAZING-GB,25.00,GBP,Thank you";

    public static string Csv(params IEnumerable<string> lines) => string.Join("\r\n", [Header, .. lines]) + "\r\n";

    public Task<Outcome> UploadAsync(string csv, Actor? by = null, string name = "august.csv") =>
        UploadAsync(Encoding.UTF8.GetBytes(csv), by, name);

    public async Task<Outcome> UploadAsync(byte[] bytes, Actor? by = null, string name = "august.csv")
    {
        using var content = new MemoryStream(bytes);
        return await plum.Get<AllocationService>().UploadAsync(new UploadAllocation(Programme.Id, name), content, by ?? Pia, default);
    }

    public async Task<long> UploadedAsync(string csv, string name = "august.csv") =>
        AllocationReference.Parse(Assert.IsType<Outcome.Done>(await UploadAsync(csv, name: name)).Key)!.Value;

    /// <summary>Uploaded, mapped as proposed, read and checked.</summary>
    public async Task<AllocationView> CheckedAsync(string csv, string name = "august.csv") =>
        await CheckAsync(await UploadedAsync(csv, name));

    public async Task<AllocationView> CheckAsync(long number)
    {
        var files = plum.Get<AllocationService>();
        var version = (await ViewAsync(number)).Version;
        Assert.IsType<Outcome.Done>(await files.CheckAsync(new CheckAllocation(number, version), Pia, default));
        await plum.Get<AllocationWork>().RunAsync(number, default);
        return await ViewAsync(number);
    }

    public async Task<AllocationView> ViewAsync(long number) => (await plum.Get<AllocationService>().ViewAsync(number, Pia, default))!;

    public async Task<IReadOnlyList<BadRow>> BadAsync(long number) =>
        (await plum.Get<MendService>().PageAsync(new BadRowQuery(number, Take: 200), Pia, default)).Rows;

    public async Task<IReadOnlyList<AllocationRow>> RowsAsync(long number)
    {
        await using var db = plum.Peek();
        var (from, to) = (AllocationRow.IdOf(number, 1), AllocationRow.IdOf(number, AllocationRow.MaxLine));
        return await db.AllocationRows.AsNoTracking().Where(r => r.Id >= from && r.Id <= to).OrderBy(r => r.Id).ToListAsync();
    }

    /// <summary>The counts, from the rows themselves: what the file says must agree.</summary>
    public async Task AgreesAsync(long number)
    {
        var (view, rows) = (await ViewAsync(number), await RowsAsync(number));
        Assert.Equal(
            (
                rows.Count,
                rows.Count(r => r.State == AllocationRowState.Good),
                rows.Count(r => r.State == AllocationRowState.Bad),
                rows.Count(r => r.State == AllocationRowState.Excluded)
            ),
            (view.Rows, view.Good, view.Bad, view.Excluded)
        );
        Assert.Equal(
            rows.Where(r => r.State == AllocationRowState.Good)
                .GroupBy(r => r.Currency!)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, (long)g.Count(), g.Sum(r => r.Value))),
            view.Totals.Select(t => (t.Currency, t.Rows, t.MinorUnits))
        );
        Assert.Equal(
            rows.Where(r => r.State == AllocationRowState.Bad)
                .SelectMany(r => r.Faults!.Select(f => f.Code).Distinct())
                .GroupBy(code => code)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, (long)g.Count())),
            view.Faults.OrderBy(f => f.Code, StringComparer.Ordinal).Select(f => (f.Code, f.Rows))
        );
    }

    /// <summary>An XLSX workbook with one sheet, made by hand so that it can be wrong in any way.</summary>
    public static byte[] Workbook(string sheetData, string? shared = null, Action<ZipArchive>? more = null)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(
                zip,
                "xl/workbook.xml",
                """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Hidden" sheetId="2" state="hidden" r:id="rId2"/><sheet name="Rewards" sheetId="1" r:id="rId1"/></sheets></workbook>"""
            );
            Put(
                zip,
                "xl/_rels/workbook.xml.rels",
                """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId2" Type="x" Target="worksheets/hidden.xml"/><Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>"""
            );
            Put(
                zip,
                "xl/worksheets/sheet1.xml",
                $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheetData}</sheetData></worksheet>"""
            );
            if (shared is not null)
            {
                Put(
                    zip,
                    "xl/sharedStrings.xml",
                    $"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>"""
                );
            }

            more?.Invoke(zip);
        }

        return file.ToArray();
    }

    public static void Put(ZipArchive zip, string name, string text)
    {
        using var entry = new StreamWriter(zip.CreateEntry(name).Open());
        entry.Write(text);
    }

    /// <summary>A row of inline texts.</summary>
    public static string SheetRow(int line, params IEnumerable<string> cells) =>
        $"""<row r="{line}">{string.Concat(cells.Select((c, i) => $"""<c r="{(char)('A' + i)}{line}" t="inlineStr"><is><t>{System.Security.SecurityElement.Escape(c)}</t></is></c>"""))}</row>""";
}
