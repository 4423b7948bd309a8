using System.CommandLine;
using System.Globalization;
using Plum.Data.Audit;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Audit;

internal static class AuditCommand
{
    public static Command Make(IServiceProvider services)
    {
        var to = new Option<FileInfo>("--out") { Description = "The CSV file to write; replaced when it is there.", Required = true };
        var from = new Option<string?>("--from") { Description = "The first day in UTC, such as 2026-06-01." };
        var until = new Option<string?>("--to") { Description = "The last day in UTC." };
        var room = new Option<string?>("--room") { Description = "One room only, such as Tickets." };
        var export = new Command("export", "Writes the audit as CSV, oldest entry first. That it was exported is an entry of its own.")
        {
            to,
            from,
            until,
            room,
        };
        export.SetAction(
            async (parsed, ct) =>
            {
                if (!TryDay(parsed.GetValue(from), out var first) || !TryDay(parsed.GetValue(until), out var last))
                {
                    return parsed.Fail("A day is written as 2026-06-01.");
                }

                var query = new AuditQuery(Room: parsed.GetValue(room), FromUtc: first, UntilUtc: last?.AddDays(1));
                var path = parsed.GetRequiredValue(to).FullName;
                if (!Directory.Exists(Path.GetDirectoryName(path)))
                {
                    return parsed.Fail($"There is no folder {Path.GetDirectoryName(path)}.");
                }

                var output = parsed.InvocationConfiguration.Output;
                var bar = CommandProgress.To(output, services.GetRequiredService<TimeProvider>());
                var part = path + ".part"; // what is called the audit is all of it
                try
                {
                    long count;
                    await using (var file = File.Create(part))
                    {
                        var audit = services.GetRequiredService<AuditService>();
                        count = await AuditFiles.WriteAsync(
                            file,
                            audit,
                            query,
                            Actor.Job("Operator"),
                            ct,
                            done => bar.Report("Entries", done, 0)
                        );
                    }

                    bar.End();
                    File.Move(part, path, overwrite: true);
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count:N0} entries in {path}."));
                    return 0;
                }
                finally
                {
                    File.Delete(part);
                }
            }
        );
        return new Command("audit", "The record of who did what: audit export.") { export };
    }

    private static bool TryDay(string? text, out DateTime? day)
    {
        var isDay = DateTime.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var parsed
        );
        day = isDay ? parsed : null;
        return isDay || text is null;
    }
}
