using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Ledger;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>What the pages show of a file: nothing here changes anything.</summary>
public sealed partial class AllocationService
{
    private const int Sampled = 1_000;

    public async Task<Page<AllocationListRow>> ListAsync(
        int skip,
        int take,
        AllocationState? state,
        Guid? clientId,
        Actor by,
        CancellationToken ct
    )
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var files = db.AllocationFiles.AsNoTracking().VisibleTo(by);
        files = state is null ? files : files.Where(f => f.State == state);
        files = clientId is null ? files : files.Where(f => f.ClientId == clientId);
        return await (
            from file in files
            join client in db.Clients on file.ClientId equals client.Id
            join programme in db.Programmes on file.ProgrammeId equals programme.Id
            orderby file.Number descending
            select new AllocationListRow(
                file.Number,
                client.Code,
                client.Name,
                programme.Name,
                file.FileName,
                file.UploadedAtUtc,
                file.Who,
                file.State,
                file.Rows,
                file.Bad,
                file.LeavesOutBad
            )
        ).ToPageAsync(skip, take, ct);
    }

    /// <summary>The programmes that the actor may send rewards in, by client and name.</summary>
    public async Task<IReadOnlyList<AllocationProgramme>> ProgrammesAsync(string? search, int take, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.MakeAllocations) || by.PartnerId is not null)
        {
            return [];
        }

        await using var db = await _contexts.CreateDbContextAsync(ct);
        var programmes = Programmes(db, by.ClientId);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = Like.Containing(search);
            programmes = programmes.Where(p =>
                EF.Functions.Like(p.Name, pattern, Like.Escape)
                || EF.Functions.Like(p.Code, pattern, Like.Escape)
                || EF.Functions.Like(p.ClientName, pattern, Like.Escape)
                || EF.Functions.Like(p.ClientCode, pattern, Like.Escape)
            );
        }

        return await programmes
            .OrderBy(p => p.ClientName)
            .ThenBy(p => p.Name)
            .ThenBy(p => p.Id)
            .Take(Math.Clamp(take, 1, Paging.MostRows))
            .Select(p => new AllocationProgramme(p.Id, p.Code, p.Name, p.Currency, p.Channel, p.ClientId, p.ClientCode, p.ClientName))
            .ToListAsync(ct);
    }

    /// <returns>Null when there is none in use that the actor may send in.</returns>
    public async Task<AllocationProgramme?> ProgrammeAsync(Guid id, Actor by, CancellationToken ct)
    {
        if (!by.May(Act.MakeAllocations) || by.PartnerId is not null)
        {
            return null;
        }

        await using var db = await _contexts.CreateDbContextAsync(ct);
        return await Programmes(db, by.ClientId)
            .Where(p => p.Id == id)
            .Select(p => new AllocationProgramme(p.Id, p.Code, p.Name, p.Currency, p.Channel, p.ClientId, p.ClientCode, p.ClientName))
            .SingleOrDefaultAsync(ct);
    }

    private static IQueryable<ProgrammeLine> Programmes(PlumDbContext db, Guid? own) =>
        from programme in db.Programmes.AsNoTracking()
        join client in db.Clients on programme.ClientId equals client.Id
        where programme.IsActive && client.IsActive && (own == null || client.Id == own)
        select new ProgrammeLine
        {
            Id = programme.Id,
            Code = programme.Code,
            Name = programme.Name,
            Currency = programme.Currency,
            Channel = programme.DefaultChannel,
            ClientId = client.Id,
            ClientCode = client.Code,
            ClientName = client.Name,
        };

    /// <returns>Null when it does not exist or is not the actor's to see.</returns>
    public async Task<AllocationView?> ViewAsync(long number, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        if (await db.AllocationFiles.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(f => f.Number == number, ct) is not { } f)
        {
            return null;
        }

        var client = await db.Clients.AsNoTracking().SingleAsync(c => c.Id == f.ClientId, ct);
        var programme = await db.Programmes.AsNoTracking().SingleAsync(p => p.Id == f.ProgrammeId, ct);
        var totals = await db
            .AllocationTotals.AsNoTracking()
            .Where(t => t.FileId == f.Id && t.Rows > 0)
            .OrderBy(t => t.Currency)
            .ToListAsync(ct);
        var faults = await db
            .AllocationFaultCounts.AsNoTracking()
            .Where(c => c.FileId == f.Id && c.Rows > 0)
            .OrderByDescending(c => c.Rows)
            .ThenBy(c => c.Code)
            .Select(c => new AllocationFaultRow(c.Code, c.Rows))
            .ToListAsync(ct);
        var keys = totals.Select(t => AccountKey.Budget(f.ProgrammeId, t.Currency)).ToArray();
        var budgets = await db
            .LedgerAccounts.AsNoTracking()
            .Where(a => EF.Parameter(keys).Contains(a.Key))
            .ToDictionaryAsync(a => a.Currency, a => a.Available, ct);
        return new AllocationView(
            f.Id,
            f.Number,
            client.Id,
            client.Code,
            client.Name,
            programme.Id,
            programme.Code,
            programme.Name,
            programme.Currency,
            f.FileName,
            f.Bytes,
            f.UploadedAtUtc,
            f.Who,
            f.Intake,
            f.Form,
            f.Mapping,
            f.State,
            f.Rows,
            f.Good,
            f.Bad,
            f.Excluded,
            f.BytesRead,
            f.LeavesOutBad,
            f.Change,
            f.StartedAtUtc,
            f.CheckedAtUtc,
            f.Error,
            f.Version,
            f.CannotSubmit(),
            await db.AllocationApprovals.AnyAsync(a => a.FileId == f.Id, ct),
            [
                .. totals.Select(t => new AllocationTotalRow(
                    t.Currency,
                    t.Rows,
                    t.MinorUnits,
                    budgets.TryGetValue(t.Currency, out var b) ? b : null
                )),
            ],
            faults
        );
    }

    /// <summary>The columns of the file as its first thousand rows have them.</summary>
    public async Task<IReadOnlyList<AllocationColumn>> ColumnsAsync(long number, Actor by, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var file = await db.AllocationFiles.AsNoTracking().VisibleTo(by).SingleOrDefaultAsync(f => f.Number == number, ct);
        if (file is null || !File.Exists(_files.Original(file.Id)))
        {
            return [];
        }

        try
        {
            using var opened = AllocationFiles.Open(_files.Original(file.Id), file.Form);
            return Columns(opened.Rows, file.Form.Headers);
        }
        catch (WorkbookException)
        {
            return [.. file.Form.Headers.Select(h => new AllocationColumn(h, 0, 0, []))]; // the check will say what is wrong with it
        }
    }

    private static IReadOnlyList<AllocationColumn> Columns(IFileRows rows, IReadOnlyList<string> headers)
    {
        rows.Read();
        var (filled, samples, read) = (new int[headers.Count], headers.Select(_ => new List<string>()).ToArray(), 0);
        while (read < Sampled && rows.Read())
        {
            read++;
            for (var c = 0; c < Math.Min(rows.Count, filled.Length); c++)
            {
                var cell = rows[c].Trim();
                if (cell.IsEmpty)
                {
                    continue;
                }

                filled[c]++;
                if (samples[c].Count < 3)
                {
                    var text = cell.Length > 60 ? $"{cell[..60]}…" : cell.ToString();
                    if (!samples[c].Contains(text, StringComparer.Ordinal))
                    {
                        samples[c].Add(text);
                    }
                }
            }
        }

        return [.. headers.Select((h, c) => new AllocationColumn(h, filled[c], read, samples[c]))];
    }

    /// <summary>What the list of programmes is searched and sorted by.</summary>
    private sealed class ProgrammeLine
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Currency { get; init; }
        public required Domain.Clients.DeliveryChannel Channel { get; init; }
        public required Guid ClientId { get; init; }
        public required string ClientCode { get; init; }
        public required string ClientName { get; init; }
    }
}
