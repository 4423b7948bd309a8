using Plum.Domain.Reports;
using Plum.Domain.Tickets;

namespace Plum.Data.Reports;

/// <param name="Month">Any day of it.</param>
public sealed record MakeReport(Guid ClientId, DateOnly Month);

public sealed record ReportListQuery(Guid? ClientId, int? Year, int Skip, int Take);

/// <param name="IsScheduled">Made by the schedule rather than by a person.</param>
public sealed record ReportRow(
    Guid Id,
    Guid ClientId,
    string ClientCode,
    string ClientName,
    DateOnly FirstDay,
    DateOnly LastDay,
    DateTime MadeAtUtc,
    string MadeBy,
    bool IsScheduled
);

public sealed record ReportView(ReportRow Row, ReportDocument Document);

/// <summary>A report with the tickets that it was counted from.</summary>
public sealed record ReportContent(ReportRow Row, ReportDocument Document, IReadOnlyList<TicketLine> Lines);

/// <summary>One thing that a figure counted. A ticket is there twice when two of its targets or escalations were counted.</summary>
/// <param name="What">The target, the escalation or the answer; null when the ticket itself was counted.</param>
/// <param name="AtUtc">When that was.</param>
public sealed record BehindRow(
    long TicketId,
    DateTime CreatedAtUtc,
    string Category,
    IntakeChannel Channel,
    Severity Severity,
    string? Brand,
    string? Programme,
    string Disposition,
    string? What,
    DateTime? AtUtc
);

/// <param name="Says">What was counted, in words.</param>
public sealed record BehindView(ReportRow Report, string Says, IReadOnlyList<BehindRow> Rows, int Total);

/// <summary>A client whose reports may be read.</summary>
public sealed record ReportClient(Guid Id, string Code, string Name, bool IsActive);

/// <summary>A report that the schedule owes.</summary>
public sealed record DueReport(Guid ClientId, DateOnly Month);
