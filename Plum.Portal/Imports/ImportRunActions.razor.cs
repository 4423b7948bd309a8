using Microsoft.AspNetCore.Components;
using Plum.Data.Imports;
using Plum.Domain.Imports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Imports;

/// <summary>What can be done to an import that was carried out, or stopped in the middle.</summary>
public sealed partial class ImportRunActions(ImportService imports, ImportWork work, Viewer viewer, Confirmations confirm, Toasts toasts)
{
    private bool _busy;

    [Parameter, EditorRequired]
    public ImportView Import { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <inheritdoc cref="ImportRun.Look" />
    [Parameter, EditorRequired]
    public EventCallback Look { get; set; }

    private Task GoOnAsync() =>
        DoAsync(() => imports.GoOnAsync(new GoOnWithImport(Import.Number, Import.Version), By, CancellationToken.None), "It goes on.");

    private async Task UndoAsync()
    {
        var (kept, _) = await work.KeptAsync(Import.Number, By, Leaving);
        var going = Import.TicketsMade - kept;
        var stay =
            kept == 0 ? ""
            : kept == 1 ? " 1 ticket stays, because it was worked on since."
            : $" {viewer.Number(kept)} tickets stay, because they were worked on since.";
        var reference = ImportReference.Of(Import.Number);
        if (
            await confirm.AskAsync(
                $"Undo {reference}?",
                $"{viewer.Number(going)} {ImportLinks.Tickets(going)} of {Import.ClientName} {(going == 1 ? "is" : "are")} deleted, with their messages and clocks, and the recipients made for them.{stay}",
                $"Delete {viewer.Number(going)} {ImportLinks.Tickets(going)}",
                danger: true
            )
        )
        {
            await DoAsync(
                () => imports.UndoAsync(new UndoImport(Import.Number, Import.Version), By, CancellationToken.None),
                $"{reference} is being undone."
            );
        }
    }

    private async Task DoAsync(Func<Task<Outcome>> command, string done)
    {
        _busy = true;
        toasts.Show(await command(), done);
        _busy = false;
        await Look.InvokeAsync();
    }
}
