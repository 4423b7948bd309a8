using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Audit;
using Plum.Domain.Shared;

namespace Plum.Data.Allocations;

/// <summary>Takes in files of rewards and says how they are read. The reading itself is done by <see cref="AllocationWork"/>.</summary>
public sealed partial class AllocationService
{
    private readonly IDbContextFactory<PlumDbContext> _contexts;
    private readonly AllocationFiles _files;
    private readonly TimeProvider _clock;

    public AllocationService(
        IDbContextFactory<PlumDbContext> contexts,
        DatabaseOptions database,
        AllocationOptions options,
        TimeProvider clock
    ) => (_contexts, _files, _clock) = (contexts, new AllocationFiles(database, options), clock);

    /// <summary>Stores the file, streaming, and proposes how to read it.</summary>
    /// <returns>Done with the reference of the file.</returns>
    public async Task<Outcome> UploadAsync(UploadAllocation command, Stream content, Actor by, CancellationToken ct)
    {
        if (by.Lacks(Act.MakeAllocations) is { } refused)
        {
            return refused;
        }

        var fileName = Path.GetFileName(command.FileName.Replace('\\', '/'));
        fileName = fileName.Length > AllocationFile.FileNameMaxLength ? fileName[^AllocationFile.FileNameMaxLength..] : fileName;
        if (Refusals.ForText("File name", fileName, AllocationFile.FileNameMaxLength) is { } unnamed)
        {
            return unnamed;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        if (await ProgrammeAsync(command.ProgrammeId, by, ct) is not { } programme)
        {
            return Refusals.NotFound;
        }

        var id = Guid.CreateVersion7();
        var isKept = false;
        try
        {
            var upload = await _files.SaveAsync(_files.Original(id), content, ct);
            if (upload.Refused is { } wrong)
            {
                return wrong;
            }

            var (form, unreadable) = AllocationFiles.Look(_files.Original(id), fileName, upload.Sniffer);
            if (unreadable is not null)
            {
                return unreadable;
            }

            if (await GivenBeforeAsync(command.Given, by, upload.Sha256, now, ct) is { } before)
            {
                return before;
            }

            var outcome = await EnterAsync(programme, id, fileName, upload, form, command.Given, by, now, ct);
            isKept = outcome is Outcome.Done;
            return outcome;
        }
        finally
        {
            if (!isKept)
            {
                _files.Delete(id);
            }
        }
    }

    private async Task<Outcome> EnterAsync(
        AllocationProgramme programme,
        Guid id,
        string fileName,
        UploadedFile upload,
        FileForm form,
        GivenAllocation? given,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await TwiceAsync(db, programme.ClientId, upload.Sha256, ct) is { } twice)
        {
            return twice;
        }

        var number = await db.TakeAsync(Numbers.Allocations, 1, ct);
        var file = AllocationFile.Receive(
            id,
            number,
            programme.ClientId,
            programme.Id,
            fileName,
            upload.Bytes,
            upload.Sha256,
            form,
            AllocationHeaders.Suggest(form.Headers, given is { IsRows: true } ? null : await RememberedAsync(db, programme.Id, ct)),
            by,
            now,
            given is null ? AllocationIntake.Portal
                : given.IsRows ? AllocationIntake.ApiRows
                : AllocationIntake.Api,
            given?.Key
        );
        if (given is not null)
        {
            if (file.CannotCheck() is { } unmapped)
            {
                return unmapped;
            }

            file.Check();
        }

        db.Add(file);
        db.Add(
            AuditEntry.For(
                AllocationText.Room,
                file.Reference,
                "Uploaded",
                by,
                now,
                programme.ClientId,
                after: Diff.Of(
                    new Dictionary<string, object?>
                    {
                        ["programme"] = programme.Code,
                        ["bytes"] = upload.Bytes,
                        ["sha256"] = upload.Sha256,
                    }
                )
            )
        );
        if (given is not null)
        {
            db.Add(AuditEntry.For(AllocationText.Room, file.Reference, "Check asked for", by, now, file.ClientId));
        }

        var saved = await db.SaveAsync(new Outcome.Done(file.Reference), ct, RaceLost);
        if (saved is Outcome.Done)
        {
            await transaction.CommitAsync(ct);
            return saved;
        }

        await transaction.RollbackAsync(ct);
        return await TwiceAsync(db, programme.ClientId, upload.Sha256, ct) ?? RaceLost;
    }

    /// <summary>The call was made before, and its answer was lost on the way.</summary>
    private async Task<Outcome?> GivenBeforeAsync(GivenAllocation? given, Actor by, string sha256, DateTime now, CancellationToken ct)
    {
        if (given?.Key is not { } key)
        {
            return null;
        }

        var since = now - GivenAllocation.KeyLasts;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var before = await db
            .AllocationFiles.AsNoTracking()
            .VisibleTo(by)
            .Where(f => f.GivenKey == key && f.UploadedAtUtc > since && f.Sha256 == sha256)
            .Select(f => (long?)f.Number)
            .FirstOrDefaultAsync(ct);
        return before is { } number ? new Outcome.Done(AllocationReference.Of(number)) : null;
    }

    private static readonly Refusal RaceLost = new(
        "allocation.file-race",
        "Somebody uploaded the same file at this moment. Look for it in the list.",
        "File"
    );

