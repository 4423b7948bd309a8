using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Plum.Data.Imports;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

internal static class ImportCommand
{
    private static readonly Actor By = Actor.Job("Operator");

    public static Command Make(IServiceProvider services)
    {
        var file = new Argument<FileInfo>("file") { Description = "The CSV file." };
        var client = new Option<string>("--client") { Description = "The code of the client whose history it is.", Required = true };
        var mapping = new Option<FileInfo>("--mapping")
        {
            Description = "How columns become tickets, as JSON: the import page offers one for download.",
            Required = true,
        };
        var partial = new Option<bool>("--partial") { Description = "Import the good rows although others are rejected." };
        var rejected = new Option<FileInfo?>("--rejected")
        {
            Description = "Where to write the rejected rows. Default: beside the file, with .rejected.csv.",
        };
        var tickets = new Command("tickets", "Imports a client's ticket history from a CSV file: checks every row, then makes the tickets.")
        {
            file,
            client,
            mapping,
            partial,
            rejected,
        };
        tickets.SetAction(
            (parsed, ct) =>
                RunAsync(
                    new Run(parsed, services, ct),
                    parsed.GetRequiredValue(file),
                    parsed.GetRequiredValue(client),
                    parsed.GetRequiredValue(mapping),
                    parsed.GetValue(partial),
                    parsed.GetValue(rejected)
                )
        );
        return new Command("import", "Brings data in from files: import tickets.") { tickets };
    }

    private static async Task<int> RunAsync(
        Run run,
        FileInfo file,
        string clientCode,
        FileInfo mappingFile,
        bool partial,
        FileInfo? rejectedTo
    )
    {
        if (!file.Exists || !mappingFile.Exists)
        {
            return run.Parsed.Fail($"There is no file {(file.Exists ? mappingFile : file).FullName}.");
        }

        ImportMappingFile mapping;
        try
        {
            mapping = ImportMappingFile.Read(await File.ReadAllTextAsync(mappingFile.FullName, run.Ct));
        }
        catch (JsonException e)
        {
            return run.Parsed.Fail($"{mappingFile.Name} is no mapping: {e.Message}");
        }

        var found = (await run.Imports.ClientsAsync(By, run.Ct)).FirstOrDefault(c => c.Code == clientCode);
        if (found.Code is null)
        {
            return run.Parsed.Fail($"There is no client '{clientCode}'.");
        }

        await using (var content = file.OpenRead())
        {
            var uploaded = await run.Imports.UploadAsync(new UploadImport(found.Id, file.Name), content, By, run.Ct);
            if (uploaded is not Outcome.Done { Key: { } key })
            {
                return run.Parsed.Tell(uploaded, "");
            }

            run.Number = ImportReference.Parse(key)!.Value;
        }

        var checkedRows = await CheckAsync(run, mapping);
        if (checkedRows.Failed is { } code)
        {
            return code;
        }

        var check = checkedRows.Check!;
        await run.Output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ImportReference.Of(run.Number)}: {check.Rows:N0} rows, {check.Good:N0} good, {check.Rejected:N0} rejected."
            )
        );
        if (check.Rejected > 0)
        {
            var path = rejectedTo?.FullName ?? Path.ChangeExtension(file.FullName, ".rejected.csv");
            await using (var to = File.Create(path))
            await using (var from = run.Imports.Rejected(await run.ViewAsync(), By)!)
            {
                await from.CopyToAsync(to, run.Ct);
            }

            await run.Output.WriteLineAsync($"The rejected rows are in {path}. The first: line {check.Faults[0].Line}, {check.Faults[0]}");
            if (!partial)
            {
                return run.Parsed.Fail("Nothing was imported. Mend the rows, or import the good ones with --partial.");
            }
        }

        return await CommitAsync(run);
    }

    private static async Task<(int? Failed, ImportCheck? Check)> CheckAsync(Run run, ImportMappingFile mapping)
    {
        var view = await run.ViewAsync();
        var map = mapping.Mapping;
        if (mapping.MakeCategories && map[ImportField.Category] is { } category)
        {
            var values = await run.Imports.ValuesAsync(view, map, ImportField.Category, By, run.Ct);
            var missing = values.Where(v => v.Ours is null).Select(v => new NewCategory(v.Value)).ToList();
            map = map with { NewCategories = [.. map.NewCategories ?? [], .. missing] };
            if (missing.Count > 0)
            {
                await run.Output.WriteLineAsync(
                    $"{missing.Count} {(missing.Count == 1 ? "category is" : "categories are")} to be made from {string.Join(", ", category.Columns)}."
                );
            }
        }

        var mapped = await run.Imports.MapAsync(new MapImport(run.Number, view.Version, map), By, run.Ct);
        if (mapped is not Outcome.Done)
        {
            return (run.Parsed.Tell(mapped, ""), null);
        }

        var progress = run.Bar("Rows checked");
        var outcome = await run.Imports.CheckAsync(run.Number, (await run.ViewAsync()).Version, By, progress, run.Ct);
        run.Progress.End();
        return outcome is Outcome.Done ? (null, (await run.ViewAsync()).Check) : (run.Parsed.Tell(outcome, ""), null);
    }

    private static async Task<int> CommitAsync(Run run)
    {
        var committed = await run.Imports.CommitAsync(new CommitImport(run.Number, (await run.ViewAsync()).Version), By, run.Ct);
        if (committed is not Outcome.Done)
        {
            return run.Parsed.Tell(committed, "");
        }

        var bar = run.Bar("Rows imported");
        var view = await run.ViewAsync();
        while (view.State is ImportState.Queued or ImportState.Running)
        {
            // Here, or by a portal that was quicker: then this only watches.
            if (!await run.Services.GetRequiredService<ImportWork>().RunAsync(run.Number, bar, run.Ct))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), run.Clock, run.Ct);
                var seen = await run.ViewAsync();
                bar.Report(new ImportProgress(seen.RowsDone, seen.RowsRejected, seen.Check?.Rows ?? 0));
            }

            view = await run.ViewAsync();
        }

        run.Progress.End();
        return view.State == ImportState.Done
            ? run.Parsed.Tell(
                new Outcome.Done(),
                string.Create(CultureInfo.InvariantCulture, $"{ImportReference.Of(run.Number)} made {view.TicketsMade:N0} tickets.")
            )
            : run.Parsed.Fail($"{ImportReference.Of(run.Number)} is {ImportWords.Of(view.State)}: {view.Error}");
    }

    private sealed class Run(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        public ParseResult Parsed => parsed;
        public IServiceProvider Services => services;
        public CancellationToken Ct => ct;
        public TextWriter Output => parsed.InvocationConfiguration.Output;
        public ImportService Imports { get; } = services.GetRequiredService<ImportService>();
        public TimeProvider Clock { get; } = services.GetRequiredService<TimeProvider>();
        public CommandProgress Progress { get; } =
            CommandProgress.To(parsed.InvocationConfiguration.Output, services.GetRequiredService<TimeProvider>());
        public long Number { get; set; }

        public async Task<ImportView> ViewAsync() =>
            await Imports.ViewAsync(Number, By, ct) ?? throw new InvalidOperationException($"{ImportReference.Of(Number)} is gone.");

        public IProgress<ImportProgress> Bar(string step) => new Told(Progress, step);

        private sealed class Told(CommandProgress progress, string step) : IProgress<ImportProgress>
        {
            public void Report(ImportProgress value) => progress.Report(step, value.Rows, value.Total);
        }
    }
}
