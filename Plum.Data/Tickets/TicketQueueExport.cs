using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Audit;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Audit;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Data.Tickets;

/// <summary>Hands out exactly what the queue counts: the same filter, the same order, the same eyes, however many there are.</summary>
public sealed class TicketQueueExport(IDbContextFactory<PlumDbContext> contexts, TicketQueueIndex index, TimeProvider clock)
{
    /// <summary>Of a workbook, which is put together in memory. CSV has no end.</summary>
    public const int MostInWorkbook = 10_000;

    /// <summary>Rows read at a time: their numbers are settled before the first is.</summary>
    private const int AtOnce = 500;

    /// <summary>Settles which tickets leave and in which order, and audits it before the first does.</summary>
    public async Task<(Refusal? Refused, TicketExport? Export)> StartAsync(
        TicketQueueQuery query,
        TicketExportFormat format,
        Actor by,
        CancellationToken ct
    )
    {
        if ((by.Lacks(Act.ExportTickets) ?? by.Lacks(Act.ReadTickets)) is { } refused)
        {
            return (refused, null);
        }

        var moment = TicketQueueMoment.Of(by, clock.GetUtcNow().UtcDateTime, query.ZoneId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (tabs, first) = await db.TabsAsync(by, ct);
        var asked = TicketQueueAsked.Of(query, [.. tabs.Select(t => t.View)], first);
        var total = (await db.CountAsync(index, [asked.Filter], moment, ct))[0];
        if (format == TicketExportFormat.Workbook && total > MostInWorkbook)
        {
            return (TicketQueueRefusals.WorkbookTooLong(total, MostInWorkbook), null);
        }

        var (ids, _) = await db.PageAsync(index, asked, page: 1, Math.Max(1, total), moment, ct);
        db.Add(
            AuditEntry.For(
                "Tickets",
                "export",
                "Exported",
                by,
                moment.NowUtc,
                by.ClientId ?? (asked.Filter.Clients is [var only] ? only : null),
                after: Diff.Of(
                    new Dictionary<string, object?>
                    {
                        ["format"] = format.ToString(),
                        ["tickets"] = ids.Count,
                        ["filter"] = TicketFilterText.Line(asked.Filter),
                        ["order"] = asked.Order.ToString(),
                    }
                )
            )
        );
        await db.SaveChangesAsync(ct);
        return (null, new TicketExport(ids, moment.NowUtc));
    }

    /// <summary>The rows as they are when they are read, in the order settled.</summary>
    public async IAsyncEnumerable<TicketRow> RowsAsync(TicketExport export, Actor by, [EnumeratorCancellation] CancellationToken ct)
    {
        RefusedException.ThrowIf(by.Lacks(Act.ExportTickets));

        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var ids in export.Ids.Chunk(AtOnce))
        {
            foreach (var row in await db.RowsAsync(ids, by, ct))
            {
                yield return row;
            }
        }
    }
}

public enum TicketExportFormat
{
    Csv = 1,
    Workbook = 2,
}

/// <param name="Ids">In the queue's order.</param>
public sealed record TicketExport(IReadOnlyList<long> Ids, DateTime AtUtc);
