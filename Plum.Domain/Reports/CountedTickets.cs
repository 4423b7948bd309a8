using System.Runtime.InteropServices;
using Plum.Domain.Tickets;

namespace Plum.Domain.Reports;

/// <summary>One thing that a figure counted: a ticket, or one target, escalation or payment of it.</summary>
public sealed record Counted(
    TicketLine Ticket,
    TargetOutcome? Target = null,
    Raised? Escalation = null,
    Resolution? Resolution = null,
    GivenMoney? Given = null
);

/// <summary>
/// Who belongs to which count: the one definition behind every figure, every chart, every table and every list of tickets. A figure is the
/// number of what <see cref="Of(Selection)"/> returns, or is measured on exactly that.
/// </summary>
public sealed class CountedTickets(IReadOnlyList<TicketLine> lines, ReportFrame frame)
{
    public const string NoBrand = "No brand";
    public const string NoProgramme = "No programme";
    public const string Waiting = nameof(Waiting);
    public const string InHand = nameof(InHand);

    private readonly Dictionary<Span, Dictionary<Population, List<Counted>>> _populations = [];
    private readonly Dictionary<(Facet, Population, Span), IReadOnlyDictionary<string, IReadOnlyList<Counted>>> _groups = [];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(frame.TimeZoneId);

    public ReportFrame Frame => frame;

    public IReadOnlyList<Counted> Of(Population population, Span span = Span.This) =>
        (_populations.TryGetValue(span, out var known) ? known : _populations[span] = Sort(span))[population];

    public IReadOnlyList<Counted> Of(Selection selection)
    {
        if (selection.Where.Count == 0)
        {
            return Of(selection.Of, selection.In);
        }

        var (facet, value) = selection.Where[0];
        var first = By(facet, selection.Of, selection.In).GetValueOrDefault(value, []);
        return selection.Where.Count == 1
            ? first
            : [.. first.Where(c => selection.Where.Skip(1).All(w => Value(c, w.Key, selection.In) == w.Value))];
    }

