using System.Globalization;
using Plum.Data.Tickets;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>How the queue speaks of what it shows.</summary>
internal static class TicketQueueWords
{
    public static string Of(TicketColumn column) =>
        column switch
        {
            TicketColumn.Sla => "SLA",
            TicketColumn.WaitingOn => "Waiting on",
            _ => column.ToString(),
        };

    public const int TickWidth = 32;
    public const int ReferenceWidth = 100;

    /// <summary>In CSS pixels. The table need not measure its rows, and does not move while they come; the subject takes what is left.</summary>
    public static int Width(TicketColumn column) =>
        column switch
        {
            TicketColumn.Subject => 150,
            TicketColumn.Sla => 136,
            TicketColumn.Severity => 64,
            TicketColumn.Level => 56,
            TicketColumn.Age => 52,
            TicketColumn.Channel or TicketColumn.WaitingOn => 92,
            TicketColumn.Disposition => 156,
            TicketColumn.Created or TicketColumn.Updated => 128,
            _ => 108,
        };

    public static string Of(IntakeChannel channel) =>
        channel switch
        {
            IntakeChannel.Email => "E-mail",
            IntakeChannel.ClientForm => "Client form",
            IntakeChannel.Api => "API",
            _ => channel.ToString(),
        };

    public static string Of(SlaState state) =>
        state switch
        {
            SlaState.AtRisk => "At risk",
            SlaState.None => "No target",
            SlaState.EverBreached => "Breached at any time",
            _ => state.ToString(),
        };

    public static string Of(AgeBucket age) =>
        AgeBuckets.Days(age) switch
        {
            (0, _) => "Under 1 day",
            (var from, { } to) => $"{from} to {to} days",
            var (from, _) => $"Over {from} days",
        };

    /// <summary>The order that a column's heading gives; null for a column that is not sorted by.</summary>
    public static TicketSort? Sort(TicketColumn column) =>
        column switch
        {
            TicketColumn.Sla => TicketSort.Sla,
            TicketColumn.Severity => TicketSort.Severity,
            TicketColumn.Disposition => TicketSort.Disposition,
            TicketColumn.Client => TicketSort.Client,
            TicketColumn.Programme => TicketSort.Programme,
            TicketColumn.Category => TicketSort.Category,
            TicketColumn.Channel => TicketSort.Channel,
            TicketColumn.WaitingOn => TicketSort.WaitingOn,
            TicketColumn.Level => TicketSort.Level,
            TicketColumn.Owner => TicketSort.Owner,
            TicketColumn.Created or TicketColumn.Age => TicketSort.Created,
            TicketColumn.Updated => TicketSort.Updated,
            _ => null,
        };

    /// <summary>Hours and minutes up to two days, days and hours beyond.</summary>
    public static string Span(TimeSpan span)
    {
        var whole = span.Duration();
        return whole < TimeSpan.FromDays(2)
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}:{whole.Minutes:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole.Days} d {whole.Hours} h");
    }

    /// <summary>How long ago, in one unit: <c>12 m</c>, <c>3 h</c>, <c>5 d</c>.</summary>
    public static string Age(TimeSpan age) =>
        age < TimeSpan.FromHours(1) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)age.TotalMinutes)} m")
        : age < TimeSpan.FromDays(1) ? string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} h")
        : string.Create(CultureInfo.InvariantCulture, $"{age.Days:N0} d");

    /// <summary>What stands in the SLA column: never a colour alone.</summary>
    public static TicketSlaCell Sla(TicketRow row, DateTime nowUtc)
    {
        var target = row.NextTarget is { } next ? SlaWords.Named(next) : "";
        return row.SlaAt(nowUtc) switch
        {
            SlaState.Breached => new(Meaning.Bad, "bad", $"{Span(nowUtc - row.NextDueAtUtc!.Value)} over", target),
            SlaState.AtRisk => new(Meaning.Warn, "warn", $"{Span(row.NextDueAtUtc!.Value - nowUtc)} left", target),
            SlaState.Running => new(Meaning.None, "clock", $"{Span(row.NextDueAtUtc!.Value - nowUtc)} left", target),
            SlaState.Paused => new(Meaning.Info, "pause", "Paused", ""),
            SlaState.None => new(Meaning.None, "none", "No target", ""),
            _ when row.BreachedTargets != SlaTargets.None => new(Meaning.Bad, "flag", "Breached", ""),
            _ => new(Meaning.None, "check", "Closed", ""),
        };
    }
}

/// <param name="Text">The countdown or the state.</param>
/// <param name="Target">What the countdown runs to.</param>
internal sealed record TicketSlaCell(Meaning Meaning, string Icon, string Text, string Target);
