namespace Plum.Portal.Shared;

/// <summary>
/// The drafts of a page that edits rows one at a time in a sheet. Closing the sheet keeps what was typed in it, for each row, until the
/// page is left.
/// </summary>
public sealed class FormDrafts(params IReadOnlyList<FormField> fields)
{
    /// <summary>The key of the row that does not exist yet.</summary>
    public const string New = "";

    private readonly Dictionary<string, FormDraft> _kept = [];

    /// <summary>The one in the open sheet; null while it is closed.</summary>
    public FormDraft? Current { get; private set; }

    public string Key { get; private set; } = New;

    /// <summary>Draws the page anew.</summary>
    public Action? Changed { get; set; }

    public bool IsDirty => _kept.Values.Any(d => d.IsDirty);

    /// <summary>Opens the sheet on a row as it is saved now, or on what was typed before and not saved.</summary>
    public FormDraft Open(string key, IReadOnlyDictionary<string, string>? saved = null, int version = 0)
    {
        if (_kept.GetValueOrDefault(key) is not { IsDirty: true } draft)
        {
            draft = new FormDraft(fields);
            draft.Fill(saved, version);
            _kept[key] = draft;
        }
        else if (draft.Version != version && saved is not null)
        {
            draft.Meet(saved, version);
        }

        draft.Changed = () => Changed?.Invoke();
        (Key, Current) = (key, draft);
        Changed?.Invoke();
        return draft;
    }

    public void Close()
    {
        Current = null;
        Changed?.Invoke();
    }

    /// <summary>Closes the sheet and forgets what was typed: it is saved.</summary>
    public void Done()
    {
        _kept.Remove(Key);
        Close();
    }
}
