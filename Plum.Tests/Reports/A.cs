using Plum.Domain.Reports;
using Plum.Domain.Tickets;

namespace Plum.Tests.Reports;

/// <summary>Small hand-made histories, reported on for June 2026 in UTC, made on the morning of 1 July.</summary>
internal static class A
{
    public static readonly ReportFrame June = ReportFrame.Month(new DateOnly(2026, 6, 1), TimeZoneInfo.Utc, At(7, 1, 6));

    private static long _next = 1000;

    public static DateTime At(int month, int day, int hour = 0, int minute = 0) => new(2026, month, day, hour, minute, 0, DateTimeKind.Utc);

    public static TicketLine Ticket(DateTime createdAtUtc, string category = "Voucher not received", Severity severity = Severity.P3) =>
        new()
        {
            Id = Interlocked.Increment(ref _next),
            CreatedAtUtc = createdAtUtc,
            Category = category,
            Channel = IntakeChannel.Web,
            Severity = severity,
            IsIdentified = true,
        };

    public static Resolution Resolved(DateTime atUtc, int workingMinutes = 60, int? grossMinutes = null, DateTime? reopenedAtUtc = null) =>
        new(atUtc, TimeSpan.FromMinutes(workingMinutes), TimeSpan.FromMinutes(grossMinutes ?? workingMinutes), reopenedAtUtc);

    public static ReportDocument Report(params IReadOnlyList<TicketLine> lines) => Report(June, lines);

    public static ReportDocument Report(ReportFrame frame, params IReadOnlyList<TicketLine> lines) =>
        KpiReport.Write(
            new KpiFacts("ACME", "Acme", "Olga Ops", frame, new Dictionary<string, decimal> { [Kpis.Adherence.Code] = 95 }, lines)
        );

    public static Figure Figure(this ReportDocument report, Kpi kpi) => report.Figures.Single(f => f.Kpi == kpi.Code);

    /// <summary>This period, the one before.</summary>
    public static (decimal?, decimal?) Value(this ReportDocument report, Kpi kpi) =>
        (report.Figure(kpi).Now.Amount, report.Figure(kpi).Before?.Amount);
}
