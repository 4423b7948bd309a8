using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plum.Data.Approvals;
using Plum.Data.Audit;
using Plum.Data.Corrections;
using Plum.Data.Shared;
using Plum.Domain.Access;
using Plum.Domain.Approvals;
using Plum.Domain.Connectors;
using Plum.Domain.Corrections;
using Plum.Domain.Jobs;
using Plum.Domain.Shared;

namespace Plum.Tests.Corrections;

/// <summary>
/// What goes on in the process that is killed: makers, checkers and an executor do one thing after another until the end comes. It tells its output
/// what it begins, and what it was told is done.
/// </summary>
internal sealed class KilledDesk : IKilledWork
{
    public const string Name = "desk";

    private static readonly Actor Executor = JobActors.Execution;

    private readonly Plan _plan;
    private readonly ServiceProvider _services;
    private readonly DistantSupplier _supplier;
    private readonly LeapingClock _clock;
    private readonly IDbContextFactory<PlumDbContext> _contexts;
    private Random _random = new(0);

    public KilledDesk(Plan plan)
    {
        _plan = plan;
        _clock = new LeapingClock(plan.StartUtc);
        _supplier = new DistantSupplier(plan.SupplierPort);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IDataProtectionProvider, OpenProtection>()
            .AddSingleton<TimeProvider>(_clock)
            .AddPlumData(new DatabaseOptions(DatabaseProvider.Sqlite, plan.Connection, plan.Folder))
            .AddSingleton(new SupplierGateways([_supplier], new SupplierRoutes()))
            .BuildServiceProvider();
        _contexts = _services.GetRequiredService<IDbContextFactory<PlumDbContext>>();
    }

    public static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    public void Begin(int seed, TimeSpan after)
    {
        _random = new Random(seed);
        _clock.LeapTo(_plan.StartUtc + after);
    }

    public void Dispose()
    {
        _services.Dispose();
        _supplier.Dispose();
    }

    public Task StepAsync() =>
        _random.Next(20) switch
        {
            < 6 => AskAsync(),
            < 11 => DecideAsync(),
            < 12 => TurnAsync(),
            _ => ExecuteAsync(),
        };

    private Task AskAsync()
    {
        var (ticket, recipient, order) = Any(_plan.Cases);
        var pence = new Money(_random.Next(100, 900), "GBP");
        return DoAsync<AskCorrection>(
            "ask",
            _random.Next(10) switch
            {
                < 4 => new AskCorrection.Goodwill(ticket, recipient, _plan.Fund, pence, ReasonCode.ServiceFailure, CorrectionWorld.Reason),
                < 5 => new AskCorrection.Refund(ticket, order, pence, ReasonCode.CodeNotAccepted, CorrectionWorld.Reason),
                < 6 => new AskCorrection.Refund(ticket, order, new Money(2500, "GBP"), ReasonCode.CodeNotAccepted, CorrectionWorld.Reason),
                < 7 => new AskCorrection.Cancellation(ticket, order, ReasonCode.ChangedMind, CorrectionWorld.Reason),
                _ => new AskCorrection.Reissue(ticket, order, null, ReasonCode.CodeNotAccepted, CorrectionWorld.Reason),
            },
            (what, by) => _services.GetRequiredService<CorrectionService>().AskAsync(what, by, default),
            RequestEventKind.Made,
            Maker(Any(_plan.Makers))
        );
    }

    private async Task DecideAsync()
    {
        if (await AnyAsync(RequestState.Pending) is not { } request)
        {
            return;
        }

        var approvals = _services.GetRequiredService<ApprovalService>();
        var (id, version, print) = (request.Id, request.Version, request.Fingerprint);
        var checker = Checker(Any(_plan.Checkers));
        await (
            _random.Next(10) switch
            {
                0 => DoAsync(
                    "decide",
                    new RejectRequest(id, version, print, "Not enough evidence"),
                    (what, by) => approvals.RejectAsync(what, by, default),
                    RequestEventKind.Rejected,
                    checker
                ),
                1 => DoAsync(
                    "decide",
                    new WithdrawRequest(id, version),
                    (what, by) => approvals.WithdrawAsync(what, by, default),
                    RequestEventKind.Withdrawn,
                    Maker(request.MakerId)
                ),
                2 => DoAsync(
                    "decide",
                    new SendBackRequest(id, version, print, "Which shop was it?"),
                    (what, by) => approvals.SendBackAsync(what, by, default),
                    RequestEventKind.SentBack,
                    checker
                ),
                _ => DoAsync(
                    "decide",
                    new ApproveRequest(id, version, print),
                    (what, by) => approvals.ApproveAsync(what, by, default),
                    RequestEventKind.Approved,
                    checker
                ),
            }
        );
    }

