using System.Globalization;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>What each role may do, and how many decide above which amount. Nothing is changed here: a change is asked for.</summary>
public partial class LimitsPage
{
    private static readonly IReadOnlyList<(string Value, string Text)> _kinds =
    [
        .. Enum.GetValues<RequestKind>().Where(RequestKinds.IsBoundByLimits).Select(k => (k.ToString(), RequestKinds.Words(k))),
    ];

    private static readonly IReadOnlyList<(string Value, string Text)> _roles =
    [
        .. Enum.GetValues<Role>().Where(r => r != Role.Partner).Select(r => (r.ToString(), Roles.Label(r))),
    ];

    private static readonly IReadOnlyList<(string Value, string Text)> _everyCurrency =
    [
        .. Plum.Domain.Shared.Currencies.All.Order(StringComparer.Ordinal).Select(c => (c, c)),
    ];

    /// <summary>As it stands under the reason: who it waits for.</summary>
    private static readonly string WhoDecides =
        $"It takes effect once another person approves it: {string.Join(" or ", Enum.GetValues<Role>().Where(r => RoleActs.Of(r) is var acts && acts.Contains(Act.EditLimits) && acts.Contains(Act.DecideRequests)).Select(r => Roles.Label(r).ToLowerInvariant()))}.";

    private readonly LimitService _service;
    private readonly ApprovalQueue _queue;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _limits;
    private readonly FormDrafts _bands;
    private readonly Loadable<ShownLimits> _shown = new();
    private ListAddress _address = ListAddress.Read("/settings/limits");

    public LimitsPage(LimitService service, ApprovalQueue queue, Viewer viewer, Toasts toasts)
    {
        (_service, _queue, _viewer, _toasts) = (service, queue, viewer, toasts);
        _limits = new FormDrafts(
            new FormField("Kind", "Kind"),
            new FormField("Currency", "Currency"),
            new FormField("Role", "Role"),
            new FormField("PartnerId", "Whose people"),
            new FormField("MakeAlone", "Makes alone"),
            new FormField("Approve", "Approves"),
            new FormField("PerBeneficiary", "One person, 24 hours"),
            new FormField("PerDay", "In a day"),
            new FormField("Reason", "Why")
        )
        {
            Changed = StateHasChanged,
        };
        _bands = new FormDrafts(
            new FormField("Kind", "Kind"),
            new FormField("Currency", "Currency"),
            new FormField("Above", "Above"),
            new FormField("Checkers", "Checkers"),
            new FormField("AsksSecondFactor", "Authenticator's code"),
            new FormField("Reason", "Why")
        )
        {
            Changed = StateHasChanged,
        };
    }

    private bool MayChange => By.May(Act.EditLimits) && !By.IsBound;

    private IEnumerable<string> UsedCurrencies =>
        (_shown.Value?.Currencies ?? []).Append(_address.Text("currency")).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    /// <summary>The institutions that have limits, or could.</summary>
    private IReadOnlyList<(string Value, string Text)> Partners =>
        [.. (_shown.Value?.Partners ?? []).Select(p => (p.Id.ToString(), p.Name))];

