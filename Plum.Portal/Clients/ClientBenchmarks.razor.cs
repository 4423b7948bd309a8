using Microsoft.AspNetCore.Components;
using Plum.Data.Clients;
using Plum.Domain.Access;
using Plum.Domain.Clients;
using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Clients;

public partial class ClientBenchmarks
{
    private static readonly IReadOnlyList<Kpi> _kpis = [.. Kpis.WithBenchmark];

    private readonly ClientService _clients;
    private readonly Viewer _viewer;
    private readonly Toasts _toasts;
    private readonly FormDraft _draft;

    public ClientBenchmarks(ClientService clients, Viewer viewer, Toasts toasts)
    {
        (_clients, _viewer, _toasts) = (clients, viewer, toasts);
        _draft = new FormDraft([.. _kpis.Select(k => new FormField(k.Code, BenchmarkWords.Label(k)))]);
    }

    [Parameter, EditorRequired]
    public ClientView Client { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>Told with the client as it is saved now.</summary>
    [Parameter]
    public EventCallback<ClientView> Changed { get; set; }

    protected override void OnInitialized()
    {
        _draft.Fill(Values(Client), Client.Version);
        _draft.Changed = StateHasChanged;
    }

    private Dictionary<string, string> Values(ClientView client) =>
        _kpis
            .Where(k => client.Benchmarks.ContainsKey(k.Code))
            .ToDictionary(k => k.Code, k => BenchmarkWords.Typed(k, client.Benchmarks[k.Code], _viewer.Culture));

    private async Task SaveAsync()
    {
        var typed = _kpis.Where(k => !string.IsNullOrWhiteSpace(_draft[k.Code])).ToList();
        var read = typed.ToDictionary(k => k.Code, k => BenchmarkWords.Read(k, _draft[k.Code], _viewer.Culture));
        var numbers = read.Where(r => r.Value is not null).ToDictionary(r => r.Key, r => r.Value!.Value);
        if (
            !_draft.Accepts(
                read.Where(r => r.Value is null).Select(r => BenchmarkRefusals.NoNumber(r.Key)).Concat(BenchmarkRefusals.Each(numbers))
            )
        )
        {
            return;
        }

        var outcome = await _clients.AgreeBenchmarksAsync(
            new AgreeBenchmarks(Client.Id, _draft.Version, numbers),
            By,
            CancellationToken.None
        );
        if (await _draft.SettleAsync(outcome, TheirsAsync) && await _clients.ViewAsync(Client.Code, By, Leaving) is { } saved)
        {
            _draft.Fill(Values(saved), saved.Version);
            _toasts.Done($"The benchmarks of {saved.Name} are saved. The next report shows them.");
            await Changed.InvokeAsync(saved);
        }
    }

    private async Task<(IReadOnlyDictionary<string, string> Values, int Version)?> TheirsAsync() =>
        await _clients.ViewAsync(Client.Code, By, Leaving) is { } now ? (Values(now), now.Version) : null;
}
