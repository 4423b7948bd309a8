using System.Text;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>Many bad rows at once.</summary>
public sealed partial class MendService
{
    private const int Samples = 3;

    /// <summary>How many rows a change would touch, and the first of them. Changes nothing.</summary>
    public async Task<MendPreview> PreviewAsync(MendManyRows command, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        if (await FileAsync(db, command.Number, by, ct) is not { } file)
        {
            return new MendPreview(0, []);
        }

        var column = file.Form.Headers.ToList().IndexOf(command.Column ?? "");
        var change = Change(command, by, total: 0);
        var (rows, samples) = (0L, new List<(long, string, string)>());
        var bad = BadRows
            .Of(db, file.Id, AllocationRowState.Bad, command.FaultCode)
            .AsNoTracking()
            .OrderBy(r => r.Id)
            .Select(r => new { r.Id, r.Cells });
        if (column < 0)
        {
            return new MendPreview(await bad.CountAsync(ct), []);
        }

        await foreach (var row in bad.AsAsyncEnumerable().WithCancellation(ct))
        {
            var cell = column < row.Cells!.Count ? row.Cells[column] : "";
            if (change.Changed(cell) is { } text)
            {
                rows++;
                if (samples.Count < Samples)
                {
                    samples.Add((AllocationRow.LineOf(row.Id), cell, text));
                }
            }
        }

        return new MendPreview(rows, samples);
    }

