using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Clients;
using Plum.Domain.Imports;
using Plum.Domain.Shared;

namespace Plum.Data.Imports;

/// <summary>Takes in, reads, maps and commits files of ticket history. The work itself is done by <see cref="ImportWork"/>.</summary>
public sealed partial class ImportService
{
    private const string Room = "Imports";

    private readonly IDbContextFactory<PlumDbContext> _contexts;
    private readonly ImportFiles _files;
    private readonly TimeProvider _clock;

    public ImportService(IDbContextFactory<PlumDbContext> contexts, DatabaseOptions database, ImportOptions options, TimeProvider clock) =>
        (_contexts, _files, _clock) = (contexts, new ImportFiles(database, options), clock);

    /// <summary>Stores the file, streaming, and proposes how to read it. A file that was uploaded before and is not imported yet is found again.</summary>
    /// <returns>Done with the reference of the import.</returns>
    public async Task<Outcome> UploadAsync(UploadImport command, Stream content, Actor by, CancellationToken ct)
    {
        if ((by.Lacks(Act.ImportHistory) ?? (by.Sees(command.ClientId) ? null : Refusals.NotFound)) is { } refused)
        {
            return refused;
        }

        var fileName = Path.GetFileName(command.FileName.Replace('\\', '/'));
        if (Refusals.ForText("File name", fileName, TicketImport.FileNameMaxLength) is { } unnamed)
        {
            return unnamed;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        var id = Guid.CreateVersion7();
        var (wrong, bytes, sha256, sniffer) = await _files.SaveAsync(id, content, ct);
        if (wrong is not null)
        {
            return wrong;
        }

        try
        {
            var outcome = await EnterAsync(command.ClientId, id, fileName, bytes, sha256, sniffer, by, now, ct);
            if (outcome.IsNew)
            {
                id = Guid.Empty; // kept
            }

            return outcome.Outcome;
        }
        finally
        {
            if (id != Guid.Empty)
            {
                _files.Delete(id);
            }
        }
    }

    private async Task<(Outcome Outcome, bool IsNew)> EnterAsync(
        Guid clientId,
        Guid id,
        string fileName,
        long bytes,
        string sha256,
        FileSniffer sniffer,
        Actor by,
        DateTime now,
        CancellationToken ct
    )
    {
        if (sniffer is { StartsWithUtf8Mark: true, NotUtf8At: { } at })
        {
            var damaged = new Refusal(
                "import.damaged",
                $"The file says that it is UTF-8, and from about byte {at} on it is not. Save it again as UTF-8.",
                "File"
            );
            return (damaged, false);
        }

        if (sniffer.Instead is { } instead)
        {
            var other = new Refusal(
                "import.not-csv",
                $"{fileName} is {instead}, not CSV. Open it in the program that made it, save it as CSV (UTF-8), and give that file.",
                "File"
            );
            return (other, false);
        }

        var (encoding, certain) = sniffer.Encoding();
        var delimiter = FileSniffer.Delimiter(() => _files.Open(id, encoding));
        await using var db = await _contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FindClientAsync(db, clientId, ct) is not { } client)
        {
            return (Refusals.NotFound, false);
        }

        var before = await db
            .TicketImports.AsNoTracking()
            .FirstOrDefaultAsync(
                i => i.ClientId == clientId && i.Sha256 == sha256 && i.State != ImportState.Undone && i.State != ImportState.Discarded,
                ct
            );
        if (before is not null)
        {
            return before.State == ImportState.Uploaded
                ? (new Outcome.Done(ImportReference.Of(before.Number)), false)
                : (Twice(before), false);
        }

        var remembered = await RememberedAsync(db, clientId, ct);
        var form = ReadForm(id, encoding, delimiter, certain);
        var number = await db.TakeAsync(Numbers.Imports, 1, ct);
        var import = TicketImport.Upload(
            id,
            number,
            clientId,
            fileName,
            bytes,
            sha256,
            form,
            ImportHeaders.Suggest(form.Headers, remembered),
            by,
            now
        );
        db.Add(import);
        db.Add(
            AuditEntry.For(
                Room,
                ImportReference.Of(number),
                "Uploaded",
                by,
                now,
                clientId,
                after: Diff.Of(new Dictionary<string, object?> { ["bytes"] = bytes, ["sha256"] = sha256 })
            )
        );
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (new Outcome.Done(ImportReference.Of(number)), true);
    }

    public Task<Outcome> ReadAsAsync(ReadImportAs command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            command.Number,
            command.SeenVersion,
            "Read otherwise",
            by,
            async (db, import, _, _) =>
            {
                if (!FileForm.Encodings.Contains(command.Encoding) || !FileForm.Delimiters.Contains(command.Delimiter))
                {
                    return new Refusal("import.form", "Choose an encoding and a delimiter of the list.");
                }

                var form = ReadForm(import.Id, command.Encoding, command.Delimiter, certain: true);
                var remembered = import.Mapping.Fields.Count > 0 ? import.Mapping : await RememberedAsync(db, import.ClientId, ct);
                import.ReadAs(form, ImportHeaders.Suggest(form.Headers, remembered));
                return null;
            },
            ct
        );

