using Plum.Domain.Shared;

namespace Plum.Portal.Shared;

/// <param name="Name">As the refusals name it.</param>
/// <param name="Label">As the form calls it.</param>
/// <param name="Words">How a value reads where it is not what one types: the name behind a key.</param>
public sealed record FormField(string Name, string Label, Func<string, string>? Words = null);

/// <summary>
/// What a person types into a form, over what was read. Kept as text, whatever it is meant to be, so that nothing typed is lost to a
/// refusal, to somebody else's edit or to a sheet that was closed.
/// </summary>
public sealed class FormDraft(params IReadOnlyList<FormField> fields)
{
    private const string Was = "was:";

    private readonly Dictionary<string, string> _saved = [];
    private readonly Dictionary<string, string> _typed = [];
    private readonly List<Refusal> _refusals = [];
    private (IReadOnlyDictionary<string, string> Values, int Version)? _theirs;
    private string? _toFocus;

    /// <summary>The version that the form stands on; it goes back with the command.</summary>
    public int Version { get; private set; }

    /// <summary>What differs from theirs, after somebody else saved first; null otherwise.</summary>
    public IReadOnlyList<StaleNotice.Change>? Conflicts { get; private set; }

    /// <summary>Draws the page anew.</summary>
    public Action? Changed { get; set; }

    public bool IsDirty => fields.Any(IsEdited);

    public string this[string field]
    {
        get => _typed.GetValueOrDefault(field, "");
        set
        {
            if (_typed.GetValueOrDefault(field, "") != value)
            {
                _typed[field] = value;
                _refusals.RemoveAll(r => r.Field == field);
                Changed?.Invoke();
            }
        }
    }

    /// <summary>What was typed over what is saved, with what it was typed over, to be kept; see <see cref="Restore"/>.</summary>
    public IReadOnlyDictionary<string, string> Edits =>
        fields
            .Where(IsEdited)
            .SelectMany(f => new[] { (f.Name, this[f.Name]), (Was + f.Name, _saved.GetValueOrDefault(f.Name, "")) })
            .ToDictionary();

    /// <summary>Puts back what was kept, over what is saved now. Where somebody else saved since, theirs is shown beside it.</summary>
    /// <param name="version">The version that it was typed over.</param>
    public void Restore(IReadOnlyDictionary<string, string> edits, int version)
    {
        var (now, nowVersion) = (new Dictionary<string, string>(_saved), Version);
        foreach (var field in fields.Where(f => edits.ContainsKey(f.Name)))
        {
            _typed[field.Name] = edits[field.Name];
            _saved[field.Name] = edits.GetValueOrDefault(Was + field.Name, "");
        }

        if (version != nowVersion)
        {
            Version = version;
            Meet(now, nowVersion);
        }

        Changed?.Invoke();
    }

    /// <summary>Starts over from what is saved, or from nothing.</summary>
    public void Fill(IReadOnlyDictionary<string, string>? saved = null, int version = 0)
    {
        Replace(_saved, saved);
        Replace(_typed, saved);
        Version = version;
        (Conflicts, _theirs) = (null, null);
        _refusals.Clear();
        Changed?.Invoke();
    }

    public Refusal? For(string field) => _refusals.Find(r => r.Field == field);

    /// <summary>What concerns the form as a whole, or a field that it does not show.</summary>
    public IEnumerable<Refusal> ForWhole => _refusals.Where(r => fields.All(f => f.Name != r.Field));

    /// <summary>Shows what is wrong, each beside its field, and puts the cursor into the first one.</summary>
    /// <returns>Whether nothing is.</returns>
    public bool Accepts(params IEnumerable<Refusal> refusals)
    {
        _refusals.Clear();
        _refusals.AddRange(refusals);
        _toFocus = fields.FirstOrDefault(f => For(f.Name) is not null)?.Name;
        Changed?.Invoke();
        return _refusals.Count == 0;
    }

    /// <summary>Takes what became of the command: a refusal goes beside its field, and after another's edit theirs is read and shown.</summary>
    /// <param name="theirs">Reads the row as it is saved now, with its version, or null when it is gone. Only what exists can be stale.</param>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> SettleAsync(
        Outcome outcome,
        Func<Task<(IReadOnlyDictionary<string, string> Values, int Version)?>>? theirs = null
    )
    {
        switch (outcome)
        {
            case Outcome.Done:
                return true;
            case Outcome.Refused refused:
                return Accepts(refused.Why);
            default:
                if (theirs is not null && await theirs() is { } now)
                {
                    Meet(now.Values, now.Version);
                    return false;
                }

                return Accepts(Refusals.NotFound);
        }
    }

    /// <summary>Puts the cursor into a field.</summary>
    public void Focus(string field)
    {
        _toFocus = field;
        Changed?.Invoke();
    }

    /// <summary>Once true for the field that the cursor should go to.</summary>
    public bool TakesFocus(string field)
    {
        var takes = _toFocus == field;
        _toFocus = takes ? null : _toFocus;
        return takes;
    }

    /// <summary>Somebody else saved first: shows theirs beside mine and waits for a choice. Nothing typed is touched.</summary>
    public void Meet(IReadOnlyDictionary<string, string> theirs, int version)
    {
        _theirs = (theirs, version);
        Conflicts =
        [
            .. fields
                .Where(f => theirs.GetValueOrDefault(f.Name, "") != _saved.GetValueOrDefault(f.Name, ""))
                .Select(f => new StaleNotice.Change(
                    f.Label,
                    Read(f, theirs.GetValueOrDefault(f.Name, "")),
                    IsEdited(f) ? Read(f, this[f.Name]) : "not changed by you"
                )),
        ];
        Changed?.Invoke();
    }

    public void TakeTheirs()
    {
        if (_theirs is { } theirs)
        {
            Fill(theirs.Values, theirs.Version);
        }
    }

    /// <summary>Mine where I changed something, theirs where I did not; on top of their version.</summary>
    public void KeepMine()
    {
        if (_theirs is { } theirs)
        {
            var mine = fields.Where(IsEdited).ToDictionary(f => f.Name, f => this[f.Name]);
            Fill(theirs.Values, theirs.Version);
            foreach (var (field, text) in mine)
            {
                _typed[field] = text;
            }

            Changed?.Invoke();
        }
    }

    private bool IsEdited(FormField field) => this[field.Name] != _saved.GetValueOrDefault(field.Name, "");

    private static string Read(FormField field, string value) => field.Words?.Invoke(value) ?? value;

    private static void Replace(Dictionary<string, string> values, IReadOnlyDictionary<string, string>? by)
    {
        values.Clear();
        foreach (var (field, text) in by ?? new Dictionary<string, string>())
        {
            values[field] = text;
        }
    }
}
