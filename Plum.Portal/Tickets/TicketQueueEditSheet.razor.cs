using Microsoft.AspNetCore.Components;
using Plum.Data.Tickets;
using Plum.Domain.Access;
using Plum.Domain.Shared;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Tickets;

/// <summary>What is to change about the tickets selected. What was chosen stays until it is done, also when the sheet is closed.</summary>
public partial class TicketQueueEditSheet(
    TicketQueueEditing editing,
    TicketForms forms,
    TicketQueueRuns runs,
    Viewer viewer,
    TimeProvider clock
)
{
    private readonly Dictionary<string, string> _values = [];
    private IReadOnlyList<CategoryChoice> _categories = [];
    private IReadOnlyList<ProgrammeOption> _programmes = [];
    private TicketEditPlan? _plan;
    private Refusal? _refused;
    private string? _note;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public TicketQueueAddress Address { get; set; } = null!;

    [Parameter, EditorRequired]
    public TicketQueueSelection Selection { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    [Parameter]
    public EventCallback Started { get; set; }

    private string Title => _plan is { } plan ? $"Change {Tickets(plan.Targets.Count)}" : "Change many tickets";

    protected override async Task OnParametersSetAsync()
    {
        var opens = Open && !_wasOpen;
        _wasOpen = Open;
        if (opens)
        {
            (_plan, _refused) = (null, null);
            (_refused, _plan) = await editing.PlanAsync(Selection.Of(Address.ToQuery(viewer.Zone.Id)), By, CancellationToken.None);
            if (_plan is { } plan)
            {
                _categories = await forms.CategoriesAsync(By, CancellationToken.None);
                _programmes = plan.Clients.Count == 1 ? await forms.ProgrammesAsync(plan.Clients[0], By, CancellationToken.None) : [];
            }
        }
    }

    private IEnumerable<TicketEditField> Fields(TicketEditPlan plan) => TicketEditFields.Of(plan, _categories, _programmes, viewer);

    private void Set(string field, string? value)
    {
        _values[field] = value ?? "";
        _refused = null;
    }

    private async Task StartAsync()
    {
        var fields = Fields(_plan!).ToList();
        var changes = fields
            .Where(f => f.Cannot is null && _values.GetValueOrDefault(f.Name, "").Trim().Length > 0)
            .Select(f => f.Change(_values[f.Name]))
            .ToList();
        _refused =
            (changes.Count == 0 ? TicketQueueRefusals.NoChange : null)
            ?? changes.OfType<TicketChange.Rename>().Select(r => TicketRefusals.ForSubject(r.Subject)).FirstOrDefault()
            ?? Refusals.ForText("Note", "The reason", _note, TicketEvent.NoteMaxLength, required: false);
        if (_refused is not null)
        {
            return;
        }

        var run = new TicketQueueRun(
            _plan!.Targets,
            changes,
            string.IsNullOrWhiteSpace(_note) ? null : _note.Trim(),
            TicketEditFields.Words(fields, _values),
            Address.Scope,
            By,
            clock.GetUtcNow().UtcDateTime
        );
        if (!runs.Start(run))
        {
            _refused = new Refusal(
                "ticket.run-running",
                "Your last change of many tickets is still on its way. Wait for its end, or stop it."
            );
            return;
        }

        _values.Clear();
        _note = null;
        await OpenChanged.InvokeAsync(false);
        await Started.InvokeAsync();
    }

    private string Tickets(int count) => $"{viewer.Number(count)} {(count == 1 ? "ticket" : "tickets")}";
}
