using Plum.Data.Tickets;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>What the parts of an open ticket page share: the ticket as shown, the person, and the way to do something with it.</summary>
public sealed class TicketDesk(CurrentActor actor, Toasts toasts, Func<Task> reload, Action<IReadOnlyList<StaleNotice.Change>> stale)
{
    public TicketSheet Sheet { get; set; } = null!;

    public Actor By { get; private set; } = Actor.Job("nobody");

    /// <summary>The messages that are being chosen to be split off; null while none are.</summary>
    public HashSet<long>? Split { get; private set; }

    /// <summary>Whether a choice of messages is going on, or which they are, has changed.</summary>
    public event EventHandler? SplitChanged;

    public void StartSplit() => SetSplit([]);

    public void EndSplit() => SetSplit(null);

    /// <summary>Takes a message into the choice, or out of it.</summary>
    public void Select(long messageId)
    {
        if (Split is not null && !Split.Remove(messageId))
        {
            Split.Add(messageId);
        }

        SplitChanged?.Invoke(this, EventArgs.Empty);
    }

    private void SetSplit(HashSet<long>? to)
    {
        Split = to;
        SplitChanged?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>This person began or stopped typing on the ticket.</summary>
    public event EventHandler<TypingEventArgs>? TypingChanged;

    public void Typing(bool isTyping) => TypingChanged?.Invoke(this, new TypingEventArgs(isTyping));

    public async Task<Actor> WhoAsync() => By = await actor.GetAsync();

    /// <summary>Does it, says so, and shows the ticket as it then stands.</summary>
    /// <param name="done">What to say when it is done.</param>
    /// <param name="undo">The way back, as a command on the ticket as it then stands; null where there is none.</param>
    /// <returns>Null when it was done; the refusal, to be shown beside its field or as it is, when not. One without a field has been told.</returns>
    public async Task<Refusal?> DoAsync(
        Func<Actor, Task<Outcome>> command,
        string done,
        Func<TicketSheet, Actor, Task<Outcome>>? undo = null,
        (string Label, string Href)? next = null
    )
    {
        var before = Sheet;
        var outcome = await command(await WhoAsync());
        switch (outcome)
        {
            case Outcome.Done:
                await reload();
                toasts.Done(done, next, undo is null ? null : () => DoAsync(by => undo(Sheet, by), "Taken back."));
                return null;
            case Outcome.Refused refused:
                await reload(); // what the button was offered for may have gone
                if (refused.Why.Field is null)
                {
                    toasts.Warn(refused.Why.Message);
                }

                return refused.Why;
            default:
                await reload();
                stale(TicketDifference.Between(before, Sheet));
                return StaleRefusal;
        }
    }

    /// <summary>Shown beside a form whose ticket changed under it; the page tells what changed.</summary>
    public static readonly Refusal StaleRefusal = new(
        "ticket.stale",
        "The ticket changed meanwhile. Nothing was saved; look at what changed, then do it again."
    );
}

/// <summary>What is different about a ticket since it was shown, as a person reads it.</summary>
public static class TicketDifference
{
    public static IReadOnlyList<StaleNotice.Change> Between(TicketSheet shown, TicketSheet now) =>
        [
            .. Fields(shown)
                .Zip(Fields(now), (then, current) => (then.Name, Then: then.Value, Now: current.Value))
                .Where(f => f.Then != f.Now)
                .Select(f => new StaleNotice.Change(f.Name, f.Now, f.Then)),
        ];

    private static IEnumerable<(string Name, string? Value)> Fields(TicketSheet sheet) =>
        [
            ("Subject", sheet.Subject),
            ("Disposition", sheet.Disposition.Label),
            ("Severity", sheet.Severity.ToString()),
            ("Owner", sheet.OwnerName),
            ("Waits on", Plum.Domain.Tickets.TicketWords.Of(sheet.WaitingOn)),
            ("Level", sheet.Level.ToString()),
            ("Category", sheet.Place.CategoryName),
            ("Channel", Plum.Domain.Tickets.TicketWords.Of(sheet.Channel)),
            ("Programme", sheet.Place.ProgrammeName),
            ("Recipient", sheet.Recipient?.Name),
            ("Order", sheet.Order?.Reference),
            ("Merged into", sheet.MergedInto),
        ];
}

public sealed class TypingEventArgs(bool isTyping) : EventArgs
{
    public bool IsTyping { get; } = isTyping;
}