    /// <summary>Everything of the population by the value of a facet; a value that nothing has is absent.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Counted>> By(Facet facet, Population population, Span span = Span.This)
    {
        if (_groups.TryGetValue((facet, population, span), out var known))
        {
            return known;
        }

        var groups = new Dictionary<string, List<Counted>>(StringComparer.Ordinal);
        foreach (var counted in Of(population, span))
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(groups, Value(counted, facet, span), out _) ??= []).Add(counted);
        }

        return _groups[(facet, population, span)] = groups.ToDictionary(
            g => g.Key,
            g => (IReadOnlyList<Counted>)g.Value,
            StringComparer.Ordinal
        );
    }

    /// <summary>The instant at which stocks of the period are taken: its end, or the present when it is not over.</summary>
    public DateTime StockAt(Span span) => frame.In(span).EndUtc < frame.MadeAtUtc ? frame.In(span).EndUtc : frame.MadeAtUtc;

    public string Value(Counted counted, Facet facet, Span span)
    {
        var ticket = counted.Ticket;
        return facet switch
        {
            Facet.Category => ticket.Category,
            Facet.Channel => ticket.Channel.ToString(),
            Facet.Brand => ticket.Brand ?? NoBrand,
            Facet.Programme => ticket.Programme ?? NoProgramme,
            Facet.Severity => ticket.Severity.ToString(),
            Facet.Disposition => StandingAt(ticket, span)?.Code ?? Dispositions.Other,
            Facet.Age => AgeBuckets.Of(StockAt(span) - ticket.CreatedAtUtc).Code,
            Facet.Waiting => StandingAt(ticket, span) is { WaitingOn: not WaitingOn.Nobody } ? Waiting : InHand,
            Facet.Target => counted.Target?.Target ?? "",
            Facet.Level => counted.Escalation?.To.ToString() ?? "",
            Facet.Currency => counted.Given?.Amount.Currency ?? "",
            Facet.Score => ticket.CsatScore?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
            Facet.Day => DayOf(counted.Resolution?.AtUtc ?? ticket.CreatedAtUtc),
            _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, null),
        };
    }

    /// <summary>The day in the client's zone, as 2026-06-30.</summary>
    public string DayOf(DateTime instantUtc) =>
        DateOnly
            .FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instantUtc, _zone))
            .ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One pass over the tickets for all populations of a period.</summary>
    private Dictionary<Population, List<Counted>> Sort(Span span)
    {
        var (period, stockAt) = (frame.In(span), StockAt(span));
        var sorted = Enum.GetValues<Population>().ToDictionary(p => p, _ => new List<Counted>());
        foreach (var t in lines)
        {
            var self = new Counted(t);
            var created = period.Covers(t.CreatedAtUtc);
            foreach (var given in t.Given.Where(g => period.Covers(g.AtUtc))) // merged or not: it was paid
            {
                sorted[given.As == MoneyGiven.Refund ? Population.Refunds : Population.Goodwill].Add(new Counted(t, Given: given));
            }

            if (t.IsMerged)
            {
                Put(Population.MergedLeftOut, created);
                continue;
            }

            Put(Population.Created, created);
            Put(Population.Identified, created && t.IsIdentified);
            Put(Population.Duplicates, created && t.DuplicateOf is not null);
            Put(Population.Repeats, created && t.RepeatOf is not null && t.DuplicateOf is null);
            Put(Population.Replied, period.Covers(t.Reply?.AtUtc));
            Put(Population.Offered, period.Covers(t.HandedOverAtUtc));
            Put(Population.Accepted, period.Covers(t.AcceptedAtUtc));
            Put(Population.SurveysAsked, period.Covers(t.CsatAskedAtUtc));
            Put(Population.SurveysAnswered, period.Covers(t.CsatAskedAtUtc) && t.CsatAtUtc < period.EndUtc);
            Put(Population.Responses, period.Covers(t.CsatAtUtc));
            Put(Population.Satisfied, period.Covers(t.CsatAtUtc) && t.CsatScore >= 4);

            var isOpen = t.CreatedAtUtc < stockAt && StandingAt(t, span) is { IsFinal: false };
            Put(Population.Open, isOpen);
            Put(Population.Unanswered, isOpen && !(t.Reply?.AtUtc < stockAt));

            SortResolutions(t, self);
            SortTargets(t, self);
            foreach (var raised in t.Escalations)
            {
                if (period.Covers(raised.AtUtc))
                {
                    sorted[Population.Escalations].Add(new Counted(t, Escalation: raised));
                }
            }

            void Put(Population population, bool belongs)
            {
                if (belongs)
                {
                    sorted[population].Add(self);
                }
            }
        }

        return sorted;

        void SortResolutions(TicketLine t, Counted self)
        {
            var (atAll, reopened) = (false, false);
            Resolution? last = null;
            for (var i = 0; i < t.Resolutions.Count; i++)
            {
                var r = t.Resolutions[i];
                var covered = period.Covers(r.AtUtc);
                atAll |= covered;
                reopened |= covered && r.ReopenedAtUtc <= r.AtUtc.AddDays(frame.ReopenDays);
                last = r.AtUtc < period.EndUtc ? r : last;
                if (i == 0 && covered)
                {
                    sorted[Population.FirstResolved].Add(new Counted(t, Resolution: r));
                }
            }

            // The last time it became final by the period's end, provided that it was not open again by then.
            if (last is not null && period.Covers(last.AtUtc) && !(last.ReopenedAtUtc < period.EndUtc))
            {
                sorted[Population.Resolved].Add(new Counted(t, Resolution: last));
            }

            if (atAll)
            {
                sorted[Population.ResolvedAtAll].Add(self);
            }

            if (reopened)
            {
                sorted[Population.Reopened].Add(self);
            }
        }

        void SortTargets(TicketLine t, Counted self)
        {
            var (any, all) = (false, true);
            foreach (var target in t.Targets)
            {
                if (period.Covers(target.AtUtc))
                {
                    var counted = new Counted(t, Target: target);
                    sorted[Population.Targets].Add(counted);
                    sorted[target.IsMet ? Population.TargetsMet : Population.TargetsMissed].Add(counted);
                    (any, all) = (true, all && target.IsMet);
                }
            }

            if (any)
            {
                sorted[Population.TargetTickets].Add(self);
            }

            if (any && all)
            {
                sorted[Population.AllTargetsMet].Add(self);
            }
        }
    }

    private static Standing? StandingAt(TicketLine ticket, Span span) => span == Span.This ? ticket.AtEnd : ticket.AtEndBefore;
}

/// <summary>Ages of open tickets, in days since creation by the wall clock. Each begins with its first number and ends just before its second.</summary>
public sealed record AgeBucket(string Code, string Name, int UpToDays);

public static class AgeBuckets
{
    public static IReadOnlyList<AgeBucket> All { get; } =
    [
        new("0-1", "Under 1 day", 1),
        new("1-3", "1 to 3 days", 3),
        new("3-7", "3 to 7 days", 7),
        new("7-14", "7 to 14 days", 14),
        new("14-30", "14 to 30 days", 30),
        new("30+", "Over 30 days", int.MaxValue),
    ];

    public static AgeBucket Of(TimeSpan age)
    {
        var bucket = 0;
        while (age.TotalDays >= All[bucket].UpToDays)
        {
            bucket++;
        }

        return All[bucket];
    }
}