    private static async Task<Refusal?> TwiceAsync(PlumDbContext db, Guid clientId, string sha256, CancellationToken ct)
    {
        var before = await db
            .AllocationFiles.AsNoTracking()
            .Where(f => f.ClientId == clientId && f.Sha256 == sha256 && f.State != AllocationState.Cancelled)
            .Select(f => new
            {
                f.Number,
                f.State,
                f.Who,
            })
            .FirstOrDefaultAsync(ct);
        return before is null
            ? null
            : new Refusal(
                "allocation.file-twice",
                $"{before.Who} gave the same file already: it is {AllocationReference.Of(before.Number)}, and {AllocationWords.Of(before.State)}. Go on with that one, or cancel it first.",
                "File"
            );
    }

    public Task<Outcome> ReadAsAsync(ReadAllocationAs command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            command.Number,
            command.SeenVersion,
            "Read otherwise",
            by,
            async (db, file) =>
            {
                if (
                    file.Form.IsWorkbook
                    || !FileForm.Encodings.Contains(command.Encoding)
                    || !FileForm.Delimiters.Contains(command.Delimiter)
                )
                {
                    return new Refusal("allocation.form", "Choose an encoding and a delimiter of the list.");
                }

                if (file.CannotPrepare() is { } cannot)
                {
                    return cannot;
                }

                var (form, wrong) = AllocationFiles.Read(_files.Original(file.Id), command.Encoding, command.Delimiter, certain: true);
                if (form.Headers.Count == 0 && wrong is not null)
                {
                    return wrong;
                }

                file.ReadAs(form, AllocationHeaders.Suggest(form.Headers, await RememberedAsync(db, file.ProgrammeId, ct)));
                return null;
            },
            ct
        );

    /// <summary>Keeps the mapping, complete or not: the check is strict, this is a draft.</summary>
    public Task<Outcome> MapAsync(MapAllocation command, Actor by, CancellationToken ct) =>
        ChangeAsync(command.Number, command.SeenVersion, "Mapped", by, f => f.CannotPrepare(), f => f.Map(command.Mapping), ct);

    /// <summary>From here on every row is read and judged by itself.</summary>
    public Task<Outcome> CheckAsync(CheckAllocation command, Actor by, CancellationToken ct) =>
        ChangeAsync(command.Number, command.SeenVersion, "Check asked for", by, f => f.CannotCheck(), f => f.Check(), ct);

    /// <summary>Back to the mapping: the rows are read again by another one, and what was mended by hand is lost.</summary>
    public Task<Outcome> MapAnewAsync(MapAllocationAnew command, Actor by, CancellationToken ct) =>
        ChangeAsync(command.Number, command.SeenVersion, "Mapped anew", by, f => f.CannotMapAnew(), f => f.MapAnew(), ct);

    public Task<Outcome> GoOnAsync(GoOnWithAllocation command, Actor by, CancellationToken ct) =>
        ChangeAsync(command.Number, command.SeenVersion, "Gone on with", by, f => f.CannotGoOn(), f => f.GoOn(), ct);

    /// <summary>Partial acceptance, and taking it back.</summary>
    public Task<Outcome> LeaveOutBadAsync(LeaveOutBadRows command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            command.Number,
            command.SeenVersion,
            command.IsLeftOut ? "Bad rows left out" : "Bad rows no longer left out",
            by,
            f => command.IsLeftOut ? f.CannotLeaveOutBad() : f.CannotMend(),
            f => f.LeaveOutBad(command.IsLeftOut),
            ct
        );

    private Task<Outcome> ChangeAsync(
        long number,
        int seenVersion,
        string what,
        Actor by,
        Func<AllocationFile, Refusal?> cannot,
        Action<AllocationFile> change,
        CancellationToken ct
    ) =>
        ChangeAsync(
            number,
            seenVersion,
            what,
            by,
            (_, file) =>
            {
                var refusal = cannot(file);
                if (refusal is null)
                {
                    change(file);
                }

                return Task.FromResult(refusal);
            },
            ct
        );

    private async Task<Outcome> ChangeAsync(
        long number,
        int seenVersion,
        string what,
        Actor by,
        Func<PlumDbContext, AllocationFile, Task<Refusal?>> change,
        CancellationToken ct
    )
    {
        if (by.Lacks(Act.MakeAllocations) is { } refused)
        {
            return refused;
        }

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

        db.Expect(file, seenVersion);
        if (await change(db, file) is { } cannot)
        {
            return cannot;
        }

        db.Add(AuditEntry.For(AllocationText.Room, file.Reference, what, by, now, file.ClientId));
        return await db.SaveAsync(new Outcome.Done(file.Reference), ct);
    }

    /// <summary>Of the programme's last file that was read.</summary>
    private static async Task<AllocationMapping?> RememberedAsync(PlumDbContext db, Guid programmeId, CancellationToken ct) =>
        (
            await db
                .AllocationFiles.AsNoTracking()
                .Where(f => f.ProgrammeId == programmeId && f.CheckedAtUtc != null && f.Intake != AllocationIntake.ApiRows)
                .OrderByDescending(f => f.Number)
                .FirstOrDefaultAsync(ct)
        )?.Mapping;
}
