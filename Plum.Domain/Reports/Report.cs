using Plum.Domain.Clients;
using Plum.Domain.Shared;

namespace Plum.Domain.Reports;

/// <summary>A client's figures for a period, frozen when made: never changed, only made again beside.</summary>
public sealed class Report
{
    public const int MadeByMaxLength = 200;

    private Report() { } // EF Core

    public Guid Id { get; private init; }
    public Guid ClientId { get; private init; }
    public ReportCadence Cadence { get; private init; }
    public DateOnly FirstDay { get; private init; }
    public DateOnly LastDay { get; private init; }
    public DateTime MadeAtUtc { get; private init; }
    public string MadeBy { get; private init; } = "";
    public Guid? MadeById { get; private init; }

    /// <summary>The first day again when the schedule made it: unique per client and cadence, so that a job makes each report once.</summary>
    public DateOnly? ScheduledFor { get; private init; }

    /// <summary>The <see cref="ReportDocument"/> as JSON.</summary>
    public string Document { get; private init; } = "";

    /// <summary>The <see cref="TicketLine"/>s that it was counted from, as JSON compressed with Brotli.</summary>
    public byte[] Lines { get; private init; } = [];

    public static Report Freeze(
        Guid clientId,
        ReportCadence cadence,
        ReportFrame frame,
        Actor by,
        bool isScheduled,
        string document,
        byte[] lines
    ) =>
        new()
        {
            ClientId = clientId,
            Cadence = cadence,
            FirstDay = frame.This.FirstDay,
            LastDay = frame.This.LastDay,
            MadeAtUtc = frame.MadeAtUtc,
            MadeBy = by.Name,
            MadeById = by.UserId,
            ScheduledFor = isScheduled ? frame.This.FirstDay : null,
            Document = document,
            Lines = lines,
        };
}

/// <summary>A month as people and commands write it: <c>2026-06</c>.</summary>
public static class ReportMonth
{
    /// <returns>Its first day; null when the text is no month.</returns>
    public static DateOnly? Parse(string? text) =>
        DateOnly.TryParseExact(
            text?.Trim() + "-01",
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None,
            out var day
        ) && day.Year is > 1900 and < 2300
            ? day
            : null;
}

public static class ReportRefusals
{
    public static readonly Refusal NotBegun = new(
        "report.not-begun",
        "That month has not begun in the client's time zone. Choose an earlier one.",
        "Month"
    );

    public static readonly Refusal MonthForm = new("report.month-form", "Write the month as YYYY-MM, such as 2026-06.", "Month");
}
