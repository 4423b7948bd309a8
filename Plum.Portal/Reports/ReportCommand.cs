using System.CommandLine;
using System.Globalization;
using Plum.Data.Reports;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Reports;

internal static class ReportCommand
{
    public static Command Make(IServiceProvider services)
    {
        var client = new Option<string>("--client") { Description = "The code of the client.", Required = true };
        var month = new Option<string>("--month")
        {
            Description = "The month, such as 2026-06, in the client's time zone.",
            Required = true,
        };
        var folder = new Option<DirectoryInfo>("--out")
        {
            Description = "The folder to write to; made when it is not there.",
            Required = true,
        };
        var culture = new Option<string>("--language")
        {
            Description = "Of dates and numbers, such as de-DE.",
            DefaultValueFactory = _ => AccountRules.DefaultCulture,
        };
        var command = new Command("report", "Writes a client's KPI report of a month: PDF, workbook, and the figures as JSON.")
        {
            client,
            month,
            folder,
            culture,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                if (
                    !DateOnly.TryParseExact(
                        parsed.GetRequiredValue(month) + "-01",
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var first
                    )
                )
                {
                    return parsed.Fail($"'{parsed.GetRequiredValue(month)}' is not a month. Write it as 2026-06.");
                }

                CultureInfo language;
                try
                {
                    language = CultureInfo.GetCultureInfo(parsed.GetRequiredValue(culture), predefinedOnly: true);
                }
                catch (CultureNotFoundException)
                {
                    return parsed.Fail($"'{parsed.GetRequiredValue(culture)}' is not a language. Write it as de-DE.");
                }

                var report = await services
                    .GetRequiredService<ReportService>()
                    .ReckonAsync(parsed.GetRequiredValue(client), first, Actor.Job("Operator"), ct);
                if (report is null)
                {
                    return parsed.Fail($"There is no client '{parsed.GetRequiredValue(client)}', or {first:yyyy-MM} has not begun.");
                }

                foreach (var path in await ReportFiles.WriteAsync(report, parsed.GetRequiredValue(folder).FullName, language, ct))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(path);
                }

                return 0;
            }
        );
        return command;
    }
}
