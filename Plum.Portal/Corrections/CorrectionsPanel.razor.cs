using Microsoft.AspNetCore.Components;
using Plum.Data.Approvals;
using Plum.Data.Catalogue;
using Plum.Data.Corrections;
using Plum.Domain.Approvals;
using Plum.Domain.Corrections;
using Plum.Domain.Shared;
using Plum.Portal.Approvals;
using Plum.Portal.Shared;

namespace Plum.Portal.Corrections;

/// <summary>What was asked for on a ticket and where it stands, and what can be asked for. The consequence is shown before it is confirmed.</summary>
public partial class CorrectionsPanel : IDisposable
{
    private static readonly IReadOnlyList<(string Value, string Text)> _reasons =
    [
        .. Enum.GetValues<ReasonCode>().Select(c => (c.ToString(), ReasonWords.Of(c))),
    ];

    private readonly CorrectionOffering _offering;
    private readonly CorrectionService _corrections;
    private readonly ApprovalQueue _queue;
    private readonly DecidingDesk _desk;
    private readonly Viewer _viewer;
    private readonly FormDrafts _drafts;
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<RequestRow> _requests = [];
    private CorrectionOffers? _offers;
    private RequestKind _kind = RequestKind.Refund;
    private (long Ticket, int Revision)? _shown;

    /// <summary>What the keys in the drafts stand for.</summary>
    private readonly Dictionary<string, RewardChoice> _rewards = [];

    public CorrectionsPanel(
        CorrectionOffering offering,
        CorrectionService corrections,
        ApprovalQueue queue,
        DecidingDesk desk,
        Viewer viewer
    )
    {
        (_offering, _corrections, _queue, _desk, _viewer) = (offering, corrections, queue, desk, viewer);
        _drafts = new FormDrafts(
            new("Fund", "From"),
            new("Amount", "Amount"),
            new("Reward", "As", id => _rewards.GetValueOrDefault(id)?.Name ?? id),
            new("ReasonCode", "Reason"),
            new("Reason", "Why")
        )
        {
            Changed = StateHasChanged,
        };
    }

    [Parameter, EditorRequired]
    public long TicketId { get; set; }

    /// <summary>Counted up each time the ticket is read again.</summary>
    [Parameter]
    public int Revision { get; set; }

    /// <summary>The ticket is to be read again.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private IEnumerable<(RequestKind Kind, Refusal? Why)> Asks =>
        _offers is not { } offers
            ? []
            :
            [
                (RequestKind.Reissue, offers.CannotReissue),
                (RequestKind.Cancellation, offers.CannotCancel),
                (RequestKind.Refund, offers.CannotRefund),
                (RequestKind.GoodwillCredit, offers.CannotCredit),
            ];

    private IEnumerable<RequestKind> Possible => Asks.Where(a => a.Why is null).Select(a => a.Kind);

    private IEnumerable<(string Why, string Kinds)> Impossible =>
        Asks.Where(a => a.Why is not null)
            .GroupBy(a => a.Why!.Message)
            .Select(g => (g.Key, string.Join(", ", g.Select(a => CorrectionWords.Verb(a.Kind)))));

