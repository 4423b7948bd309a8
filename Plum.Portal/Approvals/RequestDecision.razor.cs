using Microsoft.AspNetCore.Components;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Drafts;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

internal enum DecisionAct
{
    Approve = 1,
    Reject = 2,
    Ask = 3,
    Answer = 4,
    Withdraw = 5,
    Retry = 6,
    GiveUp = 7,
}

/// <summary>What one may do with a request, each with its consequence said before it is done. What was typed is kept for each request and act.</summary>
public partial class RequestDecision : IDisposable
{
    private readonly ApprovalService _approvals;
    private readonly DraftKeeper _keeper;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDrafts _drafts;
    private DecisionAct _act;
    private long _of;
    private bool _busy;
    private ElementReference _do;
    private bool _toButton;

    public RequestDecision(ApprovalService approvals, DraftKeeper keeper, Viewer viewer, Toasts toasts)
    {
        (_approvals, _keeper, _viewer, _toasts) = (approvals, keeper, viewer, toasts);
        _drafts = new FormDrafts(
            new FormField("Note", "Note"),
            new FormField("Reason", "Reason"),
            new FormField("Question", "Question"),
            new FormField("Answer", "Answer"),
            new FormField("OnBehalfOf", "Decide"),
            new FormField("Code", "Code")
        )
        {
            Changed = () =>
            {
                _keeper.Typed();
                StateHasChanged();
            },
        };
    }

    [Parameter, EditorRequired]
    public RequestView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>It was decided here.</summary>
    [Parameter]
    public EventCallback<long> Decided { get; set; }

    /// <summary>It is to be read again.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private bool IsChecker => By.May(Act.DecideRequests) && !View.Standing.IsMaker;

    /// <summary>A delegator's limit may reach where one's own does not; whether it does is looked at when one decides.</summary>
    private bool InStead =>
        View.Row.State == RequestState.Pending && View.Standing.InSteadOf.Count > 0 && View.Standing.CannotReject is null;

    private bool MayApprove => IsChecker && (View.Standing.CannotApprove is null || InStead);

    private bool MayReject => IsChecker && View.Standing.CannotReject is null;

    /// <summary>Why one may not approve what waits for somebody.</summary>
    private Refusal? Refused =>
        !MayApprove && By.May(Act.DecideRequests) && RequestMoves.IsUndecided(View.Row.State) ? View.Standing.CannotApprove : null;

    private string? Nothing =>
        MayApprove
        || MayReject
        || Refused is not null
        || View.Standing is { MayAnswer: true } or { MayRetry: true } or { MayWithdraw: true }
            ? null
            : $"This request is {RequestWords.Of(View.Row.State).ToLowerInvariant()}. There is nothing for you to do.";

    /// <summary>Why the act that one is about to do is no longer there; null while it is.</summary>
    private string? Gone
    {
        get
        {
            var there = _act switch
            {
                DecisionAct.Approve => MayApprove,
                DecisionAct.Reject or DecisionAct.Ask => MayReject,
                DecisionAct.Answer => View.Standing.MayAnswer,
                DecisionAct.Withdraw => View.Standing.MayWithdraw,
                _ => View.Standing.MayRetry,
            };
            return there || _busy
                ? null
                : View.Standing.CannotReject?.Message ?? $"This request is {RequestWords.Of(View.Row.State).ToLowerInvariant()} already.";
        }
    }

    private string Amount => _viewer.Money(View.Row.Amount);

    private string Object => ApprovalWords.Object(View.Row, Amount);

    private bool IsLastStep => View.Row.StepsDone + 1 >= View.Row.StepsNeeded;

    private string Consequence =>
        _act switch
        {
            DecisionAct.Approve when IsLastStep => ApprovalWords.Consequence(View.Row, Amount),
            DecisionAct.Approve =>
                $"Yours is approval {View.Row.StepsDone + 1} of {View.Row.StepsNeeded}; after the last: {ApprovalWords.Consequence(View.Row, Amount)}",
            DecisionAct.Reject =>
                $"Nothing is done for {View.Row.BeneficiaryName}, what was reserved is free again, and {View.Row.MakerName} is told why.",
            DecisionAct.Ask => $"It goes back to {View.Row.MakerName}, and nobody can decide it until your question is answered.",
            DecisionAct.Answer => "It waits for a decision again, with your answer beside it. What you asked for does not change.",
            DecisionAct.Withdraw => $"Nothing is done for {View.Row.BeneficiaryName}, and what was reserved is free again.",
            DecisionAct.Retry => $"It is tried once more: {ApprovalWords.Consequence(View.Row, Amount)}",
            _ => $"It is not tried again: nothing is done for {View.Row.BeneficiaryName}, and what was reserved is free again.",
        };

    private string Verb =>
        _act switch
        {
            DecisionAct.Approve => $"Approve {Object}",
            DecisionAct.Reject => $"Reject {Object}",
            DecisionAct.Ask => "Send the question",
            DecisionAct.Answer => "Send the answer",
            DecisionAct.Withdraw => $"Withdraw {Object}",
            DecisionAct.Retry => "Try again",
            _ => "Give it up",
        };