    /// <summary>Fills, replaces or judges again. What is small is done when this returns; what is large goes on by itself.</summary>
    public async Task<Outcome> ChangeAsync(MendManyRows command, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.MakeAllocations) is { } refused)
        {
            return refused;
        }

        if (command.Kind is not (AllocationChangeKind.Fill or AllocationChangeKind.Replace or AllocationChangeKind.CheckAgain))
        {
            return new Refusal("allocation.change", "Choose whether to fill, to replace, or to check again.");
        }

        if ((command.Value?.Length ?? 0) > StagedRow.LongestCell || (command.Find?.Length ?? 0) > StagedRow.LongestCell)
        {
            return new Refusal("allocation.change-long", "The text is longer than a cell may be.", "Value");
        }

        return await BeginAsync(
            command.Number,
            command.SeenVersion,
            command.Kind == AllocationChangeKind.CheckAgain ? "Check again asked for" : "Change of many rows asked for",
            by,
            file =>
                command.Kind != AllocationChangeKind.CheckAgain && !file.Form.Headers.Contains(command.Column, StringComparer.Ordinal)
                    ? (null, AllocationMappingRules.NoColumn(command.Column, "Column"))
                    : (Change(command, by, file.Bad), null),
            ct
        );
    }

    /// <summary>Takes a file of mended rows: the one that went out, with some of its cells corrected.</summary>
    public async Task<Outcome> TakeBackAsync(TakeBackRows command, Stream content, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.MakeAllocations) is { } refused)
        {
            return refused;
        }

        await using var db = await _contexts.CreateDbContextAsync(ct);
        if (await FileAsync(db, command.Number, by, ct) is not { } file)
        {
            return Refusals.NotFound;
        }

        if (file.CannotMend() is { } cannot)
        {
            return cannot;
        }

        // Under a name of its own until it is begun: what another person gives at the same moment is not overwritten while it is read.
        var path = $"{_files.Mended(file.Id)}.{Guid.NewGuid():N}";
        try
        {
            var upload = await _files.SaveAsync(path, content, ct);
            if (upload.Refused is { } wrong)
            {
                return wrong;
            }

            var (form, unreadable) = AllocationFiles.Look(path, Path.GetFileName(command.FileName), upload.Sniffer);
            var columns = new MendedColumns(form.Headers, file.Form.Headers);
            if (unreadable is not null && !columns.HasKey)
            {
                return unreadable;
            }

            if (!columns.HasKey || !columns.HasColumns)
            {
                return new Refusal(
                    "allocation.not-mended",
                    $"This is no file of mended rows: it has no columns '{AllocationHeaders.Line}' and '{AllocationHeaders.Version}'. Download the bad rows, mend them, and give that file.",
                    "File"
                );
            }

            var total = Count(path, form);
            var change = new AllocationChange(
                AllocationChangeKind.TakeBack,
                null,
                null,
                null,
                IsWholeCell: false,
                FaultCode: null,
                by.Name,
                total,
                Form: form
            );
            return await BeginAsync(
                command.Number,
                command.SeenVersion,
                "Mended rows given",
                by,
                _ =>
                {
                    File.Move(path, _files.Mended(file.Id), overwrite: true);
                    return (change, null);
                },
                ct
            );
        }
        catch (WorkbookException e)
        {
            return AllocationFiles.Broken(e);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<Outcome> BeginAsync(
        long number,
        int seenVersion,
        string what,
        Actor by,
        Func<AllocationFile, (AllocationChange? Change, Refusal? Wrong)> make,
        CancellationToken ct
    )
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        if (await db.AllocationFiles.VisibleTo(by).SingleOrDefaultAsync(f => f.Number == number, ct) is not { } file)
        {
            return Refusals.NotFound;
        }

        if (file.Version != seenVersion)
        {
            return new Outcome.Stale();
        }

        if (file.CannotMend() is { } cannot)
        {
            return cannot;
        }

        var (change, wrong) = make(file);
        if (change is null)
        {
            return wrong!;
        }

        db.Expect(file, seenVersion);
        file.Mend(change);
        db.Add(
            AuditEntry.For(
                AllocationText.Room,
                file.Reference,
                what,
                by,
                now,
                file.ClientId,
                after: Diff.Of(
                    new Dictionary<string, object?>
                    {
                        ["kind"] = change.Kind.ToString(),
                        ["column"] = change.Column,
                        ["fault"] = change.FaultCode,
                    }
                )
            )
        );
        var outcome = await db.SaveAsync(new Outcome.Done(file.Reference), ct);
        if (outcome is Outcome.Done && change.Total <= Quick)
        {
            await _work.RunAsync(number, ct);
        }

        return outcome;
    }

    private static AllocationChange Change(MendManyRows command, Actor by, long total) =>
        new(command.Kind, command.Column, command.Find, command.Value, command.IsWholeCell, command.FaultCode, by.Name, total);

    private static long Count(string path, FileForm form)
    {
        using var opened = AllocationFiles.Open(path, form);
        var rows = -1L; // the header
        while (opened.Rows.Read())
        {
            rows++;
        }

        return rows;
    }

    /// <summary>The bad rows alone: their lines and versions, the original columns, and what is wrong. Cells that a spreadsheet would calculate are neutralised.</summary>
    public async Task<bool> WriteAsync(long number, Stream to, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        if (await FileAsync(db, number, by, ct) is not { } file)
        {
            return false;
        }

        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
        await text.WriteAsync(
            CsvText.Line([AllocationHeaders.Line, AllocationHeaders.Version, .. file.Form.Headers, AllocationHeaders.Errors]) + "\r\n"
        );
        var after = 0L;
        while (true)
        {
            var rows = await BadRows
                .Of(db, file.Id, AllocationRowState.Bad, faultCode: null)
                .AsNoTracking()
                .Where(r => r.Id > after)
                .OrderBy(r => r.Id)
                .Take(2_000)
                .ToListAsync(ct);
            if (rows.Count == 0)
            {
                return true;
            }

            foreach (var row in rows)
            {
                await text.WriteAsync(
                    CsvText.Line([
                        $"{row.Line}",
                        $"{row.Version}",
                        .. MendStep.With(row.Cells, file.Form.Headers.Count, []),
                        string.Join(" | ", row.Faults!),
                    ]) + "\r\n"
                );
            }

            after = rows[^1].Id;
        }
    }
}
