namespace Plum.Portal.Shared;

/// <summary>Asks before what cannot be undone. Scoped: one circuit, one person. What can be undone is done, with Undo in the toast.</summary>
public sealed class Confirmations
{
    private TaskCompletionSource<bool>? _answer;

    internal Question? Asked { get; private set; }

    internal Action? Changed { get; set; }

    /// <param name="title">The act as a question: "Refund this order?"</param>
    /// <param name="consequence">One sentence with the amount and the name: "INR 1,250.00 goes back to the card of J. Okafor."</param>
    /// <param name="verb">What the button says: "Refund INR 1,250.00". Never "OK".</param>
    /// <param name="danger">Whether something is lost by it.</param>
    /// <returns>False when the person thought better of it.</returns>
    public async Task<bool> AskAsync(string title, string consequence, string verb, bool danger = false)
    {
        _answer?.TrySetResult(false);
        var mine = _answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Asked = new Question(title, consequence, verb, danger);
        Changed?.Invoke();
        return await mine.Task;
    }

    internal void Answer(bool yes)
    {
        Asked = null;
        Changed?.Invoke();
        _answer?.TrySetResult(yes);
        _answer = null;
    }

    internal sealed record Question(string Title, string Consequence, string Verb, bool Danger);
}
