using Microsoft.AspNetCore.Components;
using MudBlazor;
using Plum.Domain.Shared;

namespace Plum.Portal.Shared;

/// <summary>Tells what happened and offers the next step. Scoped, components only.</summary>
public sealed class Toasts(ISnackbar snackbar)
{
    public const string StaleText =
        "Somebody changed this while you had it open. Nothing was saved; look at what changed, then do it again.";

    /// <param name="next">Where a person would go from here.</param>
    /// <param name="undo">Takes it back; offered while the toast is there.</param>
    public void Done(string text, (string Label, string Href)? next = null, Func<Task>? undo = null) => Add(text, Meaning.Good, next, undo);

    public void Info(string text, (string Label, string Href)? next = null) => Add(text, Meaning.Info, next, undo: null);

    public void Warn(string text, (string Label, string Href)? next = null) => Add(text, Meaning.Warn, next, undo: null);

    /// <summary>Tells what became of a command.</summary>
    /// <param name="done">What to say when it is done.</param>
    /// <returns>Whether it was done.</returns>
    public bool Show(Outcome outcome, string done, (string Label, string Href)? next = null, Func<Task>? undo = null)
    {
        switch (outcome)
        {
            case Outcome.Done:
                Done(done, next, undo);
                return true;
            case Outcome.Refused refused:
                Warn(refused.Why.Message);
                return false;
            default:
                Warn(StaleText);
                return false;
        }
    }

    private void Add(string text, Meaning meaning, (string Label, string Href)? next, Func<Task>? undo)
    {
        Snackbar? shown = null;
        RenderFragment content = builder =>
        {
            builder.OpenComponent<Toast>(0);
            builder.AddAttribute(1, nameof(Toast.Text), text);
            builder.AddAttribute(2, nameof(Toast.Meaning), meaning);
            builder.AddAttribute(3, nameof(Toast.Next), next);
            builder.AddAttribute(4, nameof(Toast.Undo), undo);
            builder.AddAttribute(
                5,
                nameof(Toast.Close),
                (Action)(
                    () =>
                    {
                        if (shown is not null)
                        {
                            snackbar.Remove(shown);
                        }
                    }
                )
            );
            builder.CloseComponent();
        };
        shown = snackbar.Add(
            content,
            Severity.Normal,
            options =>
            {
                options.SnackbarVariant = Variant.Text;
                options.HideIcon = true;
                options.ShowCloseIcon = false;
                options.CloseAfterNavigation = false;
                options.VisibleStateDuration = meaning == Meaning.Warn || next is not null || undo is not null ? 10_000 : 5_000;
            },
            text
        );
    }
}