    /// <summary>Keeps the mapping, complete or not: <see cref="CheckAsync"/> is strict, this is a draft.</summary>
    public Task<Outcome> MapAsync(MapImport command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            command.Number,
            command.SeenVersion,
            "Mapped",
            by,
            (_, import, _, _) =>
            {
                import.Map(command.Mapping);
                return Task.FromResult<Refusal?>(null);
            },
            ct
        );

    /// <summary>From here on the rows go in by themselves. Categories that the mapping names are made now.</summary>
    public Task<Outcome> CommitAsync(CommitImport command, Actor by, CancellationToken ct) =>
        ChangeAsync(
            command.Number,
            command.SeenVersion,
            "Committed",
            by,
            async (db, import, client, now) =>
            {
                var world = await ImportWorlds.OfAsync(db, client, ct);
                if (import.CannotCommit(world.Fingerprint()) is { } cannot)
                {
                    return cannot;
                }

                foreach (var made in (import.Mapping.NewCategories ?? []).Where(c => !world.Categories.ContainsKey(c.Name)))
                {
                    db.Add(Domain.Tickets.Category.Add(made.Name, made.Severity, made.FirstDisposition));
                    db.Add(
                        AuditEntry.For("Tickets", made.Name, "Category added", by, now, why: $"For {ImportReference.Of(import.Number)}")
                    );
                }

                import.Commit(world.Fingerprint());
                return null;
            },
            ct
        );

    public Task<Outcome> GoOnAsync(GoOnWithImport command, Actor by, CancellationToken ct) =>
        ChangeAsync(command.Number, command.SeenVersion, "Gone on with", by, i => i.CannotGoOn(), i => i.GoOn(), ct);

    /// <summary>Takes all of its tickets away again, but for those that somebody has worked on.</summary>
    public Task<Outcome> UndoAsync(UndoImport command, Actor by, CancellationToken ct) =>
        ChangeAsync(command.Number, command.SeenVersion, "Undoing asked for", by, i => i.CannotUndo(), i => i.Undo(), ct);

    /// <summary>Throws the file away before anything came of it.</summary>
    public async Task<Outcome> DiscardAsync(DiscardImport command, Actor by, CancellationToken ct)
    {
        Guid? id = null;
        var outcome = await ChangeAsync(
            command.Number,
            command.SeenVersion,
            "Discarded",
            by,
            i => i.CannotPrepare(),
            i =>
            {
                i.Discard();
                id = i.Id;
            },
            ct
        );
        if (outcome is Outcome.Done && id is { } gone)
        {
            _files.Delete(gone);
        }

        return outcome;
    }

    private Task<Outcome> ChangeAsync(
        long number,
        int seenVersion,
        string what,
        Actor by,
        Func<TicketImport, Refusal?> cannot,
        Action<TicketImport> change,
        CancellationToken ct
    ) =>
        ChangeAsync(
            number,
            seenVersion,
            what,
            by,
            (_, import, _, _) =>
            {
                var refusal = cannot(import);
                if (refusal is null)
                {
                    change(import);
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
        Func<PlumDbContext, TicketImport, Client, DateTime, Task<Refusal?>> change,
        CancellationToken ct
    )
    {
        if (by.Lacks(Act.ImportHistory) is { } refused)
        {
            return refused;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var import = await Visible(db, by).SingleOrDefaultAsync(i => i.Number == number, ct);
        if (import is null || await FindClientAsync(db, import.ClientId, ct) is not { } client)
        {
            return Refusals.NotFound;
        }

        db.Expect(import, seenVersion);
        try
        {
            if (await change(db, import, client, now) is { } cannot)
            {
                return cannot;
            }
        }
        catch (RefusedException e)
        {
            return e.Refusal;
        }

        var reference = ImportReference.Of(number);
        db.Add(AuditEntry.For(Room, reference, what, by, now, import.ClientId));
        return await db.SaveAsync(new Outcome.Done(reference), ct);
    }

    private static IQueryable<TicketImport> Visible(PlumDbContext db, Actor by) =>
        !by.May(Act.ImportHistory) || by.PartnerId is not null ? db.TicketImports.Where(_ => false)
        : by.ClientId is { } own ? db.TicketImports.Where(i => i.ClientId == own)
        : db.TicketImports;

    private static Task<Client?> FindClientAsync(PlumDbContext db, Guid id, CancellationToken ct) =>
        db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);

    private static async Task<ImportMapping?> RememberedAsync(PlumDbContext db, Guid clientId, CancellationToken ct) =>
        (
            await db
                .TicketImports.AsNoTracking()
                .Where(i => i.ClientId == clientId && i.State != ImportState.Uploaded && i.State != ImportState.Discarded)
                .OrderByDescending(i => i.Number)
                .FirstOrDefaultAsync(ct)
        )?.Mapping;

    private FileForm ReadForm(Guid id, string encoding, char delimiter, bool certain)
    {
        using var rows = new CsvRows(_files.Open(id, encoding), delimiter);
        return new FileForm(encoding, delimiter, rows.Read() ? FileSniffer.Headers(rows) : [], certain);
    }

    private static Refusal Twice(TicketImport before) =>
        new(
            "import.file-twice",
            $"This file is {ImportWords.Of(before.State)} already as {ImportReference.Of(before.Number)}. Undo that import first, or give a file with what is new.",
            "File"
        );
}
