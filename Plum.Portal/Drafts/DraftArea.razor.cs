using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plum.Data.Drafts;
using Plum.Domain.Drafts;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Drafts;

/// <summary>
/// A text area whose text is lost by nothing: it is kept on the server a moment after the last keystroke, and in the browser's session until
/// the server has it. What was kept under <see cref="Key"/> is there again when the area appears. Call <see cref="ForgetAsync"/> once it is sent.
/// </summary>
public partial class DraftArea(DraftService drafts, CurrentActor actor, Viewer viewer, TimeProvider clock, IJSRuntime js) : IDisposable
{
    private readonly string _id = $"draft-{Guid.NewGuid():n}";
    private ElementReference _area;
    private string _shown = "";
    private string? _attached;
    private string? _state;
    private bool _left;

    /// <summary>The place, unique to it: <c>ticket:PLM-8812:reply</c>.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string Text { get; set; } = "";

    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    [Parameter]
    public int Rows { get; set; } = 6;

    [Parameter]
    public int MaxLength { get; set; } = 20_000;

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>The key that puts the cursor here, as in <c>data-key</c>.</summary>
    [Parameter]
    public string? FocusKey { get; set; }

    [Parameter]
    public bool HideLabel { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public bool Invalid { get; set; }

    /// <summary>The id of what explains it, of a <see cref="FieldError"/> for one.</summary>
    [Parameter]
    public string? DescribedBy { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>Beside the draft's state, under the area: usually the buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Drops the draft: its text was sent, or is not wanted. Empties the area.</summary>
    public async Task ForgetAsync()
    {
        await drafts.KeepAsync(new KeepDraft(Key, ""), await actor.GetAsync(), CancellationToken.None);
        await js.InvokeVoidAsync("plum.draft.forget", Key);
        _state = null;
        await TellAsync("");
    }

    public ValueTask FocusAsync() => js.InvokeVoidAsync("plum.focus", _area);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_attached != Key)
        {
            _attached = Key;
            await AttachAsync();
        }
        else if (Text != _shown)
        {
            // The element is not bound: an answer of the server on its way must not take back what was typed meanwhile.
            _shown = Text;
            await js.InvokeVoidAsync("plum.draft.show", _area, Text);
        }
    }

    private async Task AttachAsync()
    {
        var key = Key;
        var kept = await drafts.ReadAsync(key, await actor.GetAsync(), CancellationToken.None);
        var unsaved = await js.InvokeAsync<string?>("plum.draft.attach", _area, key); // typed while the server could not be told
        if (key != Key || _left)
        {
            return;
        }

        var text = unsaved is { Length: > 0 } ? unsaved : kept?.Text;
        if (text is { Length: > 0 } && text.Length <= Draft.TextMaxLength && Text.Length == 0)
        {
            _state = kept is null || unsaved is { Length: > 0 } ? "Draft restored" : $"Draft of {viewer.Time(kept.UpdatedAtUtc)} restored";
            await TellAsync(text);
        }
        else if (Text.Length > 0)
        {
            _shown = Text;
            await js.InvokeVoidAsync("plum.draft.show", _area, Text);
        }
    }

    private async Task TypedAsync(ChangeEventArgs typed)
    {
        var text = typed.Value as string ?? "";
        _shown = Text = text;
        await TextChanged.InvokeAsync(text);
        var outcome = await drafts.KeepAsync(new KeepDraft(Key, text), await actor.GetAsync(), CancellationToken.None);
        if (outcome is Outcome.Refused refused)
        {
            _state = refused.Why.Message;
            return;
        }

        _state = text.Length == 0 ? null : $"Draft saved {viewer.Clock(clock.GetUtcNow().UtcDateTime)}";
        if (!_left)
        {
            await js.InvokeVoidAsync("plum.draft.saved", Key, text);
        }
    }

    private async Task TellAsync(string text)
    {
        _shown = Text = text;
        await js.InvokeVoidAsync("plum.draft.show", _area, text);
        await TextChanged.InvokeAsync(text);
        StateHasChanged();
    }

    public void Dispose()
    {
        _left = true;
        GC.SuppressFinalize(this);
    }
}
