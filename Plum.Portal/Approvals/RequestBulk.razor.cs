using Microsoft.AspNetCore.Components;
using Plum.Data.Approvals;
using Plum.Domain.Approvals;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>Decides many at once: each on its own, and each with its own answer.</summary>
public partial class RequestBulk(ApprovalService approvals, Viewer viewer)
{
    private readonly List<(RequestRow Row, Outcome Outcome)> _results = [];
    private bool? _asked;
    private bool _busy;
    private string? _reason;
    private Refusal? _refusal;

    /// <summary>As they stood when one was asked to confirm: what is decided on is what was shown.</summary>
    private IReadOnlyList<RequestRow> Chosen { get; set; } = [];

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<RequestRow> Rows { get; set; } = [];

    [Parameter, EditorRequired]
    public HashSet<long> Selected { get; set; } = null!;

    [Parameter]
    public EventCallback SelectedChanged { get; set; }

    /// <summary>Some were decided.</summary>
    [Parameter]
    public EventCallback Done { get; set; }

    private string Title =>
        _results.Count > 0 ? "What became of them"
        : _asked == true ? "Approve several"
        : "Reject several";

    private string Consequence =>
        _asked == true
            ? $"{viewer.Number(Chosen.Count)} requests are approved in your name, each on its own. Those above your limit, or that ask for your authenticator's code, stay as they are and are told."
            : $"{viewer.Number(Chosen.Count)} requests are rejected in your name, and their makers are told why.";

    private IEnumerable<string> Sums =>
        Chosen
            .Where(r => r.Kind != RequestKind.LimitChange)
            .GroupBy(r => r.Amount.Currency, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g =>
                $"{viewer.Money(g.Select(r => r.Amount).Aggregate(Money.Add))} in {viewer.Number(g.Count())} {(g.Count() == 1 ? "request" : "requests")}"
            );

    private string Summary =>
        $"{viewer.Number(_results.Count(r => r.Outcome is Outcome.Done))} done, {viewer.Number(_results.Count(r => r.Outcome is not Outcome.Done))} not.";

    private static string Became(Outcome outcome) =>
        outcome switch
        {
            Outcome.Done => "done",
            Outcome.Refused refused => refused.Why.Message,
            _ => "It changed meanwhile. Look at it as it is now.",
        };

    private void Ask(bool approve)
    {
        Chosen = [.. Rows.Where(r => Selected.Contains(r.Id))];
        (_asked, _refusal) = (approve, null);
    }

    private async Task DecideAsync()
    {
        if (_busy || _asked is not { } approve)
        {
            return;
        }

        _refusal = approve ? null : RequestRefusals.ForReason(_reason);
        if (_refusal is not null)
        {
            return;
        }

        _busy = true;
        try
        {
            var note = string.IsNullOrWhiteSpace(_reason) ? null : _reason.Trim();
            var items = approve
                ? await approvals.ApproveManyAsync(
                    [.. Chosen.Select(r => new ApproveRequest(r.Id, r.Version, r.Fingerprint, note))],
                    By,
                    CancellationToken.None
                )
                : await approvals.RejectManyAsync(
                    [.. Chosen.Select(r => new RejectRequest(r.Id, r.Version, r.Fingerprint, note!))],
                    By,
                    CancellationToken.None
                );
            var rows = Chosen.ToDictionary(r => r.Id);
            _results.AddRange(items.Select(i => (rows[i.Id], i.Outcome)));
            (_asked, _reason) = (null, null);
            Selected.Clear();
            await Done.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private void CloseAsync()
    {
        _asked = null;
        _results.Clear();
    }

    private Task ClearAsync()
    {
        Selected.Clear();
        return SelectedChanged.InvokeAsync();
    }
}
