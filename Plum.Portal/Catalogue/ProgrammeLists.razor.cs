using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Plum.Data.Catalogue;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Domain.Catalogue;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Catalogue;

/// <summary>The sheet of a programme's allow and deny lists. Its draft keeps each list as the JSON of its lines.</summary>
public sealed partial class ProgrammeLists
{
    private readonly ProgrammeRewardsService _lists;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;

    /// <summary>What the lines are called.</summary>
    private readonly Dictionary<RewardLine, string?> _names = [];
    private RewardLineKind _kind = RewardLineKind.Brand;
    private NamedLine? _line;

    public ProgrammeLists(ProgrammeRewardsService lists, Toasts toasts)
    {
        (_lists, _toasts) = (lists, toasts);
        _drafts = new FormDrafts(new FormField("Allowed", "Allow list", Said), new FormField("Denied", "Deny list", Said))
        {
            Changed = StateHasChanged,
        };
    }

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    [Parameter, EditorRequired]
    public ProgrammeChoice Programme { get; set; } = null!;

    [Parameter]
    public EventCallback Saved { get; set; }

    private bool CanChoose => By.May(Act.ChooseRewards);

    public async Task Open()
    {
        if (await ReadAsync() is { } read)
        {
            _drafts.Open(Programme.Id.ToString(), read.Values, read.Version);
            StateHasChanged();
        }
    }

    private async Task<(Dictionary<string, string> Values, int Version)?> ReadAsync()
    {
        if (await _lists.ViewAsync(Programme.Id, By, Leaving) is not { } view)
        {
            return null;
        }

        foreach (var line in view.Allowed.Concat(view.Denied))
        {
            _names[line.Line] = line.Name;
        }

        return (
            new() { ["Allowed"] = Written(view.Allowed.Select(l => l.Line)), ["Denied"] = Written(view.Denied.Select(l => l.Line)) },
            view.Version
        );
    }

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var outcome = await _lists.ChooseAsync(
            new ChooseRewards(Programme.Id, draft.Version, Lines(draft, "Allowed"), Lines(draft, "Denied")),
            By,
            CancellationToken.None
        );
        if (await draft.SettleAsync(outcome, async () => await ReadAsync() is { } read ? (read.Values, read.Version) : null))
        {
            _toasts.Done($"The lists of {Programme.Name} are saved.");
            _drafts.Done();
            await Saved.InvokeAsync();
        }
    }

    private void Choose(NamedLine? line) => _line = line;

    private void Add(FormDraft draft, string field)
    {
        _names[_line!.Line] = _line.Name;
        draft[field] = Written(Lines(draft, field).Append(_line.Line).Distinct());
    }

    private static void Remove(FormDraft draft, string field, RewardLine line) =>
        draft[field] = Written(Lines(draft, field).Where(l => l != line));

    private static IReadOnlyList<RewardLine> Lines(FormDraft draft, string field) => Lines(draft[field]);

    private static IReadOnlyList<RewardLine> Lines(string written) =>
        written.Length == 0 ? [] : JsonSerializer.Deserialize<List<RewardLine>>(written)!;

    private static string Written(IEnumerable<RewardLine> lines) => JsonSerializer.Serialize(lines.ToList());

    private NamedLine Named(RewardLine line) => new(line, _names.GetValueOrDefault(line));

    private string Said(string written) =>
        Lines(written) is { Count: > 0 } lines ? string.Join(", ", lines.Select(l => CatalogueWords.Of(Named(l)))) : "Nothing";
}