    /// <summary>The words that the act asks for.</summary>
    private (string Name, string Label, bool Required)? Text =>
        _act switch
        {
            DecisionAct.Approve => ("Note", "Note", false),
            DecisionAct.Ask => ("Question", "Question", true),
            DecisionAct.Answer => ("Answer", "Answer", true),
            DecisionAct.Withdraw => ("Reason", "Reason", false),
            _ => ("Reason", "Reason", true),
        };

    private IEnumerable<(string, string)> Steads =>
        View.Standing.InSteadOf.Select(p => (p.Id.ToString(), $"In the stead of {p.Name}")).Prepend(("", "For myself"));

    protected override void OnParametersSet()
    {
        if (_of != View.Row.Id)
        {
            _of = View.Row.Id;
            if (_drafts.Current is not null)
            {
                _drafts.Close(); // what was typed stays, and is there when one comes back
            }
        }
    }

    private async Task Begin(DecisionAct act)
    {
        _act = act;
        await _keeper.KeepAsync(); // of the one that was open before
        var draft = _drafts.Open($"{View.Row.Id}:{act}");
        await _keeper.WatchAsync(
            $"{RequestReference.Of(View.Row.Id)}:{act}",
            draft,
            () => InvokeAsync(_keeper.KeepAsync),
            CancellationToken.None
        );
        if (
            act == DecisionAct.Approve
            && View.Standing is { CannotApprove: not null, InSteadOf: [var only, ..] }
            && draft["OnBehalfOf"].Length == 0
        )
        {
            draft["OnBehalfOf"] = only.Id.ToString(); // for oneself it is refused
        }

        // Enter does it where nothing is to be typed first; else the cursor is where one types.
        if (act == DecisionAct.Approve && View.Standing.NeedsCode)
        {
            draft.Focus("Code");
        }
        else if (Text is (var name, _, true))
        {
            draft.Focus(name);
        }
        else
        {
            _toButton = true;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toButton && _drafts.Current is not null)
        {
            _toButton = false;
            await _do.FocusAsync();
        }
    }

    private async Task DoAsync()
    {
        if (_busy || Gone is not null || _drafts.Current is not { } draft)
        {
            return;
        }

        _busy = true;
        try
        {
            var row = View.Row;
            var outcome = await DoAsync(row, draft);
            draft["Code"] = ""; // no code is good for two tries
            if (outcome is Outcome.Stale)
            {
                await Changed.InvokeAsync();
                draft.Accepts(Stale);
            }
            else if (await draft.SettleAsync(outcome))
            {
                await _keeper.ForgetAsync();
                _drafts.Done();
                _toasts.Done($"{RequestReference.Of(row.Id)}: {Done}", ($"Show {RequestReference.Of(row.Id)}", ApprovalWords.Href(row.Id)));
                await (
                    _act is DecisionAct.Approve or DecisionAct.Reject or DecisionAct.Ask
                        ? Decided.InvokeAsync(row.Id)
                        : Changed.InvokeAsync()
                );
            }
            else if (outcome is Outcome.Refused { Why.Field: null })
            {
                await Changed.InvokeAsync(); // what the button was offered for may have gone
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private string Done =>
        _act switch
        {
            DecisionAct.Approve => "approved.",
            DecisionAct.Reject => "rejected.",
            DecisionAct.Ask => "sent back with your question.",
            DecisionAct.Answer => "answered.",
            DecisionAct.Withdraw => "withdrawn.",
            DecisionAct.Retry => "will be tried again.",
            _ => "given up.",
        };

    private Task<Outcome> DoAsync(RequestRow row, FormDraft draft)
    {
        Guid? stead = Guid.TryParse(draft["OnBehalfOf"], out var id) ? id : null;
        var (reason, none) = (draft["Reason"], CancellationToken.None);
        return _act switch
        {
            DecisionAct.Approve => _approvals.ApproveAsync(
                new ApproveRequest(
                    row.Id,
                    row.Version,
                    row.Fingerprint,
                    string.IsNullOrWhiteSpace(draft["Note"]) ? null : draft["Note"].Trim(),
                    stead,
                    draft["Code"].Trim()
                ),
                By,
                none
            ),
            DecisionAct.Reject => _approvals.RejectAsync(new RejectRequest(row.Id, row.Version, row.Fingerprint, reason, stead), By, none),
            DecisionAct.Ask => _approvals.SendBackAsync(
                new SendBackRequest(row.Id, row.Version, row.Fingerprint, draft["Question"], stead),
                By,
                none
            ),
            DecisionAct.Answer => _approvals.AnswerAsync(new AnswerRequest(row.Id, row.Version, draft["Answer"]), By, none),
            DecisionAct.Withdraw => _approvals.WithdrawAsync(
                new WithdrawRequest(row.Id, row.Version, string.IsNullOrWhiteSpace(reason) ? null : reason),
                By,
                none
            ),
            DecisionAct.Retry => _approvals.RetryAsync(new RetryRequest(row.Id, row.Version, reason), By, none),
            _ => _approvals.AbandonAsync(new AbandonRequest(row.Id, row.Version, reason), By, none),
        };
    }

    private static readonly Refusal Stale = new(
        "request.stale",
        "The request changed meanwhile, and nothing was done. Look at it as it is now, then do it again."
    );

    public void Dispose()
    {
        _keeper.Dispose();
        GC.SuppressFinalize(this);
    }
}