    private string? LimitText =>
        _offers is { Value: { } value } offers && offers.Limits.TryGetValue(RequestKind.Refund, out var limit)
            ? limit.MakeAlone > 0
                ? $"To {_viewer.Money(new Money(limit.MakeAlone, value.Currency))} you refund alone; more, and every goodwill credit, a checker decides."
                : "A checker decides whatever you ask for."
            : null;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (TicketId, Revision))
        {
            _shown = (TicketId, Revision);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var by = await _desk.Actor.GetAsync();
            _requests = await _queue.OfTicketAsync(TicketId, by, _left.Token);
            _offers = await _offering.OfAsync(TicketId, by, _left.Token);
        }
        catch (Exception) when (_left.IsCancellationRequested)
        {
            // Nobody looks any more. Drivers tell a cancelled command by exceptions of their own.
        }
    }

    private void Open(RequestKind kind)
    {
        _kind = kind;
        var funds = _offers?.Funds ?? [];
        var first = funds.FirstOrDefault(f => f.Available.Currency == _offers?.Value?.Currency) ?? (funds.Count > 0 ? funds[0] : null);
        var left = kind == RequestKind.Refund ? _offers?.LeftToRefund : null;
        _drafts.Open(
            kind.ToString(),
            new Dictionary<string, string>
            {
                ["Fund"] = first?.Id.ToString() ?? "",
                ["Amount"] = left is { } all ? AmountText.Of(all.MinorUnits, all.Currency, _viewer.Culture) : "",
            }
        );
    }

    private string? CurrencyOf(FormDraft draft) =>
        _kind == RequestKind.GoodwillCredit
            ? _offers?.Funds.FirstOrDefault(f => f.Id.ToString() == draft["Fund"])?.Available.Currency
            : _offers?.Value?.Currency;

    private string Paid(CorrectionOffers offers) =>
        string.Join(", ", offers.Tenders.Select(t => $"{_viewer.Money(t.Captured)} by {CorrectionWords.Tender(t.Tender)}"));

    private async Task AskAsync()
    {
        var draft = _drafts.Current!;
        if (!draft.Accepts(Wrong(draft)))
        {
            return;
        }

        var (by, command) = (await _desk.Actor.GetAsync(), Command(draft));
        var preview = await _corrections.DryRunAsync(command, by, CancellationToken.None);
        if (!draft.Accepts(preview.CannotBe is { } cannot ? [cannot] : []))
        {
            return;
        }

        var verb = CorrectionWords.Confirm(_kind, preview.Checkers, _viewer.Money(preview.Amount));
        if (!await _desk.Confirmations.AskAsync($"{preview.Title}?", CorrectionWords.Consequence(preview, _viewer), verb))
        {
            return;
        }

        var outcome = await _corrections.AskAsync(command, by, CancellationToken.None);
        if (await draft.SettleAsync(outcome) && outcome is Outcome.Done { Key: { } reference })
        {
            _desk.Toasts.Done(
                preview.Checkers == 0 ? $"{reference} is being carried out." : $"{reference} waits for a checker.",
                ("Show it", $"{ApprovalWords.Path}/{reference}")
            );
            _drafts.Done();
            await ReadAsync();
            await Changed.InvokeAsync();
        }
    }

    private IEnumerable<Refusal> Wrong(FormDraft draft)
    {
        if (draft["ReasonCode"].Length == 0)
        {
            yield return CorrectionRefusals.NoReasonCode;
        }

        if (RequestRefusals.ForReason(draft["Reason"]) is { } reason)
        {
            yield return reason;
        }

        if (_kind == RequestKind.GoodwillCredit && draft["Fund"].Length == 0)
        {
            yield return CorrectionRefusals.NoFund;
        }

        if (
            _kind is RequestKind.GoodwillCredit or RequestKind.Refund
            && CurrencyOf(draft) is { } currency
            && Amount(draft, currency) is null
        )
        {
            yield return CorrectionRefusals.NoAmount(currency);
        }
    }

    private void Choose(FormDraft draft, RewardChoice? reward)
    {
        var key = reward?.Id.ToString() ?? "";
        if (reward is not null)
        {
            _rewards[key] = reward;
        }

        draft["Reward"] = key;
    }

    private long? Amount(FormDraft draft, string currency) => AmountText.Parse(draft["Amount"], currency, _viewer.Culture);

    private AskCorrection Command(FormDraft draft)
    {
        var (code, reason) = (FormWords.Choice<ReasonCode>(draft["ReasonCode"]), draft["Reason"]);
        var order = _offers!.OrderId ?? 0;
        var currency = CurrencyOf(draft) ?? "";
        return _kind switch
        {
            RequestKind.Reissue => new AskCorrection.Reissue(
                TicketId,
                order,
                draft["Reward"].Length == 0 ? null : FormWords.Key(draft["Reward"]),
                code,
                reason
            ),
            RequestKind.Cancellation => new AskCorrection.Cancellation(TicketId, order, code, reason),
            RequestKind.Refund => new AskCorrection.Refund(
                TicketId,
                order,
                new Money(Amount(draft, currency) ?? 0, currency),
                code,
                reason
            ),
            RequestKind.GoodwillCredit => new AskCorrection.Goodwill(
                TicketId,
                _offers.RecipientId ?? 0,
                FormWords.Key(draft["Fund"]),
                new Money(Amount(draft, currency) ?? 0, currency),
                code,
                reason
            ),
            _ => throw new InvalidOperationException($"{_kind} is no correction."),
        };
    }

    private static string? Waits(RequestRow row) =>
        row.State switch
        {
            RequestState.Pending => row.StepsNeeded > 1 ? $"{row.StepsDone} of {row.StepsNeeded} approved" : "waits for a checker",
            RequestState.Questioned => "waits for the maker's answer",
            _ => null,
        };

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }
}
