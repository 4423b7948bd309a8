using System.Globalization;
using System.Text;
using Plum.Data.Allocations;
using Plum.Data.Shared;
using Plum.Domain.Allocations;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Tests.Shared;
using JudgedBy = Plum.Domain.Allocations.AllocationWorld;

namespace Plum.Tests.Allocations;

/// <summary>Files by the thousand, each damaged in its own way: never an error, never a lost row, never a wrong row accepted.</summary>
public class MutatedFileTests
{
    private const ulong Seed = 20260302;

    [Fact]
    public async Task However_a_file_is_damaged_every_row_is_accounted_for_and_no_wrong_one_is_good()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        await AllocationDesk.OfAsync(plum);
        await using var db = plum.Peek();
        var path = Path.Combine(plum.Options.DataFolder, "mutated.csv");
        var (random, good, bad) = (new Random(unchecked((int)Seed)), 0, 0);
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = Mutate(Encoding.UTF8.GetBytes(AllocationDesk.Csv(Enumerable.Range(1, 12).Select(AllocationDesk.Good))), random);
            await File.WriteAllBytesAsync(path, bytes);
            var sniffer = new FileSniffer();
            sniffer.Look(bytes);
            var (form, refused) = AllocationFiles.Look(path, "mutated.csv", sniffer);
            if (refused is not null || form.IsWorkbook)
            {
                continue;
            }

            var world = new JudgedBy("GBP", DeliveryChannel.Email, RewardRules.All, "2026-03", new PhoneReading());
            var mapping = AllocationHeaders.Suggest(form.Headers, remembered: null);
            using var opened = AllocationFiles.Open(path, form);
            opened.Rows.Read();
            var chunks = new AllocationChunks(opened, new AllocationChecker(mapping, form, world), world);
            var staged = new List<StagedRow>();
            while (await chunks.NextAsync(db, default) is { } chunk)
            {
                staged.AddRange(chunk.Rows);
            }