    protected override Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "kind", "currency", "role");
        return LoadAsync(_shown, ReadAsync); // hundreds of rows: too many to be handed on from prerendering
    }

    private async Task<ShownLimits> ReadAsync(CancellationToken ct)
    {
        var (kind, currency, role) = (_address.Choice<RequestKind>("kind"), _address.Text("currency"), _address.Choice<Role>("role"));
        var limits = await _service.ListAsync(By, ct);
        var bands = await _service.BandsAsync(By, ct);
        var pending = new List<RequestRow>();
        foreach (var state in new[] { RequestState.Pending, RequestState.Questioned })
        {
            var query = new RequestQuery(RequestShelf.All, RequestKind.LimitChange, State: state, Take: 20);
            pending.AddRange((await _queue.ListAsync(query, By, ct)).Rows);
        }

        return new ShownLimits(
            [
                .. limits.Where(l =>
                    (kind is null || l.Kind == kind) && (currency is null || l.Currency == currency) && (role is null || l.Role == role)
                ),
            ],
            [.. bands.Where(b => (kind is null || b.Kind == kind) && (currency is null || b.Currency == currency))],
            pending,
            [.. limits.Select(l => l.Currency).Concat(bands.Select(b => b.Currency)).Distinct().Order(StringComparer.Ordinal)],
            await _service.PartnersAsync(By, ct)
        );
    }

    private void AddLimit() =>
        _limits.Open(
            FormDrafts.New,
            new Dictionary<string, string>
            {
                ["Kind"] = (_address.Choice<RequestKind>("kind") ?? RequestKind.Refund).ToString(),
                ["Currency"] = _address.Text("currency") ?? UsedCurrencies.FirstOrDefault() ?? "EUR",
                ["Role"] = (_address.Choice<Role>("role") ?? Role.Agent).ToString(),
            }
        );

    private void EditLimit(LimitRow row) =>
        _limits.Open(
            $"{row.PartnerId}:{row.Role}:{row.Kind}:{row.Currency}",
            new Dictionary<string, string>
            {
                ["Kind"] = row.Kind.ToString(),
                ["Currency"] = row.Currency,
                ["Role"] = row.Role.ToString(),
                ["PartnerId"] = row.PartnerId?.ToString() ?? "",
                ["MakeAlone"] = Text(row.Values.MakeAlone, row.Currency),
                ["Approve"] = Text(row.Values.Approve, row.Currency),
                ["PerBeneficiary"] = Text(row.Values.PerBeneficiary, row.Currency),
                ["PerDay"] = Text(row.Values.PerDay, row.Currency),
            },
            row.Version
        );

    private void AddBand() =>
        _bands.Open(
            FormDrafts.New,
            new Dictionary<string, string>
            {
                ["Kind"] = (_address.Choice<RequestKind>("kind") ?? RequestKind.Refund).ToString(),
                ["Currency"] = _address.Text("currency") ?? UsedCurrencies.FirstOrDefault() ?? "EUR",
                ["Checkers"] = "2",
                ["AsksSecondFactor"] = FormWords.Of(true),
            }
        );

    private void EditBand(BandRow row) =>
        _bands.Open(
            row.Id.ToString(),
            new Dictionary<string, string>
            {
                ["Kind"] = row.Kind.ToString(),
                ["Currency"] = row.Currency,
                ["Above"] = Text(row.Above, row.Currency),
                ["Checkers"] = row.Checkers.ToString(CultureInfo.InvariantCulture),
                ["AsksSecondFactor"] = FormWords.Of(row.AsksSecondFactor),
            },
            row.Version
        );

    private async Task AskLimitAsync()
    {
        var draft = _limits.Current!;
        var currency = draft["Currency"];
        if (!draft.Accepts(Unreadable(draft, currency, "MakeAlone", "Approve", "PerBeneficiary", "PerDay")))
        {
            return;
        }

        long Of(string field) => AmountText.Parse(draft[field], currency, _viewer.Culture)!.Value;
        var asked = await _service.AskAsync(
            new ChangeLimit(
                Guid.TryParse(draft["PartnerId"], out var partner) ? partner : null,
                FormWords.Choice<Role>(draft["Role"]),
                FormWords.Choice<RequestKind>(draft["Kind"]),
                currency,
                new LimitValues(Of("MakeAlone"), Of("Approve"), Of("PerDay"), Of("PerBeneficiary")),
                draft["Reason"],
                _limits.Key == FormDrafts.New ? null : draft.Version
            ),
            By,
            CancellationToken.None
        );
        await SettleAsync(_limits, draft, asked);
    }

    private async Task AskBandAsync()
    {
        var draft = _bands.Current!;
        var currency = draft["Currency"];
        if (!draft.Accepts(Unreadable(draft, currency, "Above")))
        {
            return;
        }

        var asked = await _service.AskAsync(
            new ChangeBand(
                FormWords.Choice<RequestKind>(draft["Kind"]),
                currency,
                AmountText.Parse(draft["Above"], currency, _viewer.Culture)!.Value,
                FormWords.Number(draft["Checkers"]),
                FormWords.IsYes(draft["AsksSecondFactor"]),
                draft["Reason"],
                _bands.Key == FormDrafts.New ? null : draft.Version
            ),
            By,
            CancellationToken.None
        );
        await SettleAsync(_bands, draft, asked);
    }

    private async Task SettleAsync(FormDrafts drafts, FormDraft draft, Outcome asked)
    {
        if (await draft.SettleAsync(asked) && asked is Outcome.Done(var reference))
        {
            _toasts.Done(
                $"{reference} asks for the change. It takes effect once another person approves it.",
                ("Show it", $"{ApprovalWords.Path}/{reference}")
            );
            drafts.Done();
            await LoadAsync(_shown, ReadAsync);
        }
    }

    private IEnumerable<Refusal> Unreadable(FormDraft draft, string currency, params IEnumerable<string> fields) =>
        fields
            .Where(f => AmountText.Parse(draft[f], currency, _viewer.Culture) is null)
            .Select(f => new Refusal("limit.no-amount", $"Write an amount in {currency}, without marks between thousands.", f));

    private static string Subject(FormDraft draft) =>
        string.Join(
            ", ",
            new[]
            {
                RequestKinds.Words(FormWords.Choice<RequestKind>(draft["Kind"])),
                draft["Currency"],
                draft["Role"].Length == 0 ? null : Roles.Label(FormWords.Choice<Role>(draft["Role"])),
            }.OfType<string>()
        );

    private string Text(long minorUnits, string currency) => AmountText.Of(minorUnits, currency, _viewer.Culture);

    private string Or(long minorUnits, string currency) => minorUnits == 0 ? "–" : _viewer.Money(new Money(minorUnits, currency));

    private void Go(string key, string? value) => Navigation.NavigateTo(_address.With(key, value));
}

public sealed record ShownLimits(
    IReadOnlyList<LimitRow> Limits,
    IReadOnlyList<BandRow> Bands,
    IReadOnlyList<RequestRow> Pending,
    IReadOnlyList<string> Currencies,
    IReadOnlyList<Person> Partners
);
