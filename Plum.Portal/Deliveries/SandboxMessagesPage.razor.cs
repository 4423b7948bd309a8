using Plum.Data.Deliveries;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Deliveries;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Deliveries;

/// <summary>What every channel without a provider was given, as its recipient would see it, and the switch of what the sandbox does with it.</summary>
public partial class SandboxMessagesPage
{
    private const int Size = 50;

    private readonly SandboxOutbox _sandbox;
    private readonly DeliverySenders _senders;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private readonly Loadable<(IReadOnlyList<SandboxMessageRow> Rows, long? Next)> _page = new();
    private readonly Loadable<IReadOnlyList<SandboxMannerRow>> _rules = new();
    private ListAddress _address = ListAddress.Read(DeliveryPageWords.Sandbox);

    public SandboxMessagesPage(SandboxOutbox sandbox, DeliverySenders senders, Viewer viewer, Toasts toasts)
    {
        (_sandbox, _senders, _viewer, _toasts) = (sandbox, senders, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Manner", "What it does"),
            new FormField("Code", "Code"),
            new FormField("DelaySeconds", "Seconds until it tells")
        )
        {
            Changed = StateHasChanged,
        };
    }

    /// <summary>The message whose sheet is open.</summary>
    private SandboxMessageView? Shown { get; set; }

    private bool MayChange => By.LacksForAll(Act.RunJobs) is null;

    private string About =>
        Enum.GetValues<DeliveryChannel>()
            .Where(c => _senders.Of(c).Name != SandboxDelivery.SenderName)
            .Select(DeliveryPageWords.Of)
            .ToList()
            is { Count: > 0 } real
            ? $"It stands in for every channel but {string.Join(" and ", real)}. Nothing of it leaves this machine."
            : "It stands in for e-mail, SMS and WhatsApp: no provider is configured. Nothing leaves this machine.";

    protected override async Task OnAddressAsync()
    {
        _address = ListAddress.Read(Navigation.Uri, "q", "channel", "before");
        await LoadAsync(_rules, ct => _sandbox.RulesAsync(By, ct));
        await LoadAsync(
            _page,
            ct =>
                _sandbox.ListAsync(
                    new SandboxQuery(_address.Number("before"), Size, _address.Choice<DeliveryChannel>("channel"), _address.Text("q")),
                    By,
                    ct
                )
        );
        Shown = _address.Number("id") is { } id ? await _sandbox.ViewAsync(id, By, Leaving) : null;
    }

    private void Close() => Navigation.NavigateTo(_address.With("id", value: null));

    private void Edit(SandboxMannerRow rule) => _drafts.Open(rule.Channel.ToString(), Values(rule), rule.Version);

    private static Dictionary<string, string> Values(SandboxMannerRow rule) =>
        new()
        {
            ["Manner"] = rule.Manner.ToString(),
            ["Code"] = rule.Code ?? "",
            ["DelaySeconds"] = FormWords.Of(rule.DelaySeconds),
        };

    private async Task SaveAsync()
    {
        var draft = _drafts.Current!;
        var channel = FormWords.Choice<DeliveryChannel>(_drafts.Key);
        var command = new SetSandboxManner(
            channel,
            draft.Version,
            FormWords.Choice<SandboxManner>(draft["Manner"]),
            draft["Code"],
            FormWords.Number(draft["DelaySeconds"])
        );
        if (!draft.Accepts(new[] { SandboxDeliveryRule.CannotBe(command.Manner, command.Code, command.DelaySeconds) }.OfType<Refusal>()))
        {
            return;
        }

        var outcome = await _sandbox.SetAsync(command, By, CancellationToken.None);
        if (await draft.SettleAsync(outcome, async () => await RuleAsync(channel) is { } rule ? (Values(rule), rule.Version) : null))
        {
            _toasts.Done($"The sandbox now does so with {DeliveryPageWords.Of(channel)}.");
            _drafts.Done();
            await LoadAsync(_rules, ct => _sandbox.RulesAsync(By, ct));
        }
    }

    private async Task<SandboxMannerRow?> RuleAsync(DeliveryChannel channel) =>
        (await _sandbox.RulesAsync(By, Leaving)).SingleOrDefault(r => r.Channel == channel);
}