            Assert.Equal((round, Characters(bytes, form)), (round, Covered(path, form, out var rows)));
            Assert.Equal((round, rows - 1), (round, staged.Count));
            Assert.True(staged.Zip(staged.Skip(1)).All(p => p.First.Line < p.Second.Line), $"Lines out of order in round {round}.");
            foreach (var row in staged)
            {
                if (row.Draft.IsGood)
                {
                    good++;
                    Assert.True(
                        IsRight(row, mapping, form, world),
                        $"Round {round}, line {row.Line}: {string.Join('|', row.Cells)} of {string.Join('|', form.Headers)} as {string.Join(' ', mapping.Sources.Select(s => $"{s.Field}={s.Columns[0]}"))}: {row.Draft.Reference} {row.Draft.Email} {row.Draft.Phone} {row.Draft.Country} {row.Draft.Value} {row.Draft.Currency}"
                    );
                }
                else
                {
                    bad++;
                }
            }
        }

        Assert.True(good > 5_000 && bad > 2_000, $"{good} good and {bad} bad rows: the mutations say little.");
    }

    [Fact]
    public async Task However_a_workbook_is_damaged_it_is_read_or_refused()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var path = Path.Combine(plum.Options.DataFolder, "mutated.xlsx");
        var sheet = string.Concat(
            Enumerable
                .Range(1, 12)
                .Select(i => AllocationDesk.SheetRow(i + 1, AllocationDesk.Good(i).Split(',')))
                .Prepend(AllocationDesk.SheetRow(1, AllocationDesk.Header.Split(',')))
        );
        var whole = AllocationDesk.Workbook(sheet);
        var (random, read, refused) = (new Random(unchecked((int)Seed)), 0, 0);
        for (var round = 0; round < 1_000; round++)
        {
            // Half of them damaged as bytes, half in the sheet's own text.
            var bytes =
                round % 2 == 0
                    ? Mutate(whole, random)
                    : AllocationDesk.Workbook(
                        Encoding.UTF8.GetString(Mutate(Encoding.UTF8.GetBytes(sheet), random)).Replace("\0", "", StringComparison.Ordinal)
                    );
            await File.WriteAllBytesAsync(path, bytes);
            try
            {
                using var opened = AllocationFiles.Open(path, new FileForm(FileForm.Workbook, ',', [], Certain: true));
                while (opened.Rows.Read())
                {
                    Assert.InRange(opened.Rows.Count, 1, 1_000);
                }

                read++;
            }
            catch (WorkbookException)
            {
                refused++;
            }
        }

        Assert.True(read > 50 && refused > 100, $"{read} read and {refused} refused: the mutations say little.");
    }

    [Fact]
    public async Task What_is_staged_of_a_damaged_file_agrees_with_its_counts()
    {
        await using var plum = await PlumDatabase.CreateAsync();
        var desk = await AllocationDesk.OfAsync(plum);
        var random = new Random(unchecked((int)Seed));
        for (var round = 0; round < 60; round++)
        {
            var lines = Enumerable.Range(round * 100, 12).Select(AllocationDesk.Good);
            var outcome = await desk.UploadAsync(Mutate(Encoding.UTF8.GetBytes(AllocationDesk.Csv(lines)), random));
            if (outcome is Outcome.Done { Key: { } key } && AllocationReference.Parse(key) is { } number)
            {
                var view = await desk.ViewAsync(number);
                if (AllocationMappingRules.CannotCheck(view.Mapping, view.Form.Headers) is null)
                {
                    Assert.Equal(AllocationState.Checked, (await desk.CheckAsync(number)).State);
                    await desk.AgreesAsync(number);
                }
            }
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var made = bytes.ToList();
        for (var times = random.Next(1, 5); times > 0 && made.Count > 10; times--)
        {
            var at = random.Next(made.Count);
            switch (random.Next(8))
            {
                case 0:
                    made[at] = (byte)random.Next(256);
                    break;
                case 1:
                    made.RemoveRange(at, Math.Min(random.Next(1, 60), made.Count - at));
                    break;
                case 2:
                    made.InsertRange(at, made.GetRange(at, Math.Min(random.Next(1, 200), made.Count - at)));
                    break;
                case 3:
                    made.Insert(at, (byte)"\",;\t|\r\n'=\0-+@"[random.Next(13)]);
                    break;
                case 4:
                    made.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                case 5:
                    made.RemoveRange(at, made.Count - at);
                    break;
                case 6:
                    var (from, to) = (random.Next(made.Count), random.Next(made.Count));
                    (made[from], made[to]) = (made[to], made[from]);
                    break;
                default:
                    // A digit becomes another: the row still looks right.
                    var digit = made.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
                    if (digit >= 0)
                    {
                        made[digit] = (byte)('0' + random.Next(10));
                    }

                    break;
            }
        }

        return [.. made];
    }

    private static readonly string[] Words =
    [
        "9.19E+11",
        "\u0000",
        "\ufeff",
        "ü",
        "\u202e",
        "\"\"\"",
        "\r\n\r\n",
        "#N/A",
        "25,00",
        "1e3",
        ",,,,,,,,,,",
        "٢٥",
        "-1",
        "0.001",
    ];

    /// <summary>All that is no blank, in its order: nothing of the file may be in no row.</summary>
    private static string Characters(byte[] bytes, FileForm form)
    {
        using var text = new StreamReader(new MemoryStream(bytes), FileSniffer.Of(form.Encoding), form.Encoding == FileForm.Utf8);
        return Solid(text.ReadToEnd());
    }

    private static string Covered(string path, FileForm form, out int rows)
    {
        using var opened = AllocationFiles.Open(path, form);
        var (csv, text) = ((CsvRows)opened.Rows, new StringBuilder());
        for (rows = 0; csv.Read(); rows++)
        {
            text.Append(csv.Text);
        }

        return Solid(text.ToString());
    }

    private static string Solid(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>What a good row must be, said once more and in another way: straight from its cells.</summary>
    private static bool IsRight(StagedRow row, AllocationMapping mapping, FileForm form, JudgedBy world)
    {
        string Cell(AllocationField field) =>
            mapping[field] is { Columns: [var column, ..] } ? CsvText.Restore(row.Cells[form.Headers.ToList().IndexOf(column)]).Trim() : "";
        var draft = row.Draft;
        var reward = world.Rewards.GetValueOrDefault(Cell(AllocationField.Reward));
        var currency = Cell(AllocationField.Currency) is { Length: > 0 } code ? code.ToUpperInvariant() : "GBP";
        return reward is not null
            && draft.RewardId == reward.Id
            && draft.Currency == currency
            && reward.Currency == currency
            && decimal.TryParse(Cell(AllocationField.Value), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && draft.Value == value * 100
            && reward.Denominations.Contains(draft.Value)
            && (draft.Reference ?? "") == Cell(AllocationField.Reference)
            && !draft.Name!.Any(char.IsControl)
            && Cell(AllocationField.Name).Contains(draft.Name!.Split(' ')[0], StringComparison.Ordinal)
            && string.Equals(draft.Email ?? "", Cell(AllocationField.Email), StringComparison.OrdinalIgnoreCase)
            && (draft.Channel != DeliveryChannel.Email || draft.Email!.Count(c => c == '@') == 1)
            && (draft.Phone is null || draft.Phone.Length is >= 8 and <= 16)
            && (draft.Country is null || draft.Country == reward.Country)
            && row.Cells.Skip(form.Headers.Count).All(string.IsNullOrWhiteSpace);
    }
}
