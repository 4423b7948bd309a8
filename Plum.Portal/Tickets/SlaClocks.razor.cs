using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>The targets of a ticket. What runs is counted by the browser from the opening hours that come along (js/tickets.js), second by second.</summary>
public partial class SlaClocks(Viewer viewer, TimeProvider clock)
{
    private IReadOnlyList<SlaCountdown> _shown = [];
    private DateTime _now;

    [Parameter, EditorRequired]
    public TicketSheet Sheet { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _now = clock.GetUtcNow().UtcDateTime;

        // What is still to be kept, and the last word on each target that is not.
        _shown =
        [
            .. Sheet
                .Clocks.GroupBy(c => c.Target)
                .OrderBy(g => g.Key)
                .SelectMany(g =>
                    g.Where(c => c.MetAtUtc is null && c.EndedAtUtc is null)
                        .DefaultIfEmpty(g.LastOrDefault(c => c.BreachedAtUtc is not null) ?? g.Last())
                ),
        ];
    }

    private Meaning MeaningOf(SlaCountdown c) =>
        c.BreachedAtUtc is not null || (c.IsRunning && c.DueAtUtc <= _now) ? Meaning.Bad
        : c.MetAtUtc is not null ? Meaning.Good
        : c.IsRunning && c.WarnAtUtc <= _now ? Meaning.Warn
        : Meaning.None;

    private string IconOf(SlaCountdown c) =>
        c.PausedSinceUtc is not null
            ? "pause"
            : MeaningOf(c) switch
            {
                Meaning.Bad => "bad",
                Meaning.Good => "good",
                Meaning.Warn => "warn",
                _ => "clock",
            };

    private string Words(SlaCountdown c)
    {
        var name = SlaWords.Named(c.Target);
        name = char.ToUpperInvariant(name[0]) + name[1..];
        return c.PausedSinceUtc is not null ? $"{name} paused, {SlaWords.Working(Math.Max(0, c.TargetMinutes - c.UsedMinutes))} left"
            : c.MetAtUtc is not null
                ? c.BreachedAtUtc is null ? $"{name} met"
                    : $"{name} met late"
            : c.EndedAtUtc is not null
                ? c.BreachedAtUtc is null ? $"{name} ended"
                    : $"{name} breached"
            : name;
    }

    /// <summary>As the browser will say it from the first second on.</summary>
    private string Left(SlaCountdown c)
    {
        var due = c.DueAtUtc!.Value;
        var (from, to) = due > _now ? (_now, due) : (due, _now);
        var open = TimeSpan.FromTicks(
            c.Openings.Sum(o => Math.Max(0, Math.Min(o.ToUtc.Ticks, to.Ticks) - Math.Max(o.FromUtc.Ticks, from.Ticks)))
        );
        return due > _now ? $"due in {SlaWords.Working(open)}" : $"overdue by {SlaWords.Working(open)}";
    }

    private string HintOf(SlaCountdown c) =>
        c.DueAtUtc is { } due
            ? $"Due {viewer.Time(due)} ({Viewer.Exact(due)}); target {SlaWords.Working(c.TargetMinutes)}"
            : $"Target {SlaWords.Working(c.TargetMinutes)}";

    private static string Unix(DateTime utc) => new DateTimeOffset(utc).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string OpenOf(SlaCountdown c) =>
        JsonSerializer.Serialize(
            c.Openings.Select(o =>
                new[] { new DateTimeOffset(o.FromUtc).ToUnixTimeMilliseconds(), new DateTimeOffset(o.ToUtc).ToUnixTimeMilliseconds() }
            )
        );
}
