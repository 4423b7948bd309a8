using System.Globalization;
using Plum.Data.Shared;
using Plum.Domain.Notifications;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Sla;

/// <summary>A warning or a breach that was just recorded.</summary>
internal sealed record SlaFlag(Ticket Ticket, SlaClock Clock, SlaSettings Settings, bool IsBreach)
{
    public DateTime AtUtc => (IsBreach ? Clock.BreachedAtUtc : Clock.WarnedAtUtc)!.Value;
}

/// <summary>Tells a client's account team what its clocks flagged.</summary>
internal static class SlaNotices
{
    /// <summary>More at once than this, as after a stricter policy, go in one message.</summary>
    public const int MostSingly = 5;

    public static void Queue(PlumDbContext db, IEnumerable<SlaFlag> flags, DateTime nowUtc)
    {
        // What ran out before Plum took the ticket in, or on a ticket that is closed by now, is history and no news.
        var news = flags.Where(f => f.Settings.AccountTeamEmail is not null && f.AtUtc > f.Ticket.ReceivedAtUtc && f.Ticket.IsOpen);
        foreach (var group in news.GroupBy(f => (f.Settings.ClientId, f.IsBreach)))
        {
            var told = group.OrderBy(f => f.AtUtc).ToList();
            if (told.Count <= MostSingly)
            {
                told.ForEach(f => db.Add(One(f, nowUtc)));
            }
            else
            {
                db.Add(Many(told, nowUtc));
            }
        }
    }

    private static OutboxMessage One(SlaFlag flag, DateTime nowUtc)
    {
        var reference = TicketReference.Of(flag.Ticket.Id);
        var what = Named(flag.Clock.Target);
        var subject = flag.IsBreach
            ? $"{reference} breached: {what} was due {Local(flag, flag.AtUtc)}"
            : $"{reference} at risk: {what} due {(flag.Clock.DueAtUtc is { } due ? Local(flag, due) : "once it runs again")}";
        return OutboxMessage.Queue(
            OutboxKind.Email,
            $"sla-{(flag.IsBreach ? "breach" : "warning")}:{flag.Ticket.Id}:{flag.Clock.Target}:{flag.Clock.StartedAtUtc.Ticks}",
            flag.Settings.AccountTeamEmail!,
            subject,
            $"""
            {flag.Settings.ClientName}
            {reference}, {flag.Ticket.Severity}: {flag.Ticket.Subject}

            {Line(flag)}
            """,
            nowUtc,
            flag.Ticket.ClientId,
            flag.Ticket.Id
        );
    }

    private static OutboxMessage Many(List<SlaFlag> flags, DateTime nowUtc)
    {
        const int Listed = 200;
        var first = flags[0];
        var lines = flags.Take(Listed).Select(f => $"{TicketReference.Of(f.Ticket.Id)}, {f.Ticket.Severity}: {Line(f)}");
        var rest = flags.Count > Listed ? $"\nand {flags.Count - Listed} more: see the queue." : "";
        return OutboxMessage.Queue(
            OutboxKind.Email,
            $"sla-{(first.IsBreach ? "breaches" : "warnings")}:{first.Settings.ClientId:n}:{nowUtc.Ticks}:{first.Ticket.Id}",
            first.Settings.AccountTeamEmail!,
            $"{first.Settings.ClientName}: {flags.Count} {(first.IsBreach ? "targets breached" : "targets at risk")}",
            string.Join('\n', lines) + rest,
            nowUtc,
            first.Settings.ClientId
        );
    }

    private static string Line(SlaFlag flag)
    {
        var promised = SlaWords.Working(flag.Clock.TargetMinutes);
        var what = Named(flag.Clock.Target);
        return flag.IsBreach
            ? $"The {what}, promised within {promised}, was due {Local(flag, flag.AtUtc)} and was not given by then."
            : $"{flag.Settings.Version.Terms.WarnPercent}% of the {promised} promised for the {what} had gone by {Local(flag, flag.AtUtc)}.";
    }

    private static string Named(SlaTarget target) => SlaWords.Named(target);

    private static string Local(SlaFlag flag, DateTime utc)
    {
        var zone = flag.Settings.Calendar.Zone;
        return string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTimeFromUtc(utc, zone):d MMM yyyy, HH:mm} ({zone.Id})");
    }
}
