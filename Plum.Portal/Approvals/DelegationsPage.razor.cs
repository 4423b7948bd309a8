using System.Globalization;
using Plum.Data.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>Who decides in whose stead: one's own delegations and those to oneself; all of them for whoever looks after limits.</summary>
public partial class DelegationsPage
{
    private const string Format = "yyyy-MM-dd'T'HH:mm"; // of an input for date and time

    private readonly DelegationService _service;
    private readonly Viewer _viewer;
    private readonly TimeProvider _clock;
    private readonly DecidingDesk _desk;
    private readonly FormDrafts _drafts;
    private readonly Loadable<IReadOnlyList<DelegationRow>> _rows = new();
    private readonly (string, string)[] _crumbs = [("Approvals", ApprovalWords.Path)];
    private IReadOnlyList<Person> _candidates = [];
    private Actor? _by;

    public DelegationsPage(DelegationService service, Viewer viewer, TimeProvider clock, DecidingDesk desk)
    {
        (_service, _viewer, _clock, _desk) = (service, viewer, clock, desk);
        _drafts = new FormDrafts(
            new FormField("To", "Who decides in your stead"),
            new FormField("From", "From"),
            new FormField("Until", "Until"),
            new FormField("Reason", "Why")
        )
        {
            Changed = StateHasChanged,
        };
    }

    private IEnumerable<(string, string)> Candidates => _candidates.Select(p => (p.Id.ToString(), p.Name));

    protected override async Task OnInitializedAsync()
    {
        _by = await _desk.Actor.GetAsync();
        _candidates = await _service.CandidatesAsync(_by, Leaving);
        await LoadAsync(_rows, ReadAsync);
    }

    private Task<IReadOnlyList<DelegationRow>> ReadAsync(CancellationToken ct) => _service.ListAsync(_by!, ct);

    private void Add()
    {
        var local = _viewer.Local(_clock.GetUtcNow().UtcDateTime);
        _drafts.Open(
            FormDrafts.New,
            new Dictionary<string, string>
            {
                ["From"] = local.Date.AddHours(local.Hour + 1).ToString(Format, CultureInfo.InvariantCulture),
                ["Until"] = local.Date.AddDays(8).ToString(Format, CultureInfo.InvariantCulture),
            }
        );
    }

    private async Task GrantAsync()
    {
        var draft = _drafts.Current!;
        var (to, from, until) = (FormWords.Key(draft["To"]), Instant(draft["From"]), Instant(draft["Until"]));
        var missing = new[]
        {
            to == Guid.Empty ? Refusals.ForText("To", "The person", text: null, maxLength: 1) : null,
            from is null ? Refusals.ForText("From", text: null, maxLength: 1) : null,
            until is null ? Refusals.ForText("Until", text: null, maxLength: 1) : null,
        };
        if (!draft.Accepts(missing.OfType<Refusal>()))
        {
            return;
        }

        var outcome = await _service.GrantAsync(
            new GrantDelegation(to, from!.Value, until!.Value, draft["Reason"]),
            _by!,
            CancellationToken.None
        );
        if (await draft.SettleAsync(outcome))
        {
            _desk.Toasts.Done($"{_candidates.First(p => p.Id == to).Name} decides in your stead until {_viewer.Time(until.Value)}.");
            _drafts.Done();
            await LoadAsync(_rows, ReadAsync);
        }
    }

    private async Task EndAsync(DelegationRow row)
    {
        if (
            await _desk.Confirmations.AskAsync(
                "End the delegation?",
                $"{row.To} no longer decides in the stead of {row.From}, from now on.",
                "End the delegation"
            )
        )
        {
            _desk.Toasts.Show(
                await _service.EndAsync(new EndDelegation(row.Id, row.Version), _by!, CancellationToken.None),
                $"{row.To} no longer decides in the stead of {row.From}."
            );
            await LoadAsync(_rows, ReadAsync);
        }
    }

    private DateTime? Instant(string typed) =>
        DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? _viewer.ToUtc(local) : null;
}
