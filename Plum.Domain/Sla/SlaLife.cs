using Plum.Domain.Tickets;

namespace Plum.Domain.Sla;

/// <summary>Half-open; without an end while it lasts.</summary>
internal readonly record struct SlaSpan(DateTime FromUtc, DateTime? ToUtc);

/// <summary>The recipient's oldest unanswered message, and the reply to it.</summary>
internal readonly record struct SlaExchange(DateTime AskedAtUtc, DateTime? AnsweredAtUtc);

/// <summary>A ticket's facts, sorted into what each clock asks: when it waited on whom, when it was final, who wrote when.</summary>
internal sealed class SlaLife
{
    private readonly List<SlaSpan> _recipient = [];
    private readonly List<SlaSpan> _supplier = [];
    private readonly List<SlaSpan> _final = [];
    private readonly List<SlaExchange> _exchanges = [];

    public DateTime? FirstReplyAtUtc { get; private set; }
    public DateTime? FirstEndedAtUtc { get; private set; }

    /// <summary>Since when it is final; null while it is open.</summary>
    public DateTime? EndedAtUtc { get; private set; }
    public bool IsWithdrawn { get; private set; }
    public IReadOnlyList<SlaExchange> Exchanges => _exchanges;

    public static SlaLife Of(SlaFacts facts)
    {
        var life = new SlaLife();
        var waiting = (On: WaitingOn.Nobody, SinceUtc: facts.StartedAtUtc);
        DateTime? unanswered = null;

        void Wait(WaitingOn on, DateTime atUtc)
        {
            var spans = waiting.On switch
            {
                WaitingOn.Recipient => life._recipient,
                WaitingOn.Supplier => life._supplier,
                _ => null,
            };
            if (waiting.On != on)
            {
                spans?.Add(new SlaSpan(waiting.SinceUtc, atUtc));
                waiting = (on, atUtc);
            }
        }

        foreach (var (atUtc, kind, on) in facts.Facts)
        {
            switch (kind)
            {
                case SlaFactKind.Replied:
                    life.FirstReplyAtUtc ??= atUtc;
                    if (unanswered is { } asked)
                    {
                        life._exchanges.Add(new SlaExchange(asked, atUtc));
                        unanswered = null;
                    }

                    break;
                case SlaFactKind.Messaged when life.FirstReplyAtUtc is not null:
                    unanswered ??= atUtc; // until then it is the first response that is awaited; a further message does not restart the clock
                    break;
                case SlaFactKind.Waits when life.EndedAtUtc is null:
                    Wait(on, atUtc);
                    break;
                case SlaFactKind.Ended:
                    life.FirstEndedAtUtc ??= life.IsWithdrawn ? null : atUtc;
                    life.EndedAtUtc ??= atUtc;
                    Wait(WaitingOn.Nobody, atUtc);
                    break;
                case SlaFactKind.Withdrawn:
                    life.IsWithdrawn = true;
                    life.EndedAtUtc ??= atUtc;
                    life.FirstEndedAtUtc = life.FirstEndedAtUtc == atUtc ? null : life.FirstEndedAtUtc; // the move that the merge itself made
                    Wait(WaitingOn.Nobody, atUtc);
                    break;
                case SlaFactKind.Reopened when life.EndedAtUtc is { } ended:
                    life._final.Add(new SlaSpan(ended, atUtc));
                    (life.EndedAtUtc, life.IsWithdrawn) = (null, false);
                    break;
                default:
                    break;
            }
        }

        if (unanswered is { } open)
        {
            life._exchanges.Add(new SlaExchange(open, AnsweredAtUtc: null));
        }

        if (waiting.On is WaitingOn.Recipient or WaitingOn.Supplier)
        {
            (waiting.On == WaitingOn.Recipient ? life._recipient : life._supplier).Add(new SlaSpan(waiting.SinceUtc, ToUtc: null));
        }

        if (life.EndedAtUtc is { } final)
        {
            life._final.Add(new SlaSpan(final, ToUtc: null));
        }

        return life;
    }

    /// <summary>When the clock stands still, in order and without overlaps.</summary>
    public IReadOnlyList<SlaSpan> Pauses(SlaTarget target, SlaTerms terms)
    {
        var spans = new List<SlaSpan>(_final);
        if (target != SlaTarget.FirstResponse || terms.RecipientPausesFirstResponse)
        {
            spans.AddRange(_recipient);
        }

        if (target != SlaTarget.FirstResponse && terms.SupplierPauses)
        {
            spans.AddRange(_supplier);
        }

        spans.Sort((a, b) => a.FromUtc.CompareTo(b.FromUtc));
        return spans; // a ticket waits on one at a time, and on nobody once it is final: they cannot overlap
    }
}
