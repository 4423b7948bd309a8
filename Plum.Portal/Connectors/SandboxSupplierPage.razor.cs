using Plum.Data.Connectors;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Connectors;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Connectors;

/// <summary>The embedded supplier from its own side: its orders, and the switch of what it does with them.</summary>
public partial class SandboxSupplierPage
{
    private const int Size = 50;

    private readonly SandboxService _sandbox;
    private readonly SandboxDesk _desk;
    private readonly SupplierGateways _gateways;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<Page<SandboxRow>> _page = new();
    private readonly Loadable<IReadOnlyList<SandboxRuleRow>> _rules = new();
    private ListAddress _address = ListAddress.Read(SandboxWords.Page);

    public SandboxSupplierPage(SandboxService sandbox, SandboxDesk desk, SupplierGateways gateways, Viewer viewer, Toasts toasts)
    {
        (_sandbox, _desk, _gateways, _viewer, _toasts) = (sandbox, desk, gateways, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Reference", "Reference"),
            new FormField("Behaviour", "What it does"),
            new FormField("CancelWithinHours", "Hours to cancel in"),
            new FormField("FeePercent", "Fee of a cancellation in %")
        )
        {
            Changed = StateHasChanged,
        };
    }

    /// <summary>The order whose sheet is open.</summary>
    private SandboxRow? Shown { get; set; }

    private bool MayChange => By.LacksForAll(Act.RunJobs) is null;

    private bool IsNew => _drafts.Key == FormDrafts.New;

    private string About =>
        _gateways.SuppliersOf(XoxodayGateway.GatewayName) is { Count: > 0 } real
            ? $"It stands in for every supplier but {string.Join(", ", real)}. Nothing that is ordered here leaves this machine."
            : "It stands in for every supplier: none has a connection of its own. Nothing that is ordered here leaves this machine.";

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "state");
        await LoadAsync(_rules, ct => _sandbox.RulesAsync(By, ct), "sandbox rules");
        await LoadAsync(_page, ReadAsync, $"sandbox {_address.Href}");
        Shown = _address.Number("id") is { } id ? await _sandbox.ViewAsync(id, By, Leaving) : null;
    }

    private Task<Page<SandboxRow>> ReadAsync(CancellationToken ct) =>
        _sandbox.ListAsync(
            new SandboxListQuery((_address.Page - 1) * Size, Size, _address.Choice<SandboxState>("state"), _address.Text("q")),
            By,
            ct
        );

    private static string Named(string reference) => reference == SandboxRule.Everything ? "every order" : reference;

    private void Close() => Navigation.NavigateTo(_address.With("id", value: null));

    private void AddRule() =>
        _drafts.Open(
            FormDrafts.New,
            Values(new SandboxRuleRow("", SandboxBehaviour.Fulfil, CancelWithinHours: null, FeePercent: 0, Version: 0))
        );

    private void EditRule(SandboxRuleRow rule) => _drafts.Open(rule.Reference, Values(rule), rule.Version);

    private static Dictionary<string, string> Values(SandboxRuleRow rule) =>
        new()
        {
            ["Reference"] = rule.Reference,
            ["Behaviour"] = rule.Behaviour.ToString(),
            ["CancelWithinHours"] = rule.CancelWithinHours is { } hours ? FormWords.Of(hours) : "",
            ["FeePercent"] = FormWords.Of(rule.FeePercent),
        };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var (isNew, reference) = (IsNew, IsNew ? draft["Reference"].Trim() : _drafts.Key);
        var (behaviour, fee) = (FormWords.Choice<SandboxBehaviour>(draft["Behaviour"]), FormWords.Number(draft["FeePercent"]));
        int? hours = string.IsNullOrWhiteSpace(draft["CancelWithinHours"]) ? null : FormWords.Number(draft["CancelWithinHours"]);
        if (
            !draft.Accepts(
                new[]
                {
                    SupplierOrderRules.CannotBeKey("Reference", reference),
                    SandboxRule.CannotBe(behaviour, hours, fee),
                }.OfType<Refusal>()
            )
        )
        {
            return;
        }

        var outcome = await _sandbox.SetRuleAsync(
            new SetSandboxRule(reference, isNew ? null : draft.Version, behaviour, hours, fee),
            By,
            CancellationToken.None
        );
        if (await draft.SettleAsync(outcome, async () => await RuleAsync(reference) is { } rule ? (Values(rule), rule.Version) : null))
        {
            _toasts.Done($"The sandbox now does so with {Named(reference)}.");
            _drafts.Done();
            await LoadAsync(_rules, ct => _sandbox.RulesAsync(By, ct));
        }
    }

    private async Task<SandboxRuleRow?> RuleAsync(string reference) =>
        (await _sandbox.RulesAsync(By, Leaving)).SingleOrDefault(r => r.Reference == reference);

    private async Task RemoveAsync()
    {
        var (reference, version) = (_drafts.Key, _drafts.Current!.Version);
        var outcome = await _sandbox.RemoveRuleAsync(new RemoveSandboxRule(reference, version), By, CancellationToken.None);
        if (_toasts.Show(outcome, $"The rule for {reference} is gone: the general one holds."))
        {
            _drafts.Done();
            await LoadAsync(_rules, ct => _sandbox.RulesAsync(By, ct));
        }
    }

    private async Task ChangeAsync(SandboxRow order, SandboxDeed deed)
    {
        var (outcome, told) = await _desk.ChangeAsync(new ChangeSandboxOrder(order.Id, deed), By, CancellationToken.None);
        var done = deed switch
        {
            SandboxDeed.Deliver => "is delivered",
            SandboxDeed.Cancel => "is cancelled by the supplier",
            _ => "has a redeemed voucher",
        };
        _toasts.Show(
            outcome,
            told
                ? $"{order.Reference} {done}, and Plum is told."
                : $"{order.Reference} {done}. Its webhook was badly signed, and not taken."
        );
        await LoadAsync(_page, ReadAsync);
        Shown = await _sandbox.ViewAsync(order.Id, By, Leaving);
    }
}