    /// <summary>What goes back to a person: a question, or what the supplier refused.</summary>
    private async Task TurnAsync()
    {
        var approvals = _services.GetRequiredService<ApprovalService>();
        if (await AnyAsync(RequestState.Failed) is { } failed)
        {
            await (
                _random.Next(3) == 0
                    ? DoAsync(
                        "turn",
                        new AbandonRequest(failed.Id, failed.Version, "No use"),
                        (what, by) => approvals.AbandonAsync(what, by, default),
                        RequestEventKind.Abandoned,
                        Maker(failed.MakerId)
                    )
                    : DoAsync(
                        "turn",
                        new RetryRequest(failed.Id, failed.Version, "They have it again"),
                        (what, by) => approvals.RetryAsync(what, by, default),
                        RequestEventKind.Retried,
                        Maker(failed.MakerId)
                    )
            );
        }
        else if (await AnyAsync(RequestState.Questioned) is { } questioned)
        {
            await DoAsync(
                "turn",
                new AnswerRequest(questioned.Id, questioned.Version, "The one in the High Street"),
                (what, by) => approvals.AnswerAsync(what, by, default),
                RequestEventKind.Answered,
                Maker(questioned.MakerId)
            );
        }
    }

    private async Task ExecuteAsync()
    {
        Say("begin execute");
        await _services.GetRequiredService<RequestRunner>().RunNextAsync(Executor, default);
        Say("through");
    }

    /// <summary>Time leaps to whatever is due next, until nothing is; then the audit is sealed to its end.</summary>
    public async Task FinishAsync()
    {
        while (true)
        {
            while (await _services.GetRequiredService<RequestRunner>().RunNextAsync(Executor, default)) { }

            await using var db = await _contexts.CreateDbContextAsync();
            if (await db.ApprovalRequests.MinAsync(r => r.NextAttemptAtUtc) is not { } next)
            {
                break;
            }

            _clock.LeapTo(next);
        }

        while (await _services.GetRequiredService<AuditSealing>().SealAsync(1000, default) > 0) { }
    }

    private async Task DoAsync<T>(string name, T what, Func<T, Actor, Task<Outcome>> act, RequestEventKind done, Actor by)
    {
        Say($"begin {name}");
        var outcome = await act(what, by);
        Say(outcome is Outcome.Done { Key: { } key } ? $"done {done} {key}" : "refused");
    }

    private async Task<ApprovalRequest?> AnyAsync(RequestState state)
    {
        await using var db = await _contexts.CreateDbContextAsync();
        var some = await db
            .ApprovalRequests.AsNoTracking()
            .Where(r => r.State == state)
            .OrderByDescending(r => r.Id)
            .Take(20)
            .ToListAsync();
        return some.Count == 0 ? null : Any(some);
    }

    private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private static Actor Maker(Guid id) => new(id, "Maker", RoleActs.Of([Role.Agent]));

    private static Actor Checker(Guid id) => new(id, "Checker", RoleActs.Of([Role.Checker]));

    /// <param name="Cases">Ticket, recipient and order.</param>
    internal sealed record Plan(
        string Connection,
        string Folder,
        int SupplierPort,
        DateTime StartUtc,
        Guid Fund,
        IReadOnlyList<Guid> Makers,
        IReadOnlyList<Guid> Checkers,
        IReadOnlyList<Case> Cases
    );

    internal sealed record Case(long Ticket, long Recipient, long Order);

    /// <summary>Runs on from where it is put.</summary>
    internal sealed class LeapingClock(DateTime fromUtc) : TimeProvider
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private TimeSpan _leapt;

        public override DateTimeOffset GetUtcNow() =>
            new DateTimeOffset(fromUtc, TimeSpan.Zero) + _leapt + Stopwatch.GetElapsedTime(_started);

        public void LeapTo(DateTime utc) => _leapt += TimeSpan.FromTicks(Math.Max(0, (utc - GetUtcNow().UtcDateTime).Ticks));
    }

    /// <summary>Vouchers that every process opens; what keeps them secret is tested elsewhere.</summary>
    internal sealed class OpenProtection : IDataProtectionProvider, IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => plaintext;

        public byte[] Unprotect(byte[] protectedData) => protectedData;
    }
}
